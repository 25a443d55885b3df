"""Signing in with more than a password in a real browser, in Hindi, on a phone and on a desk."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import fits
from tests.campaign.test_lock_out import guess
from tests.makers import make_district, make_state, make_user
from zones.models import User
from zones.one_time_links import link_of

PASSWORD = "a-test-password-7"


@pytest.fixture(autouse=True)
def office(transactional_db):
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield make_user("office", "state_office", make_state(), first_name="कार्यालय")


def sign_in(page, username="office") -> None:
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form[action='/sign-in/'] button.button").first.click()


def come_by_link(page) -> None:
    """What the office handed over: it sets the password, then one signs in with it."""
    link = link_of(User.objects.get(username="office"), on=timezone.localdate())
    page.goto(f"/welcome/{link.uid}/{link.token}/")
    for number in (1, 2):
        page.locator(f"#id_new_password{number}").fill(PASSWORD)
    page.locator("#id_new_password2").press("Enter")
    page.wait_for_url("**/sign-in/")
    sign_in(page)
    page.wait_for_url("**/account/second-factor/")


def sign_out(page) -> None:
    page.locator(".account summary").click()
    page.locator(".menu form button").click()
    page.wait_for_url("**/sign-in/")


def code_of(secret: str, ahead=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def test_an_app_is_set_up_and_its_code_asked(open_page, width):
    page = open_page("/", width=width)
    assert fits(page), page.url
    sign_in(page)
    page.wait_for_url("**/account/second-factor/")
    expect(page.locator("a[href='/account/second-factor/app/']")).to_have_count(0)
    assert fits(page), page.url
    come_by_link(page)
    assert fits(page), page.url
    page.locator("a[href='/account/second-factor/app/']").click()
    expect(page.locator("svg.qr")).to_be_visible()
    assert fits(page), page.url
    secret = page.locator(".key").inner_text()
    page.locator("#id_code").fill(code_of(secret))
    page.locator("form[action='/account/second-factor/app/'] button").click()
    page.wait_for_url("**/account/second-factor/codes/")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert fits(page), page.url

    for code in (code_of(secret, ahead=1), codes[0]):
        sign_out(page)
        sign_in(page)
        page.wait_for_url("**/sign-in/code/")
        assert fits(page), page.url
        page.locator("#id_code").fill(code)
        page.locator("form[action='/sign-in/code/'] button").first.click()
        page.wait_for_url("**/cg/")

    page.locator(".account summary").click()
    page.locator(".menu a[href='/account/']").click()
    expect(page.locator(".devices li")).to_have_count(1)
    assert fits(page), page.url
    assert page.locator("html").get_attribute("lang") == "hi"


def test_a_passkey_opens_the_door_without_a_password(open_page, width):
    page = open_page("/", width=width)
    authenticator(page)
    come_by_link(page)
    page.locator("a[href='/account/second-factor/passkey/']").click()
    expect(page.locator("#id_passwordless")).to_be_checked()
    assert fits(page), page.url
    page.locator("#add-passkey").click()
    page.wait_for_url("**/account/second-factor/codes/")
    sign_out(page)
    page.locator("#passkey").click()
    page.wait_for_url("**/cg/")

    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/sign-in/code/")
    page.locator("#use-passkey").click()
    page.wait_for_url("**/cg/")


def test_a_passkey_opens_the_door_of_an_account_that_is_locked_by_guesses(open_page):
    make_user("staff", "district_staff", make_district())
    page = open_page("/")
    authenticator(page)
    sign_in(page, "staff")
    page.locator(".account summary").wait_for()
    page.goto("/account/second-factor/passkey/")
    page.locator("#add-passkey").click()
    page.wait_for_url("**/account/second-factor/codes/")
    sign_out(page)
    page.context.clear_cookies(name="device")  # as on a telephone that was never here
    assert guess("staff", 500)[-1] == 429

    page.locator("#passkey").click()
    page.wait_for_url("**/cg/district/raipur/")


def test_without_a_passkey_the_page_says_so(open_page):
    page = open_page("/sign-in/")
    authenticator(page)
    expect(page.locator("#passkey-error")).to_be_hidden()
    page.locator("#passkey").click()
    expect(page.locator("#passkey-error")).to_be_visible()


def authenticator(page) -> None:
    """A phone with a fingerprint, played by the browser."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
