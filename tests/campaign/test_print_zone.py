"""The sheets of a whole zone as PDF: their pages and their text, read back."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from campaign import pdf, snapshots
from campaign.models import ReviewMeeting
from tests.campaign.land import make_campaign, make_directive, make_land
from tests.campaign.test_prints import authorise, make_bla_2
from tests.makers import (
    make_assembly_seat,
    make_booth,
    make_lok_sabha_seat,
    make_scheme,
    make_state,
    make_user,
)
from zones.models import Look

pytestmark = pytest.mark.django_db


def give_up(reason: str):
    # CI must not pass by leaving out what it should have looked at.
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture
def draws():
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        give_up(f"no weasyprint here: {error}")


@pytest.fixture
def land():
    return make_land()


def print_zone(out: Path, what: str, *, by="office", language="hi", zone=1, **options) -> list[str]:
    said = out / "said"
    with said.open("w", encoding="utf-8") as stdout:
        call_command(
            *("print_zone", "cg", str(zone)),
            what=what,
            out=out,
            by=by,
            language=language,
            stdout=stdout,
            **{"on": date(2018, 8, 11)} | options,
        )
    return said.read_text(encoding="utf-8").splitlines()


def text_of(file: Path) -> str:
    if not shutil.which("pdftotext"):
        give_up("no pdftotext here: install poppler-utils")
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    return plain(read.stdout.decode())


def plain(text: str) -> str:
    """Without blanks and the short i: it is drawn before its letter, and read at another place."""
    return "".join(text.replace("ि", "").split())


def files_in(out: Path) -> list[str]:
    return sorted(file.name for file in out.iterdir() if file.name != "said")


@pytest.mark.parametrize(
    ("what", "files", "texts"),
    [
        (
            "rosters",
            {"cg-seat-001-rosters.pdf": 2, "cg-seat-002-rosters.pdf": 1},
            ["बूथ रोस्टर", "सेक्टर 1", "रामकुमार साहू", "लक्ष्मी", "प्राथमिक शाला"],
        ),
        (
            "letters",
            {"cg-seat-001-letters.pdf": 1, "cg-seat-002-letters.pdf": 2},
            ["रामकुमार साहू", "मतदान केन्द्र क्रमांक", "बूथ एजेंट", "छत्तीसगढ़"],
        ),
        (
            "bla2",
            {"cg-seat-001-bla2.pdf": 1},
            ["प्रपत्र बीएलए-2", "रामबाई साहू", "बूथ लेवल", "Check against the current form"],
        ),
        ("summary", {"cg-zone-1-summary.pdf": 1}, ["छत्तीसगढ़", "सीट 1", "लोकसभा 1", "कुल"]),
    ],
)
def test_a_zone_prints_a_file_a_seat_with_its_names_in_hindi(
    draws, land, tmp_path, what, files, texts
):
    make_bla_2(land, name="रामबाई साहू")
    authorise(land.seats[0])
    said = print_zone(tmp_path, what)
    assert files_in(tmp_path) == sorted(files)
    for name, pages in files.items():
        assert any(name in line and f": {pages} " in line for line in said), said
    text = text_of(tmp_path / min(files))
    for part in texts:
        assert plain(part) in text, part


def test_it_is_printed_in_english_too(draws, land, tmp_path):
    print_zone(tmp_path, "letters", language="en")
    assert plain("Appointment letter") in text_of(tmp_path / "cg-seat-001-letters.pdf")


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_zone_of_33_seats_is_summed_up_on_one_page(draws, tmp_path, language):
    """Four Lok Sabha seats with as many directives and in-charges as there may be."""
    state = make_state()
    parents = [
        make_lok_sabha_seat(state, number, name_hi="जांजगीर-चांपा", name_en="Janjgir-Champa")
        for number in (1, 2, 3, 4)
    ]
    zone = make_scheme(state, {1: parents}).zones.get()
    for number in range(1, 34):
        names = {"name_hi": "बलौदाबाज़ार ग्रामीण", "name_en": "Baloda Bazar Rural"}
        make_booth(1, seat=make_assembly_seat(number, parents[number % 4], **names))
    campaign = make_campaign(state)
    for number, measure in enumerate(("agents", "sector_teams", "block_teams", "zone_teams"), 1):
        make_directive(campaign, number, measure)
    for number in range(1, 5):
        make_user(f"in-charge-{number}", "state_in_charge", zone)
    make_user("office", "state_office", state)
    (line,) = print_zone(tmp_path, "summary", language=language)
    assert ": 1 " in line
    assert "33" in text_of(tmp_path / "cg-zone-1-summary.pdf")


def test_only_what_the_person_serves_is_printed_and_the_look_is_theirs(draws, land, tmp_path):
    user = make_user("one-seat", "seat_in_charge", land.seats[0])
    make_user("zone-1", "zone_in_charge", land.seats[0].lok_sabha_seat.zone_seats.get().zone)
    print_zone(tmp_path, "letters", by="zone-1")
    assert files_in(tmp_path) == ["cg-seat-001-letters.pdf", "cg-seat-002-letters.pdf"]
    looks = Look.objects.order_by("pk").values_list("what", "where", "count", "by__username")
    assert list(looks) == [
        ("print", "/cg/seat/1/ print_zone letters", 1, "zone-1"),
        ("print", "/cg/seat/2/ print_zone letters", 2, "zone-1"),
    ]
    with pytest.raises(CommandError):
        print_zone(tmp_path, "letters", by=user.username)  # who does not see the zone


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "nobody"}, "There is no open account of the user name nobody."),
        ({"by": "closed"}, "There is no open account of the user name closed."),
        ({"by": "observer"}, "This user serves no seat of the zone"),
        ({"zone": 9}, "There is no such zone for this user."),
        ({"on": date(2199, 1, 1)}, "2199-01-01 is still ahead."),
    ],
)
def test_what_cannot_be_printed_is_said(land, tmp_path, options, sentence):
    make_user("observer", "observer", land.state)
    make_user("closed", "state_office", land.state, is_active=False)
    with pytest.raises(CommandError, match=sentence):
        print_zone(tmp_path, "letters", language="en", **options)
    assert files_in(tmp_path) == []


def test_a_seat_without_authorisation_gets_no_file_and_a_sentence(draws, land, tmp_path):
    make_bla_2(land)
    said = print_zone(tmp_path, "bla2", language="en")
    assert said[0] == "1 Seat 1: no BLA-1 authorisation covers the seat"
    assert files_in(tmp_path) == []


def test_it_says_what_to_install_where_weasyprint_is_missing(land, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CommandError, match=r"pip install '.\[pdf\]'"):
        print_zone(tmp_path, "summary", language="en")
    assert files_in(tmp_path) == []


def test_today_is_printed_where_no_day_is_named(draws, land, tmp_path):
    print_zone(tmp_path, "summary", language="en", on=None)
    assert str(timezone.localdate().year) in text_of(tmp_path / "cg-zone-1-summary.pdf")


# What a page may bring along


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/static/prints.css",
        "https://prints.invalid/media/prints.css",
        "https://prints.invalid/static/no-such.css",
        "file:///etc/passwd",
        "https://prints.invalid/static/%2e%2e/manage.py",
        "data:text/css,p{}",
    ],
)
def test_nothing_but_our_static_files_is_brought_along(url):
    with pytest.raises((ValueError, SuspiciousOperation)):
        pdf.own_file(url)


def test_our_style_sheet_is(settings):
    assert pdf.own_file("https://prints.invalid/static/prints.css?x").name == "prints.css"


def test_a_page_that_refers_elsewhere_is_not_printed(draws, tmp_path):
    import weasyprint

    (tmp_path / "page.html").write_text('<link rel="stylesheet" href="https://example.org/a.css">')
    templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    with (
        override_settings(TEMPLATES=templates),
        pytest.raises(weasyprint.urls.FatalURLFetchingError),
    ):
        pdf.rendered("page.html", {})


def test_a_file_is_there_whole_or_as_it_was(tmp_path):
    file = tmp_path / "a.pdf"
    pdf.write_whole(file, b"before")
    with pytest.raises(TypeError):
        pdf.write_whole(file, "not bytes")
    assert file.read_bytes() == b"before"
    assert files_in(tmp_path) == ["a.pdf"]


def test_the_last_review_is_printed_for_all_zones(land, draws, tmp_path):
    meeting = ReviewMeeting.objects.create(campaign=land.campaign, number=1)
    day = date(2018, 8, 11)
    with pytest.raises(CommandError):
        print_zone(tmp_path, "review")
    snapshots.hold(meeting, day=day, by=land.office, on=day)

    said = print_zone(tmp_path, "review", language="en")

    assert said == [f"{tmp_path / 'cg-review-1.pdf'}: 1 page"]
    text = text_of(tmp_path / "cg-review-1.pdf")
    assert plain("First review meeting") in text and plain("Lok Sabha 1") in text
