"""Every text has its Hindi, and the compiled catalogues are those of the texts."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override

CATALOGUES = sorted(Path(settings.BASE_DIR, "locale").rglob("*.po"))


def wanting(catalogue: polib.POFile) -> list[str]:
    """Texts without Hindi, with a doubtful one, or left as they are in English."""
    return [
        entry.msgid
        for entry in catalogue
        if not entry.translated()
        or entry.fuzzy
        or (entry.msgstr == entry.msgid and any(c.isalpha() for c in entry.msgid))
    ]


def test_there_are_catalogues():
    assert [path.relative_to(settings.BASE_DIR).as_posix() for path in CATALOGUES] == [
        "locale/hi/LC_MESSAGES/django.po",
        "locale/libraries/hi/LC_MESSAGES/django.po",
        "locale/libraries/hi/LC_MESSAGES/djangojs.po",
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4])
def test_every_text_is_in_hindi(path):
    same_in_hindi = {"CSV", "XLSX", "BLA-2", "SHA-256", "हिन्दी", "English"}
    assert set(wanting(polib.pofile(path))) - same_in_hindi == set()


def test_a_text_that_wants_its_hindi_is_found():
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Booth", msgstr=""))
    catalogue.append(polib.POEntry(msgid="Seat", msgstr="सीट", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="Zone", msgstr="Zone"))
    catalogue.append(polib.POEntry(msgid="State", msgstr="प्रदेश"))
    assert wanting(catalogue) == ["Booth", "Seat", "Zone"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-4])
def test_the_compiled_catalogue_is_up_to_date(path):
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(path)}
    compiled = polib.mofile(path.with_suffix(".mo"))
    assert {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled} == written


def test_a_reader_of_hindi_reads_both():
    with override("hi"):
        assert gettext("September") == "सितंबर"
        assert gettext("Booth") == "बूथ"
