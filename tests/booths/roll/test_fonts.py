"""Columns in Kruti Dev are recognised, in other old fonts named, and all else is left alone."""

import csv
import random
from pathlib import Path

import pytest

from booths.roll.columns import columns_of, meaning_of
from booths.roll.fonts import as_typed_in_latin, font_of, found, in_hindi, is_in_such_a_font
from tests.booths.roll.hindi_typewriter import typed
from tests.booths.roll.test_krutidev import PLACES, SCHOOLS

SEATS = Path(__file__).parents[3] / "fixtures" / "cg" / "assembly_seats.csv"
with SEATS.open(encoding="utf-8", newline="") as lines:
    LATIN_PLACES = [row["name_en"] for row in csv.DictReader(lines)]
ENGLISH = (
    """
Primary School|Govt. Primary School, Kotra|P.S. Kotra (North Side)|Panchayat Bhawan|High School, Room No-2
Middle School; East Wing|St. Joseph's School|O'Brien Hall|Community Hall - 2|C/o Gram Panchayat|M/s Rice Mill
Ward 1;Ward 2|(1)-K.G.kandigai (ward-1)|BLOCK "A"|Room_No 3|McDonald Hall|NH-30 & SH-5|ITI, Qila Road
Prathmik Shala Khapri|Purva Madhyamik Shala|Anganwadi Kendra Kramank 2|Samudayik Bhavan|Shaskiya Uchchatar
Fakirchak|Haqqani Nagar|Xavier Road|Vijayraghavgarh|Rajkishore Nagar|Durg Gramin;Durg Rural|No. of rooms: 2
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
CASES = [str, str.lower, str.upper, str.title]
OTHER_FONTS = {
    "chanakya": ["ÖæÚUÌ", "çßàææÜ", "Ù»ÚU", "Ù§ü çÎËÜè", "¥æßÔÎÙ", "Ÿæè"],
    "isfoc": ["¯ÖÖ»Ö", "¸üÖÖµÖ¯Öã¸ü", "|ÉÉlÉÊ¨ÉEò", "¶ÉɱÉÉ"],
    "ascii": ["àmW{_H$ emim", "am`nwa", "ba^Mk", "ivak`I", "ga`ahk"],
    "walkman": [
        "laca/h iapk;r",
        "iapk;r Hkou osQ ikl",
        "vfrfjÙkQ d{k dsUnz",
        "iz'kklu osQ fy, Hkou",
    ],
    "eight_bit": ["ÀÁÂÃ ÄÅ", "ÈÊËÌ", "ÍÎÏ ÐÑ"],
    "reversed": ["ींपइंजचनत", "ैबीववस", "प्राथमिक शाला"],
    "pdf": ["पुŜष", "संƥा", "महिला"],
}


@pytest.mark.parametrize(("font", "texts"), OTHER_FONTS.items(), ids=OTHER_FONTS.keys())
def test_another_old_font_is_named(font, texts):
    assert font_of(texts) == font


@pytest.mark.parametrize("texts", [PLACES, SCHOOLS, PLACES[:12], SCHOOLS[:3], ["izkFkfed 'kkyk"]])
def test_hindi_typed_in_kruti_dev_is_recognised(texts):
    assert font_of([typed(text) for text in texts]) == "krutidev"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
@pytest.mark.parametrize("texts", [LATIN_PLACES, ENGLISH], ids=["seats", "buildings"])
def test_english_and_romanised_names_are_no_kruti_dev(texts, case):
    texts = [case(text) for text in texts]
    assert font_of(texts) is None
    # However few of them stand together.
    drawn = random.Random(7)
    few = [drawn.sample(texts, size) for size in (1, 2, 3, 5) for _ in range(100)]
    assert [texts for texts in few if font_of(texts)] == []


@pytest.mark.parametrize("texts", [PLACES, SCHOOLS], ids=["seats", "schools"])
def test_unicode_hindi_is_in_no_such_font(texts):
    assert font_of(texts) is None


def test_words_that_only_may_be_kruti_dev_are_not_named_another_font():
    assert font_of([typed("मृत"), typed("कृत")]) is None


def test_a_few_rows_in_kruti_dev_among_many_english_ones_are_found():
    english = [f"{text} {n}" for text in ENGLISH for n in range(5)]
    assert font_of(english) is None
    assert font_of([*english, *map(typed, SCHOOLS[:10])]) == "krutidev"


def test_headings_in_kruti_dev_mean_what_they_say():
    headings = [
        "ernku dsUnz Øekad",
        "ernku dsUnz dk uke",
        "Hkou",
        'iq#"k',
        "fo/kkulHkk {ks=",
        "e-ds-Ø-",
    ]
    fields = ["number", "name", "building", "electors_male", "seat", "number"]
    assert [meaning_of(heading).field for heading in headings] == fields
    assert not any(meaning_of(text) for text in [*ENGLISH, *LATIN_PLACES])


def columns_found(headings, *rows):
    return [
        (column.index, column.font, column.in_heading, column.in_values)
        for column in found(columns_of(headings), rows)
    ]


def test_heading_and_values_are_found_each_for_itself():
    kruti, english = ("1", "izkFkfed 'kkyk dksVjk"), ("1", "Primary School Kotra")
    assert columns_found(["ernku dsUnz Øekad", "Hkou"], kruti) == [
        (0, "krutidev", True, False),
        (1, "krutidev", True, True),
    ]
    assert columns_found(["Booth No", "Building"], kruti) == [(1, "krutidev", False, True)]
    assert columns_found(["Booth No", "Hkou"], english) == [(1, "krutidev", True, False)]
    assert columns_found(["Booth No", "Building"], english) == []


def test_short_words_are_found_beside_columns_in_the_font():
    rows = [("1", "izkFkfed 'kkyk", "dksjck"), ("2", "iapk;r Hkou", "cLrj")]
    headings = ["Booth No", "Building", "District"]
    assert columns_found(headings, ("1", "Hall", "dksjck")) == []
    assert [column[0] for column in columns_found(headings, *rows)] == [1, 2]
    # Romanised ones are not, though all their letters could be Hindi ones.
    rows = [(number, building, "raipur") for number, building, _ in rows]
    assert [column[0] for column in columns_found(headings, *rows)] == [1]


def test_a_column_of_numbers_is_never_found():
    row = ("cwFk Øekad 12", "izkFkfed 'kkyk", 'iq:"k 400')
    assert [i for i, *_ in columns_found(["Booth No", "Building", "Male"], row)] == [1]
    assert [i for i, *_ in columns_found(["Village", "Building", "Area"], row)] == [0, 1, 2]
    # Nor one that holds numbers, EPIC or mobile, under whatever heading.
    numbers = [("1", "9876543210"), ("2", "ABC1234567"), ("3", "12A"), ("4", "jk;iqj")]
    assert columns_found(["Booth No", "Village"], *numbers) == []
    assert [column[0] for column in columns_found(["Booth No", "Village"], numbers[-1])] == [1]


def test_a_column_that_is_not_read_is_not_looked_at():
    row = ("1", "ÖæÚUÌ Ù»ÚU", "jk;iqj")
    assert columns_found(["Booth No", "Remarks", "Tehsil"], row) == []
    assert [column[0] for column in columns_found(["Booth No", "Village", "Area"], row)] == [1, 2]


CELLS = {
    "izkFkfed 'kkyk dksVjk": "प्राथमिक शाला कोटरा",
    "d{k&2": "कक्ष-2",
    "12A izkFkfed 'kkyk": "12A प्राथमिक शाला",
    "izkFkfed 'kkyk ROOM NO 2": "प्राथमिक शाला ROOM NO 2",
    "ABC1234567 uke 9876543210": "ABC1234567 नाम 9876543210",
    "PRIMARY SCHOOL KOTRA": "PRIMARY SCHOOL KOTRA",
    "Primary School Kotra": "Primary School Kotra",
    "प्राथमिक शाला jk;iqj": "प्राथमिक शाला jk;iqj",
    "12": "12",
    "": "",
}


@pytest.mark.parametrize(("cell", "read"), CELLS.items())
def test_a_cell_of_a_column_in_kruti_dev(cell, read):
    assert in_hindi(cell) == read


def test_english_that_was_taken_for_hindi_reads_as_it_was_typed():
    assert as_typed_in_latin("ींपइंजचनत 2") == "haibatpur 2"
    assert as_typed_in_latin("प्राथमिक शाला") == "प्राथमिक शाला"


def test_a_text_file_is_known_by_the_signs_of_its_font():
    assert is_in_such_a_font("cwFk Øekad,uke\n1,izkFkfed 'kkyk\n2,iapk;r Hkou\n")
    assert is_in_such_a_font("No,Name\n1,ÖæÚUÌ\n2,Ù§ü çÎËÜè\n")
    assert not is_in_such_a_font("No,Name\n1,José School\n2,São Hall\n")
    assert not is_in_such_a_font("No,Name\n1,School\n")
