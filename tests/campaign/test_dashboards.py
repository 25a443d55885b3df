"""The numbers of a page: the parts make the whole, and every area appears."""

from datetime import date, timedelta

import pytest

from booths.models import TeamMember
from campaign import dashboards, frames
from campaign.measures import Part
from campaign.models import DirectiveReading, ReviewMeeting
from campaign.progress import Standing
from tests.campaign.land import (
    DUE_ON,
    ISSUED_ON,
    TODAY,
    make_campaign,
    make_directive,
    make_land,
)
from tests.makers import (
    FIRST_DAY,
    make_assembly_seat,
    make_district,
    make_lok_sabha_seat,
    make_posting,
    make_state,
    make_user,
)
from zones.models import AssemblySeat, District, LokSabhaSeat, SchemeTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return make_land()


def frame_on(day=TODAY, slug=""):
    return frames.find_frame("cg", day, slug)


def numbers(parts: list[Part]) -> dict[str, tuple[int, int, int]]:
    """Booths, covered and verified of each part, by its English name."""
    return {
        part.place.name_en if part.place else "none": (
            part.tally.booths,
            part.tally.covered,
            part.tally.verified,
        )
        for part in parts
    }


def summed(parts: list[Part]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*numbers(parts).values(), strict=True)))


def of_state(land, day=TODAY):
    return dashboards.of_state(frame_on(day), land.office, TODAY)


def test_the_state_is_the_sum_of_its_seats_lok_sabha_seats_and_zones(land):
    page = of_state(land)
    assert numbers([page.whole]) == {"Chhattisgarh": (7, 3, 1)}
    assert numbers(page.seats) == {
        "Seat 1": (4, 1, 0),
        "Seat 2": (2, 2, 1),
        "Seat 3": (0, 0, 0),
        "Seat 4": (1, 0, 0),
    }
    assert numbers(page.lok_sabha_seats) == {
        "Lok Sabha 1": (6, 3, 1),
        "Lok Sabha 2": (0, 0, 0),
        "Lok Sabha 3": (1, 0, 0),
    }
    zones = [card.part for card in page.zones]
    assert numbers(zones) == {"Zone 1": (6, 3, 1), "Zone 2": (0, 0, 0), "none": (1, 0, 0)}
    assert summed(page.seats) == summed(page.lok_sabha_seats) == summed(zones) == (7, 3, 1)
    assert [(card.seats, card.lok_sabha_names) for card in page.zones] == [
        (2, ["लोकसभा 1"]),
        (1, ["लोकसभा 2"]),
        (1, ["लोकसभा 3"]),
    ]


@pytest.mark.parametrize("day", [TODAY - timedelta(days=n) for n in range(12)])
def test_the_parts_make_the_whole_on_every_day(land, day):
    page = of_state(land, day)
    whole = summed([page.whole])
    assert summed(page.seats) == summed(page.lok_sabha_seats) == whole
    assert summed([card.part for card in page.zones]) == whole
    assert summed(dashboards.of_districts(frame_on(day), land.office, TODAY)[1]) == whole


def test_seats_without_zone_are_a_part_only_where_there_are_any(land):
    assert of_state(land).zones[-1].part.place is None
    AssemblySeat.objects.filter(number=4).update(lok_sabha_seat=LokSabhaSeat.objects.get(number=2))
    assert [card.part.place.number for card in of_state(land).zones] == [1, 2]


def test_the_zones_are_those_in_force_on_the_day(land):
    SchemeTerm.objects.update(from_on=TODAY)
    assert [card.part.place for card in of_state(land, TODAY - timedelta(days=1)).zones] == [None]
    assert len(of_state(land).zones) == 3


def test_a_zone_and_a_lok_sabha_seat_hold_their_seats(land):
    places = frames.territory(land.state, TODAY)
    zone = dashboards.of_zone(frame_on(), land.office, TODAY, places.zone(1), places)
    assert numbers([zone.whole]) == {"Zone 1": (6, 3, 1)}
    assert summed(zone.seats) == summed(zone.lok_sabha_seats) == (6, 3, 1)
    seat = LokSabhaSeat.objects.get(number=1)
    lok_sabha = dashboards.of_lok_sabha_seat(frame_on(), land.office, TODAY, seat)
    assert numbers([lok_sabha.whole]) == {"Lok Sabha 1": (6, 3, 1)}
    assert list(numbers(lok_sabha.seats)) == ["Seat 1", "Seat 2"]


def test_a_district_counts_its_own_booths_also_of_seats_across_its_border(land):
    durg = District.objects.get(slug="durg")
    page = dashboards.of_district(frame_on(), land.office, TODAY, durg)
    assert numbers([page.whole]) == {"Durg": (4, 2, 1)}
    assert numbers(page.seats) == {
        "Seat 1": (1, 0, 0),
        "Seat 2": (2, 2, 1),
        "Seat 4": (1, 0, 0),
    }
    make_district(slug="bastar")
    _whole, districts = dashboards.of_districts(frame_on(), land.office, TODAY)
    assert numbers(districts) == {"Bastar": (0, 0, 0), "Durg": (4, 2, 1), "Raipur": (3, 1, 0)}


def test_a_seat_is_counted_alone(land):
    page = dashboards.of_seat(frame_on(), land.seats[0])
    assert numbers([page.whole]) == {"Seat 1": (4, 1, 0)}


def test_the_pace_is_that_of_the_days_before_today(land):
    here = of_state(land).whole.progress
    assert (here.total, here.done, here.remaining) == (7, 3, 4)
    assert (here.days_left, here.needed_per_day, here.standing) == (21, 1, Standing.ON_TRACK)
    assert here.pace * 7 == 3


def test_zones_that_are_behind_are_told_the_worst_first(land):
    page = of_state(land, DUE_ON)
    assert [zone.number for zone in page.zones_behind] == [1]
    assert of_state(land).zones_behind == []


def test_the_line_of_a_chart_ends_at_what_is_done(land):
    chart = of_state(land).chart
    assert (chart.rows[0].day, chart.rows[0].done) == (TODAY, 3)
    assert of_state(land, FIRST_DAY).chart is None


# Other directives


def test_teams_are_measured_against_their_own_due_day(land):
    make_directive(land.campaign, 2, "sector_teams", due_on=TODAY)
    make_directive(land.campaign, 3, "zone_teams")
    make_directive(land.campaign, 4, "block_teams")
    others = of_state(land).others
    assert [
        (each.directive.number, each.progress.total, each.progress.done) for each in others
    ] == [
        (2, 1, 0),
        (3, 2, 0),
        (4, 0, 0),
    ]
    assert [each.progress.expected for each in others] == [1, 0, 0]
    assert not TeamMember.objects.exists()


def test_zone_teams_are_no_matter_of_a_seat(land):
    make_directive(land.campaign, 2, "zone_teams")
    assert len(of_state(land).others) == 1
    assert dashboards.of_seat(frame_on(), land.seats[0]).others == []


def test_percents_by_hand_are_averaged_over_all_seats(land):
    directive = make_directive(land.campaign, 2, "by_hand")
    for seat, day, percent in ((0, 3, 90), (0, 5, 50), (1, 4, 25), (1, 12, 100)):
        DirectiveReading.objects.create(
            directive=directive,
            assembly_seat=land.seats[seat],
            on=date(2018, 8, day),
            percent=percent,
            by=land.office,
        )
    (measured,) = of_state(land).others
    assert (measured.progress.percent, measured.counts_units) == (18, False)


def test_agents_of_another_kind_are_counted_in_the_same_query(land):
    make_directive(land.campaign, 2, kind="bla2")
    (measured,) = of_state(land).others
    assert (measured.progress.total, measured.progress.done) == (7, 0)


# Who is in charge


def test_who_is_in_charge_is_said_of_the_day(land):
    places = frames.territory(land.state, TODAY)
    zone = places.zone(1)
    monitor = make_user("m", "state_in_charge", zone, first_name="निगरानी")
    make_posting(monitor, "state_in_charge", land.state, since=TODAY)
    make_user("z", "zone_in_charge", zone, first_name="ज़ोन वाले", until=TODAY)

    def names(day):
        page = of_state(land, day)
        return [each.names for each in page.in_charges], page.zones[0].in_charges

    assert names(TODAY - timedelta(days=1)) == ([[]], ["ज़ोन वाले", "निगरानी"])
    assert names(TODAY) == ([["निगरानी"]], ["निगरानी"])
    page = dashboards.of_zone(frame_on(), land.office, TODAY, zone, places)
    assert [each.names for each in page.in_charges] == [[], ["निगरानी"]]


# The frame


def test_the_current_campaign_is_shown_unless_another_is_asked_for(land):
    make_directive(make_campaign(slug="2013", is_current=False), text_en="Older")
    assert frame_on().campaign.slug == "2018"
    older = frame_on(slug="2013")
    assert (older.campaign.slug, older.main.text_en) == ("2013", "Older")
    assert [other.slug for other in older.other_campaigns] == ["2018"]
    assert frame_on(slug="1999") is None
    assert frames.find_frame("zz", TODAY) is None


def test_a_campaign_without_directives_names_the_places_only():
    state = make_state()
    seat = make_assembly_seat(1, make_lok_sabha_seat(state))
    office = make_user("office", "state_office", state)
    assert frame_on().campaign is None
    make_campaign(state)
    page = dashboards.of_state(frame_on(), office, TODAY)
    assert (page.frame.campaign.slug, page.whole, page.land.seats) == ("2018", None, [seat])
    assert dashboards.of_districts(frame_on(), office, TODAY) == (None, [])


def test_the_next_review_is_the_first_still_to_come(land):
    for number, start, status in ((2, 1, "planned"), (3, 20, "cancelled"), (4, 25, "planned")):
        ReviewMeeting.objects.create(
            campaign=land.campaign,
            number=number,
            window_start=date(2018, 8, start),
            window_end=date(2018, 8, start + 2),
            status=status,
        )
    assert frame_on().review.number == 4
    assert frame_on(ISSUED_ON).review.number == 2
    assert frame_on(date(2018, 8, 28)).review is None


# The order of a table


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", [1, 2, 3, 4]),
        ("-name", [4, 3, 2, 1]),
        ("percent", [4, 1, 2, 3]),
        ("-percent", [2, 1, 4, 3]),
        ("-remaining", [1, 4, 2, 3]),
        ("-verified", [2, 1, 4, 3]),
        ("-needed", [1, 4, 2, 3]),
        ("-ends", [4, 1, 2, 3]),
    ],
)
def test_a_table_is_sorted_with_what_has_no_number_last(land, sort, order):
    seats = of_state(land).seats
    assert [part.place.number for part in dashboards.in_order(seats, sort)] == order


@pytest.mark.parametrize("sort", sorted(dashboards.SORTS))
def test_sorting_loses_no_part(land, sort):
    seats = of_state(land).seats
    for asked in (sort, f"-{sort}"):
        assert len(dashboards.in_order(seats, asked)) == len(seats)
