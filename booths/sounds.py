"""The sound of a word, the same however a name is spelt: Ramkumar and रामकुमार, Laxmi, Lakshmi and
लक्ष्मी.

Devanagari is written out in Latin letters first; what follows makes the same of the spellings in use
and leaves out every a but a first one, since no two people agree where it is spoken. So a key is
short, says nothing of long or short vowels, and begins as the key of the word's beginning does.
A letter that is spoken in two ways (ड़) gives a word a key for each: two words meet that share one.
Keys are for finding, never to be shown.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, product
from unicodedata import normalize

CONSONANTS = {
    **{"क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j"},
    **{"झ": "jh", "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t"},
    **{"थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh"},
    **{"म": "m", "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v", "श": "sh", "ष": "sh"},
    **{"स": "s", "ह": "h"},
}
SIGNS = {
    **{"ा": "aa", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "ॄ": "ri", "े": "e"},
    **{"ॅ": "e", "ॆ": "e", "ै": "ai", "ो": "o", "ॉ": "o", "ॊ": "o", "ौ": "au", "्": ""},
}
VOWELS = {
    **{"अ": "a", "आ": "aa", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e"},
    **{"ऍ": "e", "ऐ": "ai", "ओ": "o", "ऑ": "o", "औ": "au", "ॐ": "om"},
}
NUKTA, VIRAMA, NASALS = "़", "्", "ंँ"
NASAL_BEFORE = dict.fromkeys("पफबभम", "m") | {"व": "^"}  # कुँवर is Kunwar and Kuwar
# Between vowels and without a dot too: lists write रायगढ as often as रायगढ़.
FLAPS = {"ड": "%", "ढ": "&"}
SPOKEN = {"%": ("r", "d"), "&": ("r", "dh", "d"), "^": ("n", "")}
DEVANAGARI_FIRST = (("ज्ञ", "ग्य"), ("ऩ", "न"), ("ऱ", "र"), ("ऴ", "ळ"))

# The second प of प्रतापपुर follows the first at once; in the first syllable, as in ममता, it does not.
UNSPOKEN = re.compile("(?<=[aeiou])([bcdgjklmnprst]h?)a(?=\\1[aeiou])")

# What a word goes through in Latin letters, in this order: letters without which there is nothing to
# do (most words have few of them), how they are spelt, what they become.
SPELLINGS = tuple(
    (letters, re.compile(spelt), sound)
    for letters, spelt, sound in (
        ("~", r"~h", "ng"),  # सिंह is Singh
        ("~", r"~$", ""),  # माँ
        ("~", r"~", "n"),
        ("sch", r"sch", "sk"),  # school
        ("ch", r"(?:c*ch+)+", "C"),  # च, छ and their doubles
        ("c", r"c(?=[iey])", "s"),  # city
        ("c", r"c", "k"),
        ("C", r"C", "c"),
        ("x", r"x", "ks"),
        ("ph", r"ph", "f"),
        ("q", r"q", "k"),
        ("z", r"z", "j"),
        ("sh", r"sh+", "s"),
        ("verma", r"^verma", "varma"),
        ("jn", r"^jn", "gy"),  # ज्ञान is Gyan or Jnan
        ("ngh", r"ngh", "ng"),
        ("rh", r"rh", "r"),
        # गांव is gaon, and often written गाव
        ("ga", r"gaon|gaa?n[wv]a?(?![a-z])|gaa[wv]a?$", "ganv"),
        ("ow", r"ow(?![aeiouy])", "o"),  # Chowdhari
        ("w", r"w", "v"),
        ("eo", r"eo", "ev"),  # Baldeo is बलदेव
        ("ao", r"ao", "av"),  # Rao is राव
        ("nder", r"nder(?![aeiou])", "ndr"),  # Rajender, Gunderdehi
        ("ea", r"ea$", "ia"),  # Korea is कोरिया
        ("oa", r"oa", "o"),  # road
        ("aa", r"aa+", "a"),
        ("ee", r"ee+", "i"),
        ("oo", r"oo+", "u"),
        ("uva", r"uva$", "ua"),  # महुवा is महुआ
        ("a", r"a[iy]", "i"),
        ("e", r"e[iy]", "e"),
        ("u", r"[ao]u", "o"),
        ("y", r"y", "i"),
        ("v", r"v", "b"),
        ("", r"([a-z])\1+", r"\1"),
        ("a", r"(?<!^)a", ""),
        ("ii", r"ii+", "i"),
    )
)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # joiners and the like, within words
WORD = re.compile("[0-9a-z\u0900-\u0963\u0966-\u096f\u0971-\u097f]+")


@lru_cache(maxsize=65536)
def sounds(word: str) -> tuple[str, ...]:
    """The keys of a word, as words() gives it; nothing for one that is only signs."""
    spoken = product(*(SPOKEN.get(sign, sign) for sign in _in_latin(word)))
    keys = (_reduced("".join(letters)) for letters in spoken)
    return tuple(dict.fromkeys(filter(None, keys)))


def words(text: str) -> list[str]:
    return WORD.findall(UNSEEN.sub("", normalize("NFC", text)).lower())


def sounds_of(*texts: str) -> str:
    """The keys of all words, and of each two neighbours as if written in one (राम कुमार), each
    between blanks."""
    found = dict.fromkeys(chain.from_iterable(map(_keys_of, filter(None, texts))))
    return f" {' '.join(found)} " if found else ""


@lru_cache(maxsize=8192)  # the booths of a building lie beside each other in a list
def _keys_of(text: str) -> tuple[str, ...]:
    keys = [*chain.from_iterable(map(_sounds_between_blanks, text.split()))]
    return (*chain.from_iterable(keys), *chain.from_iterable(in_one(keys)))


@lru_cache(maxsize=65536)
def _sounds_between_blanks(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(sounds, words(text)))


def in_one(words: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """By their keys, each two neighbours as if written as one; none where a number stands alone."""
    return map(_in_one, words, words[1:])


@lru_cache(maxsize=65536)
def _in_one(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if any(first.isdecimal() for first in (*one[:1], *other[:1])):
        return ()
    return tuple([first + second.removeprefix("a") for first in one for second in other])


def _reduced(spelt: str) -> str:
    for letters, pattern, sound in SPELLINGS:
        if letters in spelt:
            spelt = pattern.sub(sound, spelt)
    return spelt


def _in_latin(word: str) -> str:
    if word.isascii():
        return word
    for written, same in DEVANAGARI_FIRST:
        word = word.replace(written, same)
    spelt = ""
    for at, letter in enumerate(word):
        spelt += _spelt(letter, word[at + 1 : at + 3], spelt)
    return UNSPOKEN.sub(r"\1", spelt)


def _spelt(letter: str, after: str, before: str) -> str:
    """A letter in Latin ones, by the two that follow it and what is already written out."""
    if letter in CONSONANTS:
        dotted, after = after[:1] == NUKTA, after.removeprefix(NUKTA)
        between = before[-1:] in tuple("aeiou") and after[:1] != VIRAMA
        is_flap = letter in FLAPS and (dotted or between)
        sound = FLAPS[letter] if is_flap else CONSONANTS[letter]
        return sound if after[:1] in SIGNS and after else f"{sound}a"
    if letter in NASALS:
        return NASAL_BEFORE.get(after[:1], "~")
    if letter.isdecimal():
        return str(int(letter))
    return SIGNS.get(letter, VOWELS.get(letter, letter if letter.isascii() else ""))
