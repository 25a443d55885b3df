"""A scheme is drawn by the office, and comes into force with all postings on its zones."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tests.makers import (
    make_lok_sabha_seat,
    make_posting,
    make_scheme,
    make_state,
    make_user,
)
from tests.zones.offices import TODAY, make_offices, postings_of
from zones import schemes, staffing
from zones.models import Posting, SchemeTerm, Zone, ZoneScheme, ZoneSeat
from zones.schemes import DrawnZone

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def world():
    return make_offices()


def seats_of(world) -> list[int]:
    return [make_lok_sabha_seat(world.state, number).pk for number in (1, 2, 3)]


def zone(number=1, seats=()):
    return DrawnZone(number, f"ज़ोन {number}", f"Zone {number}", list(seats))


def draw(world, zones, name="Three"):
    return schemes.draw(world.state, name_hi=name, name_en=name, zones=zones, **world.now)


def make_old(world, from_on=date(2018, 8, 1)):
    """A scheme in force with zones 1 and 2, and a drawn one with the same numbers."""
    first, second, third = [make_lok_sabha_seat(world.state, number) for number in (1, 2, 3)]
    old = make_scheme(world.state, {1: [first, second], 2: [third]}, from_on=from_on)
    new = draw(world, [zone(1, [second.pk]), zone(2, [first.pk, third.pk])])
    return old, new


def zone_of(scheme, number) -> Zone:
    return scheme.zones.get(number=number)


def to_same_number(old, new) -> dict[int, Zone]:
    return {each.pk: zone_of(new, each.number) for each in old.zones.all()}


def put(world, old, new, from_on=TODAY, successors=None):
    successors = to_same_number(old, new) if successors is None else successors
    return schemes.put_in_force(new, from_on=from_on, successors=successors, **world.now)


# Drawing


def test_a_drawn_scheme_has_its_zones_and_seats_and_is_not_in_force(world):
    first, second, _third = seats_of(world)
    scheme = draw(world, [zone(1, [second]), zone(4, [first])])
    found = ZoneSeat.objects.filter(scheme=scheme).values_list("zone__number", "lok_sabha_seat")
    assert sorted(found) == [(1, second), (4, first)]
    assert [each.name_en for each in scheme.zones.all()] == ["Zone 1", "Zone 4"]
    assert not scheme.terms.exists()


@pytest.mark.parametrize(
    ("zones", "sentence"),
    [
        ([], "one to 30 zones"),
        ([zone(1)], "no Lok Sabha seat"),
        ([zone(1, [0]), zone(1, [1])], "Two zones have the number 1"),
        ([zone(1, [0]), zone(2, [0])], "in one zone"),
        ([zone(1, [99])], "another state"),
    ],
)
def test_what_is_no_scheme_is_refused_and_leaves_nothing(world, zones, sentence):
    ids = [*seats_of(world), *[None] * 96, make_lok_sabha_seat(world.other_state, 5).pk]
    asked = [
        DrawnZone(each.number, each.name_hi, each.name_en, [ids[n] for n in each.lok_sabha_seats])
        for each in zones
    ]
    with pytest.raises(ValidationError, match=sentence):
        draw(world, asked)
    assert not ZoneScheme.objects.exists()


def test_a_name_that_another_scheme_has_is_refused(world):
    seats = seats_of(world)
    draw(world, [zone(1, seats)])
    with pytest.raises(ValidationError, match="of this name"):
        draw(world, [zone(1, seats)])


def test_nobody_but_the_office_of_the_state_draws_or_puts_in_force(world):
    old, new = make_old(world)
    for by in (world.staff, world.other_office):
        with pytest.raises(ValidationError, match="not yours"):
            schemes.draw(world.state, name_hi="न", name_en="n", zones=[], by=by, on=TODAY)
        with pytest.raises(ValidationError, match="not yours"):
            schemes.put_in_force(
                new, from_on=TODAY, successors=to_same_number(old, new), by=by, on=TODAY
            )
    assert not new.terms.exists()


# In force


def test_every_posting_on_a_zone_goes_to_its_successor_on_the_day_or_ends(world):
    old, new = make_old(world)
    stays = make_user("stays", "zone_in_charge", zone_of(old, 1), until=date(2018, 12, 1))
    ends = make_user("ends", "state_in_charge", zone_of(old, 2))
    comes = make_user("comes", "observer", zone_of(old, 1), since=date(2018, 9, 9))
    gone = make_user("gone", "zone_in_charge", zone_of(old, 1), until=YESTERDAY)
    of_seat = make_user("seat", "seat_in_charge", world.seat)
    untouched = [postings_of(user) for user in (gone, of_seat)]

    put(world, old, new, TOMORROW, {zone_of(old, 1).pk: zone_of(new, 2), zone_of(old, 2).pk: None})

    day = date(2018, 8, 1)
    assert postings_of(stays) == [
        ("zone_in_charge", "Zone 1", day, TOMORROW),
        ("zone_in_charge", "Zone 2", TOMORROW, date(2018, 12, 1)),
    ]
    assert postings_of(ends) == [("state_in_charge", "Zone 2", day, TOMORROW)]
    assert postings_of(comes) == [
        ("observer", "Zone 1", date(2018, 9, 9), date(2018, 9, 9)),
        ("observer", "Zone 2", date(2018, 9, 9), None),
    ]
    assert [postings_of(user) for user in (gone, of_seat)] == untouched


def test_who_is_posted_on_two_zones_that_become_one_is_posted_there_once(world):
    old, new = make_old(world)
    user = make_user("both", "state_in_charge", zone_of(old, 1))
    make_posting(user, "state_in_charge", zone_of(old, 2))
    put(world, old, new, successors=dict.fromkeys([z.pk for z in old.zones.all()], zone_of(new, 1)))
    held = Posting.objects.current(TODAY).filter(user=user)
    assert [posting.zone for posting in held] == [zone_of(new, 1)]


def test_the_state_goes_back_to_an_earlier_scheme_by_a_new_term(world):
    old, new = make_old(world)
    user = make_user("z", "zone_in_charge", zone_of(old, 1))
    put(world, old, new)
    put(world, new, old, TOMORROW)
    assert list(SchemeTerm.objects.values_list("scheme", "from_on")) == [
        (old.pk, date(2018, 8, 1)),
        (new.pk, TODAY),
        (old.pk, TOMORROW),
    ]
    posted = {
        day: [posting.zone for posting in Posting.objects.current(day).filter(user=user)]
        for day in (YESTERDAY, TODAY, TOMORROW)
    }
    assert posted == {
        YESTERDAY: [zone_of(old, 1)],
        TODAY: [zone_of(new, 1)],
        TOMORROW: [zone_of(old, 1)],
    }


@pytest.mark.parametrize(
    ("last", "asked", "sentence"),
    [
        (date(2018, 8, 1), YESTERDAY, "is over"),
        (TODAY, TODAY, "after it"),
        (TOMORROW, TODAY, "after it"),
        (TODAY, date(2028, 8, 18), "three months"),
    ],
)
def test_a_day_that_is_over_taken_or_far_ahead_is_refused(world, last, asked, sentence):
    old, new = make_old(world, from_on=last)
    with pytest.raises(ValidationError, match=sentence):
        put(world, old, new, asked)
    assert not new.terms.exists()


def test_what_was_chosen_against_another_scheme_is_refused(world):
    old, new = make_old(world)
    third = draw(world, [zone(1, seats_of(world))], name="One")
    chosen = to_same_number(old, new)
    with pytest.raises(ValidationError, match="among the zones of the new"):
        put(world, old, third, TODAY, chosen)
    put(world, old, new, TODAY)
    with pytest.raises(ValidationError, match="Meanwhile"):
        put(world, old, third, TOMORROW, dict.fromkeys(chosen, zone_of(third, 1)))
    with pytest.raises(ValidationError, match="in force already"):
        put(world, new, new, TOMORROW)


def test_a_scheme_whose_zones_nobody_knows_is_not_put_in_force(world):
    old, _new = make_old(world)
    empty = ZoneScheme.objects.create(state=world.state, name_hi="पाँच", name_en="Five")
    with pytest.raises(ValidationError, match="not recorded"):
        put(world, old, empty, TODAY, dict.fromkeys([z.pk for z in old.zones.all()]))


def test_the_likely_successor_takes_most_seats_of_a_zone(world):
    old, new = make_old(world)
    likely = schemes.likely_successors(old.zones.all(), new.zones.all())
    assert [likely[zone_of(old, number).pk].number for number in (1, 2)] == [1, 2]
    lone = draw(world, [zone(7, [make_lok_sabha_seat(world.state, 9).pk])], name="Else")
    assert set(schemes.likely_successors(old.zones.all(), lone.zones.all()).values()) == {None}


def test_nobody_is_entered_on_a_zone_that_gives_way_since_who_came_late_would_stay_behind(world):
    old, new = make_old(world)
    put(world, old, new, from_on=TOMORROW)
    late = {"role": "zone_in_charge", "since": TODAY, **world.now}

    with pytest.raises(ValidationError, match="the state has other zones"):
        staffing.give_posting(world.staff, area=zone_of(old, 1), **late)

    with pytest.raises(ValidationError, match="none of the zones"):
        staffing.give_posting(world.staff, area=zone_of(new, 1), **late)
    staffing.give_posting(world.staff, area=zone_of(new, 1), **late | {"since": TOMORROW})


@pytest.mark.parametrize("ending", ["end", "move"])
def test_who_is_ended_before_the_day_does_not_begin_in_the_zone_that_follows(world, ending):
    old, new = make_old(world)
    user = make_user("z", "zone_in_charge", zone_of(old, 1))
    make_user("stays", "zone_in_charge", zone_of(old, 1))
    put(world, old, new, from_on=TOMORROW)
    posting = user.postings.order_by("since").first()
    if ending == "end":
        staffing.end_posting(posting, until=TODAY, **world.now)
    else:
        staffing.move(posting, role="observer", area=world.raipur, since=TODAY, **world.now)
    on_day = Posting.objects.current(TOMORROW).filter(role="zone_in_charge")
    assert [each.user.username for each in on_day] == ["stays"]
    assert postings_of(user)[-1] == ("zone_in_charge", "Zone 1", TOMORROW, TOMORROW)


def test_who_is_also_handed_on_from_another_zone_still_begins_where_both_go(world):
    old, _new = make_old(world)
    one = draw(world, [zone(9, seats_of(world))], name="One")
    user = make_user("z", "state_in_charge", zone_of(old, 1))
    make_posting(user, "state_in_charge", zone_of(old, 2))
    put(world, old, one, TOMORROW, {each.pk: zone_of(one, 9) for each in old.zones.all()})
    for number, until in ((1, None), (2, TOMORROW)):
        its = user.postings.get(zone=zone_of(old, number))
        staffing.end_posting(its, until=TODAY, **world.now)
        assert user.postings.get(zone=zone_of(one, 9)).until == until


def test_a_posting_that_goes_on_in_another_zone_is_ended_there(world):
    old, new = make_old(world)
    user = make_user("z", "zone_in_charge", zone_of(old, 1))
    put(world, old, new, from_on=TOMORROW)
    posting = user.postings.order_by("since").first()
    with pytest.raises(ValidationError, match="goes on in Zone 1"):
        staffing.end_posting(posting, until=TOMORROW + timedelta(days=1), **world.now)
    staffing.end_posting(posting, until=TOMORROW, **world.now)
    assert user.postings.get(zone=zone_of(new, 1)).until is None


def test_nobody_hands_on_the_postings_of_a_state_that_is_not_theirs(world):
    old, new = make_old(world)
    user = make_user("stays", "zone_in_charge", zone_of(old, 1))
    stranger = make_user("far", "state_office", make_state("XX"))
    before = postings_of(user)
    with pytest.raises(ValidationError, match="not yours to change"):
        staffing.hand_on(
            {zone_of(old, 1).pk: zone_of(new, 1)}, from_on=TOMORROW, by=stranger, on=TODAY
        )
    assert postings_of(user) == before
