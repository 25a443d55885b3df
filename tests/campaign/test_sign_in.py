"""Signing in by name or mobile, through the one door, and out again."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher, check_password, make_password
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaign.settings import PASSWORD_HASHERS
from tests.campaign.test_pages import text_of
from tests.makers import make_state, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a-test-password-7"


def sign_in(name, password=PASSWORD, client=None, **headers):
    client = client or Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.post("/sign-in/", {"username": name, "password": password}, **headers)


def signed_in(name, password=PASSWORD) -> Client:
    client = Client()
    assert sign_in(name, password, client=client).status_code == 302
    return client


@pytest.mark.parametrize(
    "name", ["staff", " staff ", "5876543210", "+91 58765 43210", "०५८७६५४३२१०"]
)
def test_one_signs_in_by_name_or_mobile(name):
    make_user("staff", mobile="5876543210")
    assert sign_in(name).headers["Location"] == "/"


@pytest.mark.parametrize("name", ["staff", "5876543210", "nobody", "x" * 151, ""])
def test_a_wrong_password_and_a_name_that_is_nobodys_get_the_same_page(name):
    make_user("staff", mobile="5876543210")
    page = sign_in(name, "wrong")
    assert page.status_code == 200
    if 0 < len(name) <= 150:
        assert "User name and password do not go together." in text_of(page)


def test_the_password_is_checked_also_of_a_name_that_is_nobodys(monkeypatch):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *words: hashed.append(words) or encode(self, *words),
    )
    make_user("staff")
    hashed.clear()
    sign_in("staff", "wrong")
    known = len(hashed)
    sign_in("nobody", "wrong")
    assert (known, len(hashed)) == (1, 2)


def test_a_closed_account_stays_closed():
    make_user("staff", is_active=False)
    assert sign_in("staff").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example"])
def test_signing_in_leads_to_no_other_host(elsewhere):
    make_user("staff")
    page = Client().post(
        "/sign-in/", {"username": "staff", "password": PASSWORD, "next": elsewhere}
    )
    assert page.headers["Location"] == "/"


def test_both_names_of_the_doors_lead_there():
    assert reverse("sign_in") == reverse("account_login") == "/sign-in/"
    assert reverse("sign_out") == reverse("account_logout") == "/sign-out/"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "mfa_signup_webauthn"]
)
def test_the_library_brings_no_door_that_is_not_ours(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_admin_has_no_password_page_of_its_own():
    client = signed_in(make_user("office", "state_office", make_state()).username)
    for page in ("password_change", "password_change_done"):
        answer = client.get(reverse(f"admin:{page}"))
        assert answer.headers["Location"] == "/account/password/"
    assert client.post("/admin/logout/").headers["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_signing_out_asks_for_a_post_and_ends_the_session():
    client = signed_in(make_user("staff").username)
    assert Session.objects.exists()
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert not Session.objects.exists()
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("password", ["short-pw9", "1234567890123", "password1234", "bhagwandas"])
def test_a_weak_password_is_refused(password):
    client = signed_in(make_user("bhagwandas").username)
    change = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/", change).status_code == 200
    assert sign_in("bhagwandas").status_code == 302


def test_passwords_are_kept_by_scrypt():
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        kept = make_password("नदी-आम-छत")
        assert kept.startswith("scrypt$")
        assert check_password("नदी-आम-छत", kept)


# The own account


def test_a_new_password_ends_the_other_sessions_and_not_this_one():
    here, there = signed_in(make_user("staff").username), signed_in("staff")
    change = {"oldpassword": PASSWORD, "password1": "नदी-आम-छत-सात", "password2": "नदी-आम-छत-सात"}
    assert here.post("/account/password/", change).headers["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert UserSession.objects.count() == 1
    assert sign_in("staff", "नदी-आम-छत-सात").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"oldpassword": "wrong"}, "This is not your present password."),
        ({"password2": "another-word-1"}, "The two new passwords differ."),
    ],
)
def test_a_password_is_changed_by_who_knows_the_present_one(wrong, sentence):
    client = signed_in(make_user("staff").username)
    change = {
        "oldpassword": PASSWORD,
        "password1": "three-new-words",
        "password2": "three-new-words",
    }
    page = client.post("/account/password/", change | wrong)
    assert sentence in text_of(page)
    assert sign_in("staff").status_code == 302


def test_the_account_lists_its_devices_and_signs_one_out():
    make_user("other")
    signed_in("other")
    make_user("staff")
    here, there = signed_in("staff"), Client()
    sign_in("staff", client=there, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/126")
    text = text_of(here.get("/account/"))
    assert "Chrome, Android" in text
    assert text.count("last used") == 2
    session = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/account/devices/{session.pk}/")
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_a_device_whose_session_is_over_is_not_listed():
    user = make_user("staff")
    asleep, here = signed_in("staff"), signed_in("staff")
    row = Session.objects.filter(session_key=asleep.session.session_key)
    assert text_of(here.get("/account/")).count("last used") == 2
    row.update(expire_date=timezone.now())
    assert text_of(here.get("/account/")).count("last used") == 1
    user.set_password("set-by-the-office")
    user.save()
    after = Client()
    sign_in("staff", "set-by-the-office", client=after)
    assert text_of(after.get("/account/")).count("last used") == 1


def test_nobody_signs_out_the_device_of_another():
    make_user("other"), make_user("staff")
    theirs, client = signed_in("other"), signed_in("staff")
    session = UserSession.objects.get(user__username="other")
    assert client.post(f"/account/devices/{session.pk}/").status_code == 404
    assert theirs.get("/account/").status_code == 200


def test_all_others_are_signed_out_at_once_and_those_of_another_user_stay():
    make_user("other"), make_user("staff")
    theirs, here, there = signed_in("other"), signed_in("staff"), signed_in("staff")
    here.post("/account/devices/others/")
    assert [c.get("/account/").status_code for c in (theirs, here, there)] == [200, 200, 302]


@pytest.mark.parametrize("devices", [1, 6])
def test_the_account_asks_as_often_for_many_devices(devices, django_assert_num_queries):
    make_user("staff")
    clients = [signed_in("staff") for _each in range(devices)]
    with django_assert_num_queries(5):
        assert clients[0].get("/account/").status_code == 200


# How long a session lasts


@contextmanager
def later(monkeypatch, **delta):
    """The clock of the pages that much ahead."""
    now, clock = timezone.now, time.time
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now() + timedelta(**delta))
        patch.setattr(time, "time", lambda: clock() + timedelta(**delta).total_seconds())
        yield


def test_a_session_ends_half_an_hour_after_its_last_page(monkeypatch):
    client = signed_in(make_user("staff").username)
    with later(monkeypatch, minutes=29):
        assert client.get("/account/").status_code == 200
    with later(monkeypatch, minutes=58):
        assert client.get("/account/").status_code == 200
    with later(monkeypatch, minutes=89):
        assert client.get("/account/").status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_session_alive(monkeypatch):
    client = signed_in(make_user("staff").username)
    for minutes in (10, 20, 29):
        with later(monkeypatch, minutes=minutes):
            answer = client.get("/account/", headers={"X-By-Itself": "1"})
            assert answer.status_code == 200
    with later(monkeypatch, minutes=31):
        assert client.get("/account/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(monkeypatch):
    client = signed_in(make_user("staff").username)
    for minutes in range(20, 12 * 60, 20):
        with later(monkeypatch, minutes=minutes):
            assert client.get("/account/").status_code == 200
    with later(monkeypatch, minutes=12 * 60 + 1):
        assert client.get("/account/").status_code == 302


def test_a_session_is_prolonged_at_most_once_a_minute(monkeypatch, django_assert_num_queries):
    client = signed_in(make_user("staff").username)
    with django_assert_num_queries(3):  # session, user, postings
        client.get("/")
    with later(monkeypatch, seconds=90), django_assert_num_queries(5):
        client.get("/")
    with later(monkeypatch, seconds=100), django_assert_num_queries(3):
        client.get("/")
    seen, began = UserSession.objects.values_list("last_seen_at", "created_at").get()
    assert seen - began > timedelta(seconds=80)


def test_the_cookies_are_out_of_reach_of_scripts_and_end_with_the_browser():
    client = signed_in(make_user("staff").username)
    session, device = client.cookies[settings.SESSION_COOKIE_NAME], client.cookies["device"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", "")
    assert (device["httponly"], device["samesite"]) == (True, "Lax")
