"""The command: what it prints, what it refuses, and that refusing changes nothing."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from booths.models import Booth, ImportBatch
from campaign.models import Campaign
from tests.booths.roll.lists import csv_of
from tests.makers import make_assembly_seat, make_state

pytestmark = pytest.mark.django_db

HEADINGS = ("Polling Station No.", "मतदान केन्द्र का नाम")
ROWS = [("1", "शाला"), ("2A", "पंचायत भवन"), ("0", "शाला"), ("", ""), ("1", "शाला")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def make_list(folder, *rows, name="list.csv"):
    path = folder / name
    path.write_bytes(csv_of(HEADINGS, *rows))
    return path


def run(path, *options, as_of="2018-08-01", state="CG", seat=48) -> str:
    out = io.StringIO()
    words = ["--state", state, *(["--as-of", as_of] if as_of else []), *options]
    words += ["--seat", str(seat)] if seat else []
    call_command("import_booths", str(path), *words, stdout=out)
    return out.getvalue()


def test_one_json_object_says_what_became_of_every_row(tmp_path):
    make_assembly_seat(48)
    report = json.loads(run(make_list(tmp_path, *ROWS), "--json"))
    assert report.pop("seconds") >= 0
    assert report == {
        "rows": 5,
        "new": 2,
        "changed": 0,
        "renamed": 0,
        "renumbered": 0,
        "unchanged": 0,
        "retired": 0,
        "faulty": 1,
        "skipped": 2,
        "before": 0,
        "after": 2,
        "problems": [
            {
                "row": 4,
                "column": "Polling Station No.",
                "value": "0",
                "message": "Row 4 is not imported. Polling Station No. “0”: There is no booth 0. "
                "A digit may have been cut off: write the whole number.",
            },
            {"row": 5, "column": "", "value": "", "message": "Row 5 is skipped: it is empty."},
            {"row": 6, "column": "", "value": "", "message": "Row 6 is skipped: it repeats row 2."},
        ],
    }
    assert [booth.label for booth in Booth.objects.all()] == ["1", "2A"]


def test_the_printed_report_ends_with_the_sum(tmp_path):
    make_assembly_seat(48)
    lines = run(make_list(tmp_path, *ROWS)).splitlines()
    assert lines[-2] == (
        "5 rows: 2 new, 0 changed, 0 unchanged, 1 faulty, 2 skipped; 0 booths retired"
    )
    assert "Empty rows: 1" in lines


def test_a_dry_run_writes_nothing(tmp_path):
    make_assembly_seat(48)
    assert run(make_list(tmp_path, *ROWS), "--dry-run").endswith("Nothing was written.\n")
    assert not Booth.objects.exists()
    assert not ImportBatch.objects.exists()


def test_the_list_holds_from_the_first_day_of_the_current_campaign(tmp_path):
    make_assembly_seat(48)
    path = make_list(tmp_path, *ROWS)
    with pytest.raises(CommandError, match="CG has no campaign yet"):
        run(path, as_of=None)
    make_campaign("later", date(2018, 9, 1))
    make_campaign("now", date(2018, 7, 1), is_current=True)
    run(path, as_of=None)
    assert {booth.listed_on for booth in Booth.objects.all()} == {date(2018, 7, 1)}


def make_campaign(slug, starts_on, **fields):
    names = {"name_hi": "अभियान", "party_hi": "दल"}
    return Campaign.objects.create(
        state=make_state(), slug=slug, starts_on=starts_on, **names, **fields
    )


def test_a_full_list_that_lacks_many_needs_yes(tmp_path):
    make_assembly_seat(48)
    run(make_list(tmp_path, ("1", "शाला"), ("2", "शाला")))
    shorter = make_list(tmp_path, ("1", "शाला"), name="shorter.csv")
    with pytest.raises(CommandError, match="lacks 1 of the 2 booths"):
        run(shorter, "--full")
    assert Booth.objects.present().count() == 2
    assert json.loads(run(shorter, "--full", "--yes", "--json"))["retired"] == 1


def test_booths_under_another_number_keep_their_identity_where_that_is_asked_for(tmp_path):
    make_assembly_seat(48)
    run(make_list(tmp_path, ("1", "कोटरा"), ("2", "आमदी")))
    first = Booth.objects.get(number=1)
    shifted = make_list(tmp_path, ("1", "नया"), ("2", "कोटरा"), ("3", "आमदी"), name="new.csv")
    said = run(shifted, "--dry-run")
    assert "Booth 1 seems to have the number 2 now: कोटरा" in said
    assert "Booths of these seats: 2, now 3." in said
    assert "Booth 1 now has the number 2: कोटरा" in run(shifted, "--renumber")
    first.refresh_from_db()
    assert first.label == "2"


def test_strict_imports_nothing_if_a_row_is_faulty(tmp_path):
    make_assembly_seat(48)
    with pytest.raises(CommandError, match="1 rows have faults; nothing was imported"):
        run(make_list(tmp_path, *ROWS), "--strict")
    assert not Booth.objects.exists()


def junk(path, beginning=b"", megabytes=50):
    """It takes no room on the disk."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(megabytes * 2**20)


REFUSED = {
    "unknown state": (
        lambda path: path.write_text("x"),
        {"state": "XX"},
        "no state of the code XX",
    ),
    "unknown seat": (
        lambda path: path.write_bytes(csv_of(HEADINGS, *ROWS)),
        {"seat": 91},
        "Chhattisgarh has no assembly seat 91",
    ),
    "no seat": (
        lambda path: path.write_bytes(csv_of(HEADINGS, *ROWS)),
        {"seat": None},
        "does not say of which assembly seat",
    ),
    "missing file": (lambda path: None, {}, "No such file"),
    "empty file": (lambda path: path.write_bytes(b""), {}, "The file is empty"),
    "wrong type": (lambda path: path.write_bytes(b"%PDF-1.4"), {}, "This is a PDF"),
    "50 MB of junk": (junk, {}, "This is neither text nor a workbook"),
    "too large a workbook": (
        lambda path: junk(path, b"PK\x03\x04"),
        {},
        "50 MB; a list has at most 25 MB",
    ),
    "too large a text": (
        lambda path: junk(path, megabytes=1025),
        {},
        "1025 MB; a list has at most 1024 MB",
    ),
}


@pytest.mark.parametrize(("make", "options", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_is_refused_in_a_sentence_and_changes_nothing(tmp_path, make, options, sentence):
    make_assembly_seat(48)
    path = tmp_path / "list.csv"
    make(path)
    with pytest.raises(CommandError, match=sentence):
        run(path, **options)
    assert not Booth.objects.exists()
    assert not ImportBatch.objects.exists()
