"""Files that are wrong are refused in sentences that name the place and what would be right."""

import pytest

from tests.zones.territory import ASSEMBLY_SEATS, DISTRICTS, load, refusal, rewrite
from zones.models import AssemblySeat, District

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "assembly_seats",
            "ST,2,Old Fort",
            "ST,9,Old Fort",
            "assembly_seats.csv, row 3, column ls_number: “9”: lok_sabha_seats.csv has: 1, 2",
        ),
        (
            "assembly_seats",
            "GEN,1,Rampur",
            "GEN,1,Rampurr",
            "assembly_seats.csv, row 2, column district_current_en: “Rampurr”: "
            "districts.csv has “Rampur”",
        ),
        (
            "assembly_seats",
            "GEN,1,Rampur",
            "GEN,1,",
            "assembly_seats.csv, row 2, column district_current_en: “”: "
            "districts.csv has no district of this name",
        ),
        (
            "assembly_seats",
            "2,Fort Rural",
            "1,Fort Rural",
            "assembly_seats.csv, row 3, column ac_number: “1”: row 2 has it already",
        ),
        (
            "assembly_seats",
            "2,Fort Rural",
            "2a,Fort Rural",
            "assembly_seats.csv, row 3, column ac_number: “2a”: a whole number from 1 is needed",
        ),
        (
            "assembly_seats",
            "2,Fort Rural,किला ग्रामीण",
            "2,,",
            "assembly_seats.csv, row 3, column name_hi: “”: "
            "a name is needed, in Hindi or in English",
        ),
        (
            "assembly_seats",
            "ST,2",
            "XX,2",
            "assembly_seats.csv, row 3, column reservation: “XX”: GEN, SC or ST is needed",
        ),
        (
            "assembly_seats",
            "Old Fort,",
            "Old Fort,,much,more",
            "assembly_seats.csv, row 3, column aliases_en: “”: "
            "the row has more cells than the header",
        ),
        (
            "lok_sabha_seats",
            "GEN,1,1",
            "GEN,1,7",
            "lok_sabha_seats.csv, row 2, column ac_count: “7”: "
            "assembly_seats.csv has 1 seats of this Lok Sabha seat",
        ),
        (
            "lok_sabha_seats",
            "SC,2,1",
            "SC,two,1",
            "lok_sabha_seats.csv, row 3, column zone: “two”: a whole number from 1 is needed",
        ),
        (
            "districts",
            "Old Fort",
            "Rampur",
            "districts.csv, row 3, column name_en: “Rampur”: row 2 has it already",
        ),
        (
            "districts",
            "Old Fort,",
            f"Old Fort,{'क' * 121}",
            f"districts.csv, row 3, column name_hi: “{'क' * 121}पुराना किला”: "
            "a name has at most 120 characters",
        ),
        (
            "districts",
            "Old Fort,",
            ",",
            "districts.csv, row 3, column name_en: “”: an English name is needed for links",
        ),
    ],
)
def test_a_fault_is_named_by_file_row_column_and_value(folder, file, old, new, sentence):
    rewrite(folder / f"{file}.csv", old, new)

    assert sentence in refusal(folder)


def test_all_faults_are_told_at_once_up_to_twenty(folder):
    header = ASSEMBLY_SEATS.splitlines()[0]
    rows = [f"{number},Seat,सीट,GEN,9,Rampur," for number in range(1, 31)]
    (folder / "assembly_seats.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    rewrite(folder / "lok_sabha_seats.csv", "1,1,", "1,,")
    rewrite(folder / "lok_sabha_seats.csv", "2,1,", "2,,")

    sentences = refusal(folder)

    assert len(sentences) == 21
    assert sentences[-1] == "and 10 more"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "The file {folder}/districts.csv is missing."),
        (b"", "districts.csv lacks the columns name_en, name_hi; its first row is: -"),
        (b"a,b\n", "districts.csv lacks the columns name_en, name_hi; its first row is: a, b"),
        (
            b"PK\x03\x04\xff\xfe\x00",
            "districts.csv is not a CSV file in UTF-8: save it as “CSV UTF-8”.",
        ),
        (b"name_en\0", "districts.csv is not a CSV file in UTF-8: save it as “CSV UTF-8”."),
        (b"x" * 5_300_000, "districts.csv is too large for such a list."),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(folder, content, sentence):
    file = folder / "districts.csv"
    file.unlink() if content is None else file.write_bytes(content)

    assert refusal(folder) == [sentence.format(folder=folder)]


def test_a_file_saved_by_a_spreadsheet_is_read(folder):
    text = "\ufeff" + DISTRICTS.replace("\n", "\r\n") + ",,,\r\n"
    (folder / "districts.csv").write_bytes(text.encode())
    rewrite(folder / "assembly_seats.csv", "2,Fort Rural", "२, Fort  Rural ")

    load(folder)

    assert District.objects.count() == 2
    assert AssemblySeat.objects.get(number=2).name_en == "Fort Rural"


def test_the_state_of_the_files_must_be_the_one_asked_for(folder):
    (folder / "state.csv").write_text("code,name_hi,name_en\nMP,,\n", encoding="utf-8")

    assert refusal(folder) == [
        "state.csv, row 2, column code: “MP”: the state to load is XY",
        "state.csv, row 2, column name_hi: “”: a name is needed, in Hindi or in English",
    ]


def test_a_zone_must_be_in_the_list_of_zones_if_there_is_one(folder):
    (folder / "zones.csv").write_text("number,name_hi,name_en\n1,उत्तर,North\n", encoding="utf-8")
    (folder / "zone_scheme.csv").write_text(
        "name_hi,name_en,from_on\nनया,New,August\n", encoding="utf-8"
    )

    assert refusal(folder) == [
        "zones.csv lacks zone 2, which lok_sabha_seats.csv names.",
        "zone_scheme.csv, row 2, column from_on: “August”: a day such as 2018-08-01 is needed",
    ]
