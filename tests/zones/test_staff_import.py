"""What a list of staff does to accounts and postings."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import FIRST_DAY, make_user
from tests.zones.offices import TODAY, make_offices, postings_of
from zones import staffing
from zones.models import Posting, User
from zones.staff_import import carry_out, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEAD = ["name", "mobile", "username", "role", "area", "since"]
COUNTED = ("new", "posted", "unchanged", "faulty")


def table(*rows) -> list[list[str]]:
    return [HEAD, *([*row, *[""] * (len(HEAD) - len(row))] for row in rows)]


def counts(world, rows) -> tuple[int, ...]:
    found = plan(rows, state=world.state, **world.now).counts
    assert found["rows"] == sum(found[name] for name in COUNTED)
    return tuple(found[name] for name in COUNTED)


def load(world, rows):
    first = plan(rows, state=world.state, **world.now)
    return carry_out(rows, fingerprint=first.fingerprint, state=world.state, **world.now)


def faults(world, rows) -> list[tuple]:
    lines = plan(rows, state=world.state, **world.now).faulty
    return [(line.row, line.problem.column, line.problem.advice) for line in lines]


def everything() -> list:
    fields = ("pk", "username", "first_name", "mobile", "is_active", "password")
    users = list(User.objects.order_by("pk").values_list(*fields))
    return [users, list(Posting.objects.order_by("pk").values())]


ROWS = table(
    ["सीता बाई", "5876500001", "", "", "Raipur"],
    ["Geeta", "", "geeta.48", "observer", "48", "01/08/2018"],
    ["मीरा", "", "", "", "Durg"],
    ["राम साहू", "5876543210", "", "", "Raipur"],
    ["राम साहू", "", "staff", "", "Durg"],
    ["खराब", "1", "", "", "Raipur"],
)


def test_new_people_are_made_known_ones_posted_and_faulty_rows_left_out():
    world = make_offices()
    assert counts(world, ROWS) == (3, 1, 1, 1)

    load(world, ROWS)

    made = User.objects.exclude(pk__in=[world.office.pk, world.staff.pk]).order_by("pk")
    made = [user for user in made if not user.has_usable_password()]
    assert [(user.username, user.name, user.mobile) for user in made] == [
        ("sita.bai", "सीता बाई", "5876500001"),
        ("geeta.48", "Geeta", ""),
        ("mira", "मीरा", ""),
    ]
    assert [postings_of(user) for user in made] == [
        [("district_staff", "Raipur", TODAY, None)],
        [("observer", "48 Seat 48", FIRST_DAY, None)],
        [("district_staff", "Durg", TODAY, None)],
    ]
    assert postings_of(world.staff) == [
        ("district_staff", "Raipur", FIRST_DAY, None),
        ("district_staff", "Durg", TODAY, None),
    ]


def test_the_same_list_twice_changes_nothing():
    world = make_offices()
    load(world, ROWS)
    before = everything()

    assert counts(world, ROWS) == (0, 0, 5, 1)
    load(world, ROWS)

    assert everything() == before


def test_a_posting_that_ended_is_given_anew():
    world = make_offices()
    staffing.end_posting(world.staff.postings.get(), until=TODAY, **world.now)

    assert counts(world, table(["राम साहू", "5876543210", "", "", "Raipur"])) == (0, 1, 0, 0)


def test_two_rows_of_a_new_person_are_one_account_with_two_postings():
    world = make_offices()
    rows = table(["सीता", "5876500001", "", "", "Raipur"], ["सीता", "5876500001", "", "", "Durg"])

    load(world, rows)

    assert postings_of(User.objects.get(mobile="5876500001")) == [
        ("district_staff", "Raipur", TODAY, None),
        ("district_staff", "Durg", TODAY, None),
    ]
    assert counts(world, rows) == (0, 0, 2, 0)


def test_two_new_people_of_one_name_get_user_names_of_their_own():
    world = make_offices()
    rows = table(
        ["सीता", "5876500001", "", "", "Raipur"],
        ["सीता", "5876500002", "", "", "Raipur"],
        ["गीता", "5876500003", "sita", "", "Raipur"],
    )

    load(world, rows)

    made = User.objects.filter(mobile__startswith="58765000").order_by("mobile")
    assert [user.username for user in made] == ["sita2", "sita3", "sita"]
    assert counts(world, rows) == (0, 0, 3, 0)


def test_an_account_beyond_reach_is_not_named():
    world = make_offices()
    make_user("root", is_superuser=True, mobile="5888888888", first_name="गुप्त मुखिया")
    rows = table(
        ["सीता", "5999999999", "", "", "Raipur"],
        ["गीता", "", "Stranger", "", "Raipur"],
        ["गीता", "5888888888", "", "", "Raipur"],
        ["गुप्त", "", "", "", "Raipur"],
    )

    assert faults(world, rows) == [
        (2, "mobile", "This is taken. Give another one."),
        (3, "user name", "This is taken. Give another one."),
        (4, "mobile", "This is taken. Give another one."),
    ]
    load(world, rows)
    assert len(postings_of(world.stranger)) == 1


def test_rows_that_an_account_contradicts_are_faulty():
    world = make_offices()
    make_user("closed", "observer", world.raipur, is_active=False, first_name="बंद")
    make_user("hari", "observer", world.raipur, mobile="5876500007", first_name="हरि")
    rows = table(
        ["राम", "5876500001", "staff", "", "Raipur"],
        ["राम", "5876543210", "hari2", "", "Raipur"],
        ["बंद", "", "closed", "", "Raipur"],
        ["कार्यालय", "", "office", "", "Raipur"],
        ["हरि", "5876500007", "", "", "Raipur"],
        ["हरि", "", "hari", "", "Raipur"],
    )

    assert faults(world, rows) == [
        (2, "mobile", "राम साहू (staff) has another mobile number. Correct one of them."),
        (
            3,
            "mobile",
            "This mobile number is that of राम साहू (staff). Correct one of them.",
        ),
        (4, "user name", "The account is closed. Open it first."),
        (5, "user name", "This account is not yours to change."),
        (7, "area", "Row 6 says the same."),
    ]


@pytest.mark.parametrize("how", [["5876543210", ""], ["", "staff"], ["5876543210", "staff"]])
def test_a_known_number_or_user_name_under_another_s_name_posts_nobody(how):
    world = make_offices()
    rows = table(["श्याम वर्मा", *how, "", "Durg"], ["राम साहू", *how, "", "Durg"])
    # Alone, since two rows of one person that contradict each other are faulty anyway.
    wrong, right = table(rows[1]), table(rows[2])
    column = "user name" if how[1] else "mobile"
    before = everything()

    [line] = plan(wrong, state=world.state, **world.now).faulty
    load(world, wrong)

    assert (line.row, line.problem.column, line.problem.value) == (2, "name", "श्याम वर्मा")
    assert line.problem.advice == (
        f"The {column} of this row is that of राम साहू (staff). "
        f"Write that name, or correct the {column}."
    )
    assert everything() == before
    assert counts(world, right) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("राम साहू", " राम  साहू"),
        ("राम साहू", "RAM SAHU"),
        ("Ram Sahu", "राम साहू"),
        ("रवीन्द्र", "रवींद्र"),
        ("ज़ाकिर", "जाकिर"),
    ],
)
def test_a_name_spelt_otherwise_is_still_the_same_person(known, written):
    world = make_offices()
    User.objects.filter(pk=world.staff.pk).update(first_name=known)

    assert counts(world, table([written, "5876543210", "", "", "Durg"])) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("known", "written"),
    [("राम साहू", "राम"), ("राम", "श्याम"), ("ರಾಮ", "ಸೀತಾ"), ("राम ಗೌಡ", "राम"), ("Rama", "राम")],
)
def test_another_name_is_another_person(known, written):
    world = make_offices()
    User.objects.filter(pk=world.staff.pk).update(first_name=known)

    assert counts(world, table([written, "5876543210", "", "", "Durg"])) == (0, 0, 0, 1)


def test_another_state_s_list_is_not_taken():
    world = make_offices()

    with pytest.raises(ValidationError) as refused:
        plan(ROWS, state=world.other_state, **world.now)

    assert refused.value.messages == ["This area is not yours to post people in."]


def test_what_changed_since_the_preview_stops_the_import():
    world = make_offices()
    seen = plan(ROWS, state=world.state, **world.now)
    make_user("sita", "observer", world.raipur, mobile="5876500001")
    before = everything()

    with pytest.raises(ValidationError) as refused:
        carry_out(ROWS, fingerprint=seen.fingerprint, state=world.state, **world.now)

    assert refused.value.messages == [
        "Something has changed since the preview. Look at it again, then confirm."
    ]
    assert everything() == before


NAMES, MOBILES = ["राम", "सीता", "Geeta"], ["", "5876543210", "5876500001", "5999999999", "12"]
ROW = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(MOBILES),
    st.sampled_from(["", "staff", "stranger", "naya"]),
    st.sampled_from(["", "observer", "seat_in_charge", "none"]),
    st.sampled_from(["Raipur", "Durg", "48", "Sagar", ""]),
)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ROW, max_size=6))
def test_rows_balance_and_the_same_list_again_changes_nothing(db, rows):
    Posting.objects.all().delete()
    User.objects.all().delete()
    world = make_offices()
    rows = table(*rows)
    new, posted, unchanged, faulty = counts(world, rows)

    load(world, rows)

    assert Posting.objects.filter(since=TODAY).count() == new + posted
    again = counts(world, rows)
    assert again == (0, 0, new + posted + unchanged, faulty)
    assert len(postings_of(world.stranger)) == 1
