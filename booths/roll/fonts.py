"""Which columns of a list are typed in a font of their own, whose Latin letters are drawn as Hindi.

A column is told by its heading and by all its words together, never by one cell. Columns in Kruti
Dev 010 (DevLys 010 has the same layout) can be converted once the user has seen both writings side
by side; any other such font is named, as far as it can be told.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from booths.roll.columns import NOT_READ, Columns, meaning_in_kruti_dev
from booths.roll.krutidev import AS_TYPED, signs, to_unicode
from booths.roll.text import DEVANAGARI, MISREAD, tidy

KRUTI_DEV = "krutidev"
# Their columns hold numbers, whatever stands in a cell.
NUMBERS = {
    # of booths
    *("number", "suffix", "latitude", "longitude", "lat_long"),
    *("electors_male", "electors_female", "electors_third", "electors_total"),
    # of people
    *("code", "state", "assembly_seat", "booth", "mobile", "epic_no", "consent_on", "since"),
    *("elector_seat", "elector_part", "elector_serial"),
    *("proposed_on", "appointed_on", "verified_on", "ended_on"),
}
# Looked at of a column; the marked cells are sought in rows from all over the list.
LOOKED_AT = 400
ROWS = 2000
SHOWN = 5

# What the signs of the font look like between Latin letters: a half letter with its bar, a sign in
# the middle of a word, a nukta, one of its conjuncts. English and romanised names have none.
MARKED = re.compile(
    r"""[DXPTRFUIHCEYLO\[?/'{¶è’‘“”]k|[a-z]"k|[a-z]{2}\.k|[A-Za-z][;\[\]{}<>|+=?~"][A-Za-z]|[A-Za-z]['’][oupy]"""
    r"""|[<MxtdQ\[]\+|[A-Za-z\[{][ØÙ¡æçÅ³¥ôêëìïíé™àáâãäÝÑºîª—–‚][A-Za-z]|[A-Za-z][;|](?!\S)"""
)
# Of lower weight, as single words have it in other writings too.
UNLIKE_LATIN = re.compile(
    r"q(?![uU])|f[bcdghjkmnpqvwxyz]|[a-z][A-Z]|[b-df-hj-np-tv-xz]{4}|x[a-z]k|j[bcdfghjklmnpqrstvwxyz]"
)
SYLLABLE = "(?:[क-ह]़?(?:्[क-ह]़?)*[ा-ौ]?|[अ-औ])[ँंः]?"
WORD = re.compile(f"(?:{SYLLABLE})+्?")
# Between letters of a word Hindi has no such vowel; English letters have, when they are converted.
VOWEL_INSIDE = re.compile("[क-ह़][अइउऊऋ]|।[ऀ-ॿ]")
APART = re.compile("[-.,/()0-9०-९‘’“”;:?=+{}ऽ॰–×]+|।+$")
LETTERS = re.compile("[A-Za-z].?[A-Za-z]")
CAPITALS = re.compile(r"[A-Z][A-Z.]+")
# A list that has fewer marked cells than one of so many is not in the font.
RARE = 50
HINDI_VOWELS, LATIN_VOWELS = re.compile("[kfhqws]"), re.compile("[aeiouAEIOU]")

# What tells the other fonts. Chanakya draws the bar as æ, fonts of ISFOC as Ö or É; Walkman-Chanakya
# and Shusha look like Kruti Dev and like romanised Hindi, but for some signs.
EIGHT_BIT = re.compile("[¡-ÿŒœŠšŸŽžƒˆ˜†‡•‰‹›]")
FAMILIES = (
    ("isfoc", re.compile("Ö[^ÖU]{0,2}Ö|É[^É]{0,2}É")),
    ("chanakya", re.compile("·¤|ÚU|[¡-ÿ]æ|æ[¡-ÿ]")),
)
WALKMAN = re.compile(r"[oi][sqwaSW]*Q|ÙkQ|[A-Za-z]/[hqwsS]|•[a-z]")
SIGN_INSIDE = re.compile(r"[A-Za-z][`^$][A-Za-z]|H\$|(?<!\S)[{^][A-Zb-jl-z]")
# Letters that a PDF has for conjuncts, in the middle of Hindi: पुŜष.
FROM_PDF = re.compile(
    "[\u0900-\u097f][\u0100-\u024f\u1e00-\u1eff\ue000-\uf8ff]"
    "|[\u0100-\u024f\u1e00-\u1eff\ue000-\uf8ff][\u0900-\u097f]"
)
# English that was typed, or converted, as if it were Kruti Dev: ींपइंजचनत is haibatpur.
HINDI_WORD = re.compile("[\u0900-\u0963\u0970-\u097f\u200c\u200d]+")


class Pair(NamedTuple):
    written: str
    unicode: str


@dataclass(frozen=True)
class Found:
    """A column in such a font: one of the names that `font_of` gives. `in_heading` and `in_values`
    say where it was found; the samples are the heading, if it is in the font, and some cells, for
    the user to compare. Of fonts that we cannot read they have only what is written."""

    index: int
    heading: str
    font: str
    in_heading: bool
    in_values: bool
    samples: tuple[Pair, ...]


def found(
    columns: Columns,
    rows: Sequence[Sequence[str]],
    knows: Callable[[str], object] = meaning_in_kruti_dev,
) -> list[Found]:
    """The columns that are in such fonts, from left to right, among those that are read; `knows`
    says whether a heading means something when it is taken for Kruti Dev, and nothing otherwise."""
    of = columns.of.items()
    read = sorted({i for field, places in of if field not in NOT_READ for i in places})
    in_heading = {i for i in read if knows(columns.headings[i])}
    sample = rows[:: len(rows) // ROWS + 1]
    cells = {i: _texts(columns, sample, i) for i in read}
    fonts = {i: font_of(texts) for i, texts in cells.items()}
    if in_heading or KRUTI_DEV in fonts.values():
        # A few short words bear no mark of the font; beside columns in it they need none.
        for i, texts in cells.items():
            fonts[i] = fonts[i] or (KRUTI_DEV if _may_be_kruti_dev(texts) else None)
    return [
        _found(i, columns.headings[i], font, i in in_heading, cells[i])
        for i, font in fonts.items()
        if font or i in in_heading
    ]


def _found(
    index: int, heading: str, font: str | None, in_heading: bool, texts: Sequence[str]
) -> Found:
    telling = sorted(texts, key=lambda text: (not MARKED.search(text), len(text) > 40, text))
    in_values = font is not None
    written = [heading] * in_heading + telling[:SHOWN] * in_values
    font = font or KRUTI_DEV
    reads = READS.get(font)
    samples = tuple(Pair(text, reads(text) if reads else "") for text in written)
    return Found(index, heading, font, in_heading, in_values, samples)


def _texts(columns: Columns, rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """The different texts of a column; none if it is one of numbers."""
    if any(index in columns.of.get(field, ()) for field in NUMBERS):
        return []
    there = (row[index] for row in rows if index < len(row))
    cells = dict.fromkeys(cell for cell in there if not cell.isdigit())
    filled = [tidy(cell) for cell in cells if cell.strip()]
    texts = [text for text in filled if _is_text(text)]
    return texts if len(texts) * 2 > len(filled) else []


def _is_text(text: str) -> bool:
    """Whether any of its words is more than a number."""
    return any(
        (LETTERS.search(word) or not word.isascii()) and not AS_TYPED.fullmatch(word)
        for word in text.split()
    )


def font_of(texts: Sequence[str]) -> str | None:
    """The font that texts are in; None for Unicode, whether Hindi or English."""
    hindi = [text for text in texts if DEVANAGARI.search(text)][:LOOKED_AT]
    if _many(hindi, lambda text: bool(FROM_PDF.search(text))):
        return "pdf"
    if _many(hindi, is_reversed):
        return "reversed"
    latin = [text for text in texts if not DEVANAGARI.search(text)]
    marked = [text for text in latin if MARKED.search(text)]
    if marked and len(marked) * RARE >= len(latin) and _may_be_kruti_dev(marked[:LOOKED_AT]):
        walkman = [text for text in marked if WALKMAN.search(text)]
        return "walkman" if len(walkman) * 20 > len(marked) else KRUTI_DEV
    return _other_font(latin[:LOOKED_AT])


def _many(texts: Sequence[str], is_so: Callable[[str], bool]) -> bool:
    """At least one in ten; a single cell is the fault of that cell."""
    return bool(texts) and sum(map(is_so, texts)) * 10 >= len(texts)


def _may_be_kruti_dev(texts: Sequence[str]) -> bool:
    """Whether texts look like it: they read as Hindi, and have about as many signs of Hindi vowels
    as Latin ones, of which other texts have thrice as many."""
    written = "".join(texts[:LOOKED_AT])
    vowels = len(HINDI_VOWELS.findall(written)) * 4 >= len(LATIN_VOWELS.findall(written)) * 3
    return vowels and _read_as_hindi(texts)


def _read_as_hindi(texts: Sequence[str]) -> bool:
    """Whether three of four words do; somebody may have mistyped the others."""
    words = {word for text in texts[:LOOKED_AT] for word in text.split() if LETTERS.search(word)}
    return bool(words) and sum(map(reads_as_hindi, words)) * 4 >= len(words) * 3


@lru_cache(maxsize=16384)
def reads_as_hindi(word: str) -> bool:
    """Whether a word in Latin letters, taken for Kruti Dev, is writing: vowel signs have their
    letters, and no letters that stand alone are in the middle."""
    hindi = to_unicode(word)
    parts = [part for part in APART.split(hindi) if part]
    return not VOWEL_INSIDE.search(hindi) and all(map(WORD.fullmatch, parts))


def is_reversed(text: str) -> bool:
    """Whether a text has an English word that somebody took for Kruti Dev: Hindi that cannot be
    read, all of whose letters are those of a Latin word."""
    return any(_typed(word) for word in HINDI_WORD.findall(text) if not _is_writing(word))


def _is_writing(word: str) -> bool:
    return bool(WORD.fullmatch(word)) and not VOWEL_INSIDE.search(word)


def as_typed_in_latin(text: str) -> str:
    """The text with its reversed words as they were typed: haibatpur for ींपइंजचनत."""

    def latin(match: re.Match[str]) -> str:
        word = match[0]
        return word if _is_writing(word) else _typed(word) or word

    return HINDI_WORD.sub(latin, text)


def _typed(word: str) -> str:
    """The Latin letters that draw a word of at least three; '' if other signs are needed."""
    letters, pattern = _latin_letters()
    found = pattern.findall(word)
    is_whole = len(found) > 2 and "".join(found) == word
    return "".join(letters[drawn] for drawn in found) if is_whole else ""


@cache
def _latin_letters() -> tuple[dict[str, str], re.Pattern[str]]:
    letters = {drawn: sign for sign, drawn in signs().items() if re.fullmatch("[A-Za-z]", sign)}
    longest_first = sorted(letters, key=len, reverse=True)
    return letters, re.compile("|".join(map(re.escape, longest_first)))


def _other_font(texts: Sequence[str]) -> str | None:
    """The font of texts that are no Kruti Dev."""
    eight_bit = [text for text in texts if _is_eight_bit(text)]
    if eight_bit and len(eight_bit) * 4 >= len(texts):
        joined = " ".join(eight_bit)
        counts = {name: len(sign.findall(joined)) for name, sign in FAMILIES}
        likely = max(counts, key=counts.__getitem__)
        return likely if counts[likely] else "eight_bit"
    odd = [text for text in texts if SIGN_INSIDE.search(text)]
    is_odd = odd and len(odd) * 4 >= len(texts) and not _read_as_hindi(odd)
    return "ascii" if is_odd else None


def _is_eight_bit(text: str) -> bool:
    """Whether accented letters and signs are at least three of ten of its letters. Unicode that was
    read wrongly, à¤¶, is no font."""
    if MISREAD.search(text):
        return False
    strange = len(EIGHT_BIT.findall(text))
    return strange > 1 and strange * 10 >= 3 * (strange + len(re.findall("[A-Za-z]", text)))


@lru_cache(maxsize=16384)
def in_hindi(cell: str) -> str:
    """A cell of a column in Kruti Dev. It stays as it is where it holds Hindi already, is English in
    capitals, or does not read as Hindi; and so do its words that are numbers (12A, of an EPIC card)
    or English in capitals."""
    words = [word for word in cell.split() if _is_text(word) and not CAPITALS.fullmatch(word)]
    if DEVANAGARI.search(cell) or not words:
        return cell
    if not MARKED.search(cell) and not all(map(reads_as_hindi, words)):
        return cell
    parts = re.split(r"(\s+)", cell)
    return "".join(part if CAPITALS.fullmatch(part) else to_unicode(part) for part in parts)


# How a text of a font reads, where that can be said.
READS: dict[str, Callable[[str], str]] = {KRUTI_DEV: in_hindi, "reversed": as_typed_in_latin}


def is_in_such_a_font(text: str) -> bool:
    """Whether a text file that is no UTF-8 is typed in one of these fonts."""
    lines = [re.sub("[,;|\t]", " ", line) for line in text.splitlines()]
    strange = [line for line in lines if EIGHT_BIT.search(line)]
    marked = [line for line in lines if MARKED.search(line)]
    return bool(strange) and (
        _may_be_kruti_dev(marked[:LOOKED_AT]) or _other_font(strange) is not None
    )
