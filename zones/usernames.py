"""User names that can be read out over a telephone: the person's name in Latin letters."""

import re
import unicodedata

from zones.mobiles import DIGITS, bare_mobile

CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h l".split(),
        strict=True,
    )
)
VOWELS = dict(zip("अआइईउऊऋएऐओऔऑ", "a a i i u u ri e ai o au o".split(), strict=True))
SIGNS = dict(zip("ािीुूृेैोौॉंँः", "a i i u u ri e ai o au o n n h".split(), strict=True))
NASALS = "ंँः"  # these follow a vowel, and leave the one that a consonant bears
VIRAMA, NUKTA = "्", "़"
LONGEST = 40
ERASED = "erased-"  # and the id: the user name of an erased account


def stored(typed: str) -> str:
    """As Django keeps it, which has one form of each letter; in lower case."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def looks_like_a_mobile(username: str) -> bool:
    return bare_mobile(username).isdecimal()


def is_of_erased(username: str) -> bool:
    return username.startswith(ERASED)


def in_latin(name: str) -> str:
    """Lower-case Latin letters and digits, words joined by dots: राम साहू gives ram.sahu."""
    plain = unicodedata.normalize("NFKD", name).replace(NUKTA, "").translate(DIGITS)
    words = re.findall(r"[0-9A-Za-z\u0900-\u0963]+", plain)
    return ".".join(filter(None, map(_word, words)))[:LONGEST].strip(".")


def _word(word: str) -> str:
    found = []
    for here, after in zip(word, f"{word[1:]} ", strict=True):
        if here in CONSONANTS:
            bears_vowel = after in CONSONANTS or after in VOWELS or after in NASALS
            found.append(CONSONANTS[here] + ("a" if bears_vowel else ""))
        else:
            letters = VOWELS | SIGNS
            found.append(letters.get(here, here.lower() if here.isascii() else ""))
    return "".join(found)


def free_username(name: str, taken: set[str]) -> str:
    """The name in Latin letters, with a number behind it where that is taken; `taken` is in lower
    case."""
    wanted = in_latin(name)
    # Digits alone would be taken for a mobile number at the sign-in.
    wanted = wanted if any(letter.isalpha() for letter in wanted) else f"user{wanted}"
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}{number}"
    return found
