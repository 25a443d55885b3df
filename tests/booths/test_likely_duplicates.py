"""Who on a list of agents may be entered already, or twice on it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths import lifecycle
from booths.imports import AgentResource, dataset_of
from booths.likely_duplicates import distance, likely_duplicates, nearly
from booths.list_consent import OfList
from booths.matching import name_key
from booths.models import Agent
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world

HEAD = "code,assembly_seat,booth,kind,name,relation_name,mobile,epic_no"


@pytest.mark.parametrize(
    ("one", "other", "far", "is_near"),
    [
        ("", "", 0, True),
        ("राम", "राम", 0, True),
        ("राम", "राज", 1, False),  # short names are other names
        ("राधेलाल", "राधलाल", 1, True),
        ("राधेलाल", "राधेपाल", 1, True),
        ("राधेलाल", "सीताबाई", 6, False),
        ("dilipkumar", "dilepkumarr", 2, True),
        ("dilip", "dilipkumar", 5, False),
        ("abc", "acb", 2, False),
    ],
)
def test_how_near_two_names_are(one, other, far, is_near):
    assert (distance(one, other), distance(other, one)) == (far, far)
    assert (nearly(one, other), nearly(other, one)) == (is_near, is_near)


@pytest.fixture
def world(db):
    """Booth 3 with राधेलाल of मोहन, booth 4, and in another district's booth 5 of the same seat
    one with a mobile number."""
    world = make_world()
    lifecycle.set_need(world.state, per_booth=9, by=None)
    seat = world.here.assembly_seat
    make_appointed(
        make_listed_booth(3, seat=seat), "राधेलाल", relation_name="मोहन", mobile="5876500001"
    )
    make_listed_booth(4, seat=seat)
    far = make_listed_booth(5, seat=seat, district=world.there.assembly_seat.district)
    make_appointed(far, "दूरवासी", relation_name="सोहन", epic_no="WKH1186253")
    return world


def hints(world, *rows) -> list[tuple]:
    """Of each row with a hint: the row, whom it may be and why, and which rows and why."""
    data = "\n".join([HEAD, *rows]).encode()
    resource = AgentResource(user=world.staff, on=date(2018, 8, 20), consent=OfList("paper", DAY))
    result = resource.import_data(dataset_of(data), dry_run=True)
    assert result.problems == []
    return [
        (
            each.line.row,
            {Agent.objects.get(pk=pk).name: why for pk, why in each.agents.items()},
            each.rows,
        )
        for each in result.likely
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The number, wherever it is.
        ([",48,4,,सीता,,5876500001,"], [(2, {"राधेलाल": "number"}, {})]),
        ([",48,4,,सीता,,५८७६५००००१,"], [(2, {"राधेलाल": "number"}, {})]),
        ([",48,4,,सीता,,,wkh1186253"], [(2, {"दूरवासी": "number"}, {})]),
        ([",48,4,,सीता,,5123456789,"], [(2, {"श्याम पराया": "number"}, {})]),
        # The name with its relation name, in the seat.
        ([",48,4,,श्री राधे लाल,श्री मोहन,,"], [(2, {"राधेलाल": "name"}, {})]),
        ([",48,4,,दूरवासी,सोहन,,"], [(2, {"दूरवासी": "name"}, {})]),
        ([",48,4,,राधेलाल,रोहन,,"], []),
        ([",48,4,,राधेलाल,,,"], []),
        ([",48,4,,श्याम पराया,,,"], []),
        # Nearly the name, at the booth.
        ([",48,3,,राधलाल,मोहन,,"], [(2, {"राधेलाल": "near"}, {})]),
        ([",48,3,,राधलाल,,,"], [(2, {"राधेलाल": "near"}, {})]),
        ([",48,3,,राधलाल,सोहनलाल,,"], []),
        ([",48,4,,राधलाल,मोहन,,"], []),
        ([",48,3,bla2,राधेलाल,,,"], [(2, {"राधेलाल": "near"}, {})]),
        # On the list itself.
        (
            [",48,3,,सीता,,5876500009,", ",48,4,,गीता,,5876500009,"],
            [(2, {}, {3: "number"}), (3, {}, {2: "number"})],
        ),
        (
            [",48,3,,सीता,,,WKH1186261", ",48,4,,गीता,,,WKH1186261"],
            [(2, {}, {3: "number"}), (3, {}, {2: "number"})],
        ),
        (
            [",48,3,,सीता,राम,,", ",48,4,,श्रीमती सीता,पति राम,,"],
            [(2, {}, {3: "name"}), (3, {}, {2: "name"})],
        ),
        ([",48,3,,सीता,राम,,", ",48,4,,सीता,श्याम,,"], []),
        # Who is known already is nobody new.
        ([",48,3,,राधेलाल,मोहन,,"], []),
    ],
)
def test_who_may_be_entered_already(world, rows, expected):
    assert hints(world, *rows) == expected


def test_who_stood_there_once_is_told_too_and_who_is_placed_by_the_code_is_not_themselves(world):
    known = Agent.objects.get(name="राधेलाल")
    lifecycle.end(known.appointments.get(), on=DAY, reason="resigned", by=None)
    assert hints(world, ",48,3,,राधेलाल,मोहन,,") == [(2, {"राधेलाल": "name"}, {})]
    assert hints(world, f"{known.code},48,3,,,,,") == []


def test_it_takes_as_many_queries_for_one_row_as_for_thirty(world):
    def queries(*rows) -> int:
        data = "\n".join([HEAD, *rows]).encode()
        user, on = world.staff, date(2018, 8, 20)
        result = AgentResource(user=user, on=on).import_data(dataset_of(data), dry_run=True)
        with CaptureQueriesContext(
            connection,
        ) as done:
            likely_duplicates(result.lines)
        return len(done)

    many = [f",48,{3 + i % 2},bla2,नाम{name_key(str(i))},,,," for i in range(30)]
    lifecycle.set_need(world.state, per_booth=30, kind="bla2", by=None)
    assert (queries(many[0]), queries(*many)) == (1, 1)
