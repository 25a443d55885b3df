"""Somebody new at a booth that needs no more: in whose place, or in nobody's."""

from datetime import date

import pytest

from booths import bookkeeping, lifecycle
from booths.imports import AgentResource, dataset_of
from booths.models import Appointment, Kind
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world
from tests.makers import make_agent

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 20)
HEAD = "code,assembly_seat,booth,kind,name,relation_name,status,appointed_on"


def take(world, *rows, replaces=True, **given):
    data = "\n".join([HEAD, *rows]).encode()
    resource = AgentResource(user=world.staff, on=TODAY, replaces=replaces)
    options = {"rollback_on_validation_errors": True, "data": data} | given
    result = resource.import_data(dataset_of(data), **options)
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)
    balance = ("new", "changed", "unchanged", "faulty", "skipped")
    assert result.counts["rows"] == sum(result.counts[name] for name in balance)
    return result


def comes(result) -> list[tuple]:
    """Of each row what it does, whose place it could take, and why it takes none."""
    return [
        (line.does, line.may_replace.agent.name if line.may_replace else "", line.beside)
        for line in result.lines
    ]


def at(booth) -> list[tuple]:
    rows = Appointment.objects.filter(booth=booth).order_by("pk")
    return [(each.agent.name, each.status, each.end_reason, each.ended_on) for each in rows]


@pytest.mark.parametrize(
    ("day", "ended_on"), [("", TODAY), ("15/08/2018", date(2018, 8, 15)), ("10/08/2018", DAY)]
)
def test_the_one_who_stands_is_replaced_on_the_day_on_which_the_other_begins(world, day, ended_on):
    result = take(world, f",48,1,,सीता,,,{day}")
    assert (result.counts["new"], result.counts["replaced"]) == (1, 1)
    assert at(world.here) == [
        ("राम अपना", "ended", "replaced", ended_on),
        ("सीता", "appointed", "", None),
    ]
    made = Appointment.objects.get(agent__name="सीता")
    assert (made.replaces, made.slot, made.appointed_on) == (world.mine, 1, ended_on)
    last = world.mine.events.latest("pk")
    assert (last.verb, last.on, last.by) == ("ended", ended_on, world.staff)


def test_nobody_gives_way_unasked(world):
    result = take(world, ",48,1,,सीता,,,", replaces=False)
    assert comes(result) == [("invalid", "राम अपना", "")]
    assert (result.counts["faulty"], result.counts["replaced"]) == (1, 0)
    assert at(world.here) == [("राम अपना", "appointed", "", None)]


def test_nobody_gives_way_before_they_came(world):
    (problem,) = take(world, ",48,1,,सीता,,,09/08/2018").problems
    assert (problem.column, "राम अपना" in problem.advice) == ("booth", True)
    assert at(world.here) == [("राम अपना", "appointed", "", None)]


def test_where_somebody_new_is_refused_nobody_gives_way(world):
    busy = make_appointed(make_listed_booth(3, seat=world.here.assembly_seat), "व्यस्त")
    result = take(world, f"{busy.agent.code},48,1,,,,,", leave_out=True)
    assert (comes(result), result.counts["replaced"]) == ([("invalid", "राम अपना", "")], 0)
    assert at(world.here) == [("राम अपना", "appointed", "", None)]


def test_who_is_only_proposed_gives_way_too_and_else_stands_beside(world):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    lifecycle.propose(booth, make_agent("प्रस्तावित"), on=DAY, by=None)
    assert take(world, ",48,3,,सीता,,,", replaces=False, dry_run=True).counts["new"] == 1
    assert take(world, ",48,3,,सीता,,,").counts["replaced"] == 1
    assert [(name, status) for name, status, *_ in at(booth)] == [
        ("प्रस्तावित", "ended"),
        ("सीता", "appointed"),
    ]


def test_a_faulty_row_that_does_not_say_its_booth_may_name_anybody(world):
    rows = (",48,1,,सीता,,,", ",48,x1,,राम अपना,,,")
    assert comes(take(world, *rows, leave_out=True))[0] == ("invalid", "", "faulty")
    assert at(world.here) == [("राम अपना", "appointed", "", None)]


def test_nobody_takes_the_place_of_a_proposal_where_another_is_in_office(world):
    lifecycle.propose(world.here, make_agent("प्रस्तावित"), on=DAY, by=None)
    rows = (",48,1,,सीता,,,", ",48,1,,राम अपना,,,")
    assert comes(take(world, *rows, leave_out=True))[0] == ("invalid", "", "all_stay")


@pytest.fixture
def world():
    return make_world()


@pytest.mark.parametrize(
    ("need", "standing", "rows", "expected"),
    [
        # The list names one of two: the other's place.
        (2, "अब", ["अ", "स"], [("skip", "", ""), ("new", "ब", "")]),
        (2, "अब", ["स"], [("invalid", "", "several_stand")]),
        (2, "अब", ["अ", "ब", "स"], [*[("skip", "", "")] * 2, ("invalid", "", "all_stay")]),
        (1, "अ", ["स", "द"], [("invalid", "", "several_come")] * 2),
        (1, "अ", ["स:proposed"], [("new", "", "proposed")]),
        (1, "अ", ["स:proposed", "द"], [("new", "", "proposed"), ("new", "अ", "")]),
        # There is room.
        (2, "अ", ["स"], [("new", "", "")]),
        (1, "", ["स"], [("new", "", "")]),
        (3, "अब", ["स", "द"], [("new", "", ""), ("invalid", "", "")]),
        # Of another kind there is room too.
        (1, "अ", ["स::bla2"], [("new", "", "")]),
        # A row that is faulty by itself may name whoever stands here.
        (1, "अ", ["स", "द:::01/01/2030"], [("invalid", "", "faulty"), ("invalid", "", "")]),
        (1, "अ", ["स", "अ:::01/01/2030"], [("invalid", "", "faulty"), ("invalid", "", "")]),
        (1, "अ", ["स", "स"], [("new", "अ", ""), ("skip", "", "")]),
    ],
)
def test_whose_place_it_is(world, need, standing, rows, expected):
    lifecycle.set_need(world.state, per_booth=need, by=None)
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    for name in standing:
        make_appointed(booth, name * 3)
    lines = []
    for row in rows:
        name, status, kind, day = [*row.split(":"), "", "", ""][:4]
        lines.append(f",48,3,{kind},{name * 3},,{status},{day}")
    expected = [(does, old * 3, beside) for does, old, beside in expected]
    assert comes(take(world, *lines, leave_out=True)) == expected


def test_each_kind_has_its_own_need(world):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    lifecycle.set_need(world.state, per_booth=2, kind=Kind.POLLING_AGENT, by=None)
    agent = make_agent("पहला")
    lifecycle.appoint_at(booth, agent, on=DAY, by=None, kind=Kind.POLLING_AGENT)
    assert comes(take(world, ",48,3,polling_agent,दूसरा,,,")) == [("new", "", "")]
    assert comes(take(world, ",48,3,polling_agent,तीसरा,,,")) == [("invalid", "", "several_stand")]


def test_a_preview_with_the_tick_is_not_one_without(world):
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=None)
    lifecycle.propose(world.here, make_agent("प्रस्तावित"), on=DAY, by=None)
    prints = {
        take(world, ",48,1,,सीता,,,", replaces=replaces, dry_run=True).fingerprint
        for replaces in (False, True)
    }
    assert len(prints) == 2
