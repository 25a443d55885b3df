"""One form for every spelling of a text that looks the same.

A text is stored NFC (which writes nukta letters in two), without the marks that cannot be seen
(BOM, zero-width space, joiner and non-joiner, soft hyphen), its runs of blanks as one space.
"""

import re
from functools import lru_cache
from unicodedata import normalize

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# For `strip`: whatever makes a cell look empty.
BLANKS = " \t\r\n\v\f\xa0\u00ad\u200b\u200c\u200d\u2060\ufeff\u3000"
DEVANAGARI = re.compile("[\u0900-\u0963\u0970-\u097f]")
DEVANAGARI_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
# Devanagari in UTF-8 that was read as Windows-1252 on the way: "à¤¶" for श.
MISREAD = re.compile("à[¤¥]")
# What a conversion leaves of letters that it did not know; a PDF has others for them, पुŜष.
LOST_LETTERS = re.compile(
    "\\?{3,}|à[¤¥]|[\ufffd\x00-\x08\x0e-\x19\x1b-\x1f]"
    "|[\u0900-\u097f][\u0100-\u024f]|[\u0100-\u024f][\u0900-\u097f]"
)
# A Hindi vowel sign that hangs on an English letter: "Bhaूan"
MIXED = re.compile("[A-Za-z][\u0900-\u0903\u093a\u093b\u093e-\u094f\u0962\u0963]")
# Text copied from bold print, "PPrriimmaarryy": no word has five double letters in a row.
DOUBLED = re.compile(r"(?:([^\s\d.])\1){5,}")

# Spellings that vary from paper to paper, folded for comparing only: half nasals (चन्द्र,
# चंद्र), chandrabindu, long i and u (कुरूद, कुरुद).
HALF_NASAL = re.compile("[ङञणनम]्(?=[क-ह])")
VARIANTS = str.maketrans({"ँ": "ं", "ी": "ि", "ू": "ु", "ई": "इ", "ऊ": "उ", "़": None})
# नं. is also written नं0 and नं॰
ABBREVIATION = re.compile("(?<=[\u0900-\u0963])[0\u0970](?![0-9])")
NOT_A_LETTER = re.compile("[^0-9a-z\u0900-\u0963\u0970-\u097f]+")


def tidy(cell: str) -> str:
    # Most cells need little of this, and it is done for each of them.
    if not cell.isprintable():
        cell = UNSEEN.sub("", cell)
    if not cell.isascii():
        cell = normalize("NFC", cell)
    return " ".join(cell.split())


def is_plain_ascii(cell: str) -> bool:
    """Whether no letter of it can have been lost or mixed."""
    return cell.isascii() and cell.isprintable() and "?" not in cell


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """The letters of a name alone, the same for all its usual spellings; not to be shown."""
    text = tidy(text).translate(DEVANAGARI_DIGITS).lower()
    text = HALF_NASAL.sub("ं", ABBREVIATION.sub("", text.translate(VARIANTS)))
    return NOT_A_LETTER.sub("", text)


def is_doubled(text: str) -> bool:
    return DOUBLED.search(text) is not None
