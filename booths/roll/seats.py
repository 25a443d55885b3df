"""Which assembly seat and which district a row means: by number first, then by name, its aliases
and usual spellings. A number and a name that disagree are a fault, not a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from booths.roll.text import DEVANAGARI, DEVANAGARI_DIGITS, folded, tidy

# "178-Mokama [28-Patna]", "24 - NORTH SHILLONG (ST)", "CG/033"
NUMBER_FIRST = re.compile(r"(?:([A-Z]{2,4})[-/ ]?)?0*(\d{1,3})(?!\d)[\s\-–—.,:)/]*(.*)", re.DOTALL)
# What stands in brackets behind a name: the reservation, or a Lok Sabha seat or district.
BEHIND = re.compile(r"[\[(].*", re.DOTALL)
# Of two spellings of one name most letters are the same, and in the same order.
ALIKE = 0.75


@dataclass(frozen=True)
class Seat:
    """An assembly seat: its id in the database, and all its names, the one to be shown first."""

    id: int
    number: int
    names: tuple[str, ...]
    district_id: int | None = None

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class SeatFault:
    reason: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Found:
    """A seat; `doubtful` where its name is spelled in a way that we do not know."""

    seat: Seat
    doubtful: bool = False


class Directory:
    """The seats, districts and sectors of a state, by number and by all their names."""

    def __init__(
        self,
        state_id: int,
        state_code: str,
        state_name: str,
        seats: Iterable[Seat],
        districts: Iterable[tuple[int, Iterable[str]]] = (),
        sectors: Iterable[tuple[int, int, Iterable[str]]] = (),
    ):
        """`districts`: (id, names); `sectors`: (id, id of the seat, names)."""
        self.state_id = state_id
        self.state_code = state_code
        self.state_name = state_name
        self.by_number = {seat.number: seat for seat in seats}
        self.by_name: dict[str, list[Seat]] = {}
        for seat in self.by_number.values():
            for name in {folded(name) for name in seat.names} - {""}:
                self.by_name.setdefault(name, []).append(seat)
        self.districts = {folded(name): id for id, names in districts for name in names if name}
        self.sectors = {
            (seat, folded(name)): id for id, seat, names in sectors for name in names if name
        }
        self._seats: dict[tuple[str, str], Found | SeatFault] = {}

    def seat(self, number_cell: str, name_cell: str = "") -> Found | SeatFault:
        """The seat that a row names. Either cell may be empty, and either may hold both."""
        key = (number_cell, name_cell)
        if key not in self._seats:
            self._seats[key] = self._find(tidy(number_cell), tidy(name_cell))
        return self._seats[key]

    def _find(self, number_cell: str, name_cell: str) -> Found | SeatFault:
        number, name = self._apart(number_cell)
        if number is None and name_cell:
            number, other = self._apart(name_cell)
            name = other or name
        name = name_cell if name_cell and not name else name
        if number is None:
            return self._by_name(name) if name else SeatFault("seat_missing", {})
        seat = self.by_number.get(number)
        if seat is None:
            return SeatFault("seat_unknown", {"state": self.state_name})
        return self._checked(seat, name)

    def _apart(self, cell: str) -> tuple[int | None, str]:
        match = NUMBER_FIRST.fullmatch(cell.translate(DEVANAGARI_DIGITS))
        if not match or (match[1] and match[1].upper() != self.state_code.upper()):
            return None, cell
        return int(match[2]), match[3]

    def _checked(self, seat: Seat, name: str) -> Found | SeatFault:
        keys = _keys(name)
        own = [folded(known) for known in seat.names]
        if not keys or any(key in own for key in keys):
            return Found(seat)
        of_no_seat = not any(key in self.by_name for key in keys)
        if of_no_seat and (_alike(name, seat) or self._is_of_district(keys, seat)):
            return Found(seat, doubtful=True)
        return SeatFault("seat_contradiction", {"number": seat.number, "name": seat.name})

    def _is_of_district(self, keys: Iterable[str], seat: Seat) -> bool:
        """Whether the district of the seat stands in the place of its name: “36, Madhubani”."""
        return any(
            key in self.districts and self.districts[key] == seat.district_id for key in keys
        )

    def _by_name(self, name: str) -> Found | SeatFault:
        for key in _keys(name):
            seats = self.by_name.get(key, ())
            if len(seats) == 1:
                return Found(seats[0])
            if seats:
                numbers = ", ".join(str(seat.number) for seat in seats)
                return SeatFault("seat_name_shared", {"numbers": numbers})
        close = get_close_matches(folded(name), self.by_name, n=1, cutoff=ALIKE)
        if not close:
            return SeatFault("seat_unknown", {"state": self.state_name})
        seat = self.by_name[close[0]][0]
        facts = {"state": self.state_name, "number": seat.number, "name": seat.name}
        return SeatFault("seat_unknown_like", facts)

    def district(self, cell: str) -> int | None:
        """The id of a district by any of its names, with or without a number before it."""
        _, name = self._apart(tidy(cell))
        return next((self.districts[key] for key in _keys(name) if key in self.districts), None)

    def sector(self, seat: Seat, cell: str) -> int | None:
        return self.sectors.get((seat.id, folded(cell)))


def _keys(name: str) -> list[str]:
    """A name as it is, then without what stands in brackets behind it, folded."""
    return list(dict.fromkeys(key for key in (folded(name), folded(BEHIND.sub("", name))) if key))


def _alike(name: str, seat: Seat) -> bool:
    """Whether it can be a spelling of the seat's name; true where we know none in that script."""
    devanagari = bool(DEVANAGARI.search(name))
    same_script = [known for known in seat.names if bool(DEVANAGARI.search(known)) == devanagari]
    key = _keys(name)[-1]
    return not same_script or any(
        SequenceMatcher(None, key, folded(known)).ratio() >= ALIKE for known in same_script
    )
