"""Whatever the file, no row is lost, none is counted twice, and no booth is invented."""

import string

from hypothesis import given
from hypothesis import strategies as st

from booths.roll import numbers
from booths.roll.problems import FAULT, SKIP, Refused
from booths.roll.reading import Reading
from booths.roll.reading import read as read_with
from booths.roll.text import DEVANAGARI_DIGITS
from tests.booths.roll.lists import balances, csv_of, directory

HEADINGS = [
    "AC No",
    "विधानसभा का नाम",
    "Polling Station No.",
    "क्रमांक",
    "मतदान केन्द्र का नाम",
    "Building",
    "Polling Areas",
    "Section Name",
    "Booth Type",
    "District",
    "Male",
    "Female",
    "Total",
    "Lat",
    "Remarks",
    "",
]
TIDY_CELLS = ["48", "1", "2", "12A", "5(A)", "7 M", "१२क", "School", "शाला", "Main", "Auxiliary"]
ODD_CELLS = [
    "",
    " ",
    "0",
    "55",
    "2200",
    "PPrriimmaarryy SScchhooooll",
    "Total",
    "?????",
    "\x00",
    '"',
    "=1",
]
cells = st.sampled_from(TIDY_CELLS + ODD_CELLS) | st.text(max_size=12)
rows = st.lists(st.lists(cells, max_size=8), max_size=12)
headings = st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8)
seats = st.sampled_from([None, 48, 2])


def outcome_of_each_row(reading: Reading) -> list[int]:
    said = [problem.row for problem in reading.problems if problem.level in (FAULT, SKIP)]
    return sorted(said + [record.row for record in reading.records])


def assert_no_row_is_lost(reading: Reading) -> None:
    assert balances(reading)
    outcomes = outcome_of_each_row(reading)
    last = outcomes[-1]
    assert outcomes == list(range(last - reading.rows + 1, last + 1))
    keys = [record.key for record in reading.records]
    assert len(keys) == len(set(keys))


def digits_of(text: str) -> str:
    return "".join(c for c in text.translate(DEVANAGARI_DIGITS) if c in string.digits)


@given(headings, rows, seats, st.sampled_from(",;\t|"))
def test_no_row_is_lost_and_no_booth_invented(heading, body, seat, delimiter):
    data = csv_of(heading, *body, delimiter=delimiter)
    try:
        reading = read_with(data, "x.csv", directory=directory(), seat=seat)
    except Refused as refused:
        assert refused.messages[0]
        return
    assert_no_row_is_lost(reading)
    for record in reading.records:
        assert digits_of(record.number_as_written).lstrip("0").startswith(str(record.number))
        assert all(problem.message for problem in reading.problems)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    try:
        reading = read_with(data, "x", directory=directory(), seat=48)
    except Refused as refused:
        assert refused.messages[0]
    else:
        assert_no_row_is_lost(reading)


@given(st.data())
def test_a_damaged_list_is_read_or_refused(data):
    whole = csv_of(
        ("AC No", "Polling Station No.", "भवन"),
        *((48, f"{n}A" if n % 3 == 0 else n, f"शाला {n}") for n in range(1, 30)),
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        reading = read_with(bytes(damaged), "x.csv", directory=directory())
    except Refused as refused:
        assert refused.messages[0]
    else:
        assert_no_row_is_lost(reading)


@given(
    st.integers(1, numbers.LIMIT), st.sampled_from(["", "A", "B", "M", "W", "AM", "AW"]), st.data()
)
def test_a_number_survives_every_way_of_writing_it(number, suffix, data):
    auxiliary, sex = suffix.rstrip("MW"), suffix[1:] if suffix[:1] in "AB" else suffix
    written_with_zeros = data.draw(st.integers(0, 2))
    parts = [f"{'0' * written_with_zeros}{number}"]
    for letter in filter(None, (auxiliary, sex)):
        # After a leading zero an open bracket shows that the number is cut off.
        lost_bracket = [] if written_with_zeros else ["({}"]
        form = data.draw(
            st.sampled_from(["{}", " {}", "-{}", "({})", " ({})", "/{}", ".{}", *lost_bracket])
        )
        parts.append(form.format(data.draw(st.sampled_from([letter, letter.lower()]))))
    written = "".join(parts)
    if data.draw(st.booleans()):
        written = written.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    assert numbers.parse(written) == numbers.Number(number, suffix)
