"""Accounts: found by name or mobile, opened again, and shut everywhere."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.makers import make_user
from zones import accounts
from zones.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    [
        "5876543210",
        "58765 43210",
        "+91 58765-43210",
        "+915876543210",
        "05876543210",
        "915876543210",
        "५८७६५४३२१०",
    ],
)
def test_an_account_is_found_by_its_mobile_however_it_is_written(written):
    user = make_user("staff", mobile="5876543210")
    make_user("other", mobile="5876543211")
    assert accounts.account_named(written) == user


def test_a_user_name_goes_before_the_mobile_of_another():
    make_user("owner", mobile="5876543210")
    named = make_user("5876543210")
    assert accounts.account_named("5876543210") == named


@pytest.mark.parametrize("written", ["", "0", "+91", "nobody", "587654321"])
def test_nobody_is_found_by_a_part_of_a_mobile_or_by_nothing(written):
    make_user("staff", mobile="5876543210")
    make_user("without", mobile="")
    assert accounts.account_named(written) is None


def test_a_mobile_is_kept_bare_however_a_form_got_it():
    user = User(username="staff", mobile="+91 58765 43210", password="x")
    user.full_clean()
    assert user.mobile == "5876543210"


def test_whose_second_factor_is_taken_off_is_signed_out():
    user, browser = make_user("staff"), Client()
    browser.post("/sign-in/", {"username": "staff", "password": "a-test-password-7"})
    Authenticator.objects.create(user=user, type="totp", data={})
    assert browser.get("/account/").status_code == 200
    accounts.forget_second_factor(user)
    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()
    assert browser.get("/account/").status_code == 302
