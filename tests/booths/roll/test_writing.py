"""Lists in Kruti Dev are read once the user has confirmed the columns; other old fonts never."""

import pytest

from booths.roll.problems import Refused
from booths.roll.reading import read as read_with
from tests.booths.roll.lists import csv_of, directory, labels, reasons, value

HEADINGS = ("ernku dsUnz Øekad", "ernku dsUnz dk uke", "xzke", 'iq#"k')
ROWS = [
    ("1", "izkFkfed 'kkyk dksVjk", "dksVjk", "400"),
    ("2A", "'kkl- iwoZ ek/;fed 'kkyk", "jk;iqj", "410"),
]


def read(*rows, encoding="utf-8", kruti_dev=None, seat=48):
    data = csv_of(*rows).decode().encode(encoding)
    return read_with(data, "list.csv", directory=directory(), seat=seat, kruti_dev=kruti_dev)


def refusal(*rows, **options):
    with pytest.raises(Refused) as refused:
        read(*rows, **options)
    return refused.value


def test_without_asking_the_list_is_refused_and_shows_both_writings():
    refused = refusal(HEADINGS, *ROWS)
    assert refused.code == "krutidev"
    assert "“ernku dsUnz Øekad” reads “मतदान केन्द्र क्रमांक”" in refused.messages[0]
    found = refused.params["found"]
    assert [column.index for column in found] == [0, 1, 2, 3]
    assert found[1].samples == (
        ("ernku dsUnz dk uke", "मतदान केन्द्र का नाम"),
        ("'kkl- iwoZ ek/;fed 'kkyk", "शास. पूर्व माध्यमिक शाला"),
        ("izkFkfed 'kkyk dksVjk", "प्राथमिक शाला कोटरा"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_confirmed_list_is_read_in_hindi(encoding):
    reading = read(HEADINGS, *ROWS, encoding=encoding, kruti_dev={0, 1, 2, 3})
    assert labels(reading) == ["1", "2A"]
    assert [value(reading, "name_hi", i) for i in (0, 1)] == [
        "प्राथमिक शाला कोटरा",
        "शास. पूर्व माध्यमिक शाला",
    ]
    assert [value(reading, "locality", i) for i in (0, 1)] == ["कोटरा", "रायपुर"]
    assert value(reading, "electors_male") == 400
    assert reading.columns.headings[0] == "मतदान केन्द्र क्रमांक"
    assert [column.index for column in reading.from_kruti_dev] == [0, 1, 2, 3]
    assert reading.problems == []


def test_only_the_confirmed_columns_are_converted():
    reading = read(HEADINGS, *ROWS, kruti_dev={1})
    assert value(reading, "name_hi") == "प्राथमिक शाला कोटरा"
    assert value(reading, "locality") == "dksVjk"
    mixed = read(("Booth No", "Building"), ("1", "izkFkfed 'kkyk"), kruti_dev={1})
    assert mixed.columns.headings == ("Booth No", "Building")
    assert value(mixed, "building") == "प्राथमिक शाला"
    nothing = read(HEADINGS, *ROWS, kruti_dev=set())
    assert value(nothing, "name_en") == "izkFkfed 'kkyk dksVjk"
    assert nothing.from_kruti_dev == ()


def test_a_list_in_no_such_font_is_read_whether_or_not_anybody_was_asked():
    rows = ("Booth No", "Name"), ("1", "Primary School"), ("2", "प्राथमिक शाला")
    assert read(*rows).records == read(*rows, kruti_dev={0, 1}).records
    assert len(read(*rows).records) == 2


def test_headings_and_totals_of_a_further_page_are_skipped():
    reading = read(
        HEADINGS, ROWS[0], HEADINGS, ROWS[1], ("", "dqy ;ksx", "", "810"), kruti_dev={0, 1, 2, 3}
    )
    assert labels(reading) == ["1", "2A"]
    assert reasons(reading) == {3: "headings_again", 5: "total"}


def test_seat_and_district_are_known_by_their_names_in_the_font():
    reading = read(
        ("fo/kkulHkk {ks=", "ftyk", "Booth No", "Building"),
        ("48&jk;iqj xzkeh.k", "jk;iqj", "1", "izkFkfed 'kkyk"),
        seat=None,
        kruti_dev={0, 1, 3},
    )
    assert reading.records[0].seat_id == 148
    assert value(reading, "district_id") == 12


@pytest.mark.parametrize(
    ("cell", "reason", "said"),
    [
        ("ÖæÚUÌ Ù»ÚU", "old_font", "“Building” is typed in the font Chanakya"),
        ("¯ÖÖ»Ö", "old_font", "a font of ISFOC"),
        ("पुŜष भवन", "font_pdf", "“Building” was copied from a PDF"),
        ("ींपइंजचनत", "font_reversed", "“ींपइंजचनत” is “haibatpur”"),
    ],
)
@pytest.mark.parametrize("kruti_dev", [None, {0, 1}])
def test_another_old_font_is_refused_with_its_reason(cell, reason, said, kruti_dev):
    refused = refusal(("Booth No", "Building"), ("1", cell), kruti_dev=kruti_dev)
    assert refused.code == reason
    assert said in refused.messages[0]


def test_where_the_headings_are_in_another_old_font_that_is_the_reason():
    rows = ("×ÌÎæÙ ·ð¤‹Îý ·ý¤×æ´·¤", "Ùæ×"), ("1", "ÂýæÍç×·¤ àææÜæ"), ("2", "Â´¿æØÌ ÖßÙ")
    for encoding in ("utf-8", "cp1252"):
        refused = refusal(*rows, encoding=encoding)
        assert (refused.code, "Chanakya" in refused.messages[0]) == ("old_font", True)
    assert refusal(("Remarks", "Notes"), ("x", "y")).code == "no_headings"


def test_a_single_cell_with_letters_of_a_pdf_is_the_fault_of_its_row():
    rows = [(str(n), f"प्राथमिक शाला {n}") for n in range(2, 20)]
    reading = read(("Booth No", "Building"), ("1", "पुŜष भवन"), *rows)
    assert reasons(reading) == {2: "text_destroyed"}
