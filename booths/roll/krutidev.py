"""Text of the font Kruti Dev 010, whose letters are Latin ones that the font draws as Hindi.

The layout is that of Hindi typewriters, and DevLys 010 has the same. krutidev.csv says what each
sign draws. Signs stand as they are seen: short i before the letters that it is spoken after, the
r above a letter (reph) behind the whole of it, and most letters are a half with a bar, `Fk`, that
lose the bar before another one. What comes out is the Unicode spelling, NFC.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

from booths.roll.text import DEVANAGARI

VIRAMA, NUKTA, REPH, SHORT_I, BAR = "्", "़", "र्", "ि", "ा"
# Bare numbers, booths (12A, 5(A), 104-B), EPIC and other numbers in a text are typed as they are.
AS_TYPED = re.compile(r"\d[\d.,()/-]*[A-Z]?\)?|[A-Z]{2,3}/?\d[\d/]*")
# Bytes that a program took for control characters, by what the font's code page has there.
CODE_PAGE = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    # These are not in use.
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
CONSONANTS = "[क-ह]़?(?:्[क-ह]़?)*्?"
PIECES = re.compile(
    f"(?P<reph>^{REPH}$|{REPH}(?=ं|$)|(?<=[िी]){REPH})|(?P<below>^्[यर])|(?P<virama>^्)"
    f"|(?P<nukta>^़)|(?P<base>[अ-औ]|{CONSONANTS})|(?P<vowel>[ा-ौ])|(?P<mark>[ँंः])|(?P<other>.)",
    re.DOTALL,
)
# Signs around a letter that together are another one, in the order of Unicode.
VOWELS_JOINED = {"ाे": "ो", "ाै": "ौ", "ाॅ": "ॉ"}
BASE_JOINED = {
    **{"अा": "आ", "अो": "ओ", "अौ": "औ", "अॉ": "ऑ", "एे": "ऐ"},
    **{"आे": "ओ", "आै": "औ", "आॅ": "ऑ"},
}
CANDRA, ANUSVARA, CANDRABINDU = "ॅ", "ं", "ँ"


@cache
def signs() -> dict[str, str]:
    """What each sign, or signs together, draws; of several signs for one text the usual first."""
    with (Path(__file__).parent / "krutidev.csv").open(encoding="utf-8", newline="") as lines:
        return {row["signs"]: row["unicode"] for row in csv.DictReader(lines)}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(signs(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) + "|.", re.DOTALL)


@cache
def _pieces(sign: str) -> tuple[tuple[str, str], ...]:
    """(kind, text) of what a sign draws."""
    drawn = signs().get(sign, sign)
    return tuple((match.lastgroup or "", match[0]) for match in PIECES.finditer(drawn))


def as_drawn(text: str) -> str:
    """Text with its bytes as the letters and signs that they are in the font's code page."""
    return text.translate(CODE_PAGE)


def to_unicode(text: str) -> str:
    """The Hindi that the signs draw. Text that already holds Hindi is left as it is, and so are
    words that are numbers."""
    if DEVANAGARI.search(text):
        return text
    words = re.split(r"(\s+)", as_drawn(text))
    return "".join(map(_word, words))


@lru_cache(maxsize=16384)
def _word(word: str) -> str:
    if AS_TYPED.fullmatch(word):
        return word
    return normalize("NFC", "".join(_syllables(word)))


def _syllables(text: str) -> Iterator[str]:
    syllable = _Syllable()
    for sign in _pattern().findall(text):
        for kind, drawn in _pieces(sign):
            if kind == "other":
                yield syllable.written()
                yield drawn
                syllable = _Syllable()
            elif syllable.ends_before(kind, drawn):
                yield syllable.written()
                syllable = _Syllable()
                syllable.take(kind, drawn)
            else:
                syllable.take(kind, drawn)
    yield syllable.written()


class _Syllable:
    """What is drawn around one letter, or around several that have no vowel between them."""

    def __init__(self) -> None:
        self.base = self.vowels = self.marks = ""
        self.reph = self.short_i = False

    def ends_before(self, kind: str, drawn: str) -> bool:
        """Whether a new one begins with this piece."""
        is_open = not self.base or self.base.endswith(VIRAMA)
        begins = kind == "base" or drawn == SHORT_I
        return begins and not (is_open and not self.vowels)

    def take(self, kind: str, drawn: str) -> None:
        half = self.base.endswith(VIRAMA)
        if kind == "reph":
            self.reph = True
        elif kind == "nukta":
            self.base = self.base[:-1] + NUKTA + VIRAMA if half else self.base + NUKTA
        elif kind in ("base", "below", "virama"):
            self.base += drawn.removeprefix(VIRAMA) if half else drawn
        elif drawn == SHORT_I:
            self.short_i = True
        elif drawn == BAR and half and not self.vowels:
            self.base = self.base.removesuffix(VIRAMA)
        elif kind == "vowel":
            self.vowels += drawn
        else:
            self.marks += drawn

    def written(self) -> str:
        base, vowels, marks = self.base, "".join(sorted(self.vowels)), self.marks
        if CANDRA in vowels and ANUSVARA in marks:
            # Typed with two signs where the font has one.
            vowels, marks = vowels.replace(CANDRA, ""), marks.replace(ANUSVARA, CANDRABINDU)
        vowels = VOWELS_JOINED.get(vowels, vowels)
        if base + vowels in BASE_JOINED:
            base, vowels = BASE_JOINED[base + vowels], ""
        if self.reph and base == "इ":
            base = "ई"
        elif self.reph:
            base = REPH + base
        return base + SHORT_I * self.short_i + vowels + marks
