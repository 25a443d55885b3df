"""The booth list of a seat on a day agrees with the day-book and says who can be reached."""

from datetime import timedelta

import pytest

from booths import bookkeeping, lifecycle, seat_list, tallies
from booths.models import AgentNeed, Booth
from tests import counts
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_sector,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
DAYS = [FIRST_DAY + timedelta(days=n) for n in range(6)]


@pytest.fixture
def seat():
    """Booth 1 is proposed, then appointed, verified and left; 2 stays vacant; 12 comes late."""
    seat, by = make_assembly_seat(1), make_user("staff")
    first, _second = make_booth(1, seat=seat), make_booth(2, seat=seat)
    late = make_booth(12, "A", seat=seat, listed_on=DAYS[3])
    bookkeeping.recount(seat.state)
    agent = lifecycle.propose(first, make_agent("पहला", mobile="5000000001"), on=DAYS[0], by=by)
    lifecycle.appoint(agent, on=DAYS[1], by=by)
    lifecycle.verify(agent, on=DAYS[2], by=by)
    lifecycle.end(agent, on=DAYS[4], reason="resigned", by=by)
    lifecycle.propose(late, make_agent("दूसरा"), on=DAYS[4], by=by)
    return seat


def shown(seat, day):
    return [
        (listed.booth.label, listed.cover, listed.is_verified, [a.status for a in listed.agents])
        for listed in seat_list.booths_of_seat(seat, on=day)
    ]


def test_every_day_shows_the_booths_and_statuses_of_that_day(seat):
    vacant = ("2", "vacant", False, [])
    assert [shown(seat, day) for day in DAYS[:5]] == [
        [("1", "proposed", False, ["proposed"]), vacant],
        [("1", "covered", False, ["appointed"]), vacant],
        [("1", "covered", True, ["verified"]), vacant],
        [("1", "covered", True, ["verified"]), vacant, ("12A", "vacant", False, [])],
        [("1", "vacant", False, []), vacant, ("12A", "proposed", False, ["proposed"])],
    ]


@pytest.mark.parametrize("day", DAYS)
def test_the_list_and_the_day_book_count_alike(seat, day):
    whole = tallies.rolled_up(counts.parts(seats=[seat.pk], as_of=day), lambda key: None)[None]
    listed = {each.booth: each.tally for each in seat_list.booths_of_seat(seat, on=day)}
    assert tallies.rolled_up(listed, lambda booth: None)[None] == whole


def test_a_booth_that_needs_two_is_covered_by_two():
    state, by = make_state(), make_user("staff")
    AgentNeed.objects.filter(state=state).update(per_booth=2)
    booth = make_booth(1)
    bookkeeping.recount(state)
    for name, cover in (("A", "proposed"), ("B", "covered")):
        lifecycle.appoint_at(booth, make_agent(name), on=DAYS[0], by=by)
        assert seat_list.booths_of_seat(booth.assembly_seat, on=DAYS[0])[0].cover == cover


def test_the_parts_of_a_seat_make_the_whole(seat):
    sector = make_sector(seat)
    Booth.objects.filter(number=1).update(sector=sector)
    booths = seat_list.booths_of_seat(seat, on=DAYS[3])
    listed = {each.booth: each.tally for each in booths}
    by_sector = tallies.rolled_up(listed, lambda booth: booth.sector_id)
    assert {key: (tally.booths, tally.covered) for key, tally in by_sector.items()} == {
        sector.pk: (1, 1),
        None: (2, 0),
    }


def test_a_booth_is_unreachable_without_a_mobile_or_without_network(seat):
    no_network = make_booth(3, seat=seat, flags={"no_network": True})
    agent = make_agent("तीसरा", mobile="5000000003")
    lifecycle.appoint_at(no_network, agent, on=DAYS[1], by=make_user("other"))
    booths = seat_list.booths_of_seat(seat, on=DAYS[3])
    assert [(each.booth.label, each.is_unreachable) for each in booths] == [
        ("1", False),
        ("2", True),
        ("3", True),
        ("12A", True),
    ]
    assert seat_list.numbers_by_filter(booths) == {
        "all": 4,
        "vacant": 2,
        "proposed": 0,
        "appointed": 2,
        "verified": 1,
        "unreachable": 3,
    }
