"""Counting: every level sums to the whole, every day equals a look at the rows themselves."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from booths import bookkeeping, lifecycle, tallies
from booths.models import Appointment, Block, Booth, Kind, Post, TeamMember
from booths.tallies import Tally, Teams
from tests import counts
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_scheme,
    make_sector,
    make_user,
)

pytestmark = pytest.mark.django_db
LAST_DAY = FIRST_DAY + timedelta(days=30)


@pytest.fixture
def territory():
    """Three seats in two Lok Sabha seats and two districts, one seat across both districts."""
    raipur, durg = make_district(slug="raipur"), make_district(slug="durg")
    first, second = make_lok_sabha_seat(number=7), make_lok_sabha_seat(number=8)
    seats = [
        make_assembly_seat(1, first, raipur),
        make_assembly_seat(2, first, durg),
        make_assembly_seat(3, second, raipur),
    ]
    random = Random(7)
    booths = []
    for seat in seats:
        sector = make_sector(seat)
        for number in range(1, 9):
            booths.append(
                make_booth(
                    number,
                    seat=seat,
                    sector=random.choice([sector, None]),
                    district=random.choice([None, durg]),
                    listed_on=FIRST_DAY + timedelta(days=random.choice([0, 0, 3])),
                    retired_on=random.choice([None, None, FIRST_DAY + timedelta(days=25)]),
                )
            )
    bookkeeping.record(Counter(), bookkeeping.booth_changes(booth.pk for booth in booths))
    history(booths, random)
    return seats


def history(booths, random):
    by = make_user("staff")
    for booth in booths:
        for _ in range(random.choice([0, 1, 2])):
            day = booth.listed_on + timedelta(days=random.randint(0, 10))
            made = lifecycle.propose(booth, make_agent(), on=day, by=by)
            if random.random() < 0.7:
                try:
                    made = lifecycle.appoint(made, on=day, by=by)
                except lifecycle.ValidationError:
                    continue
                if random.random() < 0.5:
                    made = lifecycle.verify(made, on=day + timedelta(days=2), by=by)
            if random.random() < 0.4:
                ended_on = day + timedelta(days=random.randint(2, 9))
                lifecycle.end(made, on=ended_on, reason="resigned", by=by)


def looked_up(day, **filters):
    """The tally by a plain look at every booth and its appointments."""
    tally = Tally()
    for booth in Booth.objects.filter(**filters):
        if not (booth.listed_on <= day and (not booth.retired_on or day < booth.retired_on)):
            continue
        standing = [
            a
            for a in Appointment.objects.filter(booth=booth)
            if a.proposed_on <= day and (not a.ended_on or day < a.ended_on)
        ]
        covered = any(a.appointed_on and a.appointed_on <= day for a in standing)
        tally.booths += 1
        tally.covered += covered
        tally.proposed += bool(standing) and not covered
        tally.verified += any(a.verified_on and a.verified_on <= day for a in standing)
    return tally


def all_parts(seats, day, **options):
    return counts.parts(seats=[seat.pk for seat in seats], as_of=day, **options)


def total(parts):
    return tallies.rolled_up(parts, lambda key: None).get(None, Tally())


@pytest.mark.parametrize("offset", [-1, 0, 3, 7, 12, 24, 25, 30])
def test_any_day_equals_a_look_at_the_rows(territory, offset):
    day = FIRST_DAY + timedelta(days=offset)
    assert total(all_parts(territory, day)) == looked_up(day)
    for seat in territory:
        assert total(all_parts([seat], day)) == looked_up(day, assembly_seat=seat)


def test_the_parts_of_every_level_sum_to_the_whole(territory):
    parts = all_parts(territory, LAST_DAY)
    seats = {seat.pk: seat for seat in territory}
    for level in (
        lambda key: key[0],
        lambda key: key[1],
        lambda key: seats[key[0]].lok_sabha_seat_id,
    ):
        summed = Tally()
        for tally in tallies.rolled_up(parts, level).values():
            summed += tally
        assert summed == total(parts) == looked_up(LAST_DAY)


def test_a_district_has_the_booths_of_its_own_also_in_seats_of_another(territory):
    durg = make_district(slug="durg")
    parts = all_parts(territory, LAST_DAY, district=durg.pk)
    own = looked_up(LAST_DAY, district=durg)
    rest = looked_up(LAST_DAY, district=None, assembly_seat__district=durg)
    assert total(parts).booths == own.booths + rest.booths
    assert total(parts).covered == own.covered + rest.covered


def test_covered_on_further_days_comes_with_the_same_queries(territory, django_assert_num_queries):
    days = [FIRST_DAY + timedelta(days=n) for n in (2, 9)]
    with django_assert_num_queries(1):
        tally = total(all_parts(territory, LAST_DAY, also_on=days))
    assert tally.covered_on == {day: looked_up(day).covered for day in days}


def test_every_day_of_the_curve_is_the_tally_of_that_day(territory):
    start = FIRST_DAY + timedelta(days=2)
    ids = [s.pk for s in territory]
    growths = tallies.growth_by_seat(seats=ids, since=start, as_of=LAST_DAY)
    days = tallies.covered_by_day(growths.values(), start, LAST_DAY)
    assert days == [
        (day, looked_up(day).covered) for day in (start + timedelta(days=n) for n in range(29))
    ]


def test_booths_one_by_one_count_as_the_day_book_does(territory):
    shown = tallies.with_status(
        Booth.objects.listed(LAST_DAY), kind=Kind.BOOTH_AGENT, on=LAST_DAY, need=1
    )
    summed = Tally()
    for booth in shown:
        summed += Tally(1, booth.cover == "covered", booth.cover == "proposed", booth.is_verified)
    assert summed == looked_up(LAST_DAY)


def test_a_place_without_booths_or_entries_is_zero_not_missing():
    seat = make_assembly_seat(4)
    assert all_parts([seat], LAST_DAY).get((seat.pk, seat.district_id), Tally()) == Tally()


def test_kinds_are_counted_apart():
    booth = make_booth()
    bookkeeping.record(Counter(), bookkeeping.booth_changes([booth.pk]))
    lifecycle.appoint_at(booth, make_agent(), kind=Kind.BLA2, on=FIRST_DAY, by=make_user())
    seat = booth.assembly_seat
    assert total(all_parts([seat], LAST_DAY)).covered == 0
    assert total(all_parts([seat], LAST_DAY, kind=Kind.BLA2)).covered == 1


def test_a_team_is_ready_with_its_lead_and_enough_members_on_the_day():
    seat = make_assembly_seat()
    sector, other, block = (
        make_sector(seat),
        make_sector(seat, "सेक्टर 2"),
        Block.objects.create(assembly_seat=seat, name_hi="ब्लॉक"),
    )
    lead = Post.objects.create(level="sector", name_hi="अध्यक्ष", is_lead=True)
    plain = Post.objects.create(level="sector", name_hi="सचिव")
    day = FIRST_DAY
    TeamMember.objects.create(sector=sector, post=lead, name="डेमो क", since=day)
    TeamMember.objects.create(
        sector=sector,
        post=plain,
        name="डेमो ख",
        since=day + timedelta(days=1),
        until=day + timedelta(days=3),
    )
    for name in ("डेमो ग", "डेमो घ"):  # enough members, but no lead
        TeamMember.objects.create(sector=other, post=plain, name=name, since=day)
    days = [day + timedelta(days=n) for n in range(4)]
    assert tallies.teams_by_place(
        seats=[seat.pk, make_assembly_seat(2).pk],
        zones=[],
        sizes={"sector": 2, "block": 2},
        days={"sector": days, "block": days[:1], "zone": days},
    ) == {
        "sector": {seat.pk: Teams(2, (0, 1, 1, 0))},
        "block": {block.assembly_seat_id: Teams(1, (0,))},
        "zone": {},
    }


def test_a_zone_team_needs_the_state_executive_and_somebody_local():
    scheme = make_scheme(zones={1: [make_lok_sabha_seat()], 2: []})
    post = Post.objects.create(level="zone", name_hi="संयोजक")
    one, two = scheme.zones.all()
    for zone, origin in ((one, "state_executive"), (one, "local"), (two, "local")):
        TeamMember.objects.create(
            zone=zone, post=post, origin=origin, name="डेमो", since=date(2018, 8, 5)
        )
    days = [date(2018, 8, 4), date(2018, 8, 5)]
    found = tallies.teams_by_place(seats=[], zones=[one.pk, two.pk], sizes={}, days={"zone": days})
    assert found == {"zone": {one.pk: Teams(1, (0, 1)), two.pk: Teams(1, (0, 0))}}


def test_teams_of_several_places_add_up():
    assert Teams(2, (1, 0)) + Teams(3, (2, 3)) == Teams(5, (3, 3))
    assert sum([Teams(1, (1,))], Teams()) == Teams(1, (1,))


@pytest.mark.parametrize("in_durg", [False, True])
def test_the_parts_of_all_kinds_are_those_counted_kind_by_kind(territory, in_durg):
    booth = Booth.objects.filter(retired_on=None).first()
    lifecycle.propose(booth, make_agent(), kind=Kind.BLA2, on=LAST_DAY, by=make_user("other"))
    asked = {
        "seats": [seat.pk for seat in territory],
        "as_of": LAST_DAY,
        "district": make_district(slug="durg").pk if in_durg else None,
    }
    days = [FIRST_DAY + timedelta(days=9)]
    together = tallies.parts_by_kind(also_on={Kind.BOOTH_AGENT: days, Kind.BLA2: days}, **asked)
    for kind, parts in together.items():
        assert parts == counts.parts(kind=kind, also_on=days, **asked)
