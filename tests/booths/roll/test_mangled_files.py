"""Whatever is done to a list: it is read or refused, no row is lost, no booth is invented.

In thousands of files: make test-mangled-files
"""

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths.roll.compare import compare
from booths.roll.problems import FAULT, SKIP, Refused
from booths.roll.reading import Reading
from booths.roll.reading import read as read_with
from booths.roll.seats import Directory, Seat
from tests.booths.roll.lists import DISTRICTS, SEATS, SECTORS
from tests.booths.roll.mangled import Mangled, mangled
from tests.makers import make_assembly_seat, make_booth, make_state

FILES = int(os.environ.get("MANGLED_FILES", 300))
# What a list is refused for: letters lost in many rows, and then in its headings too.
LOST_IN_ROWS = {"destroyed", "encoding"}
# What is left of letters may also look like a font of its own.
LOST_IN_HEADINGS = {"no_headings", "no_number_column", "no_seat", "not_text", "old_font"}


def outcomes(reading: Reading) -> list[int]:
    """The rows in the order of the file, each as often as something became of it."""
    named = [problem.row for problem in reading.problems if problem.level in (FAULT, SKIP)]
    return sorted(named + [record.row for record in reading.records])


def assert_it_is_true(file: Mangled, reading: Reading, seats: Directory) -> None:
    rows = outcomes(reading)
    assert rows == list(range(rows[0], rows[0] + reading.rows))
    numbers = {seat.id: number for number, seat in seats.by_number.items()}
    made = {record.row: (numbers[record.seat_id], *record.key[1:]) for record in reading.records}
    assert made.items() <= file.put.items(), "a booth is invented"
    assert not made.keys() & file.spoiled, "a booth is guessed"
    assert len(made) == len({*made.values()})
    times = {row: [*file.put.values()].count(key) for row, key in file.put.items()}
    spared = {row for row in file.whole if times[row] == 1}
    assert spared <= made.keys(), "a whole row is not taken"


@pytest.mark.django_db
@settings(max_examples=FILES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=True))
def test_a_mangled_list_loses_no_row_and_gains_no_booth(stored, random):
    file = mangled(random)
    try:
        reading = read_with(file.data, file.name, directory=stored, seat=file.seat)
    except Refused as refused:
        assert refused.messages[0]
        true = LOST_IN_ROWS | (LOST_IN_HEADINGS if file.letters_lost else set())
        assert refused.code in (true if file.put else true | {"no_rows"})
        return
    assert_it_is_true(file, reading, stored)
    counts = compare(reading, as_of=date(2018, 8, 1), is_full=True).counts
    sum_of = ("new", "changed", "unchanged", "faulty", "skipped")
    assert counts["rows"] == reading.rows == sum(counts[name] for name in sum_of)


@pytest.fixture
def stored(db) -> Directory:
    """The seats, one of which has booths already."""
    state = make_state()
    rows = [make_assembly_seat(seat.number, state=state) for seat in SEATS]
    for number in range(1, 20):
        make_booth(number, seat=rows[2], name_hi="शाला")
    seats = [
        Seat(row.pk, seat.number, seat.names, seat.district_id)
        for row, seat in zip(rows, SEATS, strict=True)
    ]
    return Directory(state.pk, "CG", "Chhattisgarh", seats, DISTRICTS, SECTORS)
