"""Which seat a list is of by the name of its file: "159.csv", "001-Kotra_Booth_List.csv".

The number stands first; a name behind it that is not the seat's is a contradiction, never a guess.
"""

import re

from booths.roll.seats import Directory, Found, SeatFault
from booths.roll.text import DEVANAGARI_DIGITS, folded, tidy

ENDING = re.compile(r"\.[A-Za-z]{3,4}$")
FOLDER = re.compile(r".*[/\\]", re.DOTALL)
# What browsers and people put behind a name: a second copy, a year, a day
MARKS = re.compile(r"\(\d+\)|(?<!\d)\d{1,2}[-.]\d{1,2}[-.]\d{2,4}(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER_FIRST = re.compile(
    r"(?:(?:ac|assembly|seat|vidhan\s?sabha|विधान\s?सभा|विस)[\s-]*(?:no\b\.?|क्र(?:मांक)?\.?)?[\s-]*)?"
    r"((?:[A-Z]{2}[-/ ])?\d{1,3}(?!\d).*)",
    re.IGNORECASE | re.DOTALL,
)
# What says only that the file is a list
WORDS = """
    aux auxiliary booth booths copy csv data detail details draft eci elector electors export file
    final full in list lists main new of old part parts poll polling ps psl roll sheet station
    stations table utf8 wise with
    अंतिम कुल केन्द्र केन्द्रों के की बूथ बूथों मतदान मतदेय सूची स्थल
"""
SAY_NOTHING = {folded(word) for word in WORDS.split()}


def seat_said(file_name: str, directory: Directory) -> Found | SeatFault | None:
    """None where the name does not begin with the number of a seat of the state."""
    text = ENDING.sub("", FOLDER.sub("", file_name)).replace("_", " ")
    text = MARKS.sub(" ", tidy(text).translate(DEVANAGARI_DIGITS))
    match = NUMBER_FIRST.fullmatch(tidy(text))
    if not match:
        return None
    words = [word for word in match[1].split() if folded(word) not in SAY_NOTHING]
    found = directory.seat(" ".join(words))
    if isinstance(found, SeatFault) and found.reason != "seat_contradiction":
        return None
    return found


def names_it_too(file_name: str) -> bool:
    """Whether letters beside the number say of which seat it is; a bare number may count files."""
    return bool(re.search(r"\d+\s*-\s*[^\W\d_]{2}", file_name))
