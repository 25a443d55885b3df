"""Kruti Dev 010: the pairs that others checked, words of seats and schools typed and read again,
and whatever else may stand in a cell."""

import csv
import re
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booths.roll import krutidev
from booths.roll.krutidev import to_unicode
from booths.roll.text import DEVANAGARI
from tests.booths.roll.hindi_typewriter import CONJUNCTS, WHOLE, typed

HERE = Path(__file__).parent
PLACES_OF = HERE.parents[2] / "fixtures" / "cg"
with (HERE / "krutidev_samples.csv").open(encoding="utf-8", newline="") as lines:
    SAMPLES = [(row["krutidev010"], row["unicode"]) for row in csv.DictReader(lines)]
SCHOOLS = (
    """
प्राथमिक शाला|शास. प्राथमिक शाला|पूर्व माध्यमिक शाला|शास. पूर्व माध्य. शाला|हाई स्कूल|शास. हाई स्कूल
उच्चतर माध्यमिक विद्यालय|शास. उच्च. माध्य. शाला|कन्या प्राथमिक शाला|बालक आश्रम शाला|आदर्श विद्यालय
अतिरिक्त कक्ष|अतिरिक्त कक्ष क्रमांक-2|कक्ष क्रमांक 1|नवीन भवन|पुराना भवन|पूर्वी भाग|पश्चिमी भाग|उत्तरी भाग
दक्षिणी भाग|मध्य भाग|दायां भाग|बायां भाग|आंगनबाड़ी केन्द्र|आँगनबाड़ी केंद्र क्र. 2|ग्राम पंचायत भवन
सामुदायिक भवन|मंगल भवन|सहायक मतदान केन्द्र|मतदान केन्द्र क्रमांक|नगर पालिक निगम कार्यालय|जनपद पंचायत
नगर पंचायत|कृषि उपज मण्डी|वनोपज सहकारी समिति|उप स्वास्थ्य केन्द्र|प्राथमिक स्वास्थ्य केन्द्र|छात्रावास
सांस्कृतिक भवन|रंगमंच|पंचायत घर|पटवारी कार्यालय|तहसील कार्यालय|विश्राम गृह|वार्ड क्रमांक 12|आश्रित ग्राम
कार्यपालन यंत्री|लोक निर्माण विभाग|जल संसाधन विभाग|विद्युत मण्डल|महाविद्यालय|संकुल स्रोत केन्द्र
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def names() -> list[str]:
    """The Hindi names of all seats and districts, with their other spellings."""
    found: list[str] = []
    for path in ("assembly_seats.csv", "districts.csv"):
        with (PLACES_OF / path).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                cells = [cell for heading, cell in row.items() if "_hi" in heading and cell]
                found += [name.strip() for cell in cells for name in cell.split(";")]
    return list(dict.fromkeys(found))


PLACES = names()
TEXTS = PLACES + SCHOOLS + [f"{SCHOOLS[i % len(SCHOOLS)]} {p}" for i, p in enumerate(PLACES)]


@pytest.mark.parametrize(("written", "unicode"), SAMPLES)
def test_a_checked_pair_is_read_exactly(written, unicode):
    assert to_unicode(written) == normalize("NFC", unicode)


def test_three_hundred_words_of_seats_districts_and_schools_come_back_exactly():
    texts = [normalize("NFC", text) for text in dict.fromkeys(TEXTS)]
    assert len(PLACES) > 120
    assert len(texts) >= 300
    assert [to_unicode(typed(text)) for text in texts] == texts
    assert not any(re.search("[\u0900-\u097f]", typed(text)) for text in texts)


# Signs that have a more usual one beside them, each in a word.
RARER_SIGNS = (
    """
HkkÃ भाई|Äj घर|cksÖk बोझ|eè;e मध्यम|eË;e मध्यम|Òkjr भारत|Ükkyk शाला|fpºu चिह्न|«;Ecd त्र्यम्बक|'kfä शक्ति
Ñf"k कृषि|iÍh पट्टी|fpÎh चिट्ठी|vÏk अड्डा|cqÔk बुड्ढा|xÌh गद्दी|pUæ चन्द्र|m™;u उन्न्यन|çns'k प्रदेश|Áns'k प्रदेश
nq%[k दुःख|ukVÓ नाट्य|ugÈ नहीं|ekxÊ मार्गी|oÉdx वर्किंग|åƒ„…†‡ˆ‰Š‹ ०१२३४५६७८९|¿d¾[kÀ {क=ख}|d$[k\\ क+ख?
^uke* ‘नाम’|Þukeß “नाम”|MkŒ डा॰|Mkñ डा॰|lks•ge सोऽहम|lks·ge सोऽहम|2µ3 2–3|2Û3 2×3|‘kkyk शाला|fo‘o विश्व|fo’o विश्व
iz‘u प्रश्न|iz’u प्रश्न|fu‘p; निश्चय|fu’p; निश्चय|‘yksd श्लोक|’yksd श्लोक|Hkk“kk भाषा|Hkk”kk भाषा|jk“Vª राष्ट्र|jk”Vª राष्ट्र
“k“Bh षष्ठी|”k”Bh षष्ठी|d`“.k कृष्ण|d`”.k कृष्ण|iq“i पुष्प|iq”i पुष्प
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(("written", "unicode"), [word.split(" ") for word in RARER_SIGNS])
def test_a_rarer_sign_is_read(written, unicode):
    assert to_unicode(written) == unicode


VARIANTS = {
    "short i with anusvara in one sign": ("Çgnh", "हिंदी"),
    "short i with reph in one sign": ("/kkÆed", "धार्मिक"),
    "reph with anusvara in one sign": ('o"kks±', "वर्षों"),
    "a long i that is short i with reph": ("b±V", "ईंट"),
    "a bar that is typed by itself": ("Xkzke", "ग्राम"),
    "anusvara before the vowel sign": ("vkas", "ओं"),
    "candrabindu as two signs": ("xkWao", "गाँव"),
    "o as aa and candra": ("MkWDVj", "डॉक्टर"),
    "nukta behind the vowel sign": ("tk+", "ज़ा"),
    "reph before the vowel sign": ("oeZk", "वर्मा"),
    "short i between the halves": ("LfFkr", "स्थित"),
    "quotation marks that a program curled": ("izk- ’kkyk] d`f“k", "प्रा. शाला, कृषि"),
    "a byte taken for a control character": ("Cy\x82d", "ब्लॉक"),
    "Hindi digits": ("å…‹", "०३९"),
    "several lines": ("uke\r\nxzke", "नाम\r\nग्राम"),
}


@pytest.mark.parametrize(("written", "unicode"), VARIANTS.values(), ids=VARIANTS.keys())
def test_other_ways_of_typing_the_same_are_read(written, unicode):
    assert to_unicode(written) == normalize("NFC", unicode)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "12", "9876543210", "12A", "5(A)", "104-B", "12.5", "1,600", "01/02"),
        *("ABC1234567", "CG/01/002/123456", "CG/033", "मतदान केन्द्र", "शाला Room No 2", "१२क"),
    ],
)
def test_numbers_and_hindi_stay_as_they_are(text):
    assert to_unicode(text) == text


def test_every_sign_of_the_table_draws_something_and_stands_once():
    with (Path(krutidev.__file__).parent / "krutidev.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert len({row["signs"] for row in rows}) == len(rows) == len(krutidev.signs())
    assert all(row["unicode"] for row in rows)
    assert {is_normalized("NFC", row["unicode"]) for row in rows} == {True}


letters = st.sampled_from([*WHOLE, *"खघणथधभशष"])
nukta = st.sampled_from(["क़", "ख़", "ग़", "ज़", "ड़", "ढ़", "फ़"])
conjuncts = st.sampled_from([*CONJUNCTS, "स्त्र", "क्त", "ष्ट", "न्द्र", "त्त्व", "ल्ल", "र्य", "ङ्ग"])
vowel_signs = st.sampled_from(["", *"ािीुूृेैोौॉ"])
marks = st.sampled_from(["", "", "ं", "ँ", "ः"])
clusters = st.one_of(letters, nukta, conjuncts, st.tuples(letters, letters).map("्".join))
syllables = st.tuples(st.sampled_from(["", "", "र्"]), clusters, vowel_signs, marks).map("".join)
vowels = st.tuples(st.sampled_from("अआइईउऊऋएऐओऔऑ"), marks).map("".join)
words = st.lists(syllables | vowels, min_size=1, max_size=6).map("".join)


@given(st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_whatever_is_hindi_comes_back_exactly(text):
    text = normalize("NFC", text)
    assert to_unicode(typed(text)) == text


@given(st.text() | st.text(alphabet=[*"".join(krutidev.signs())], max_size=40))
def test_whatever_stands_in_a_cell_is_read(text):
    read = to_unicode(text)
    assert is_normalized("NFC", read) or read == text
    # What holds letters of Hindi is not read a second time.
    assert to_unicode(read) == read or not DEVANAGARI.search(read)


@given(st.from_regex(r"[0-9]{1,10}|[A-Z]{3}[0-9]{7}|[0-9]{1,4}[A-Z]?", fullmatch=True))
def test_no_number_is_ever_converted(number):
    assert to_unicode(number) == number
