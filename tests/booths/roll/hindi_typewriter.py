"""Types Unicode Hindi as a typist does in Kruti Dev 010: the way back, written down apart from the
table that reads it, so that a slip in one of them shows."""

import re
from unicodedata import normalize

BAR, SHORT_I, REPH, RAKAR = "k", "f", "Z", "z"
# Whole letters, and the halves that a bar makes whole.
WHOLE = dict(zip("कगचछजझञटठडढतदनपफबमयरलळवसहङ", "dxpNt>¥VBM<rnuiQce;jyGolg³", strict=True))
HALF = dict(zip("खघणथधभशष", "[?.F/H'\"", strict=True))
# The halves of letters that are whole by themselves; the others get the stroke below.
WITHOUT_BAR = dict(zip("कगचजझतनपफबमयलवसह", "DXPT÷RUI¶CE¸YOLº", strict=True))
CONJUNCTS = {
    **{"क्ष": "{k", "त्र": "=", "ज्ञ": "K", "श्र": "J", "क्र": "Ø", "प्र": "iz", "द्र": "nz"},
    **{"द्य": "|", "द्व": "}", "द्ध": ")", "द्द": "í", "त्त": "Ùk", "ट्ट": "ê", "ट्ठ": "ë"},
    **{"ड्ड": "ì", "ड्ढ": "ï", "फ्र": "Ý", "क्क": "ô", "न्न": "é"},
    **{"ह्न": "à", "ह्य": "á", "ह्म": "ã", "ट्य": "Vî", "ठ्य": "Bî", "ड्य": "Mî", "ढ्य": "<î"},
    **{"ट्र": "Vª", "ड्र": "Mª", "ठ्र": "Bª", "ढ्र": "<ª", "छ्र": "Nª"},
}
HALF_CONJUNCTS = {"क्ष": "{", "त्र": "«", "त्त": "Ù", "न्न": "™"}
VOWELS = dict(zip("अआइईउऊऋएऐओऔऑ", "v vk b bZ m Å _ , ,s vks vkS v‚".split(), strict=True))
MATRAS = dict(zip("ाीुूृेैोौॉॅ", "k h q w ` s S ks kS ‚ W".split(), strict=True))
MARKS = {"ं": "a", "ँ": "¡", "ः": "%"}
WHOLE_SYLLABLES = {"रु": "#", "रू": ":", "कृ": "—", "दृ": "–", "हृ": "â"}
OTHER = {
    **dict(zip("।,.-/;()?‘’“”ऽ॰", "A]-&@(¼½\\^*Þß·Œ", strict=True)),
    **dict(zip("०१२३४५६७८९", "åƒ„…†‡ˆ‰Š‹", strict=True)),
}
SYLLABLE = re.compile(
    "(?P<reph>र्(?=[क-ह]))?(?P<letters>[क-ह]़?(?:्[क-ह]़?)*)(?P<virama>्?)(?P<vowel>[ा-ौ]?)(?P<marks>[ँंः]*)"
    "|(?P<alone>[अ-औ])(?P<more>[ँंः]*)|(?P<other>.)",
    re.DOTALL,
)


def typed(text: str) -> str:
    """The signs of Kruti Dev 010 that draw the text."""
    return "".join(map(_syllable, SYLLABLE.finditer(normalize("NFC", text))))


def _syllable(found: re.Match[str]) -> str:
    if found["other"]:
        return OTHER.get(found["other"], found["other"])
    marks = "".join(MARKS[mark] for mark in found["marks"] or found["more"] or "")
    if found["alone"]:
        return VOWELS[found["alone"]] + marks
    letters, vowel = found["letters"], found["vowel"]
    whole = WHOLE_SYLLABLES.get(letters + vowel)
    if whole and not found["reph"]:
        return whole + marks
    matra = "" if vowel == "ि" else MATRAS.get(vowel, "")
    signs = _letters(letters) + "~" * bool(found["virama"]) + matra
    return SHORT_I * (vowel == "ि") + signs + REPH * bool(found["reph"]) + marks


def _letters(letters: str) -> str:
    """The letters of a syllable: halves, then the last one whole."""
    parts = [normalize("NFC", part) for part in normalize("NFD", letters).split("्")]
    signs, at = "", 0
    while at < len(parts):
        two = "्".join(parts[at : at + 2])
        is_last = at + 2 >= len(parts)
        if is_last and two in CONJUNCTS:
            signs, at = signs + CONJUNCTS[two], at + 2
        elif not is_last and two in HALF_CONJUNCTS:
            signs, at = signs + HALF_CONJUNCTS[two], at + 2
        elif at and parts[at] == "र":
            signs, at = signs.removesuffix("~") + RAKAR + "~" * (at + 1 < len(parts)), at + 1
        else:
            signs, at = signs + _letter(parts[at], whole=at + 1 == len(parts)), at + 1
    return signs


def _letter(letter: str, *, whole: bool) -> str:
    plain = normalize("NFD", letter)
    nukta = "+" if plain.endswith("़") else ""
    plain = plain.removesuffix("़")
    if plain in HALF:
        return HALF[plain] + nukta + BAR * whole
    if whole:
        return WHOLE[plain] + nukta
    if plain in WITHOUT_BAR:
        return WITHOUT_BAR[plain] + nukta
    return WHOLE[plain] + nukta + "~"
