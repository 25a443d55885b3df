"""Guessing is stopped, and the right person gets in."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db.models import F
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from campaign.sign_in.devices import knows
from campaign.sign_in.lock_out import FOR_A_DEVICE, FOR_AN_ACCOUNT, FOR_AN_ADDRESS
from tests.campaign.test_pages import text_of
from tests.campaign.test_sign_in import sign_in, signed_in
from tests.makers import make_state, make_user
from zones import accounts
from zones.one_time_links import make_link

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "mahanadi-river-27"


def address(number: int) -> dict[str, str]:
    return {"REMOTE_ADDR": f"203.0.{number // 250}.{number % 250 + 1}"}


def guess(name: str, times: int, start=0) -> list[int]:
    """So many wrong tries at the account, each from another address."""
    return [sign_in(name, "wrong", **address(start + n)).status_code for n in range(times)]


def let_pass(**time) -> None:
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(**time))


@pytest.fixture
def owner():
    return make_user("owner", mobile="5876543210")


def test_five_hundred_guesses_at_one_account_from_many_addresses_are_stopped(owner):
    known = signed_in("owner")
    found = guess("owner", 500)
    assert found == [200] * FOR_AN_ACCOUNT + [429] * (500 - FOR_AN_ACCOUNT)
    # The right word among the guesses is refused, and the page says what to do.
    page = sign_in("owner", **address(501))
    assert page.status_code == 429
    assert "ask the state office to unlock your account" in text_of(page)
    # The owner is let in at once: on a device of their own,
    known.post("/sign-out/")
    assert sign_in("owner", client=known).status_code == 302
    # and on a new one after a word with the office.
    accounts.unlock(owner)
    assert sign_in("owner", **address(502)).status_code == 302


def test_five_hundred_guesses_at_many_accounts_from_one_address_are_stopped(owner):
    for n in range(100):
        make_user(f"staff{n}")
    known = signed_in("owner")
    found = [sign_in(f"staff{n % 100}", "wrong").status_code for n in range(500)]
    assert found == [200] * FOR_AN_ADDRESS + [429] * (500 - FOR_AN_ADDRESS)
    assert sign_in("staff99").status_code == 429
    # Others of the same mobile network: on their own devices, and from elsewhere.
    known.post("/sign-out/")
    assert sign_in("owner", client=known).status_code == 302
    assert sign_in("staff99", **address(1)).status_code == 302


def test_a_lock_ends_after_a_quarter_of_an_hour_and_knocking_does_not_prolong_it(owner):
    guess("owner", FOR_AN_ACCOUNT)
    let_pass(minutes=14)
    assert set(guess("owner", 20, start=100)) == {429}
    let_pass(minutes=2)
    assert sign_in("owner", **address(300)).status_code == 302


def test_who_locks_an_account_again_and_again_never_locks_out_its_owner(owner):
    known = signed_in("owner")
    for lock in range(5):
        guess("owner", FOR_AN_ACCOUNT, start=20 * lock)
        assert sign_in("owner", **address(200)).status_code == 429
        known.post("/sign-out/")
        assert sign_in("owner", client=known).status_code == 302
        let_pass(minutes=16)


def test_a_known_device_has_a_limit_of_its_own_and_locks_nobody_else(owner):
    known = signed_in("owner")
    known.post("/sign-out/")
    tries = [sign_in("owner", "wrong", client=known).status_code for _n in range(FOR_A_DEVICE + 2)]
    assert tries == [200] * FOR_A_DEVICE + [429] * 2
    assert sign_in("owner", client=known).status_code == 429
    assert sign_in("owner", **address(1)).status_code == 302
    accounts.unlock(owner)
    assert sign_in("owner", client=known).status_code == 302


def test_a_device_known_for_one_account_is_a_strangers_for_another(owner):
    make_user("thief")
    thief = signed_in("thief")
    thief.post("/sign-out/")
    guess("owner", FOR_AN_ACCOUNT)
    assert sign_in("owner", client=thief).status_code == 429


def test_a_device_cookie_cannot_be_written_by_oneself(owner):
    guess("owner", FOR_AN_ACCOUNT)
    stranger = Client()
    stranger.cookies["device"] = f'["made-up",[{owner.pk}]]'
    assert sign_in("owner", client=stranger).status_code == 429


def test_a_number_that_is_nobody_s_is_stopped_as_soon_as_an_account(owner):
    """Else the tries that are left would tell who works here."""
    spelt = ["5876543211", "+91 5876543211", "05876543211"] * 5
    found = [sign_in(name, "wrong", **address(n)).status_code for n, name in enumerate(spelt)]
    assert found == [200] * FOR_AN_ACCOUNT + [429] * 5


def test_the_name_and_the_mobile_of_an_account_share_its_tries(owner):
    names = ["owner", "5876543210", "+91 5876543210", "५८७६५४३२१०"] * 4
    found = [sign_in(name, "wrong", **address(n)).status_code for n, name in enumerate(names)]
    assert found == [200] * FOR_AN_ACCOUNT + [429] * 6


def test_an_own_account_does_not_help_to_guess_at_others(owner):
    """Signing in between the guesses, on a known device or not, does not begin the count anew."""
    make_user("thief")
    known = signed_in("thief")
    for n in range(FOR_AN_ADDRESS):
        assert sign_in(f"nobody{n}", "wrong").status_code == 200
        if n % 10 == 0:
            known.post("/sign-out/")
            assert sign_in("thief", client=known).status_code == 302
            assert sign_in("thief").status_code == 302
    assert sign_in("owner", "wrong").status_code == 429


def test_the_right_password_forgets_the_wrong_ones_of_the_same_device(owner):
    known = signed_in("owner")
    for _day in range(3):
        known.post("/sign-out/")
        for _n in range(FOR_A_DEVICE - 1):
            assert sign_in("owner", "wrong", client=known).status_code == 200
        assert sign_in("owner", client=known).status_code == 302


def test_a_name_that_is_nobodys_is_locked_as_one_that_is_somebodys():
    assert guess("nobody", FOR_AN_ACCOUNT + 1)[-1] == 429


def test_one_network_of_the_new_kind_counts_as_one_address(owner):
    for n in range(FOR_AN_ADDRESS):
        sign_in(f"nobody{n}", "wrong", REMOTE_ADDR=f"2001:db8:1:2::{n + 1:x}")
    assert sign_in("owner", REMOTE_ADDR="2001:db8:1:2::ffff").status_code == 429
    assert sign_in("owner", REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_behind_a_proxy_the_address_of_the_visitor_counts(owner):
    with override_settings(TRUSTED_PROXY_COUNT=1):
        for n in range(FOR_AN_ADDRESS):
            sign_in(f"nobody{n}", "wrong", HTTP_X_FORWARDED_FOR=f"6.6.6.{n}, 203.0.113.7")
        assert sign_in("owner", HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 429
        assert sign_in("owner", HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 302


def test_what_is_kept_of_a_try_holds_no_password_nor_a_name_that_is_nobodys(owner):
    sign_in("owner", "a-wrong-word")
    sign_in("my-password-in-the-wrong-field", "a-wrong-word")
    kept = [str(list(row.values())) for row in AccessAttempt.objects.values()]
    assert len(kept) == 2
    assert "owner" in kept[0] + kept[1]
    assert not [row for row in kept if "word" in row]


def by_link(user) -> Client:
    """A browser in which the owner has set a password by a one-time link of the office."""
    office = make_user("office", "state_office", make_state())
    link = make_link(user, by=office, on=timezone.localdate())
    client = Client()
    page = client.get(f"/welcome/{link.uid}/{link.token}/", follow=True)
    typed = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client.post(page.redirect_chain[-1][0], typed).url == "/sign-in/"
    return client


def test_whoever_the_office_gives_a_link_gets_in_whatever_strangers_do(owner):
    for n in range(FOR_AN_ADDRESS):  # from the address that the owner has too
        sign_in(f"nobody{n}", "wrong")
    guess("owner", FOR_AN_ACCOUNT)
    assert sign_in("owner").status_code == 429
    client = by_link(owner)
    guess("owner", FOR_AN_ACCOUNT, start=100)
    assert sign_in("owner", NEW_PASSWORD, client=client).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_link_of_the_office_is_no_way_around_the_second_factor(owner):
    TOTP.activate(owner, generate_totp_secret())
    client = by_link(owner)
    assert client.get("/account/").status_code == 302
    assert sign_in("owner", NEW_PASSWORD, client=client).url == "/sign-in/code/"
    assert client.get("/account/").status_code == 302


def test_a_browser_is_known_for_the_last_five_who_signed_in_on_it():
    users = [make_user(f"staff{n}") for n in range(6)]
    client = Client()
    for user in users:
        sign_in(user.username, client=client)
        client.post("/sign-out/")
    request = RequestFactory().get("/")
    request.COOKIES["device"] = client.cookies["device"].value
    assert [bool(knows(request, user)) for user in users] == [False] + [True] * 5


def test_the_present_password_cannot_be_guessed_on_the_page_that_changes_it(owner):
    client = signed_in("owner")
    new = {"password1": "three-new-words", "password2": "three-new-words"}
    answers = []
    for _minute in range(FOR_A_DEVICE + 2):
        cache.clear()  # the library's own few tries a minute
        page = client.post("/account/password/", {"oldpassword": "wrong", **new})
        answers.append(page.status_code)
    assert answers == [200] * FOR_A_DEVICE + [429] * 2
    assert sign_in("owner", **address(1)).status_code == 302


def test_all_processes_share_what_is_counted_and_its_table_comes_with_migrate():
    assert isinstance(caches["default"], DatabaseCache)
    cache.set("shared", 1)
    assert cache.get("shared") == 1


def test_codes_of_the_second_factor_cannot_be_guessed(owner):
    TOTP.activate(owner, generate_totp_secret())
    client = signed_in("owner")
    assert client.get("/account/").status_code == 302
    pages = [client.post("/sign-in/code/", {"code": "000000"}) for _n in range(8)]
    said = ["Too many wrong codes" in text_of(page) for page in pages]
    assert said == [False] * 5 + [True] * 3
