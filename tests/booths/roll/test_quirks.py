"""What real lists were found to do, one entry for each kind: a small list of our own that does the
same, and all that must become of it. Either every booth and remark, or the refusal."""

from importlib.util import find_spec

import pytest

from booths.roll.problems import Refused
from booths.roll.reading import Reading
from booths.roll.reading import read as read_with
from tests.booths.roll.lists import AC, NAME, NO, balances, csv_of, directory, said
from tests.booths.roll.quirks_of_cells import CHHATTISGARH, COUNTS, NAMES
from tests.booths.roll.quirks_of_files import BOOTH_NUMBER, FILE_LEVEL

QUIRKS = FILE_LEVEL | BOOTH_NUMBER | NAMES | COUNTS | CHHATTISGARH


def read(listed, *, name: str, seat: int | None) -> Reading:
    data = listed if isinstance(listed, bytes) else csv_of(*listed)
    return read_with(data, name, directory=directory(), seat=seat)


def seat_of(listed) -> int | None:
    """Lists with a column of the seat are read without choosing one."""
    headings = () if isinstance(listed, bytes) else listed[0]
    return None if {AC, "AC No", "AC Name"} & {*headings} else 48


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=QUIRKS.keys())
def test_a_list_with_the_quirk_is_read_or_refused_as_it_must_be(quirk):
    listed, *outcome = quirk
    named = str(outcome[-1]) if str(outcome[-1]).endswith(".csv") else ""
    options = {"name": named or "list.csv", "seat": None if named else seat_of(listed)}
    if isinstance(outcome[0], str):
        with pytest.raises(Refused) as refused:
            read(listed, **options)
        assert refused.value.code == outcome[0]
    else:
        reading = read(listed, **options)
        assert said(reading) == (outcome[0], outcome[1])
        assert balances(reading)


# In fonts of their own, whose letters are Latin or lost: no such text is ever taken for a name.
OLD_FONTS = {
    "Kruti Dev": ["'kkldh; izkFkfed 'kkyk dksVjk", "xzke iapk;r Hkou] fo|ky;", "vkaxuckM+h dsUnz"],
    "a font of eight bits": ["¿ÖÖ»ÖÖ ÛúÖê™ü¸üÖ", "¯ÖÓ“ÖÖµÖŸÖ ³Ö¾Ö®Ö", "¯ÖÖ»Ö ¿ÖÖ»ÖÖ"],
    "English typed with the Hindi font on": ["ींपइंजचनत", "ेबीववस दवतजी", "ींसस मंेज"],
    "conjuncts that a PDF drew with other letters": ["पुŜष शाला", "संƥा भवन", "राǔीय शाला"],
}


@pytest.mark.skipif(not find_spec("booths.roll.fonts"), reason="fonts are not told yet")
@pytest.mark.parametrize("texts", OLD_FONTS.values(), ids=OLD_FONTS.keys())
def test_a_text_in_an_old_font_is_never_taken_as_it_stands(texts):
    rows = [(number, texts[number % len(texts)]) for number in range(1, 31)]
    try:
        reading = read([(NO, NAME), *rows], name="list.csv", seat=48)
    except Refused as refused:
        assert refused.messages[0]
    else:
        assert not {*texts} & {value for record in reading.records for value in record.values}
