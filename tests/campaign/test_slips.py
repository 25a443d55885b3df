"""Printable sign-in slips."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.admin_world import signed_in
from tests.makers import make_user
from tests.zones.offices import make_offices
from zones.models import Look, User

pytestmark = pytest.mark.django_db


def make_invited(world, username, area=None, **fields):
    user = make_user(username, "district_staff", area or world.raipur, **fields)
    user.set_unusable_password()
    user.save()
    return user


def english(user):
    client = signed_in(user)
    client.cookies["django_language"] = "en"
    return client


def slips_of(response) -> list[str]:
    return [letter.person.username for letter in response.context["letters"]]


def passwords() -> list:
    return list(User.objects.order_by("pk").values_list("username", "password"))


def test_those_without_a_password_are_offered_and_nobody_of_elsewhere():
    world = make_offices()
    make_invited(world, "new")
    make_invited(world, "closed", is_active=False)
    make_invited(world, "far", world.stranger.postings.get().area)
    before = passwords()

    response = english(world.office).get("/people/slips/")

    assert [person.username for person in response.context["paged"]] == ["new"]
    assert passwords() == before


def test_only_accounts_of_today_are_ticked_since_others_may_hold_a_link():
    world = make_offices()
    new, old = make_invited(world, "new"), make_invited(world, "old")
    User.objects.filter(pk=old.pk).update(date_joined=timezone.now() - timedelta(days=2))

    page = english(world.office).get("/people/slips/").content.decode()

    assert re.findall(r'value="(\d+)" checked', page) == [str(new.pk)]
    assert f'value="{old.pk}"' in page


def test_a_slip_bears_all_that_its_person_needs():
    world = make_offices()
    person = make_invited(world, "sita", first_name="सीता")

    response = english(world.office).post("/people/slips/", {"person": [person.pk]})

    page = response.content.decode()
    (letter,) = response.context["letters"]
    for text in ("सीता", "sita", "रायपुर", "http://testserver", letter.url, '<svg class="qr"'):
        assert text in page
    assert 'lang="hi"' in page.split('<article class="slip"')[1]
    assert "no-store" in response["Cache-Control"]
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")
    client = signed_in(world.stranger)
    link = letter.url.removeprefix("http://testserver")
    assert client.get(link, follow=True).context["validlink"]


def test_who_has_a_password_or_is_out_of_reach_gets_no_slip():
    world = make_offices()
    new = make_invited(world, "new")
    far = make_invited(world, "far", world.stranger.postings.get().area, first_name="गुप्त")
    closed = make_invited(world, "closed", is_active=False)
    chosen = [new.pk, far.pk, closed.pk, world.staff.pk, world.office.pk, "x", "9" * 30]
    far_before = User.objects.get(pk=far.pk).password

    response = english(world.office).post("/people/slips/", {"person": chosen})

    assert slips_of(response) == ["new"]
    left_out = sorted(person.username for person in response.context["left_out"])
    assert left_out == ["closed", "office", "staff"]
    assert "गुप्त" not in response.content.decode()
    assert User.objects.get(pk=far.pk).password == far_before


def test_a_reset_is_chosen_explicitly_and_ends_no_password():
    world = make_offices()
    asked = {"person": [world.staff.pk, world.office.pk], "reset": "1"}

    response = english(world.office).post("/people/slips/", asked)

    assert slips_of(response) == ["staff"]
    assert User.objects.get(pk=world.staff.pk).check_password("a-test-password-7")


def test_the_choice_and_the_print_leave_a_trace():
    world = make_offices()
    new, other = make_invited(world, "new"), make_invited(world, "other")
    client = english(world.office)
    client.get("/people/slips/")
    client.post("/people/slips/", {"person": [new.pk, world.staff.pk]})
    looks = Look.objects.order_by("pk").values_list("what", "where", "users", "by")
    assert list(looks) == [
        ("list", "/people/slips/", [new.pk, other.pk], world.office.pk),
        ("print", "/people/slips/", [new.pk], world.office.pk),
    ]


@pytest.mark.parametrize("people", [1, 30])
def test_the_choice_asks_as_often_for_thirty_as_for_one(django_assert_num_queries, people):
    world = make_offices()
    for number in range(people):
        make_invited(world, f"new-{number}")
    client = english(world.office)
    client.get("/people/slips/")
    with django_assert_num_queries(7):
        response = client.get("/people/slips/")
    assert len(re.findall('name="person"', response.content.decode())) == people
