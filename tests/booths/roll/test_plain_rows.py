"""A row that is read by column is read as the long way reads it; what is odd is left to that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booths.roll.clean import Cleaner
from booths.roll.columns import columns_of
from booths.roll.plain_rows import PlainRows, is_tidy_hindi
from booths.roll.problems import Log
from booths.roll.table import Table
from booths.roll.text import tidy
from tests.booths.roll.lists import SEATS, directory, read

HEADINGS = [
    "AC No",
    "विधानसभा का नाम",
    "मतदान केन्द्र का नाम",
    "Polling Station Name in English",
    "Building",
    "Polling Areas",
    "Section Name",
    "Booth Type",
    "District",
    "Sector",
    "Male",
    "Female",
    "Third Gender",
    "Total Electors",
    "Lat",
    "Remarks",
    "",
]
# By heading: cells that are plain, and cells that are not.
PLAIN = {
    "Polling Station No.": ["1", "12", "012", "12A", "5(A)", "१२क", " 7 "],
    "AC No": ["48", "48-Raipur Rural", ""],
    "विधानसभा का नाम": ["Raipur Rural", "रायपुर ग्रामीण", ""],
    "Booth Type": ["", "-"],
    "Sector": ["", "N/A"],
    "District": ["Raipur", "कोरिया", "12 - Raipur", "-"],
    "Male": ["412", "५१२", "0", ""],
    "Female": ["398", "", "."],
    "Third Gender": ["0", "1"],
    "Total Electors": ["810", "811", "N/A"],
    "Lat": ["", "NULL"],
}
PLAIN_TEXTS = ["School", " School", "शाला", "शाला पुराना", "विद्यालय, कक्ष", "", "N/A"]
ODD = [
    "2",
    "55",
    "2200",
    "0",
    "",
    "91",
    "Nowhere",
    "Raipur Rurl",
    "कक्ष १",
    "शाला  २",
    "योग",
    "Total",
]
ODD += ["'=1", "'a", "????", "नऩक़", "1,024", "many", "Auxiliary", "सेक्टर 1", "21.5", "Bhaूan"]
LETTERS = st.text("अकनऱयक़़्िं॑।०१ \t\xa0\u200daA1?-.\u0929\u0958\u095f", max_size=6)
GIVEN = st.sampled_from([None, SEATS[2], SEATS[1]])


def cells_of(heading: str, usual: bool) -> st.SearchStrategy[str]:
    plain = st.sampled_from(PLAIN.get(heading, PLAIN_TEXTS))
    return plain if usual else plain | st.sampled_from(ODD) | LETTERS | st.text(max_size=4)


@st.composite
def tables(draw) -> tuple[list[str], list[list[str]]]:
    """Headings, and rows of plain cells, of any cells, shorter and longer ones."""
    headings = ["Polling Station No.", *draw(st.lists(st.sampled_from(HEADINGS), max_size=6))]
    odd_one = draw(st.integers(-2, len(headings) - 1))
    row = st.tuples(*(cells_of(each, n != odd_one) for n, each in enumerate(headings)))
    whole, other = list(draw(row)), list(draw(row))
    return headings, [whole, other[: draw(st.integers(1, len(other)))], [*whole, "more"]]


def both(headings, row, given_seat):
    """The draft of the quick way, and that of the long one with its remarks."""
    columns, log = columns_of(headings), Log()
    ((_row, _cells, plain),) = PlainRows(columns, directory(), given_seat).beside([row], 2)
    # The first row of a list always goes the long way.
    cleaner = Cleaner(Table("", columns, 2, [row]), directory(), given_seat, log)
    return plain, next(cleaner.drafts([row]), None), log.problems


@given(tables(), GIVEN)
def test_a_plain_row_says_what_the_long_way_says_without_a_remark(table, given_seat):
    headings, rows = table
    if not columns_of(headings).have_number:
        return
    for row in rows:
        plain, long, problems = both(headings, row, given_seat)
        assert plain is None or (plain, []) == (long, problems)


@given(st.text("कनऱढड़़्ं॑ा \t\u200d12a-.\u0929\u0958\u095f", min_size=6))
def test_what_is_taken_for_tidy_hindi_is_as_tidying_leaves_it(text):
    assert not is_tidy_hindi(text) or tidy(text) == text


@pytest.mark.parametrize("text", ["1-12 प्राथमिक शाला देवगढ़", "पूर्व मा. शाला, कक्ष-2", "पढ़ाई"])
def test_usual_hindi_is_taken_for_tidy(text):
    assert is_tidy_hindi(text)


def test_a_plain_row_is_taken_the_quick_way():
    headings = ["Polling Station No.", "AC No", "Building", "District", "Male", "Female"]
    plain, long, problems = both(headings, ["12A", "48", "शाला पुराना", "रायपुर", "3", "4"], None)
    assert plain == long
    assert (plain.label, plain.values[2], plain.values[9]) == ("12A", "शाला पुराना", 7)
    assert problems == []


def test_rows_are_counted_on_from_one_portion_to_the_next():
    rows = [(n, f"शाला {n}") for n in range(1, 1201)]
    reading = read(("Polling Station No.", "Building"), *rows[:600], ("", ""), *rows[600:])
    assert [record.row for record in reading.records] == [*range(2, 602), *range(603, 1203)]
    assert [record.number for record in reading.records] == [*range(1, 1201)]
