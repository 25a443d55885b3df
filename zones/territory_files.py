"""The CSV files that describe a state's territory, and all that is wrong with them.

Nothing here touches the database. What is known by number or by English name comes twice in no
file; every fault is named by file, row, column and value, with what would be right.
"""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from zones.models import Reservation

HIGHEST_NUMBER = 32767
LONGEST_NAME = 120
LONGEST_SLUG = 60
LARGEST_FILE = 5 * 1024 * 1024
PROBLEMS_SHOWN = 20


def clean(text: str) -> str:
    """One spelling for what looks the same: ड़ as one character and as two, spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True)
class Row:
    file: str
    number: int  # as a spreadsheet counts; the header is row 1
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Folder:
    """The CSV files of a folder, and what is wrong with them."""

    path: Path
    problems: list[str] = field(default_factory=list)

    def rows(self, name: str, columns: Iterable[str]) -> list[Row]:
        """Raises ValidationError if the file as a whole cannot be read."""
        lines = _lines(self.path / name)
        header = [clean(cell).lower() for cell in lines[0]] if lines else []
        if missing := [column for column in columns if column not in header]:
            raise ValidationError(
                _("%(file)s lacks the columns %(missing)s; its first row is: %(header)s")
                % {"file": name, "missing": ", ".join(missing), "header": ", ".join(header) or "-"}
            )
        rows = []
        for number, line in enumerate(lines[1:], start=2):
            row = Row(name, number, dict(zip(header, map(clean, line), strict=False)))
            if len(line) > len(header):
                self.complain(row, header[-1], _("the row has more cells than the header"))
            elif any(row.cells.values()):
                rows.append(row)
        return rows

    def complain(self, row: Row, column: str, right: str) -> None:
        self.problems.append(
            _("%(file)s, row %(row)d, column %(column)s: “%(value)s”: %(right)s")
            % {
                "file": row.file,
                "row": row.number,
                "column": column,
                "value": row[column],
                "right": right,
            }
        )

    def number(self, row: Row, column: str) -> int | None:
        value = row[column]
        if value.isdecimal() and 1 <= int(value) <= HIGHEST_NUMBER:
            return int(value)
        self.complain(row, column, _("a whole number from 1 is needed"))
        return None

    def names(self, row: Row) -> dict:
        for column in ("name_hi", "name_en"):
            if len(row[column]) > LONGEST_NAME:
                right = _("a name has at most %(count)d characters") % {"count": LONGEST_NAME}
                self.complain(row, column, right)
        if not (row["name_hi"] or row["name_en"]):
            self.complain(row, "name_hi", _("a name is needed, in Hindi or in English"))
        return {"name_hi": row["name_hi"] or row["name_en"], "name_en": row["name_en"]}

    def check(self) -> None:
        shown = self.problems[:PROBLEMS_SHOWN]
        if more := len(self.problems) - len(shown):
            shown.append(_("and %(count)d more") % {"count": more})
        if shown:
            raise ValidationError(shown)


def _lines(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise ValidationError(_("The file %(file)s is missing.") % {"file": path})
    if path.stat().st_size > LARGEST_FILE:
        raise ValidationError(_("%(file)s is too large for such a list.") % {"file": path.name})
    try:
        text = path.read_text(encoding="utf-8-sig")
        if "\0" in text:
            raise ValueError
        return list(csv.reader(io.StringIO(text, newline="")))
    except (ValueError, csv.Error):
        raise ValidationError(
            _("%(file)s is not a CSV file in UTF-8: save it as “CSV UTF-8”.") % {"file": path.name}
        ) from None


def _aliases(row: Row) -> list[str]:
    spellings = f"{row['aliases_en']};{row['aliases_hi']}".split(";")
    own = {"", row["name_hi"], row["name_en"]}
    return list(dict.fromkeys(word for word in map(clean, spellings) if word not in own))


@dataclass
class Territory:
    """What the files say, by natural key."""

    state: dict[str, str] = field(default_factory=dict)
    districts: dict[str, dict] = field(default_factory=dict)
    lok_sabha_seats: dict[int, dict] = field(default_factory=dict)
    assembly_seats: dict[int, dict] = field(default_factory=dict)
    zones: dict[int, dict] = field(default_factory=dict)  # names, none where no file gives them
    zone_of: dict[int, int] = field(default_factory=dict)  # Lok Sabha seat -> zone
    scheme: dict[str, str] = field(default_factory=dict)
    from_on: date | None = None


def read_territory(path: Path, code: str) -> Territory:
    """Raises ValidationError with a sentence for each thing that is wrong."""
    folder = Folder(path)
    territory = Territory(state=_state(folder, code))
    territory.districts = _districts(folder)
    rows = _numbered(folder, "lok_sabha_seats.csv", "ls_number", ["name_en", "name_hi"])
    territory.lok_sabha_seats = {number: _seat(folder, row) for number, row in rows.items()}
    for number, row in rows.items():
        if row["zone"] and (zone := folder.number(row, "zone")):
            territory.zone_of[number] = zone
    territory.assembly_seats = _assembly_seats(folder, territory)
    territory.zones = _zones(folder, territory.zone_of)
    territory.scheme, territory.from_on = _scheme(folder)
    _check_sizes(folder, rows, territory.assembly_seats)
    folder.check()
    return territory


def _state(folder: Folder, code: str) -> dict[str, str]:
    row = _only_row(folder, "state.csv", ["code", "name_hi", "name_en"])
    if row is None:
        return {}
    if row["code"].upper() != code:
        folder.complain(row, "code", _("the state to load is %(code)s") % {"code": code})
    return folder.names(row)


def _scheme(folder: Folder) -> tuple[dict[str, str], date | None]:
    row = _only_row(folder, "zone_scheme.csv", ["name_hi", "name_en", "from_on"])
    if row is None:
        return {}, None
    try:
        return folder.names(row), date.fromisoformat(row["from_on"]) if row["from_on"] else None
    except ValueError:
        folder.complain(row, "from_on", _("a day such as 2018-08-01 is needed"))
        return {}, None


def _only_row(folder: Folder, name: str, columns: list[str]) -> Row | None:
    if not (folder.path / name).exists():
        return None
    rows = folder.rows(name, columns)
    for row in rows[1:]:
        folder.complain(row, columns[0], _("this file has one row only"))
    return rows[0] if rows else None


def _keyed(folder: Folder, rows: list[Row], column: str, key_of: Callable) -> dict:
    """The rows by their key; a key that comes twice is a fault."""
    found: dict = {}
    for row in rows:
        key = key_of(row)
        if key in found:
            right = _("row %(row)d has it already") % {"row": found[key].number}
            folder.complain(row, column, right)
        elif key:
            found[key] = row
    return found


def _numbered(folder: Folder, name: str, column: str, columns: list[str]) -> dict[int, Row]:
    rows = folder.rows(name, [column, *columns])
    return _keyed(folder, rows, column, lambda row: folder.number(row, column))


def _districts(folder: Folder) -> dict[str, dict]:
    rows = folder.rows("districts.csv", ["name_en", "name_hi"])
    for row in rows:
        if not slugify(row["name_en"]):
            folder.complain(row, "name_en", _("an English name is needed for links"))
    found = _keyed(folder, rows, "name_en", lambda row: slugify(row["name_en"])[:LONGEST_SLUG])
    return {
        slug: folder.names(row) | {"aliases": _aliases(row)} for slug, row in found.items() if slug
    }


def _seat(folder: Folder, row: Row) -> dict:
    reservation = row["reservation"].upper() or Reservation.GENERAL.value
    if reservation not in Reservation.values:
        folder.complain(row, "reservation", _("GEN, SC or ST is needed"))
    return folder.names(row) | {"reservation": reservation, "aliases": _aliases(row)}


def _assembly_seats(folder: Folder, territory: Territory) -> dict[int, dict]:
    columns = ["name_en", "name_hi", "ls_number", "district_current_en"]
    rows = _numbered(folder, "assembly_seats.csv", "ac_number", columns)
    spellings = _spellings(territory.districts)
    return {
        number: _seat(folder, row)
        | {
            "lok_sabha_seat": _lok_sabha_seat(folder, row, territory.lok_sabha_seats),
            "district": _district(folder, row, spellings),
        }
        for number, row in rows.items()
    }


def _spellings(districts: dict[str, dict]) -> dict[str, str]:
    """The slug of a district by each way to write it; a name goes before another's alias."""
    names = {
        name.casefold(): slug
        for slug, fields in districts.items()
        for name in (fields["name_hi"], fields["name_en"])
    }
    aliases = {
        name.casefold(): slug for slug, fields in districts.items() for name in fields["aliases"]
    }
    return aliases | names


def _lok_sabha_seat(folder: Folder, row: Row, known: dict) -> int | None:
    number = folder.number(row, "ls_number")
    if number and number not in known:
        numbers = ", ".join(map(str, sorted(known))) or "-"
        right = _("lok_sabha_seats.csv has: %(numbers)s") % {"numbers": numbers}
        folder.complain(row, "ls_number", right)
    return number


def _district(folder: Folder, row: Row, spellings: dict[str, str]) -> str | None:
    name = row["district_current_en"].casefold()
    if name not in spellings:
        right = _("districts.csv has no district of this name")
        if close := get_close_matches(name, spellings, n=1):
            right = _("districts.csv has “%(name)s”") % {"name": close[0].title()}
        folder.complain(row, "district_current_en", right)
    return spellings.get(name)


def _zones(folder: Folder, zone_of: dict[int, int]) -> dict[int, dict]:
    named: dict[int, Row] = {}
    if has_names := (folder.path / "zones.csv").exists():
        named = _numbered(folder, "zones.csv", "number", ["name_hi", "name_en"])
    zones = {number: folder.names(row) for number, row in named.items()}
    for number in sorted(set(filter(None, zone_of.values())) - set(zones)):
        zones[number] = {}
        if has_names:
            sentence = _("zones.csv lacks zone %(number)d, which lok_sabha_seats.csv names.")
            folder.problems.append(sentence % {"number": number})
    return zones


def _check_sizes(folder: Folder, rows: dict[int, Row], seats: dict[int, dict]) -> None:
    """A list that was cut short shows where a Lok Sabha seat says how many seats it has."""
    found = Counter(fields["lok_sabha_seat"] for fields in seats.values())
    for number, row in rows.items():
        if row["ac_count"] and folder.number(row, "ac_count") not in (None, found[number]):
            right = _("assembly_seats.csv has %(count)d seats of this Lok Sabha seat")
            folder.complain(row, "ac_count", right % {"count": found[number]})
