"""When a one-time link is alive, and who is given one."""

from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError

from tests.makers import make_user
from tests.zones.offices import TODAY, make_offices
from zones import staffing
from zones.models import User
from zones.one_time_links import make_link, set_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def is_alive(user, link) -> bool:
    return default_token_generator.check_token(User.objects.get(pk=user.pk), link.token)


def make_invited(world):
    return staffing.create_person(
        name="सीता", role="district_staff", area=world.raipur, since=TODAY, **world.now
    )


def test_a_link_is_valid_for_a_week():
    world = make_offices()

    assert make_link(world.staff, **world.now).valid_until == TODAY + timedelta(days=7)


def test_the_newest_link_of_an_invited_person_is_the_only_one():
    world = make_offices()
    person = make_invited(world)
    older = make_link(person, **world.now)

    newer = make_link(person, **world.now)

    assert (is_alive(person, older), is_alive(person, newer)) == (False, True)


def test_a_password_in_use_stays_until_a_link_is_used_which_ends_the_others():
    world = make_offices()
    links = [make_link(world.staff, **world.now) for _ in range(2)]

    assert [is_alive(world.staff, link) for link in links] == [True, True]
    assert User.objects.get(pk=world.staff.pk).check_password("a-test-password-7")
    set_password(world.staff, "another-test-password-8")
    assert [is_alive(world.staff, link) for link in links] == [False, False]


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
