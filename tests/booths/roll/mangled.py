"""Booth lists mangled in the ways of offices, with what was put into each row.

A list begins as true booths; titles, noise rows, faults, shuffled columns, an encoding or a kind of
workbook come on top. `put` says which booth stands in which row of the file, and which rows had
their number or seat spoiled, so that no booth may come of them.
"""

import csv
import io
from dataclasses import dataclass, field
from random import Random

import openpyxl
import xlwt

from tests.booths.roll.lists import SEATS

Key = tuple[int, int, str]  # number of the seat, of the booth, suffix

NUMBER_HEADINGS = ["Polling Station No.", "मतदान केन्द्र क्रमांक", "Part No", "बूथ क्र॰", "PS_NO"]
SEAT_HEADINGS = ["AC No. & Name", "विधानसभा क्रमांक", "Constituency"]
NAME_HEADINGS = ["Polling Station Name", "मतदान केन्‍द्र का नाम", "Building", "भवन का नाम"]
OTHERS = {
    "Polling Areas": ["Ward 1, Ward 2", "वार्ड  १", "Kotra;\nEast", ""],
    "Male": ["412", "५१२", "N/A", "many", "0", ""],
    "Female": ["398", "1,024", "", "."],
    "Total": ["810", "4", ""],
    "District": ["Raipur", "कोरिया", "Nowhere", ""],
    "Lat": ["21.25", "81.6", "8607904879", ""],
    "Long": ["81.63 E", "21.2", ""],
    "Remarks": ["", "x", "Yes", "N0", "12"],
    "": ["", "7"],
    "S.No.": ["1", "२", ""],
}
NAMES = ["School Kotra", "शाला", "मध्‍य विद्यालय", "Hall, East", 'Room "2"', "कक्ष-३  नया", "St. Café"]
# Where a second stray number may stand; as a name or an area it could be one.
STRAY = {"Male", "Total", "Remarks", "S.No.", ""}
SUFFIXES = ["", "", "", "A", "B", "M", "AW"]
FORMS = ["{}", "{:03}", " {} ", "]{}", "{}.", "\u200b{}", "{}\xa0"]
SUFFIX_FORMS = {
    "": [""],
    "A": ["A", "(A)", "-A", " a", "क", " k", "/A"],
    "B": ["B", " (B)", "ख"],
    "M": ["M", "(M)", " m", " पुरुष"],
    "AW": ["AW", "A(W)", "(AW)", " A (w)", "A(W", "क महिला"],
}
SEAT_FORMS = ["{:03}", "{}-{}", "{0} - {2}", "{}-{} [8-Raipur]", "{3}", "{0} {3} (अ.जा.)"]
SPOILED_NUMBERS = ["", "0", "00(A", "02(A", "twelve", "12B7", "8855", "5001", "-4", "N/A", "????"]
SPOILED_SEATS = ["91", "2-Raipur Rural", "48-Manendragarh", "Nowhere", "MP-48"]
NOISE = [
    "blank",
    "blanks",
    "total",
    "headings",
    "note",
    "stray numbers",
    "seat alone",
    "rule",
    "none",
]
TITLES = [
    ["List of polling stations, 2023"],
    [],
    ["District Raipur", "", "Form 3"],
    ["0", "1", "2"],
]
ENCODINGS = ["utf-8"] * 4 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mixed"]


@dataclass
class Mangled:
    data: bytes
    name: str
    seat: int | None
    put: dict[int, Key]  # by row: the booth that was put there
    whole: set[int] = field(default_factory=set)  # rows of booths that nothing was done to
    spoiled: set[int] = field(default_factory=set)  # no booth may come of these
    letters_lost: bool = False


def mangled(random: Random) -> Mangled:
    return _Maker(random).make()


class _Maker:
    def __init__(self, random: Random):
        self.random = random
        self.some = random.choice
        self.given = random.choice(SEATS) if random.random() < 0.4 else None
        texts = random.sample(NAME_HEADINGS, random.randint(1, 2))
        self.number, self.seat = self.some(NUMBER_HEADINGS), self.some(SEAT_HEADINGS)
        self.headings = [self.number, *texts, *random.sample(list(OTHERS), random.randint(0, 5))]
        self.headings += [] if self.given else [self.seat]
        random.shuffle(self.headings)
        self.texts = texts
        self.rows: list[list[str]] = []
        self.put: dict[int, Key] = {}
        self.whole: set[int] = set()
        self.spoiled: set[int] = set()

    def make(self) -> Mangled:
        self.rows += [list(self.some(TITLES)) for _ in range(self.random.randint(0, 3))]
        self.rows.append(list(self.headings))
        if self.random.random() < 0.2:
            self.rows.append([str(n + 1) for n in range(len(self.headings))])
        for _ in range(self.random.randint(1, 14)):
            self.rows.append(self.noise()) if self.random.random() < 0.3 else self.booth()
        data, lost = self.written()
        if lost:
            self.whole.clear()
        seat = self.given.number if self.given else None
        return Mangled(data, "list", seat, self.put, self.whole, self.spoiled, lost)

    def booth(self) -> None:
        seat = self.given or self.some(SEATS)
        number, suffix = self.random.randint(1, 60), self.some(SUFFIXES)
        written = self.some(FORMS).format(number) + self.some(SUFFIX_FORMS[suffix])
        if self.random.random() < 0.2:
            written = written.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
        cells = {heading: self.some(OTHERS.get(heading) or NAMES) for heading in self.headings}
        cells |= {self.number: written, self.seat: self.seat_written(seat)}
        row = len(self.rows) + 1
        self.put[row] = (seat.number, number, suffix)
        self.whole.add(row)
        if self.random.random() < 0.25:
            self.spoil(row, cells)
        filled = [cells[heading] for heading in self.headings]
        self.rows.append(filled)
        self.cut(row, filled)
        if self.random.random() < 0.05:
            self.put[row + 1] = self.put[row]
            self.rows.append(list(filled))
            if row in self.spoiled:
                self.spoiled.add(row + 1)

    def seat_written(self, seat) -> str:
        english, hindi = seat.names[:2]
        return self.some(
            [form.format(seat.number, english, english.upper(), hindi) for form in SEAT_FORMS]
        )

    def spoil(self, row: int, cells: dict[str, str]) -> None:
        self.whole.discard(row)
        what = self.some(["number", "seat", "text", "no text"])
        if what == "number":
            cells[self.number] = self.some(SPOILED_NUMBERS)
            self.spoiled.add(row)
        elif what == "seat" and not self.given:
            cells[self.seat] = self.some(SPOILED_SEATS)
            self.spoiled.add(row)
        else:
            text = self.some(["?????", "\x07 School", "x" * 600, "à¤¶"]) if what == "text" else ""
            cells |= dict.fromkeys(self.texts, text)

    def cut(self, row: int, cells: list[str]) -> None:
        """A row that is shorter or longer than the headings."""
        chance = self.random.random()
        if chance < 0.06:
            self.whole.discard(row)
            del cells[self.random.randint(1, len(cells)) :]
        elif chance < 0.1:
            self.whole.discard(row)
            cells.append(self.some(["", "East", "12"]))

    def noise(self) -> list[str]:
        blank = [""] * len(self.headings)
        place = self.headings.index
        match self.some(NOISE):
            case "blanks":
                return [self.some([" ", "\xa0", "\u200b"]) for _ in blank]
            case "total":
                blank[place(self.texts[0])] = self.some(["Total", "Grand Total", "कुल योग"])
            case "headings":
                return list(self.headings)
            case "note":
                blank[0] = "Prepared by the office of the district"
            case "stray numbers":
                beside = [heading for heading in self.headings if heading in STRAY]
                blank[place(self.some(beside or [self.number]))] = "12"
                blank[place(self.number)] = str(self.random.randint(1, 60))
            case "seat alone":
                if not self.given:
                    blank[place(self.seat)] = "48-Raipur Rural"
            case "rule":
                return ["---" for _ in blank]
            case "none":
                return []
        return blank

    def written(self) -> tuple[bytes, bool]:
        """The file, and whether letters may have been lost in it."""
        if self.random.random() < 0.1:
            return self.some([_xlsx, _xls])(self.rows), False
        sheet = io.StringIO()
        ends = self.some(["\r\n", "\n"])
        csv.writer(sheet, delimiter=self.some(",,;\t|"), lineterminator=ends).writerows(self.rows)
        text, encoding = sheet.getvalue(), self.some(ENCODINGS)
        if encoding == "mixed":
            lines = text.splitlines(keepends=True)
            codes = [self.some(["utf-8", "utf-8", "cp1252"]) for _ in lines]
            return b"".join(map(_encoded, lines, codes)), True
        return _encoded(text, encoding), encoding == "cp1252"


def _encoded(text: str, encoding: str) -> bytes:
    """A code page has no Hindi: programs write ? in its place."""
    return text.encode(encoding, "replace")


def _xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell.replace("\x07", "") for cell in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _xls(rows: list[list[str]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
