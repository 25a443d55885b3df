"""When a one-time link is alive, and who is given one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.makers import make_user
from tests.zones.offices import TODAY, make_offices
from zones import staffing
from zones.models import User
from zones.one_time_links import link_tokens, make_link, use_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def is_alive(user, link) -> bool:
    return link_tokens.check_token(User.objects.get(pk=user.pk), link.token)


def make_invited(world):
    return staffing.create_person(
        name="सीता", role="district_staff", area=world.raipur, since=TODAY, **world.now
    )


def test_a_link_is_valid_for_a_week():
    world = make_offices()

    assert make_link(world.staff, **world.now).valid_until == TODAY + timedelta(days=7)


@pytest.mark.parametrize("has_a_password", [False, True])
def test_the_newest_link_of_a_person_is_the_only_one(has_a_password):
    world = make_offices()
    person = world.staff if has_a_password else make_invited(world)
    older = make_link(person, **world.now)

    newer = make_link(person, **world.now)

    assert (is_alive(person, older), is_alive(person, newer)) == (False, True)


def test_a_password_in_use_stays_until_a_link_is_used_and_no_link_is_used_twice():
    world = make_offices()
    link = make_link(world.staff, **world.now)
    assert User.objects.get(pk=world.staff.pk).check_password("a-test-password-7")

    use_link(world.staff, link.token, "another-test-password-8")
    with pytest.raises(ValidationError, match="used already"):
        use_link(world.staff, link.token, "a-thiefs-password-9")

    assert User.objects.get(pk=world.staff.pk).check_password("another-test-password-8")


def test_closing_an_account_ends_its_link_for_good():
    world = make_offices()
    link = make_link(world.staff, **world.now)

    staffing.close_account(world.staff, **world.now)
    staffing.open_account(world.staff, **world.now)

    assert not is_alive(world.staff, link)


def test_a_sign_in_ends_a_link(client):
    world = make_offices()
    link = make_link(world.staff, **world.now)
    assert is_alive(world.staff, link)

    client.force_login(world.staff)

    assert not is_alive(world.staff, link)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("office", "This is your own account. Another user of the state office changes it."),
        ("stranger", "This account is not yours to change."),
        ("root", "This account is not yours to change."),
        ("closed", "The account is closed. Open it first."),
    ],
)
def test_no_link_is_made_for(who, said):
    world = make_offices()
    make_user("root", is_superuser=True)
    make_user("closed", "observer", world.raipur, is_active=False)
    user = User.objects.get(username=who)

    with pytest.raises(ValidationError) as refused:
        make_link(user, **world.now)

    assert refused.value.messages == [said]
