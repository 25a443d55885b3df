"""Every real list in the folder that REAL_BOOTH_LISTS names: each row taken or named.

The lists were written by others and stay where they are. They do not say of which seat they are:
number and name of the seat are those of the file's name.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from booths import roll
from booths.models import Booth
from tests.booths.roll.lists import balances
from tests.makers import make_assembly_seat, make_state

FOLDER = os.environ.get("REAL_BOOTH_LISTS", "")
FILES = sorted(path for path in Path(FOLDER).iterdir() if path.is_file()) if FOLDER else []
LISTS = [path for path in FILES if path.stem.endswith("_Poll_Station_Details")]
RESULTS = [path for path in FILES if path.stem.endswith("_Form_20")]
# new, faulty and skipped rows of the lists that we know, by seat
KNOWN = {
    1: (330, 0, 0),
    2: (310, 0, 0),
    3: (329, 0, 0),
    31: (416, 0, 0),
    62: (313, 4, 0),
    231: (295, 0, 0),
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILES, reason="REAL_BOOTH_LISTS names no folder with real booth lists"),
]


def seat_number(path: Path) -> int:
    return int(path.name[:3])


def read(path: Path) -> roll.Reading:
    state = make_state("TN")
    name = path.name[4:].partition("_")[0]
    make_assembly_seat(seat_number(path), state=state, name_en=name)
    return roll.read(path.read_bytes(), path.name, state=state)


def test_every_file_is_a_list_or_a_result_sheet():
    assert sorted([*LISTS, *RESULTS]) == FILES


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_row_of_a_real_list_is_taken_or_named(path):
    reading = read(path)
    assert balances(reading)
    assert [p.row for p in reading.problems if p.reason == "seat_of_file_name"] == [1]
    named = [p for p in reading.problems if p.level in (roll.FAULT, roll.SKIP)]
    assert len({problem.row for problem in named}) == reading.faulty + reading.skipped
    assert all(problem.message for problem in reading.problems)
    batch = roll.apply(roll.compare(reading, as_of=date(2021, 4, 6)))
    assert Booth.objects.count() == batch.counts["new"] == len(reading.records)
    found = (len(reading.records), reading.faulty, reading.skipped)
    assert found == KNOWN.get(seat_number(path), found)
    again = roll.compare(read(path), as_of=date(2021, 4, 6), is_full=True)
    assert again.changes_nothing


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.name)
def test_a_real_result_sheet_is_refused_with_the_reason(path):
    with pytest.raises(roll.Refused) as refused:
        read(path)
    assert refused.value.code == "form_20"
