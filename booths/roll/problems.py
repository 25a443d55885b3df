"""What an import says: a sentence for each row that it does not take as it stands, and for each
file that it refuses. The sentences are looked up when shown, in the language of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FAULTS: Mapping[str, Any] = {
    "number_missing": _("The booth number is missing. Write one such as 12 or 12A."),
    "number_unreadable": _("This is not a booth number. Write one such as 12, 12A or 12A(W)."),
    "number_zero": _("There is no booth 0. A digit may have been cut off: write the whole number."),
    "number_cut_off": _("A digit seems to be cut off. Write the whole number."),
    "number_too_large": _(
        "No seat has a booth of so high a number. Write the right one, up to %(limit)s."
    ),
    "number_doubled": _(
        "Every letter of the row stands twice, as bold print is often copied. "
        "Write %(meant)s if that is what is meant."
    ),
    "numbers_disagree": _(
        "Two columns hold the booth number, and this one disagrees with “%(other)s”. "
        "Write the same in both."
    ),
    "seat_missing": _("The assembly seat is missing. Write its number."),
    "seat_unknown": _("%(state)s has no such assembly seat. Write the number of the seat."),
    "seat_unknown_like": _(
        "%(state)s has no such assembly seat. Write %(number)s if %(name)s is meant."
    ),
    "seat_name_shared": _("Several assembly seats have this name: %(numbers)s. Write the number."),
    "seat_contradiction": _(
        "Number and name of the assembly seat disagree: %(number)s is %(name)s. "
        "Correct one of them."
    ),
    "seat_not_the_given": _(
        "This row is of assembly seat %(number)s, but the list is read as that of seat %(given)s. "
        "Take the row out, or read the list without choosing a seat."
    ),
    "duplicate": _(
        "Booth %(booth)s stands in rows %(rows)s with different details, so none of them is taken. "
        "Keep the right row, or correct its number."
    ),
    "auxiliaries_alike": _(
        "Booth %(booth)s has several auxiliary stations that cannot be told apart, "
        "in rows %(rows)s. "
        "Write their letters into the number: %(booth)sA, %(booth)sB."
    ),
    "nothing_said": _(
        "The row has a number and says nothing of a booth. "
        "Write its name or building, or take the row out."
    ),
    "too_many_cells": _(
        "The row has %(cells)s cells, the headings are only %(headings)s. "
        "Put a text that holds a comma between quotation marks."
    ),
    "text_destroyed": _(
        "The letters were lost when the file was saved or copied. Write the text anew."
    ),
    "text_too_long": _("The text has %(length)s letters, at most %(limit)s fit. Shorten it."),
}

SKIPS: Mapping[str, Any] = {
    "blank": _("it is empty."),
    "column_numbers": _("it only numbers the columns."),
    "headings_again": _("it repeats the headings."),
    "total": _("it is a total, not a booth."),
    "repeat": _("it repeats row %(first)s."),
    "section": _("it is a further section of the booth in row %(first)s, whose areas it joins."),
}

WARNINGS: Mapping[str, Any] = {
    "number_in_next_column": _(
        "The column “%(column)s” holds the full booth numbers and is read so."
    ),
    "headings_moved": _(
        "The column “%(column)s” holds the full booth numbers and is read so. "
        "Of the headings, “%(column)s” and those after it are read one column further right."
    ),
    "seat_of_file_name": _(
        "Read as the list of assembly seat %(number)s, %(name)s, as the file is named: "
        "check that it is meant."
    ),
    "seat_not_of_file_name": _(
        "The file is named for assembly seat %(number)s, %(name)s, and is read as that of "
        "seat %(given)s: check which is meant."
    ),
    "seat_spelling": _("Read as assembly seat %(number)s, %(name)s: check that it is meant."),
    "type_unknown": _("Neither main nor auxiliary station. Read as a main station."),
    "district_unknown": _("%(state)s has no district of this name. Imported without it."),
    "sector_unknown": _("The seat has no sector of this name. Imported without it."),
    "electors_unreadable": _("This is not a number of electors. Imported without it."),
    "electors_sum": _("Men, women and third gender together are %(sum)s. Check the numbers."),
    "electors_of_sections": _(
        "The sections of the booth give different numbers of electors. Imported without them."
    ),
    "letters_mixed": _(
        "A word mixes Hindi and English letters. Imported as it is; correct the text."
    ),
    "area_damaged": _(
        "Some letters were lost when the file was saved. Imported as it is; correct the text."
    ),
    "name_missing": _("The booth has no name, building or area. Imported without them."),
    "places_exchanged": _(
        "Latitude and longitude stood in each other's place and were read the other way round."
    ),
    "place_unreadable": _(
        "This is not a place in India in degrees, such as 21.2514 and 81.6296. Imported without it."
    ),
}

FAULT, SKIP, WARNING = "fault", "skip", "warning"
LEVELS = {
    **dict.fromkeys(FAULTS, FAULT),
    **dict.fromkeys(SKIPS, SKIP),
    **dict.fromkeys(WARNINGS, WARNING),
}
SENTENCES = {**FAULTS, **SKIPS, **WARNINGS}

# (level, whether the problem lies in one cell): the sentence around the reason
FRAMES = {
    (FAULT, True): _("Row %(row)s is not imported. %(column)s “%(value)s”: %(reason)s"),
    (FAULT, False): _("Row %(row)s is not imported. %(reason)s"),
    (SKIP, True): _("Row %(row)s is skipped: %(reason)s"),
    (SKIP, False): _("Row %(row)s is skipped: %(reason)s"),
    (WARNING, True): _("Row %(row)s, %(column)s “%(value)s”: %(reason)s"),
    (WARNING, False): _("Row %(row)s: %(reason)s"),
}

REFUSALS: Mapping[str, Any] = {
    "empty": _("The file is empty."),
    "too_large": _(
        "The file has %(size)s MB; a list has at most %(limit)s MB. Divide it by assembly seats."
    ),
    "too_large_unpacked": _(
        "The workbook unpacks to more than %(limit)s MB, which no list does. "
        "Save the sheet with the list alone, as CSV UTF-8."
    ),
    "too_many_rows": _("The file has more than %(limit)s rows. Divide it by assembly seats."),
    "too_many_remarks": _(
        "The list has more than %(limit)s rows that are not taken as they stand. Correct it, or "
        "divide it by assembly seats."
    ),
    "too_many_cells": _("This is not such a list: it has far too many columns."),
    "too_many_sheets": _(
        "The workbook has more than %(limit)s sheets. Save the sheet with the list alone."
    ),
    "cell_too_long": _(
        "Line %(line)s has a cell so long that it is no list. Save the list anew from the "
        "spreadsheet."
    ),
    "line_too_long": _(
        "The file has a line so long that it is no list. Save the list anew from the spreadsheet."
    ),
    "pdf": _("This is a PDF. Lists are read from CSV, XLSX, XLS or ODS files."),
    "picture": _("This is a picture. Lists are read from CSV, XLSX, XLS or ODS files."),
    "archive": _("This is a packed file. Unpack it first and choose the list inside it."),
    "document": _(
        "This is a text document. Copy its table into a spreadsheet and save it as CSV UTF-8."
    ),
    "web_page": _("This is a web page. Open it in a spreadsheet and save it as CSV UTF-8."),
    "workbook_broken": _(
        "The workbook cannot be opened. Open it in a spreadsheet and save it anew."
    ),
    "workbook_locked": _("The workbook is locked with a password. Save it without one."),
    "not_text": _(
        "This is neither text nor a workbook. Lists are read from CSV, XLSX, XLS or ODS files."
    ),
    "encoding": _(
        "The letters of the file cannot be read. "
        "In the spreadsheet choose “Save as” and “CSV UTF-8”."
    ),
    "krutidev": _(
        "Typed in the font Kruti Dev 010 or DevLys 010: %(columns)s. “%(written)s” reads “%(unicode)s”. "
        "Confirm that the Hindi is right, and the list is read so."
    ),
    "old_font": _(
        "“%(column)s” is typed in %(font)s, which is not read: “%(written)s”. "
        "Convert it to Unicode with a converter for that font."
    ),
    "font_pdf": _(
        "“%(column)s” was copied from a PDF, and letters were lost: “%(written)s”. "
        "Ask the office for the workbook or CSV file that the PDF was made of."
    ),
    "font_reversed": _(
        "“%(column)s” holds English that was taken for Hindi: “%(written)s” is “%(unicode)s”. "
        "Correct these cells."
    ),
    "destroyed": _(
        "The Hindi letters were lost when the file was saved: they are question marks now. "
        "Open the original, choose “Save as” and “CSV UTF-8”."
    ),
    "quotation_marks": _(
        "Line %(line)s: a quotation mark is not closed, so rows would be lost. "
        "Correct that line, or save the list anew from the spreadsheet."
    ),
    "no_headings": _(
        "No row with headings was found. The list needs a row with headings such as "
        "“Polling Station No.” and “Polling Station Name”; the first row reads: %(first)s"
    ),
    "no_number_column": _(
        "No column with the booth number was found. Call it “Polling Station No.” or "
        "“मतदान केन्द्र क्रमांक”; found were: %(found)s"
    ),
    "headings_backwards": _(
        "The heading “%(column)s” is written backwards; forwards it is “%(heading)s”. "
        "Write the headings anew: those next to it may be lost."
    ),
    "no_rows": _("The file has headings but no rows."),
    "form_20": _(
        "This is a result sheet (Form 20), not a booth list: it has the column “%(column)s”. "
        "A booth list has the number, name or building of each booth."
    ),
    "people": _("This is a list of people, not a booth list: it has the column “%(column)s”."),
    "no_seat": _(
        "The list does not say of which assembly seat it is. Choose the seat, or add a column "
        "“AC No” with its number."
    ),
    "seat_of_file_name": _(
        "The list does not say of which assembly seat it is, and its file name disagrees with "
        "itself: %(number)s is %(name)s. Choose the seat."
    ),
    "seat_unknown": _("%(state)s has no assembly seat %(number)s."),
    "no_such_sheet": _("The file has no sheet “%(sheet)s”. It has: %(sheets)s"),
    "which_sheet": _(
        "Several sheets hold a list: %(sheets)s. Choose one, or save it alone: "
        "“%(proposed)s” has the most rows, %(rows)s."
    ),
    "no_people_columns": _(
        "No row with headings was found. The list needs the columns %(columns)s."
    ),
    "booths_changed": _(
        "Somebody changed these booths after the preview. Nothing was imported; "
        "look at the new preview."
    ),
    "many_retired": _(
        "The list lacks %(retired)s of the %(present)s booths of its seats. Retiring more than "
        "%(percent)s percent of them must be confirmed; nothing was imported."
    ),
    "numbers_taken": _(
        "%(booths)s booths seem to have numbers now that others keep. That they go by their old "
        "numbers must be confirmed; nothing was imported."
    ),
    "agents_left": _(
        "%(agents)s agents stand at %(booths)s booths that the list lacks. That they wait to be moved "
        "must be confirmed; nothing was imported."
    ),
    "listed_later": _(
        "Booth %(booth)s is on the list only from %(listed_on)s and cannot be retired "
        "on %(as_of)s. "
        "Choose a later day for the list."
    ),
    "faults_forbidden": _("%(faulty)s rows have faults; nothing was imported."),
}

OLD_FONTS: Mapping[str, Any] = {
    "chanakya": _("the font Chanakya"),
    "walkman": _("the font Walkman-Chanakya, which is like Kruti Dev but for some letters"),
    "isfoc": _("a font of ISFOC, such as DV-TTYogesh or DVB-TTSurekh"),
    "ascii": _("an old Hindi font such as Shusha, Shivaji or Shree-Lipi"),
    "eight_bit": _("an old Hindi font"),
}


class Refused(ValidationError):
    """The whole file is refused and nothing is changed; `messages` holds the sentence to show."""

    def __init__(self, reason: str, **facts: Any):
        super().__init__(REFUSALS[reason], code=reason, params=facts or None)


class WhichSheet(Refused):
    """Several sheets hold a list. `rows` says of each how many; `proposed` has the most."""

    def __init__(self, rows: Mapping[str, int]):
        self.rows = dict(rows)
        self.proposed = max(rows, key=lambda name: rows[name])
        most = rows[self.proposed]
        super().__init__("which_sheet", sheets=", ".join(rows), proposed=self.proposed, rows=most)


# Cells are quoted in messages; nobody reads more of one than this.
QUOTED = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark on one row; `row` counts as a spreadsheet does, the first one is 1."""

    row: int
    column: str
    value: str
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> str:
        return LEVELS[self.reason]

    @property
    def advice(self) -> str:
        """What is wrong and what would be right, without row, column and value."""
        return str(SENTENCES[self.reason]) % {"column": self.column, **self.facts}

    @property
    def message(self) -> str:
        frame = str(FRAMES[self.level, bool(self.column)])
        return frame % {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.advice,
        }

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
        }


def quoted(value: str) -> str:
    return value if len(value) <= QUOTED else f"{value[: QUOTED - 1]}…"


class Log:
    """Gathers the remarks on a file: of a row one fault or skip at most, and warnings."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.faulty: set[int] = set()
        self.skipped: set[int] = set()
        self._warned: set[tuple[str, str, str]] = set()

    def fault(self, row: int, reason: str, column: str = "", value: str = "", **facts: Any) -> None:
        if row not in self.faulty and row not in self.skipped:
            self.faulty.add(row)
            self.problems.append(Problem(row, column, quoted(value), reason, facts))

    def skip(self, row: int, reason: str, **facts: Any) -> None:
        if row not in self.faulty:
            self.skipped.add(row)
            self.problems.append(Problem(row, "", "", reason, facts))

    def warn(self, row: int, reason: str, column: str = "", value: str = "", **facts: Any) -> None:
        self.problems.append(Problem(row, column, quoted(value), reason, facts))

    def warn_once(
        self, row: int, reason: str, column: str = "", value: str = "", **facts: Any
    ) -> None:
        """For a value that stands in many rows, such as the name of a district."""
        if (reason, column, value) not in self._warned:
            self._warned.add((reason, column, value))
            self.warn(row, reason, column, value, **facts)

    def in_order(self) -> list[Problem]:
        return sorted(self.problems, key=lambda problem: problem.row)
