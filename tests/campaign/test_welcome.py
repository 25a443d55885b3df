"""The page behind a one-time link."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from tests.admin_world import messages_of, signed_in
from tests.zones.offices import TODAY, make_offices
from zones.models import User
from zones.one_time_links import make_link
from zones.staffing import close_account

pytestmark = pytest.mark.django_db
PASSWORD = "mahanadi-river-27"


def address_of(link) -> str:
    return f"/welcome/{link.uid}/{link.token}/"


def opened(address, client=None):
    client = client or Client()
    client.cookies["django_language"] = "en"
    return client, client.get(address, follow=True)


def set_password(client, response, first=PASSWORD, second=PASSWORD):
    typed = {"new_password1": first, "new_password2": second}
    return client.post(response.redirect_chain[-1][0], typed)


def is_dead(address) -> bool:
    _client, response = opened(address)
    return "This link is dead" in response.content.decode()


def test_a_link_sets_a_password_once_and_leads_to_the_sign_in():
    world = make_offices()
    address = address_of(make_link(world.staff, **world.now))
    client, response = opened(address)
    page = response.content.decode()
    assert world.staff.username in page and world.staff.name in page
    assert page.index('class="rules"') < page.index("new_password1")

    response = set_password(client, response)

    assert (response.status_code, response.url) == (302, "/sign-in/")
    assert messages_of(client.get("/sign-in/")) == [
        "The password is set. Sign in as staff with it."
    ]
    assert not get_user(client).is_authenticated
    assert User.objects.get(pk=world.staff.pk).check_password(PASSWORD)
    assert is_dead(address)


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (PASSWORD, "another-river-27")])
def test_a_weak_or_mistyped_password_is_refused_and_the_link_stays(first, second):
    world = make_offices()
    address = address_of(make_link(world.staff, **world.now))
    client, response = opened(address)

    response = set_password(client, response, first, second)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["new_password2"]
    assert User.objects.get(pk=world.staff.pk).check_password("a-test-password-7")
    assert not is_dead(address)


def test_a_closed_account_is_opened_by_no_link_of_before():
    world = make_offices()
    address = address_of(make_link(world.staff, **world.now))
    client, response = opened(address)
    assert not is_dead(address)

    close_account(world.staff, **world.now)

    assert is_dead(address)
    set_password(client, response)
    assert User.objects.get(pk=world.staff.pk).check_password("a-test-password-7")


@pytest.mark.parametrize("days", [6, 8])
def test_a_link_is_dead_after_a_week(monkeypatch, days):
    world = make_offices()
    address = address_of(make_link(world.staff, **world.now))
    now = PasswordResetTokenGenerator()._now()
    later = now + timedelta(days=days)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)

    assert is_dead(address) == (days > 7)


@pytest.mark.parametrize(
    "address", ["/welcome/MQ/x-y/", "/welcome/!!/abc-def/", "/welcome/MQ/new-password/"]
)
def test_an_invented_link_is_dead(address):
    make_offices()

    assert is_dead(address)


def test_who_was_signed_in_on_the_device_is_signed_out():
    world = make_offices()
    address = address_of(make_link(world.staff, **world.now))
    client, response = opened(address, signed_in(world.office))

    set_password(client, response)

    assert not get_user(client).is_authenticated


def test_sessions_of_the_account_end_with_its_old_password():
    world = make_offices()
    theirs = signed_in(world.staff)  # first, since a sign-in ends links
    address = address_of(make_link(User.objects.get(pk=world.staff.pk), by=world.office, on=TODAY))
    assert get_user(theirs).is_authenticated
    client, response = opened(address)

    set_password(client, response)

    assert theirs.get("/").url.startswith("/sign-in/")
