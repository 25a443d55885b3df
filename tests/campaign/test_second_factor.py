"""Who must have a second factor gets nowhere without one; who has one is asked for it."""

import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings

from campaign.sign_in.second_factor import BY_LINK
from tests.campaign.test_pages import text_of
from tests.campaign.test_sign_in import PASSWORD, later, sign_in, signed_in
from tests.makers import make_assembly_seat, make_district, make_scheme, make_state, make_user
from zones import accounts, scope
from zones.models import Look, User, Zone
from zones.one_time_links import link_of, make_link, use_link

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-factor/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW_PASSWORD = "mahanadi-river-27"
PAGES = ["/", "/cg/", "/account/", "/account/password/", "/admin/", "/admin/booths/agent/"]


def code_of(secret: str, ahead=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def office():
    return make_user("office", "state_office", make_state())


@pytest.fixture
def required():
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield


@pytest.mark.parametrize(
    ("role", "place", "needed"),
    [
        ("state_office", "state", True),
        ("state_in_charge", "state", True),
        ("state_in_charge", "zone", True),
        ("zone_in_charge", "zone", False),
        ("lok_sabha_in_charge", "lok_sabha_seat", False),
        ("seat_in_charge", "seat", False),
        ("district_staff", "district", False),
        ("observer", "state", False),
        (None, None, False),
    ],
)
def test_the_office_and_state_in_charges_need_one(role, place, needed):
    seat = make_assembly_seat()
    make_scheme(seat.state, {1: [seat.lok_sabha_seat]})
    places = {
        "state": seat.state,
        "zone": Zone.objects.get(),
        "lok_sabha_seat": seat.lok_sabha_seat,
        "seat": seat,
        "district": seat.district,
    }
    user = make_user("somebody", role, places.get(place))
    assert scope.needs_second_factor(user, date(2018, 8, 10)) is needed


def test_a_superuser_needs_one_and_a_posting_that_is_over_does_not(office):
    office.postings.update(until=date(2018, 8, 9))
    assert not scope.needs_second_factor(office, date(2018, 8, 9))
    assert scope.needs_second_factor(User.objects.get(pk=office.pk), date(2018, 8, 8))
    assert scope.needs_second_factor(make_user("root", is_superuser=True), date(2018, 8, 9))


@pytest.mark.parametrize("page", PAGES)
def test_without_one_every_page_leads_to_where_it_is_set_up(office, required, page):
    client = signed_in("office")
    assert client.get(page).headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("address", ["/offline/", "/offline/sent/", "/offline.js", "/theme.css"])
def test_without_one_what_a_page_is_made_of_still_comes(office, required, address):
    assert signed_in("office").get(address).status_code == 200


def test_without_one_the_api_says_what_is_wanted(office, required):
    answer = signed_in("office").get("/api/v1/cg/zones/")
    assert answer.status_code == 403
    assert answer.json() == {
        "detail": "Your posting needs a second factor. Set it up on the pages first."
    }


def test_who_needs_none_is_not_held_up(required):
    make_user("staff", "district_staff", make_district())
    assert signed_in("staff").get("/account/").status_code == 200


def test_the_demo_asks_for_none_and_says_so(office):
    with override_settings(DEMO=True):
        assert "need no second factor" in text_of(sign_in("nobody"))
    assert signed_in("office").get("/account/").status_code == 200


def come_by_link(client) -> None:
    """As if a one-time link had begun the session."""
    session = client.session
    session[BY_LINK] = int(session["_auth_user_id"])
    session.save()


def set_up(client) -> str:
    """Through the pages; the secret."""
    come_by_link(client)
    page = client.get("/account/second-factor/app/")
    secret = page.context["form"].secret
    answer = client.post("/account/second-factor/app/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/account/second-factor/codes/"
    return secret


@pytest.mark.parametrize("what", ["app", "passkey"])
def test_a_stolen_password_sets_up_nothing(office, required, what):
    thief = signed_in("office")
    page = text_of(thief.get(SET_UP))
    assert "Ask the state office for a link" in page and f"{SET_UP}{what}/" not in page
    for method in (thief.get, thief.post):
        assert method(f"{SET_UP}{what}/", {"code": "123456"}).headers["Location"] == SET_UP
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("made", ["by the office", "on the server"])
def test_who_comes_by_a_link_sets_one_up(office, required, made, capsys):
    if made == "on the server":
        User.objects.filter(pk=office.pk).update(is_superuser=True)
        call_command("sign_in_link", "office", site="https://booth.example/")
        address = capsys.readouterr().out.strip().removeprefix("https://booth.example")
    else:
        by = make_user("other-office", "state_office", make_state())
        link = make_link(office, by=by, on=date(2018, 8, 10))
        address = f"/welcome/{link.uid}/{link.token}/"
    client = Client()
    page = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(page, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    # On that device alone, and for that account alone.
    assert signed_in("office", NEW_PASSWORD).get(f"{SET_UP}app/").status_code == 302
    sign_in("office", NEW_PASSWORD, client=client)
    assert client.get(f"{SET_UP}app/").status_code == 200
    client.post("/sign-out/")
    sign_in("office", NEW_PASSWORD, client=client)
    assert client.get(f"{SET_UP}app/").headers["Location"] == SET_UP


def test_once_set_up_the_pages_open_and_every_sign_in_asks_for_it(office, required):
    client = signed_in("office")
    secret = set_up(client)
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert sign_in("office", client=client).headers["Location"] == "/sign-in/code/"
    assert client.get("/account/").status_code == 302
    assert client.get("/sign-in/").headers["Location"] == "/sign-in/code/"
    wrong = client.post("/sign-in/code/", {"code": "123"})
    assert "This code does not fit." in text_of(wrong)
    right = client.post("/sign-in/code/", {"code": code_of(secret, ahead=1)})
    assert right.headers["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_who_came_in_with_a_stolen_password_is_out_once_the_owner_sets_one_up(office, required):
    thief, owner = signed_in("office"), signed_in("office")
    set_up(owner)
    assert thief.get("/account/").headers["Location"] == "/sign-in/?next=/account/"
    assert owner.get("/account/").status_code == 200


def test_the_office_ends_the_lock_of_wrong_codes(office):
    TOTP.activate(office, SECRET)
    client = signed_in("office")
    for _try in range(6):
        answer = client.post("/sign-in/code/", {"code": "123"})
    assert "Too many wrong codes." in text_of(answer)
    accounts.unlock(office)
    right = client.post("/sign-in/code/", {"code": code_of(SECRET)})
    assert right.headers["Location"] == "/"


def test_what_opens_an_account_leaves_a_trace_when_it_comes_and_goes(office):
    client = signed_in("office")
    set_up(client)
    client.post("/account/second-factor/codes/new/")
    client.post("/account/second-factor/app/remove/")
    looks = Look.objects.filter(what="account").order_by("pk")
    assert list(looks.values_list("where", "users", "by")) == [
        (f"/account/second-factor/{what}/", [office.pk], office.pk)
        for what in ("app", "codes/new", "app/remove")
    ]


@pytest.mark.parametrize("what", ["app", "passkey"])
def test_the_last_that_a_posting_needs_stays(office, required, what):
    client = signed_in("office")
    set_up(client)
    key = Authenticator.objects.create(user=office, type="webauthn", data={"name": "key"})
    app = Authenticator.objects.get(type="totp")
    address = {"app": f"{SET_UP}app/remove/", "passkey": f"{SET_UP}passkey/{key.pk}/remove/"}[what]
    (key if what == "app" else app).delete()
    for method in (client.get, client.post):
        assert method(address).headers["Location"] == SET_UP
    assert Authenticator.objects.filter(type="totp" if what == "app" else "webauthn").exists()
    office.postings.update(until=date(2018, 8, 9))
    assert client.post(address).headers["Location"] == SET_UP
    assert not Authenticator.objects.filter(type__in=["totp", "webauthn"]).exists()


def test_one_turns_back_before_the_second_factor(office):
    TOTP.activate(office, SECRET)
    client = signed_in("office")
    assert client.get("/sign-in/").status_code == 302
    client.post("/sign-out/", {"next": "/sign-in/"})
    assert client.get("/sign-in/").status_code == 200


def test_a_code_signs_in_once(office):
    TOTP.activate(office, SECRET)
    code = code_of(SECRET)
    first, second = signed_in("office"), signed_in("office")
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    assert second.post("/sign-in/code/", {"code": code}).status_code == 200


@pytest.mark.parametrize("spelt", [str, lambda code: f"{code[:3]}-{code[3:]}"])
def test_a_code_is_dead_for_as_long_as_it_would_live(office, required, monkeypatch, spelt):
    client = signed_in("office")
    secret = set_up(client)
    client.post("/sign-out/")
    used = [code_of(secret), code_of(secret, ahead=1)]  # to set up, and to sign in
    sign_in("office", client=client)
    client.post("/sign-in/code/", {"code": used[1]})
    for code in used:
        with later(monkeypatch, seconds=31):
            thief = signed_in("office")
            assert thief.post("/sign-in/code/", {"code": spelt(code)}).status_code == 200


def test_a_recovery_code_signs_in_once(office, required):
    TOTP.activate(office, SECRET)
    code = RecoveryCodes.activate(office).generate_codes()[3]
    first, second = signed_in("office"), signed_in("office")
    assert first.post("/sign-in/code/", {"code": code}).headers["Location"] == "/"
    assert first.get("/account/").status_code == 200
    assert second.post("/sign-in/code/", {"code": code}).status_code == 200


def test_a_sign_in_that_waits_for_its_code_goes_no_further_with_a_password_of_before(office):
    TOTP.activate(office, SECRET)
    client = Client()
    sign_in("office", client=client)
    owner = User.objects.get(pk=office.pk)
    owner.set_password(NEW_PASSWORD)
    owner.save()

    response = client.post("/sign-in/code/", {"code": code_of(SECRET)})

    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/")
    assert client.get("/account/").status_code == 302


def test_a_lost_phone_is_forgotten_by_the_office_and_a_new_one_set_up(office, required):
    TOTP.activate(office, SECRET)
    accounts.forget_second_factor(office)
    assert sign_in("office").status_code == 200  # the password is gone with it
    owner = User.objects.get(pk=office.pk)
    use_link(owner, link_of(owner, on=date.today()).token, PASSWORD)
    client = signed_in("office")
    assert client.get("/").headers["Location"] == SET_UP
    set_up(client)
    assert client.get("/").headers["Location"] == "/cg/"


def test_secrets_are_encrypted_in_the_database(office):
    TOTP.activate(office, SECRET)
    codes = RecoveryCodes.activate(office).generate_codes()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert len(codes) == 10
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(SECRET))


def test_some_time_after_the_sign_in_the_password_is_asked_before_anything_changes(
    office, monkeypatch
):
    client = signed_in("office")
    assert client.get("/account/second-factor/app/").status_code == 200
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 360)
    page = client.get("/account/second-factor/app/")
    assert page.headers["Location"].startswith("/account/confirm/?next=")
    again = client.post(page.headers["Location"], {"password": "wrong"})
    assert "This is not your present password." in text_of(again)
    confirmed = client.post(page.headers["Location"], {"password": PASSWORD})
    assert confirmed.headers["Location"] == "/account/second-factor/app/"
    assert client.get("/account/second-factor/app/").status_code == 200


def test_after_the_sign_in_with_a_code_no_page_costs_a_query_more(
    office, required, django_assert_num_queries
):
    TOTP.activate(office, SECRET)
    client = signed_in("office")
    client.post("/sign-in/code/", {"code": code_of(SECRET)})
    cache.clear()
    with django_assert_num_queries(3):  # session, user, postings
        assert client.get("/").status_code == 302


def test_the_picture_stands_in_the_page_without_inline_style(office):
    html = signed_in("office").get("/account/second-factor/app/").content.decode()
    assert "<svg" in html
    assert "data:" not in html
    assert "style=" not in html
    assert "otpauth://totp/office?secret=" in html


@pytest.mark.parametrize("page", ["/sign-in/", "/account/second-factor/passkey/"])
def test_scripts_are_files_or_data(office, page):
    client = Client() if page == "/sign-in/" else signed_in("office")
    html = client.get(page).content.decode()
    tags = [tag.split(">")[0] for tag in html.split("<script")[1:]]
    assert len(tags) >= 5
    assert [tag for tag in tags if "src=" not in tag and 'type="application/json"' not in tag] == []
