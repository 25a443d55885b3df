"""What the rows of a list of staff say, read without a database."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zones.models import AssemblySeat, District
from zones.staff_list import MAX_ROWS, Places, read

pytestmark = pytest.mark.usefixtures("english")
TODAY = date(2018, 8, 18)
RAIPUR = District(pk=1, slug="raipur", name_hi="रायपुर", name_en="Raipur", aliases=["Raypur"])
BASTAR = District(pk=2, slug="bastar", name_hi="बस्तर", name_en="Bastar", aliases=[])
SEAT_BASTAR = AssemblySeat(pk=3, number=85, name_hi="बस्तर", name_en="Bastar", aliases=[])
RURAL = AssemblySeat(pk=4, number=48, name_hi="रायपुर ग्रामीण", name_en="Raipur Rural", aliases=[])
TWINS = [
    AssemblySeat(pk=pk, number=number, name_hi="पुर", name_en="Pur", aliases=[])
    for pk, number in ((5, 1), (6, 2))
]
PLACES = Places([RAIPUR, BASTAR], [SEAT_BASTAR, RURAL, *TWINS])
HEAD = ["name", "mobile", "username", "role", "area", "since"]


def lines_of(*rows, head=HEAD):
    return read([head, *rows], PLACES, on=TODAY)


def read_row(**cells):
    row = {"name": "राम", "mobile": "5876543210", "area": "Raipur"} | cells
    return lines_of([row.get(column, "") for column in HEAD])[0]


def test_a_row_says_who_is_posted_where():
    line = read_row(name=" राम  साहू ", mobile="+91 58765 43210", username="Ram.Sahu")

    assert line.problem is None
    assert line.said == {
        "name": "राम साहू",
        "mobile": "5876543210",
        "username": "ram.sahu",
        "role": "district_staff",
        "area": RAIPUR,
        "since": TODAY,
    }


@pytest.mark.parametrize(
    ("area", "role", "place"),
    [
        ("रायपुर", "", RAIPUR),
        ("raipur", "", RAIPUR),
        ("RAYPUR", "", RAIPUR),
        ("Bastar", "", BASTAR),
        ("Bastar", "observer", BASTAR),
        ("Bastar", "seat_in_charge", SEAT_BASTAR),
        ("85", "", SEAT_BASTAR),
        ("८५", "", SEAT_BASTAR),
        ("CG/085", "", SEAT_BASTAR),
        ("48 रायपुर ग्रामीण", "विधानसभा प्रभारी", RURAL),
        ("Raipur Rural", "District staff", RURAL),
    ],
)
def test_an_area_is_found_by_number_or_name(area, role, place):
    line = read_row(area=area, role=role)

    assert (line.problem, line.said["area"]) == (None, place)


@pytest.mark.parametrize(
    ("cells", "column", "value", "advice"),
    [
        ({"name": "  "}, "name", "", "Write the person's name."),
        ({"name": "x" * 151}, "name", "x" * 100, "Write at most 150 letters."),
        (
            {"mobile": "123"},
            "mobile",
            "123",
            "“123” is not a mobile number: ten digits, the first 6 to 9.",
        ),
        (
            {"username": "77"},
            "user name",
            "77",
            "A user name of digits alone looks like a mobile number. Add a letter.",
        ),
        (
            {"username": "+915876500009"},
            "user name",
            "+915876500009",
            "A user name of digits alone looks like a mobile number. Add a letter.",
        ),
        (
            {"role": "state_office"},
            "role",
            "state_office",
            "Write one of these: District staff, Observer, Assembly in-charge.",
        ),
        (
            {"area": ""},
            "area",
            "",
            "Write the district's name or the seat's number.",
        ),
        (
            {"area": "Nowhere"},
            "area",
            "Nowhere",
            "There is no such district or seat. Write the district's name or the seat's number.",
        ),
        ({"area": "99"}, "area", "99", "There is no assembly seat of this number."),
        (
            {"area": "48 Bastar"},
            "area",
            "48 Bastar",
            "Seat 48 is Raipur Rural. Correct the number or the name.",
        ),
        (
            {"area": "Pur"},
            "area",
            "Pur",
            "Several places have this name. Write the seat's number.",
        ),
        (
            {"since": "soon"},
            "since",
            "soon",
            "This is not a date. Write one such as 31/08/2018.",
        ),
        (
            {"since": "31/08/2099"},
            "since",
            "31/08/2099",
            "Give a day from the year 2000 to a year from now.",
        ),
    ],
)
def test_a_fault_names_column_value_and_what_would_be_right(cells, column, value, advice):
    problem = read_row(**cells).problem

    assert (problem.column, problem.value, problem.advice) == (column, value, advice)


@pytest.mark.parametrize("text", ["01/08/2018", "2018-08-01", "1.8.2018", "2018-08-01 00:00:00"])
def test_a_day_is_read_in_usual_forms(text):
    assert read_row(since=text).said["since"] == date(2018, 8, 1)


def test_a_user_name_with_a_blank_is_faulty():
    assert read_row(username="ram sahu").problem.column == "user name"


def test_headings_are_found_below_a_title_and_in_hindi():
    rows = [["सूची", ""], [], ["मोबाइल नंबर", "ज़िला", "नाम"], [], ["5876543210", "रायपुर", "राम"]]

    (line,) = read(rows, PLACES, on=TODAY)

    assert (line.row, line.said["name"], line.said["area"]) == (5, "राम", RAIPUR)


def test_a_list_without_headings_or_too_long_is_refused():
    with pytest.raises(ValidationError) as refused:
        lines_of(head=["name", "mobile"])
    assert refused.value.messages == [
        "No row with headings was found. The list needs the columns name, area."
    ]
    with pytest.raises(ValidationError) as refused:
        lines_of(*[["राम", "", "", "", "Raipur", ""]] * (MAX_ROWS + 1))
    assert refused.value.messages == [
        "The list has 2001 rows; at most 2000 are taken at a time. Divide it."
    ]


def faults(*rows) -> list[tuple[int, str]]:
    return [(line.row, line.problem.advice) for line in lines_of(*rows) if line.problem]


def test_rows_of_one_person_stand_together():
    first, second = lines_of(
        ["राम", "5876543210", "", "", "Raipur", ""], ["राम", "05876543210", "ram", "", "Bastar", ""]
    )

    assert (first.with_row, second.with_row) == (None, first)
    assert first.said["username"] == "ram"


def test_rows_that_contradict_or_repeat_each_other_are_faulty():
    ram = ["राम", "5876543210", "", "", "Raipur", ""]

    assert faults(ram, ram) == [(3, "Row 2 says the same.")]
    assert faults(ram, ["श्याम", *ram[1:]]) == [
        (3, "Row 2 has this of another person. Correct one of them.")
    ]
    assert faults(["गीता", "", "", "", "Raipur", ""], ["गीता", "", "", "", "Bastar", ""]) == [
        (3, "Row 2 has the same name. Give a mobile number or a user name.")
    ]


CELL = st.one_of(
    st.sampled_from(
        ["", "राम", "5876543210", "+91 5876543211", "Raipur", "48", "रायपुर", "observer", "x,y"]
    ),
    st.text(max_size=12),
)


@given(st.lists(st.lists(CELL, max_size=8), max_size=12))
def test_every_filled_row_is_either_said_in_full_or_faulty(rows):
    lines = lines_of(*rows)

    assert [line.row for line in lines] == [
        number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)
    ]
    for line in lines:
        assert (line.problem is None) == (line.does != "faulty")
        if line.problem is None:
            assert set(line.said) == set(HEAD)
            assert abs(line.said["since"] - TODAY) < timedelta(days=7000)
