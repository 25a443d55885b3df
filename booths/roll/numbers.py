"""A booth number is digits, then the letter of an auxiliary station, then M or W where men and
women vote apart: 5, 5A, 5M, 5AW. Signs and blanks between them say nothing: 5-A, 5 (A), 5/A.

What cannot be one number for sure is a fault, with what it may be; nothing is guessed.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from booths.roll.text import DEVANAGARI_DIGITS, tidy
from booths.roll.values import is_nothing

# The largest seats have some 1,300 booths; a higher number is a slip or another kind of number.
LIMIT = 2000

AUXILIARY = {
    **{letter: letter for letter in "ABCDEFGHIJ"},
    # क and ख as Hindi lists write them, also typed in Latin letters
    **dict.fromkeys(("K", "KA", "क", "अ", "ए", "AUX", "AUXILIARY", "सहायक"), "A"),
    **dict.fromkeys(("KH", "KHA", "ख", "ब", "बी"), "B"),
    **dict.fromkeys(("ग", "स", "सी"), "C"),
    **dict.fromkeys(("घ", "द", "डी"), "D"),
}
SEX = {
    **dict.fromkeys(("M", "MEN", "MALE", "पुरुष"), "M"),
    **dict.fromkeys(("W", "WOMEN", "FEMALE", "महिला"), "W"),
}
LETTERS = "ABCDEFGHIJ"

# Strays of scanned and copied lists before the digits: ]101 '12 .7
WRITTEN = re.compile(r"[\[\](){}'’‘`\".,;:#*| ]*([0-9]+)(.*)", re.DOTALL)
SIGNS = re.compile(r"[\[\](){}'’‘`\".,;:#*|\-–—/_ ]+")
# 02(A: what is left of 102(A) where a column was too narrow on both sides
CUT_OFF = re.compile(r"0[0-9]*\s*\([^()]*")
# 12.0: a number that went through a table of decimals
DECIMAL = re.compile(r"([0-9]+)\.0+")
TWICE = re.compile(r"(?:(.)\1)+", re.DOTALL)


class Number(NamedTuple):
    number: int
    suffix: str

    @property
    def label(self) -> str:
        return f"{self.number}{self.suffix}"


class BadNumber(NamedTuple):
    """`reason` is a key of problems.FAULTS; `meant` what it may be, '' if that is unknown."""

    reason: str
    meant: str = ""


@lru_cache(maxsize=65536)
def parse(cell: str) -> Number | BadNumber:
    """The number that a cell holds."""
    if cell.isascii() and cell.isdigit() and len(cell) <= 3:
        return Number(int(cell), "") if int(cell) else BadNumber("number_zero")
    text = tidy(cell).translate(DEVANAGARI_DIGITS).upper()
    if not text.strip(" .-–—") or is_nothing(text):
        return BadNumber("number_missing")
    found = _read(text)
    if isinstance(found, BadNumber):
        meant = _undoubled(text)
        return BadNumber("number_doubled", meant.label) if meant else found
    return found


def _read(text: str) -> Number | BadNumber:
    match = WRITTEN.fullmatch(DECIMAL.sub(r"\1", text))
    if not match:
        return BadNumber("number_unreadable")
    suffix = suffix_of(match[2])
    if suffix is None:
        return BadNumber("number_unreadable")
    digits = match[1].lstrip("0")
    if not digits:
        return BadNumber("number_zero")
    if CUT_OFF.fullmatch(text):
        return BadNumber("number_cut_off")
    if len(digits) > 4 or int(digits) > LIMIT:
        return BadNumber("number_too_large")
    return Number(int(digits), suffix)


def suffix_of(text: str) -> str | None:
    """The canonical suffix of what follows the digits; None if it is not one."""
    parts: list[str] = []
    for word in SIGNS.sub(" ", text.upper()).split():
        known = word in AUXILIARY or word in SEX
        parts += [word] if known else list(word)
    auxiliary = parts.pop(0) if parts and parts[0] in AUXILIARY else ""
    sex = parts.pop(0) if parts and parts[0] in SEX else ""
    if parts:
        return None
    return AUXILIARY.get(auxiliary, "") + SEX.get(sex, "")


def _undoubled(text: str) -> Number | None:
    """What is left when each character is written once: 119944AA is 194A."""
    compact = text.replace(" ", "")
    while TWICE.fullmatch(compact):
        compact = compact[::2]
        found = _read(compact)
        if isinstance(found, Number):
            return found
    return None


def undoubled(cell: str) -> Number | None:
    """For a row whose other texts are doubled: 55 may be 5. None if the digits are not doubled."""
    return _undoubled(tidy(cell).translate(DEVANAGARI_DIGITS).upper())


# A bracketed or adjoining suffix belongs to the number ("12(A) School", "12A - School",
# "12-A School"); after " - " the name begins ("1 - A. NAGI REDDY PALLI").
NUMBER_AND_NAME = re.compile(
    r"""([0-9०-९]+ (?: \s?\([^()]{1,8}\)
                     | \s?[A-Za-zऀ-ॣ]{1,3}(?=\s*[-–—:])
                     | -[A-Ka-kअ-घ](?=\s)
                     | [A-Ka-k](?=\s) )?)
        (?:\s*[-–—:.,)]\s*|\s+) (.+)""",
    re.VERBOSE | re.DOTALL,
)


def split(cell: str) -> tuple[str, str]:
    """Number and name of a cell that holds both; the number is '' where it has none."""
    text = tidy(cell)
    match = NUMBER_AND_NAME.fullmatch(text)
    if match:
        return match[1], match[2]
    return ("", text) if isinstance(parse(text), BadNumber) else (text, "")
