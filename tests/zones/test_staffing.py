"""Giving, moving and ending postings; making, closing and opening accounts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.makers import FIRST_DAY, make_posting, make_scheme, make_user
from tests.zones.offices import TODAY, make_offices, postings_of
from zones import staffing
from zones.models import Posting, User
from zones.scope import users_served

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TOMORROW = TODAY + timedelta(days=1)


def refusal(act, *args, **kwargs) -> list[str]:
    before = list(Posting.objects.order_by("pk").values())
    users = list(User.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    assert list(Posting.objects.order_by("pk").values()) == before
    assert list(User.objects.order_by("pk").values()) == users
    return refused.value.messages


def new_person(world, **fields):
    said = {"name": "सीता साहू", "role": "district_staff", "area": world.raipur, "since": TODAY}
    return staffing.create_person(**said | world.now | fields)


def test_a_new_person_has_no_password_and_a_posting():
    world = make_offices()

    person = new_person(world, mobile="+91 58765 00001", email="s@example.in", language="en")

    assert (person.username, person.name) == ("sita.sahu", "सीता साहू")
    assert (person.mobile, person.email, person.language) == ("5876500001", "s@example.in", "en")
    assert not person.has_usable_password()
    assert postings_of(person) == [("district_staff", "Raipur", TODAY, None)]


def test_a_made_user_name_steps_aside_for_one_that_is_taken():
    world = make_offices()
    make_user("Sita.Sahu")

    assert new_person(world).username == "sita.sahu2"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "erased-7"}, ["This user name is taken. Choose another."]),
        ({"username": "STAFF"}, ["This user name is taken. Choose another."]),
        ({"username": "stranger"}, ["This user name is taken. Choose another."]),
        (
            {"username": "5876500009"},
            ["A user name of digits alone looks like a mobile number. Add a letter."],
        ),
        *(
            (
                {"username": spelt},
                ["A user name of digits alone looks like a mobile number. Add a letter."],
            )
            for spelt in ("+91 58765 00009", "５８７６５００００９", "५८७६५००००९")
        ),
        ({"username": "ＳＴＡＦＦ"}, ["This user name is taken. Choose another."]),
        ({"mobile": "5999999999"}, ["Another user signs in with this mobile number."]),
        (
            {"mobile": "12"},
            ["“12” is not a mobile number: ten digits, the first 6 to 9."],
        ),
        ({"role": "zone_in_charge"}, ["Zone in-charge is posted on: zone."]),
        (
            {"since": date(1999, 12, 31)},
            ["Give a day from the year 2000 to a year from now."],
        ),
        (
            {"since": TODAY + timedelta(days=367)},
            ["Give a day from the year 2000 to a year from now."],
        ),
    ],
)
def test_a_new_person_is_refused_without_naming_whose_the_account_is(fields, said):
    world = make_offices()

    assert refusal(new_person, world, **fields) == said


def test_nobody_is_posted_beyond_the_reach_of_the_office():
    world = make_offices()
    sentence = ["This area is not yours to post people in."]
    there = world.stranger.postings.get().area
    posting = {"role": "district_staff", "area": there, "since": TODAY}

    assert refusal(new_person, world, area=there) == sentence
    assert refusal(staffing.give_posting, world.staff, **posting, **world.now) == sentence
    mine = world.staff.postings.get()
    assert refusal(staffing.move, mine, **posting, **world.now) == sentence


def test_no_account_beyond_the_reach_is_changed():
    world = make_offices()
    posting = {"role": "observer", "area": world.raipur, "since": TODAY}
    theirs = world.stranger.postings.get()
    sentence = ["This account is not yours to change."]

    assert refusal(staffing.give_posting, world.stranger, **posting, **world.now) == sentence
    assert refusal(staffing.move, theirs, **posting, **world.now) == sentence
    assert refusal(staffing.end_posting, theirs, until=TODAY, **world.now) == sentence
    assert refusal(staffing.close_account, world.stranger, **world.now) == sentence
    assert refusal(staffing.open_account, world.stranger, **world.now) == sentence
    assert refusal(staffing.correct_person, world.stranger, mobile="", **world.now) == sentence


def test_somebody_with_one_posting_beyond_the_reach_is_not_changed():
    world = make_offices()
    there = world.stranger.postings.get().area
    theirs = make_posting(world.staff, "district_staff", there)
    posting = {"role": "observer", "area": world.raipur, "since": TODAY}
    sentence = ["This account is not yours to change."]

    assert refusal(staffing.end_posting, theirs, until=TODAY, **world.now) == sentence
    assert refusal(staffing.move, theirs, **posting, **world.now) == sentence


def test_who_is_no_office_changes_nobody():
    world = make_offices()
    colleague = make_user("colleague", "district_staff", world.raipur)
    theirs = colleague.postings.get()
    sentence = ["This account is not yours to change."]

    assert refusal(staffing.end_posting, theirs, until=TODAY, by=world.staff, on=TODAY) == sentence


def test_nobody_raises_or_changes_their_own_account():
    world = make_offices()
    posting = {"role": "observer", "area": world.raipur, "since": TODAY}
    mine = world.office.postings.get()
    sentence = ["This is your own account. Another user of the state office changes it."]

    assert refusal(staffing.give_posting, world.office, **posting, **world.now) == sentence
    assert refusal(staffing.move, mine, **posting, **world.now) == sentence
    assert refusal(staffing.close_account, world.office, **world.now) == sentence
    assert refusal(staffing.correct_person, world.office, mobile="", **world.now) == sentence


def test_a_superuser_is_changed_by_nobody_here():
    world = make_offices()
    root = make_user("root", is_superuser=True)
    other = make_user("other-root", is_superuser=True)
    posting = {"role": "observer", "area": world.raipur, "since": TODAY}

    assert refusal(staffing.give_posting, root, **posting, **world.now) == [
        "This account is not yours to change."
    ]
    assert refusal(staffing.give_posting, root, **posting, by=other, on=TODAY) == [
        "The account of a superuser is not changed here."
    ]


@pytest.mark.parametrize(
    ("until", "since", "overlaps"),
    [
        (None, TODAY, True),
        (None, FIRST_DAY - timedelta(days=5), True),
        (TOMORROW, TODAY, True),
        (TODAY, TODAY, False),
        (FIRST_DAY, FIRST_DAY - timedelta(days=5), False),  # never held
    ],
)
def test_no_posting_overlaps_another_of_its_role_and_area(until, since, overlaps):
    world = make_offices()
    Posting.objects.filter(user=world.staff).update(until=until)
    asked = {"role": "district_staff", "area": world.raipur, "since": since}

    if overlaps:
        assert refusal(staffing.give_posting, world.staff, **asked, **world.now) == [
            "This person already has this posting."
        ]
    else:
        staffing.give_posting(world.staff, **asked, **world.now)
        assert ("district_staff", "Raipur", since, None) in postings_of(world.staff)


def test_another_role_or_area_beside_the_first_is_given():
    world = make_offices()

    staffing.give_posting(world.staff, role="observer", area=world.raipur, since=TODAY, **world.now)
    staffing.give_posting(
        world.staff, role="district_staff", area=world.durg, since=TODAY, **world.now
    )

    assert postings_of(world.staff) == [
        ("district_staff", "Raipur", FIRST_DAY, None),
        ("observer", "Raipur", TODAY, None),
        ("district_staff", "Durg", TODAY, None),
    ]


def test_a_moved_person_is_in_the_old_place_to_the_day_before_the_new():
    world = make_offices()

    staffing.move(
        world.staff.postings.get(),
        role="district_staff",
        area=world.durg,
        since=TOMORROW,
        **world.now,
    )

    assert postings_of(world.staff) == [
        ("district_staff", "Raipur", FIRST_DAY, TOMORROW),
        ("district_staff", "Durg", TOMORROW, None),
    ]


def test_a_move_to_what_one_has_or_had_leaves_all_as_it_was():
    world = make_offices()
    staffing.give_posting(world.staff, role="observer", area=world.durg, since=TODAY, **world.now)
    mine = world.staff.postings.get(role="district_staff")

    assert refusal(
        staffing.move, mine, role=mine.role, area=world.raipur, since=TODAY, **world.now
    ) == ["That is the posting that this person has. Choose another."]
    assert refusal(
        staffing.move, mine, role="observer", area=world.durg, since=TODAY, **world.now
    ) == ["This person already has this posting."]


def test_a_posting_ends_on_a_day_and_only_once():
    world = make_offices()
    mine = world.staff.postings.get()

    assert refusal(
        staffing.end_posting, mine, until=FIRST_DAY - timedelta(days=1), **world.now
    ) == ["The posting ends before it begins."]
    staffing.end_posting(mine, until=TODAY, **world.now)

    assert postings_of(world.staff) == [("district_staff", "Raipur", FIRST_DAY, TODAY)]
    assert refusal(staffing.end_posting, mine, until=TOMORROW, **world.now) == [
        "This posting has ended already."
    ]


def test_the_office_does_not_lock_itself_out():
    world = make_offices()
    last = world.office.postings.get()
    aside = make_posting(world.office, "observer", world.raipur)

    assert refusal(staffing.end_posting, last, until=TODAY, **world.now) == [
        "This is your own last posting in the state office. Ending it would lock you out."
    ]
    staffing.end_posting(aside, until=TODAY, **world.now)
    assert Posting.objects.get(pk=aside.pk).until == TODAY


def test_an_office_user_may_end_the_posting_of_another():
    world = make_offices()
    second = make_user("second", "state_office", world.state)

    staffing.end_posting(second.postings.get(), until=TODAY, **world.now)

    assert postings_of(second) == [("state_office", "Chhattisgarh", FIRST_DAY, TODAY)]


def test_a_closed_account_has_no_posting_and_gets_none():
    world = make_offices()
    staffing.give_posting(
        world.staff, role="observer", area=world.durg, since=TOMORROW, **world.now
    )
    make_posting(world.staff, "observer", world.raipur, until=FIRST_DAY)

    staffing.close_account(world.staff, **world.now)

    assert not User.objects.get(pk=world.staff.pk).is_active
    assert postings_of(world.staff) == [
        ("district_staff", "Raipur", FIRST_DAY, TODAY),
        ("observer", "Raipur", FIRST_DAY, FIRST_DAY),
        ("observer", "Durg", TOMORROW, TOMORROW),
    ]
    posting = {"role": "observer", "area": world.raipur, "since": TODAY}
    assert refusal(staffing.give_posting, world.staff, **posting, **world.now) == [
        "The account is closed. Open it first."
    ]
    staffing.open_account(world.staff, **world.now)
    assert User.objects.get(pk=world.staff.pk).is_active
    assert not Posting.objects.current(TODAY).filter(user=world.staff).exists()


def test_data_are_corrected_and_a_taken_mobile_is_refused():
    world = make_offices()

    staffing.correct_person(world.staff, first_name="राम", mobile="05876500002", **world.now)

    changed = User.objects.get(pk=world.staff.pk)
    assert (changed.name, changed.mobile, changed.username) == ("राम", "5876500002", "staff")
    assert refusal(staffing.correct_person, changed, mobile="5999999999", **world.now) == [
        "Another user signs in with this mobile number."
    ]


def test_a_superuser_flag_is_no_personal_data():
    world = make_offices()

    staffing.correct_person(world.staff, is_superuser=True, username="root", **world.now)

    changed = User.objects.get(pk=world.staff.pk)
    assert (changed.is_superuser, changed.username) == (False, "staff")


def test_a_zone_of_the_state_is_in_reach_and_one_of_another_is_not():
    world = make_offices()
    mine = make_scheme(world.state, {1: [world.seat.lok_sabha_seat]}).zones.get()
    theirs = make_scheme(world.other_state, {1: []}).zones.get()
    posting = {"role": "zone_in_charge", "since": TODAY}

    staffing.give_posting(world.staff, area=mine, **posting, **world.now)

    assert refusal(staffing.give_posting, world.staff, area=theirs, **posting, **world.now) == [
        "This area is not yours to post people in."
    ]
    assert User.objects.filter(users_served(world.office, TODAY), pk=world.staff.pk).exists()
