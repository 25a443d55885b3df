"""What a browser is told with every answer, and what an answer is when a proxy stands in front."""

import json
import re

import pytest
from django.test import Client

from campaign.content_policy import PERMISSIONS
from tests.admin_world import make_world, signed_in
from tests.campaign.test_environment import GOOD, manage
from tests.makers import make_state, make_user

TOLD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cache-Control": "no-store, private",
}
PAGES = ("/cg/seat/48/", "/admin/", "/admin/booths/agent/", "/admin/jsi18n/", "/api/v1/")
PAGES += ("/api/v1/schema/", "/nowhere/", "/admin/zones/state/add/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_answer_says_how_it_is_to_be_kept_and_used(address):
    response = signed_in(make_world().office).get(address)
    assert {name: response.headers.get(name) for name in TOLD} == TOLD


@pytest.mark.django_db
def test_what_is_for_everybody_may_be_kept():
    assert Client().get("/theme.css").headers["Cache-Control"] == "max-age=3600, public"


@pytest.mark.django_db
def test_a_style_sheet_is_asked_for_with_the_first_word_of_a_page_and_carries_no_policies():
    office = signed_in(make_world().office)
    page = office.get("/cg/seat/48/")
    (first, *_) = re.findall(r'<link rel="stylesheet" href="([^"]*)"', page.content.decode())
    assert page.headers["Link"] == f"<{first}>; rel=preload; as=style"
    assert "Link" not in office.get("/admin/").headers  # which has other ones
    policies = {"Content-Security-Policy", "Permissions-Policy"}
    assert policies <= {*page.headers}
    assert not policies & {*Client().get("/theme.css").headers}
    assert policies <= {*office.get("/nowhere.css").headers}  # a page, whatever its address says


def test_the_worker_is_another_when_the_pages_that_it_keeps_are(client, settings):
    before = client.get("/offline.js").content
    assert client.get("/offline.js").content == before
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/offline.js").content != before


@pytest.mark.parametrize("path", ["/offline/", "/offline/sent/"])
def test_pages_that_a_device_keeps_name_nobody_and_need_nothing_that_it_does_not_keep(
    db, settings, path
):
    settings.GRIEVANCE_CONTACT = "Invented Officer"
    settings.ACCENT_COLOUR = "#7a1f5c"
    office = make_world().office
    client = signed_in(office)
    kept, worker = (client.get(its).content.decode() for its in (path, "/offline.js"))
    assert "Invented Officer" in client.get("/consent/").content.decode()
    assert "Invented Officer" not in kept and office.name not in kept
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)"( media="print")?', kept)
    assert [f'"{sheet}"' in worker for sheet, is_of_print in sheets if not is_of_print] == [True]


def test_what_is_for_everybody_carries_nobodys_session(client, db):
    """A session is prolonged by any request, and a proxy would hand it on."""
    client.force_login(make_user("observer", "observer", make_state()))
    session = client.session
    session.set_expiry(60)
    session.save()
    answer = client.get("/theme.css")
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "cookie" not in answer.headers.get("Vary", "").lower()


@pytest.mark.django_db(transaction=True)
def test_the_back_button_shows_nothing_after_signing_out(open_page):
    page = open_page("/cg/", user=make_world().office)
    page.locator(".account summary").click()
    page.locator(".account form button").click()
    page.wait_for_url("**/sign-in/")
    page.go_back()
    page.wait_for_url("**/sign-in/?next=/cg/")


# In production, as a proxy or somebody else asks

ASK = """
import json, re, sys
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
client = Client(enforce_csrf_checks=True, raise_request_exception=False)
said = {"host": "booth.example", "x-forwarded-proto": sys.stdin.read().strip()}
page = client.get("/sign-in/", headers=said)
found = {"page": [page.status_code, page.headers.get("Location", "")]}
found["hsts"] = page.headers.get("Strict-Transport-Security", "")
found["cookies"] = {k: [c["secure"], c["httponly"], c["path"], c["domain"], c["samesite"]]
                    for k, c in client.cookies.items()}
token = (re.findall(r'csrfmiddlewaretoken" value="(\\w+)', page.content.decode()) or [""])[0]
for origin in ("https://booth.example", "https://elsewhere.example"):
    typed = {"language": "en", "csrfmiddlewaretoken": token}
    sent = client.post("/language/", typed, headers=said | {"origin": origin, "referer": origin})
    found[origin] = sent.status_code
print(json.dumps(found))
"""


def asked(tmp_path, proto: str, proxies: str) -> dict:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/production.sqlite3"}
    environment = GOOD | database | {"TRUSTED_PROXY_COUNT": proxies}
    done = manage("shell", "--no-imports", "-c", ASK, said=proto, **environment)
    return json.loads(done.stdout.splitlines()[-1])


def test_behind_a_proxy_that_speaks_https_pages_are_served_with_safe_cookies(tmp_path):
    assert asked(tmp_path, "https", "1") == {
        "page": [200, ""],
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "cookies": {"__Host-csrf": [True, True, "/", "", "Lax"]},
        "https://booth.example": 302,
        "https://elsewhere.example": 403,
    }


@pytest.mark.parametrize(("proto", "proxies"), [("http", "1"), ("", "1"), ("https", "0")])
def test_what_does_not_come_by_https_is_sent_there_whoever_claims_it(tmp_path, proto, proxies):
    found = asked(tmp_path, proto, proxies)
    assert found["page"] == [301, "https://booth.example/sign-in/"]
    assert found["cookies"] == {}
