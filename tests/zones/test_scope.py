"""Who sees and may do what: by role, by area, by day."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from booths.models import Booth, Sector
from tests.makers import (
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_posting,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import (
    ROLE_AREAS,
    AssemblySeat,
    District,
    LokSabhaSeat,
    Posting,
    SchemeTerm,
    State,
    Zone,
)
from zones.scope import (
    ROLE_ACTS,
    Act,
    areas_of,
    areas_served,
    current_postings,
    may,
    places_served,
    seats_seen,
    seats_served,
    states_seen,
)

TODAY = date(2018, 8, 18)
NUMBERS = "see_numbers"
READ = "see_numbers see_people"
CALL = f"{READ} list_contacts"
STAFF = (
    "enter_people propose appoint end move correct import_agents export_people edit_teams "
    "enter_readings"
)
OFFICE = "verify edit_booths import_booths write_meetings manage_campaigns manage_territory"


@pytest.fixture
def places(db):
    """Two Lok Sabha seats, each a zone; Durg district reaches into seat 48 with booth 48/2."""
    state = make_state()
    raipur, durg = make_district(slug="raipur"), make_district(slug="durg")
    ls8, ls7 = make_lok_sabha_seat(number=8), make_lok_sabha_seat(number=7)
    scheme = make_scheme(zones={1: [ls8], 2: [ls7]})
    seat48 = make_assembly_seat(48, ls8, raipur)
    seat49 = make_assembly_seat(49, ls8, raipur)
    seat62 = make_assembly_seat(62, ls7, durg)
    other = make_state("MP")
    sidhi, ls1 = make_district(other, "sidhi"), make_lok_sabha_seat(other, 1)
    elsewhere = make_assembly_seat(1, ls1, sidhi)
    return {
        "CG": state,
        "MP": other,
        "MP LS 1": ls1,
        "MP sidhi": sidhi,
        "zone 1": scheme.zones.get(number=1),
        "zone 2": scheme.zones.get(number=2),
        "LS 8": ls8,
        "LS 7": ls7,
        "raipur": raipur,
        "durg": durg,
        "seat 48": seat48,
        "seat 49": seat49,
        "seat 62": seat62,
        "MP seat 1": elsewhere,
        "48/1": make_booth(1, seat=seat48),
        "48/2": make_booth(2, seat=seat48, district=durg),
        "49/1": make_booth(1, seat=seat49),
        "62/1": make_booth(1, seat=seat62),
        "MP 1/1": make_booth(1, seat=elsewhere),
    }


def names_of(places, found):
    keys = {(type(place), place.pk): name for name, place in places.items()}
    return " ".join(sorted(keys[type(place), place.pk].replace(" ", "-") for place in found))


# --- roles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        ("state_office", f"{CALL} {STAFF} {OFFICE} manage_users erase_people"),
        ("state_in_charge", f"{READ} write_meetings"),
        ("zone_in_charge", f"{READ} verify"),
        ("lok_sabha_in_charge", f"{CALL} verify"),
        ("seat_in_charge", f"{CALL} verify"),
        ("district_staff", f"{CALL} {STAFF}"),
        ("observer", NUMBERS),
    ],
)
def test_a_role_grants_its_acts_and_no_other(role, acts):
    assert ROLE_ACTS[role] == set(acts.split())


def test_every_role_and_every_act_is_in_the_table():
    assert set(ROLE_ACTS) == set(Posting.Role)
    assert frozenset().union(*ROLE_ACTS.values()) == set(Act)


# --- areas ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "area", "booths"),
    [
        ("state_office", "CG", "48/1 48/2 49/1 62/1"),
        ("state_in_charge", "zone 1", "48/1 48/2 49/1"),
        ("zone_in_charge", "zone 2", "62/1"),
        ("lok_sabha_in_charge", "LS 8", "48/1 48/2 49/1"),
        ("seat_in_charge", "seat 48", "48/1 48/2"),
        ("district_staff", "seat 48", "48/1 48/2"),
        ("district_staff", "raipur", "48/1 49/1"),
        ("district_staff", "durg", "48/2 62/1"),
        ("state_office", "MP", "MP-1/1"),
        ("observer", "CG", ""),
    ],
)
def test_people_are_served_at_the_booths_of_the_area(places, role, area, booths):
    user = make_user(role=role, area=places[area])

    served = Booth.objects.filter(places_served(user, Act.SEE_PEOPLE, TODAY))

    assert names_of(places, served) == booths


@pytest.mark.parametrize(
    ("role", "area", "seats"),
    [
        ("state_in_charge", "CG", "seat-48 seat-49 seat-62"),
        ("zone_in_charge", "zone 2", "seat-48 seat-49 seat-62"),
        ("observer", "zone 1", "seat-48 seat-49 seat-62"),
        ("lok_sabha_in_charge", "LS 7", "seat-62"),
        ("seat_in_charge", "seat 49", "seat-49"),
        ("district_staff", "raipur", "seat-48 seat-49"),
        ("observer", "durg", "seat-48 seat-62"),
        ("observer", "MP", "MP-seat-1"),
    ],
)
def test_state_and_zone_postings_see_all_numbers_others_their_own(places, role, area, seats):
    user = make_user(role=role, area=places[area])

    assert names_of(places, seats_seen(user, TODAY)) == seats


def test_a_seat_with_many_booths_in_the_district_is_seen_once(places):
    for number in range(10, 15):
        make_booth(number, seat=places["seat 48"], district=places["durg"])
    user = make_user(role="observer", area=places["durg"])

    assert names_of(places, seats_seen(user, TODAY)) == "seat-48 seat-62"


@pytest.mark.parametrize(
    ("area", "seats"),
    [
        ("CG", "seat-48 seat-49 seat-62"),
        ("raipur", "seat-48 seat-49"),
        ("durg", "seat-62"),
        ("seat 48", "seat-48"),
    ],
)
def test_what_is_kept_by_seat_goes_with_the_main_district(places, area, seats):
    role = "state_office" if area == "CG" else "district_staff"
    user = make_user(role=role, area=places[area])
    for name in ("seat 48", "seat 49", "seat 62", "MP seat 1"):
        make_sector(places[name])

    seats_found = AssemblySeat.objects.filter(seats_served(user, Act.EDIT_TEAMS, TODAY))
    sectors = Sector.objects.filter(seats_served(user, Act.EDIT_TEAMS, TODAY, "assembly_seat__"))

    assert names_of(places, seats_found) == seats
    assert names_of(places, [sector.assembly_seat for sector in sectors]) == seats


@pytest.mark.parametrize(
    ("role", "area", "seen"),
    [
        ("observer", "CG", "CG LS-7 LS-8 durg raipur zone-1 zone-2"),
        ("zone_in_charge", "zone 2", "CG LS-7 LS-8 durg raipur zone-1 zone-2"),
        ("lok_sabha_in_charge", "LS 8", "LS-8"),
        ("district_staff", "durg", "durg"),
        ("seat_in_charge", "seat 48", ""),
    ],
)
def test_the_numbers_of_a_larger_place_are_seen_from_within_it_only(places, role, area, seen):
    user = make_user(role=role, area=places[area])
    larger = [place for place in places.values() if not isinstance(place, AssemblySeat | Booth)]

    found = [place for place in larger if may(user, Act.SEE_NUMBERS, place, on=TODAY)]

    assert names_of(places, found) == seen


POSTED_ON = {
    "state": "CG",
    "zone": "zone 1",
    "lok_sabha_seat": "LS 8",
    "district": "durg",
    "assembly_seat": "seat 48",
}


@pytest.mark.parametrize(
    ("role", "area"),
    [(role, POSTED_ON[kind]) for role, kinds in ROLE_AREAS.items() for kind in kinds],
)
def test_a_place_is_allowed_exactly_where_the_filters_find_it(places, role, area):
    user = make_user(role=role, area=places[area])

    for act in Act:
        if act is Act.SEE_NUMBERS:  # seen more widely than served
            continue
        served = list(Booth.objects.filter(places_served(user, act, TODAY)))
        for model in (State, Zone, LokSabhaSeat, District, AssemblySeat):
            served += model.objects.filter(areas_served(user, act, TODAY, model))
        allowed = [place for place in places.values() if may(user, act, place, on=TODAY)]
        assert names_of(places, allowed) == names_of(places, served), act


def test_the_booths_of_a_seen_seat_are_seen_with_their_numbers_but_not_their_people(places):
    staff = make_user(role="district_staff", area=places["durg"])

    assert may(staff, Act.SEE_NUMBERS, places["48/1"], on=TODAY)
    assert not may(staff, Act.SEE_PEOPLE, places["48/1"], on=TODAY)
    assert not may(staff, Act.SEE_NUMBERS, places["49/1"], on=TODAY)


def test_a_sector_stands_where_its_seat_stands(places):
    staff = make_user(role="district_staff", area=places["durg"])
    near, far = make_sector(places["seat 62"]), make_sector(places["seat 48"])

    assert may(staff, Act.EDIT_TEAMS, near, on=TODAY)
    assert not may(staff, Act.EDIT_TEAMS, far, on=TODAY)


def test_what_is_no_place_cannot_be_asked_for(places):
    with pytest.raises(TypeError):
        areas_of(make_user())


def test_a_seat_in_two_schemes_gives_each_booth_once(places):
    make_scheme(zones={1: [places["LS 8"]]}, from_on=date(2018, 9, 1), name="Later")
    user = make_user(role="zone_in_charge", area=places["zone 1"])
    make_posting(user, "seat_in_charge", places["seat 62"])

    served = Booth.objects.filter(places_served(user, Act.VERIFY, TODAY))

    assert names_of(places, served) == "48/1 48/2 49/1 62/1"


# --- several postings -------------------------------------------------------------------------


def test_acts_of_one_posting_are_never_pooled_with_the_places_of_another(places):
    user = make_user(role="district_staff", area=places["raipur"])
    make_posting(user, "observer", places["durg"])

    proposed = Booth.objects.filter(places_served(user, Act.PROPOSE, TODAY))

    assert names_of(places, proposed) == "48/1 49/1"
    assert not may(user, Act.PROPOSE, places["62/1"], on=TODAY)
    assert names_of(places, seats_seen(user, TODAY)) == "seat-48 seat-49 seat-62"


def test_who_verifies_one_seat_and_enters_another_does_each_in_its_place(places):
    user = make_user(role="seat_in_charge", area=places["seat 48"])
    make_posting(user, "district_staff", places["seat 62"])

    allowed = {
        (act, name)
        for act in (Act.VERIFY, Act.APPOINT)
        for name in ("48/1", "62/1")
        if may(user, act, places[name], on=TODAY)
    }

    assert allowed == {(Act.VERIFY, "48/1"), (Act.APPOINT, "62/1")}


def test_the_states_seen_are_those_of_any_posting(places):
    user = make_user(role="seat_in_charge", area=places["seat 48"])
    assert names_of(places, states_seen(user, TODAY)) == "CG"

    other = make_user("other", "observer", places["MP seat 1"])
    make_posting(other, "zone_in_charge", places["zone 1"])
    assert names_of(places, states_seen(other, TODAY)) == "CG MP"


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2018, 8, 18), None, True),
        (date(2018, 8, 19), None, False),
        (date(2018, 8, 1), date(2018, 8, 19), True),
        (date(2018, 8, 1), date(2018, 8, 18), False),
    ],
)
def test_a_posting_holds_from_its_first_day_to_the_day_before_its_end(places, since, until, holds):
    user = make_user(role="district_staff", area=places["raipur"], since=since, until=until)

    assert may(user, Act.PROPOSE, places["48/1"], on=TODAY) is holds


def test_a_zone_of_a_scheme_that_is_not_in_force_grants_nothing(places):
    user = make_user(role="zone_in_charge", area=places["zone 1"])
    later = make_scheme(name="Later", zones={1: [places["LS 8"]]}, from_on=date(2018, 9, 1))
    make_posting(user, "zone_in_charge", later.zones.get())

    def posted_on(day):
        return [posting.zone.scheme.name_en for posting in current_postings(user, day)]

    assert posted_on(date(2018, 8, 31)) == ["Four zones"]
    assert posted_on(date(2018, 9, 1)) == ["Later"]
    SchemeTerm.objects.create(
        state=places["CG"], scheme=places["zone 1"].scheme, from_on=date(2018, 10, 1)
    )
    assert posted_on(date(2018, 10, 1)) == ["Four zones"]


# --- nobody, everybody ------------------------------------------------------------------------


def test_without_a_posting_nothing_is_seen_or_served(places):
    inactive = make_user("gone", "state_office", places["CG"], is_active=False)
    for user in (make_user(), inactive, AnonymousUser()):
        assert names_of(places, seats_seen(user, TODAY)) == ""
        assert names_of(places, states_seen(user, TODAY)) == ""
        for act in Act:
            assert not may(user, act, on=TODAY)
            assert not Booth.objects.filter(places_served(user, act, TODAY)).exists()
            assert not AssemblySeat.objects.filter(seats_served(user, act, TODAY)).exists()


def test_a_superuser_counts_as_the_office_of_every_state(places):
    user = make_user(is_superuser=True)

    assert all(may(user, act, place, on=TODAY) for act in Act for place in places.values())
    assert list(Booth.objects.filter(places_served(user, Act.MOVE, TODAY))) == list(
        Booth.objects.all()
    )


# --- queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "area"), [
    ("observer", None),
    ("district_staff", "raipur"),
    ("state_in_charge", "zone 1"),
])  # fmt: skip
def test_postings_are_read_once_for_a_user_and_day(places, role, area, django_assert_num_queries):
    user = make_user()
    if area:
        make_posting(user, role, places[area])
        make_posting(user, "observer", places["durg"])

    with django_assert_num_queries(1):
        for place in places.values():
            if not isinstance(place, Booth):
                may(user, Act.SEE_PEOPLE, place, on=TODAY)
        may(user, Act.SEE_NUMBERS, places["seat 48"], on=TODAY)
