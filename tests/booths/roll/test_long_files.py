"""A file that is read row by row says what the same file says that is held, and keeps no more."""

import tracemalloc
from functools import partial
from tempfile import TemporaryFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths.roll.by_seat import BySeat
from booths.roll.check import check
from booths.roll.encodings import encoding_of
from booths.roll.limits import MEGABYTE, Limits
from booths.roll.long_files import LongRows, open_file
from booths.roll.problems import Refused
from booths.roll.reading import Reading, open_list
from booths.roll.reading import read as read_with
from tests.booths.roll.lists import AC, NAME, NO, csv_of, directory
from tests.booths.roll.mangled import mangled


def read_in_groups(path, *, seat=None, held: int) -> Reading:
    """With the records in the order of the file."""
    opened = open_list(path, directory=directory(), seat=seat)
    with TemporaryFile() as file:
        by_seat = BySeat(file, held)
        by_seat.take(opened.drafts())
        groups = list(by_seat.groups())
    records = [record for drafts in groups for record in check(drafts, opened.cleaner)]
    return opened.reading(sorted(records, key=lambda record: record.row))


def outcome(read) -> tuple:
    try:
        return ("read", read())
    except Refused as refused:
        return ("refused", refused.messages)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=True), held=st.integers(1, 6))
def test_a_list_in_groups_says_what_it_says_in_one_piece(tmp_path, random, held):
    file = mangled(random)
    path = tmp_path / file.name
    path.write_bytes(file.data)
    whole = partial(read_with, file.data, file.name, directory=directory(), seat=file.seat)
    assert outcome(partial(read_in_groups, path, seat=file.seat, held=held)) == outcome(whole)


def test_rows_of_a_seat_that_comes_again_are_looked_at_together(tmp_path):
    rows = [(48, 1, "School"), (2, 1, "School"), (48, 2, "School"), (2, 2, "School")]
    rows += [(48, 1, "School"), (2, 1, "Another"), (48, 3, "School")]
    path = tmp_path / "list.csv"
    path.write_bytes(csv_of((AC, NO, NAME), *rows))
    reading = read_in_groups(path, held=2)
    assert [record.row for record in reading.records] == [2, 4, 5, 8]
    assert [(p.row, p.reason) for p in reading.problems] == [
        (3, "duplicate"),
        (6, "repeat"),
        (7, "duplicate"),
    ]


NAMES = {
    "utf-8": "शाला",
    "utf-8-sig": "शाला",
    "utf-16": "शाला",
    "utf-16-le": "शाला",
    "cp1252": "A – B",
}


@pytest.mark.parametrize(("encoding", "name"), NAMES.items())
@pytest.mark.parametrize("size", [1, 7])
def test_letters_that_lie_in_two_parts_of_a_file_are_one(encoding, name, size):
    data = f"{NO},{NAME}\r\n1,{name}\r\n".encode(encoding)
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    # The mark at the beginning is looked for in the first part, which no file has so short.
    found = encoding_of(lambda: [b"".join(parts[:4]), *parts[4:]])
    assert "".join(found.parts(parts)) == data.decode(encoding)


ENDS = {"none": b"", "a line": b"\r\n", "a mark": b"\r\n\x1a", "a mark in the line": b"\x1a"}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_the_mark_at_the_end_of_an_old_file_is_no_row(tmp_path, end):
    data = csv_of((NO, NAME), (1, "School"), (2, "Hall")).rstrip() + end
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    whole = read_with(data, path.name, directory=directory(), seat=48)
    assert read_in_groups(path, seat=48, held=9) == whole
    assert whole.rows == 2


@given(st.integers(0, 250), st.integers(0, 120), st.integers(0, 300), st.integers(1, 3))
def test_rows_are_had_as_those_of_a_list(count, start, stop, step):
    rows = [[str(n)] for n in range(count)]
    long = LongRows(lambda: iter(rows), count)
    assert len(long[start:]) == len(rows[start:])
    assert [*long[start:][5:]] == rows[start:][5:]
    assert [*long[start:stop:step]] == rows[start:stop:step]
    assert [*long[start:][:step]] == rows[start:][:step]
    if start < count:
        assert long[start] == rows[start]


REFUSED = {
    "too large": (b"x" * 301, "too_large"),
    "too many rows": (b"a,b\n" * 11, "too_many_rows"),
    "too many cells": (b",,,,,,\n" * 9 + b"," * 199, "too_many_cells"),
    "nothing but lines": (b"\n" * 101 + b"x", "too_many_rows"),
    "empty": (b" \r\n\x1a", "empty"),
    "PDF": (b"%PDF-1.4", "pdf"),
    "quotation mark": (b'No,Name\n1,"School\n', "quotation_marks"),
    "letters lost": (b"No,Name\n1,????\n2,????\n", "destroyed"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_list_is_refused(tmp_path, data, reason):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        open_file(path, Limits(bytes=300, rows=10))
    assert refused.value.code == reason


def test_a_line_without_end_is_refused_before_it_is_held(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a" * (5 * MEGABYTE))
    with pytest.raises(Refused) as refused:
        open_file(path)
    assert refused.value.code == "line_too_long"


def test_of_a_long_file_little_is_held(tmp_path):
    path = tmp_path / "list.csv"
    rows = ((1 + n // 600, n % 600, "शासकीय प्राथमिक शाला " * 20) for n in range(2_000))
    path.write_bytes(csv_of((AC, NO, NAME), *rows))
    opened = open_list(path, directory=directory())
    tracemalloc.start()
    try:
        assert sum(1 for _row in opened.table.rows) == 2_000
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size // 4
    finally:
        tracemalloc.stop()
