"""Reading and writing the lines of tests/doors.txt."""

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent.with_suffix(".txt")
ACTORS = ("nobody", "unposted", "outside", "observer", "staff", "in_charge", "office")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@dataclass(frozen=True)
class Door:
    method: str
    address: str  # with the names of rows in braces, and what tells posts apart after "#"

    @property
    def path(self) -> str:
        return re.sub(r"[?#].*", "", self.address)

    @property
    def query(self) -> str:
        return self.address.partition("#")[0]

    @property
    def fragment(self) -> str:
        return self.address.partition("#")[2]

    def line(self, answers: list[str]) -> str:
        named = self.address if self.method == "GET" else f"{self.method} {self.address}"
        return f"{named:60} {' '.join(f'{answer:4}' for answer in answers)}".rstrip()


def read(text: str) -> dict[Door, list[str]]:
    """The answers by door, in the order of ACTORS."""
    found: dict[Door, list[str]] = {}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        methods = words.pop(0).split(",") if set(words[0].split(",")) <= METHODS else ["GET"]
        address, *answers = words
        for method in methods:
            door = Door(method, address)
            if door in found or len(answers) != len(ACTORS):
                raise ValueError(f"twice, or not an answer for each: {line}")
            found[door] = answers
    return found


def doors() -> dict[Door, list[str]]:
    return read(TABLE.read_text(encoding="utf-8"))
