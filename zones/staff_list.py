"""A list of staff from a file: what each row says, whom it means, and what importing it would do.

A row means the account with its user name or mobile number, whose name it must give; without
either, whoever of that name holds that very posting. Somebody known is only given the posting, if
it is missing; all others are new. So the same file twice changes nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zones.mobiles import DIGITS, clean_mobile
from zones.models import ROLE_AREAS, AssemblySeat, District, Posting, State, User
from zones.staffing import check_day
from zones.territory_files import clean
from zones.usernames import in_latin, looks_like_a_mobile, stored

MAX_ROWS = 2000
HEAD_ROWS = 20
NUKTA = "़"
LONGEST = {"name": 150, "username": 150}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
# Columns by the field's own name, and how they are called on the pages and in the field.
HEADINGS = {
    "name": ["name", "नाम"],
    "mobile": ["mobile", "mobile number", "mobile no", "मोबाइल", "मोबाइल नंबर", "मोबाइल नम्बर"],
    "username": ["username", "user name", "उपयोगकर्ता नाम", "यूज़र नेम"],
    "role": ["role", "भूमिका"],
    "area": ["area", "district", "क्षेत्र", "जिला", "ज़िला"],
    "since": ["since", "from", "से", "कब से"],
}
COLUMNS = tuple(HEADINGS)
LABELS = {
    "name": gettext_lazy("name"),
    "mobile": gettext_lazy("mobile"),
    "username": gettext_lazy("user name"),
    "role": gettext_lazy("role"),
    "area": gettext_lazy("area"),
    "since": gettext_lazy("since"),
}
OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00c0-\u017f\u0900-\u097f]")
SEAT = re.compile(r"(?:[A-Za-z]{2,4}[-/ ])?0*(\d{1,3})(?!\d)[\s\-–.,:)/]*(.*)")


class Does(StrEnum):
    NEW = "new"
    POSTED = "posted"  # known, and given the posting
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Problem:
    column: str
    value: str
    advice: str


@dataclass
class Line:
    """A row: its cells as written, what they say, whom they mean, and what comes of it."""

    row: int  # as a spreadsheet counts
    cells: dict[str, str]
    said: dict[str, Any] = field(default_factory=dict)
    user: User | None = None
    with_row: "Line | None" = None  # an earlier row that makes the same new account
    does: Does = Does.NEW
    problem: Problem | None = None

    def fault(self, column: str, error: ValidationError | str) -> None:
        """Keeps the first fault of a row."""
        if self.problem is None:
            advice = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            value = self.cells.get(column, "")[:100]
            self.problem = Problem(str(LABELS[column]), value, advice)
            self.does = Does.FAULTY

    @property
    def is_only_a_name(self) -> bool:
        """Whether it has nothing that makes an account out but the person's name."""
        return not self.said["mobile"] and not self.said["username"]

    @property
    def key(self) -> tuple:
        """The posting that it asks for."""
        return self.said["role"], type(self.said["area"]), self.said["area"].pk


def folded(text: str) -> str:
    return " ".join(clean(text).casefold().replace(NUKTA, "").replace("_", " ").split())


def is_one_name(one: str, other: str) -> bool:
    """Whether both are spellings of one name, in Hindi or Latin letters: चन्द्र, चंद्र, Chandra."""
    if folded(one) == folded(other):
        return True
    # Letters of a third script are lost in Latin ones: two names could look the same.
    lost = OTHER_SCRIPT.search(one + other)
    return not lost and in_latin(one) == in_latin(other) != ""


@cache
def _meanings() -> dict[str, str]:
    return {folded(word): column for column, words in HEADINGS.items() for word in words}


@cache
def _roles() -> dict[str, str]:
    """Roles that may be posted on a district or seat, by key and by label in either language."""
    roles = [role for role in Posting.Role if {"district", "assembly_seat"} & {*ROLE_AREAS[role]}]
    found = {folded(role.value): role.value for role in roles}
    for language in ("hi", "en"):
        with override(language):
            found |= {folded(str(role.label)): role.value for role in roles}
    return found


class Places:
    """The districts and assembly seats of a state, by number and by all their names."""

    def __init__(self, districts: Iterable[District], seats: Iterable[AssemblySeat]):
        seats = list(seats)
        self.by_number = {seat.number: seat for seat in seats}
        self.districts = _by_name(districts)
        self.seats = _by_name(seats)

    def find(self, text: str, role: str):
        """A number means an assembly seat, a name first a district where the role has districts.

        Refuses what is unknown, what several have, and a number and name that disagree.
        """
        match = SEAT.fullmatch(text.translate(DIGITS))
        if match:
            return self._numbered(int(match[1]), match[2])
        kinds = [self.districts] if "district" in ROLE_AREAS[role] else []
        for kind in [*kinds, self.seats]:
            places = kind.get(folded(text), [])
            if len(places) == 1:
                return places[0]
            if places:
                raise ValidationError(_("Several places have this name. Write the seat's number."))
        raise ValidationError(
            _("There is no such district or seat. Write the district's name or the seat's number.")
        )

    def _numbered(self, number: int, name: str) -> AssemblySeat:
        seat = self.by_number.get(number)
        if seat is None:
            raise ValidationError(_("There is no assembly seat of this number."))
        if name and seat not in self.seats.get(folded(name), []):
            raise ValidationError(
                _("Seat %(number)s is %(name)s. Correct the number or the name."),
                params={"number": number, "name": seat.name},
            )
        return seat


def _by_name(places: Iterable) -> dict[str, list]:
    found: dict[str, list] = {}
    for place in places:
        names = {place.name_hi, place.name_en, *place.aliases, getattr(place, "slug", "")}
        for name in {folded(name) for name in names} - {""}:
            found.setdefault(name, []).append(place)
    return found


def places_of(state: State) -> Places:
    return Places(District.objects.filter(state=state), AssemblySeat.objects.filter(state=state))


def read(rows: Sequence[Sequence[str]], places: Places, *, on: date) -> list[Line]:
    """The filled rows below the headings as lines, each with what it says or with its fault.

    Raises ValidationError where there is no such list, or too long a one.
    """
    start, columns = _head(rows)
    filled = [
        Line(number, {name: _cell(row, index) for name, index in columns.items()})
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if any(cell.strip() for cell in row)
    ]
    if len(filled) > MAX_ROWS:
        raise ValidationError(
            _("The list has %(rows)s rows; at most %(limit)s are taken at a time. Divide it."),
            params={"rows": len(filled), "limit": MAX_ROWS},
        )
    for line in filled:
        _say(line, places, on)
    _compare_rows([line for line in filled if not line.problem])
    return filled


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for start, row in enumerate(rows[:HEAD_ROWS]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            if column := _meanings().get(folded(cell)):
                columns.setdefault(column, index)
        if {"name", "area"} <= set(columns):
            return start, columns
    raise ValidationError(
        _("No row with headings was found. The list needs the columns %(columns)s."),
        params={"columns": "name, area"},
    )


def _cell(row: Sequence[str], index: int) -> str:
    return clean(row[index]) if index < len(row) else ""


def _say(line: Line, places: Places, on: date) -> None:
    cells = line.cells
    readers = {
        "name": lambda: _name(cells["name"]),
        "mobile": lambda: clean_mobile(cells.get("mobile", "")),
        "username": lambda: _username(cells.get("username", "")),
        "role": lambda: _role(cells.get("role", "")),
        "area": lambda: _area(cells["area"], line.said.get("role"), places),
        "since": lambda: _since(cells.get("since", ""), on),
    }
    for column, reader in readers.items():
        try:
            line.said[column] = reader()
        except ValidationError as error:
            line.fault(column, error)


def _name(text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        raise ValidationError(_("Write the person's name."))
    return _short(text, LONGEST["name"])


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValidationError(_("Write at most %(limit)s letters."), params={"limit": limit})
    return text


def _username(text: str) -> str:
    username = _short(stored(text), LONGEST["username"])
    User.username_validator(username or "unnamed")
    if looks_like_a_mobile(username):
        raise ValidationError(
            _("A user name of digits alone looks like a mobile number. Add a letter.")
        )
    return username


def _role(text: str) -> str:
    role = _roles().get(folded(text)) if text else Posting.Role.DISTRICT_STAFF.value
    if role is None:
        known = ", ".join(str(Posting.Role(role).label) for role in sorted({*_roles().values()}))
        raise ValidationError(_("Write one of these: %(known)s."), params={"known": known})
    return role


def _area(text: str, role: str | None, places: Places):
    if not text:
        raise ValidationError(_("Write the district's name or the seat's number."))
    role = role or Posting.Role.DISTRICT_STAFF.value
    area = places.find(text, role)
    if isinstance(area, District) and "district" not in ROLE_AREAS[role]:
        raise ValidationError(_("This role is posted on an assembly seat. Write its number."))
    return area


def _since(text: str, on: date) -> date:
    day = _day(text.translate(DIGITS).removesuffix(" 00:00:00")) if text else on
    check_day(day, on=on)
    return day


def _day(written: str) -> date:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise ValidationError(_("This is not a date. Write one such as 31/08/2018."))


def _compare_rows(lines: list[Line]) -> None:
    """Rows of one person stand together; rows that contradict each other are faulty."""
    firsts: dict[tuple[str, str], Line] = {}
    asked: dict[tuple, int] = {}
    for line in lines:
        for column in ("mobile", "username", "name"):
            value = folded(line.said[column])
            if not value or (column == "name" and not line.is_only_a_name):
                continue
            first = firsts.setdefault((column, value), line)
            if first is not line:
                _join(line, first, column)
        if line.problem:
            continue
        person = line.with_row or line
        if row := asked.get((person.row, line.key)):
            line.fault("area", _("Row %(row)d says the same.") % {"row": row})
        asked.setdefault((person.row, line.key), line.row)


def _join(line: Line, first: Line, column: str) -> None:
    first = first.with_row or first
    row = {"row": first.row}
    if column == "name":
        said = _("Row %(row)d has the same name. Give a mobile number or a user name.") % row
        line.fault("name", said)
    elif line.with_row not in (None, first) or _contradict(line, first):
        said = _("Row %(row)d has this of another person. Correct one of them.") % row
        line.fault(column, said)
    else:
        line.with_row = first
        for each in ("mobile", "username"):
            first.said[each] = first.said[each] or line.said[each]


def _contradict(line: Line, first: Line) -> bool:
    pairs = [
        (folded(line.said[column]), folded(first.said[column]))
        for column in ("name", "mobile", "username")
    ]
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)
