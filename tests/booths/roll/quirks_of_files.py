"""What real lists do as files and in the numbers of booths and seats; see test_quirks.py."""

from tests.booths.roll.lists import AC, NAME, NO, SCHOOL, SHALA, booth, csv_of, numbered, schools
from tests.booths.roll.test_workbooks import workbook

ONE = [(NO, NAME), ("1", "School")]
TEXT = csv_of((NO, NAME), ("1", "शाला")).decode()

# What it does: (the list, the booths in it, the reason of each remark by row)
FILE_LEVEL = {
    "UTF-8 with BOM": (TEXT.encode("utf-8-sig"), [booth("1", **SHALA)], {}),
    "CRLF": (TEXT.encode(), [booth("1", **SHALA)], {}),
    "LF": (TEXT.replace("\r", "").encode(), [booth("1", **SHALA)], {}),
    "title row, headings, column numbers": (
        [("Stations of the seat", "", ""), (NO, NAME, "Male"), ("1", "2", "3"), ("1", "School", 9)],
        [booth("1", **SCHOOL, electors_male=9)],
        {3: "column_numbers"},
    ),
    "two rows of headings, group headings merged": (
        [
            ("Part No", "Part Name", "Total No of Electors", "", "", ""),
            ("", "", "Male", "Female", "Other", "Total No. of electors"),
            ("1", "School", "4", "5", "0", "9"),
        ],
        [
            booth(
                "1",
                **SCHOOL,
                electors_male=4,
                electors_female=5,
                electors_third=0,
                electors_total=9,
            )
        ],
        {},
    ),
    "the first row and column number columns and rows, as exports of data frames": (
        [("", "0", "1"), ("0", "Stations", ""), ("1", NO, NAME), ("2", "7", "School")],
        schools("7"),
        {},
    ),
    "headings a cell shorter than the rows": (
        [(NO, NAME), ("1", "School", "East"), ("2", "School", "")],
        schools("2"),
        {2: "too_many_cells"},
    ),
    "headings written backwards": ([(NO[::-1], NAME[::-1]), ("1", "School")], "headings_backwards"),
    "one heading backwards": ([(NO, NAME, "gnidliuB"), ("1", "a", "b")], "headings_backwards"),
    "blank rows between and after": (
        [*ONE, ("", ""), ("2", "School"), ("", ""), (" ", "\xa0")],
        schools("1", "2"),
        {3: "blank", 5: "blank", 6: "blank"},
    ),
    "rows with only some cells left": (
        [
            (AC, NO, NAME, "Male"),
            ("48-Raipur Rural", "1", "School", ""),
            ("48-Raipur Rural", "", "", ""),
            ("", "45", "", "12"),
            ("48-Raipur Rural", "7", "", ""),
        ],
        [booth("1", **SCHOOL), booth("7")],
        {3: "number_missing", 4: "seat_missing", 5: "name_missing"},
    ),
    "two stray numbers in a list of a seat that was chosen": (
        [(NO, NAME, "Male"), ("1", "School", "3"), ("45", "", "12"), ("46", "", "")],
        [booth("1", **SCHOOL, electors_male=3)],
        {3: "nothing_said", 4: "nothing_said"},
    ),
    "rows of totals at the end": (
        [
            *ONE,
            ("Total", ""),
            ("", "Grand Total"),
            ("No. of Votes recorded on Postal Ballot Papers", ""),
            ("Total EVM Votes", ""),
        ],
        schools("1"),
        {3: "total", 4: "total", 5: "total", 6: "total"},
    ),
    "a row for each section, electors of the part in all": (
        [
            ("Part No", "Part Name", "Section Name", "Male"),
            ("1", "School", "East", "7"),
            ("1", "School", "West", "7"),
            ("2", "School", "East", "3"),
            ("2", "School", "West", "4"),
        ],
        [
            booth("1", **SCHOOL, locality="East; West", electors_male=7),
            booth("2", **SCHOOL, locality="East; West"),
        ],
        {3: "section", 4: "electors_of_sections", 5: "section"},
    ),
    "a row for each section, the cells of the booth merged": (
        [
            ("S.No.", "Part No", "Part Name", "Section Name", "Male"),
            ("1", "1", "School", "East", "7"),
            ("2", "", "", "West", ""),
            ("", "", "", "North", ""),
            ("", "", "", "", "7"),
            ("", "", "", "South", ""),
        ],
        [booth("1", **SCHOOL, locality="East; West; North", electors_male=7)],
        {3: "section", 4: "section", 5: "number_missing", 6: "number_missing"},
    ),
    "several sheets, one of them the list": (
        workbook(Notes=[["see below"]], List=ONE, Sums=[["Raipur", 12]]),
        schools("1"),
        {},
    ),
    "several sheets with lists": (workbook(Old=ONE, New=[*ONE, ("2", "Hall")]), "which_sheet"),
    "many seats in one file": (
        [(AC, NO, NAME), ("48", "1", "School"), ("2", "1", "School")],
        [booth("1", **SCHOOL), booth("1", 2, **SCHOOL)],
        {},
    ),
    "a seat in the file's name only": (ONE, schools("1"), {1: "seat_of_file_name"}, "048.csv"),
    "a seat and its name in the file's name only": (
        ONE,
        schools("1"),
        {1: "seat_of_file_name"},
        "048-Raipur_Rural_Poll_Station_Details.csv",
    ),
    "a seat and another's name in the file's name": (
        ONE,
        "seat_of_file_name",
        "048-Manendragarh_Poll_Station_Details.csv",
    ),
}

BOOTH_NUMBER = {
    "an auxiliary station as a suffix": (
        numbered("5(A)", "104A", "22 (A)", "141 A", "1-A", "72.A", "003a", "215(a)"),
        schools("5A", "104A", "22A", "141A", "1A", "72A", "3A", "215A"),
        {},
    ),
    "stations of men and of women": (
        numbered("7M", "8 M", "207(M)", "7A(W)", "9AW", "68(AW)", "110A\n(W)", "155A(w)", "4 A(W"),
        schools("7M", "8M", "207M", "7AW", "9AW", "68AW", "110AW", "155AW", "4AW"),
        {},
    ),
    "क for an auxiliary station, also in Latin letters": (
        numbered("67k", "131 K", "12क", "१३ क", "12ख"),
        schools("67A", "131A", "12A", "13A", "12B"),
        {},
    ),
    "auxiliary stations told apart only by a column": (
        [
            (NO, "Main/Auxiliary Polling Station (M/A)", NAME),
            ("001", "Main", "School"),
            ("001", "Auxiliary", "Hall"),
            ("001", "Auxiliary", "Shed"),
        ],
        [booth("1", **SCHOOL), booth("1A", name_en="Hall"), booth("1B", name_en="Shed")],
        {},
    ),
    "the spellings of that column": (
        [
            (NO, "Booth Type", NAME),
            *((n, word, "School") for n, word in enumerate(("MAIN", "main", "M", "Man"), 1)),
            *(
                (n, word, "Hall")
                for n, word in enumerate(("AUXLIARY", "AUXILARY", "Auxillary", "Auxailiary"), 1)
            ),
            ("5", "A", "Shed"),
        ],
        [
            *schools("1", "2", "3", "4"),
            *(booth(f"{n}A", name_en="Hall") for n in (1, 2, 3, 4)),
            booth("5A", name_en="Shed"),
        ],
        {},
    ),
    "leading zeros in one file and none in the next": (
        numbered("001", "2", "010"),
        schools("1", "2", "10"),
        {},
    ),
    "stray characters": (
        numbered("]101", "221]", "230.", "223'", "184M.", " 5 ", "6\n"),
        schools("101", "221", "230", "223", "184M", "5", "6"),
        {},
    ),
    "doubled characters of bold print": (
        [
            *numbered("119944AA", "5555 AAAA((((WWWW))))", "8855"),
            ("77", "BBaarraaggaaoonn HHaallll"),
        ],
        [],
        dict.fromkeys((2, 3, 4, 5), "number_doubled"),
    ),
    "numbers cut off": (
        numbered("00(A", "02(A"),
        [],
        {2: "number_zero", 3: "number_cut_off"},
    ),
    "a number that stands twice": (
        [(NO, NAME), ("1", "School"), ("2", "School"), ("2", "Hall"), ("1", "School")],
        schools("1"),
        {3: "duplicate", 4: "duplicate", 5: "repeat"},
    ),
    "number and name of a seat contradict each other": (
        [("AC No", "AC Name", NO, NAME), ("002", "भरतपुर-सोनहत (अ.ज.जा.)", "1", "School")],
        [],
        {2: "seat_contradiction"},
    ),
    "a seat spelled in several ways": (
        [
            (AC, NO, NAME),
            ("48-Raipur Rural [8-Raipur]", "1", "School"),
            ("48-Raipur Rural(8-raipur)", "2", "School"),
            ("48-Raipur Rural", "3", "School"),
            ("48 Raipur Rural", "4", "School"),
            ("48, Raipur", "5", "School"),
            ("2, Raipur", "6", "School"),
            ("", "7", "School"),
        ],
        schools("1", "2", "3", "4", "5"),
        {6: "seat_spelling", 7: "seat_contradiction", 8: "seat_missing"},
    ),
}
