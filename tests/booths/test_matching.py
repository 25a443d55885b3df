"""Whom a row of a list of agents means, and whom not."""

from datetime import date

import pytest

from booths import lifecycle
from booths.imports import AgentResource, dataset_of
from booths.list_consent import OfList
from booths.matching import name_key, relation_key, same_relation
from booths.models import Agent
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world

TODAY = date(2018, 8, 20)
HEAD = "code,assembly_seat,booth,kind,name,relation_name,mobile,epic_no,appointed_on"
JOINER, NON_JOINER, NBSP = "\u200d", "\u200c", "\xa0"

# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("राम लाल", "रामलाल"),
        ("राम लाल", f" राम{NBSP} लाल "),
        ("श्री राम लाल", "राम लाल"),
        ("श्री. राम लाल", "श्री राम लाल"),
        ("श्रीमती सीता बाई", "सीता बाई"),
        ("श्रीमति सीता बाई", "श्रीमती सीता बाई"),
        ("डॉ. रमन", "रमन"),
        ("स्व. श्री राम लाल", "राम लाल"),
        ("कु. गीता", "गीता"),
        ("राम लाल जी", "राम लाल"),
        ("SHRI Ram Lal", "ram lal"),
        ("Smt.Sita Bai", "Sita Bai"),
        ("Dr. Late Ram", "Ram"),
        ("चन्द्र कुमार", "चंद्र कुमार"),
        ("चाँद", "चांद"),
        ("कुरूद", "कुरुद"),
        ("पड़\u093cे".replace("ड़\u093c", "\u095c"), "पड़े"),  # nukta in one letter and in two
        ("फ़िरोज़", "फिरोज"),
        (f"शर्मा {JOINER}राम", "शर्मा राम"),
        (f"क्{NON_JOINER}ष", "क्ष"),
        ("राम-लाल", "राम लाल"),
        ("राम २", "राम 2"),
    ],
)
def test_spellings_of_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("श्रीराम", "राम"),  # a name in one word
        ("श्रीमती", ""),  # nothing but a title stays
        ("राम लाल", "राम पाल"),
        ("राम", "राम लाल"),
        ("मो. रफीक", "रफीक"),  # that is a part of the name
        ("राम 1", "राम 2"),
    ],
)
def test_two_names(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "written",
    [
        *("मोहन लाल", "श्री मोहन लाल", "पिता श्री मोहन लाल", "पिता- मोहन लाल", "पुत्र मोहनलाल"),
        *("पति स्व. मोहन लाल", "आत्मज मोहन लाल", "वल्द मोहन लाल"),
    ],
)
def test_what_stands_before_a_relation_name_says_nothing(written):
    assert relation_key(written) == relation_key("मोहन लाल")


@pytest.mark.parametrize("written", ["S/o Mohan", "W/O. Shri Mohan", "Son of Mohan", "MOHAN"])
def test_nor_in_english(written):
    assert relation_key(written) == relation_key("Mohan")


def test_of_a_relation_name_on_one_side_only_nothing_is_said():
    cases = [("", ""), ("मोहन", ""), ("", "मोहन"), ("मोहन", "श्री मोहन"), ("मोहन", "सोहन")]
    assert [same_relation(*case) for case in cases] == [True, True, True, True, False]


# Rows


@pytest.fixture
def world(db):
    """Booth 3 of the seat, for three agents: राम of मोहन, राम of सोहन, and गीता of nobody named."""
    world = make_world()
    lifecycle.set_need(world.state, per_booth=6, by=None)
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    make_appointed(booth, "राम", relation_name="मोहन", mobile="5876500001")
    make_appointed(booth, "राम", relation_name="सोहन")
    make_appointed(booth, "गीता", epic_no="WKH1186253", mobile="5876500003")
    make_listed_booth(4, seat=world.here.assembly_seat)
    return world


def take(world, *rows, **given):
    data = "\n".join([HEAD, *rows]).encode()
    resource = AgentResource(user=world.staff, on=TODAY, consent=OfList("paper", DAY))
    given = {"dry_run": True} | given
    return resource.import_data(dataset_of(data), rollback_on_validation_errors=True, **given)


def does(result) -> list[str]:
    return [line.does for line in result.lines]


@pytest.mark.parametrize(
    ("row", "comes", "column"),
    [
        # At the same booth, for the same kind.
        (",48,3,,गीता,,,,", "skip", ""),
        (",48,3,,श्रीमती गीता,,,,", "skip", ""),
        (",48,3,,गीता जी,,,,", "skip", ""),
        (",48,३,,गीता,,,,", "skip", ""),
        (",48,3,बूथ एजेंट,गीता,,,,", "skip", ""),
        # A relation name that was not known tells no one apart, and is entered.
        (",48,3,,गीता,राधे,,,", "update", ""),
        (",48,3,,गीता,,५८७६५ ०००३३,,", "update", ""),
        (",48,3,,राम,मोहन,,,", "skip", ""),
        (",48,3,,श्री राम,पिता श्री मोहन,,,", "skip", ""),
        (",48,3,,राम,सोहन,5876500002,,", "update", ""),
        (",48,3,,राम,रोहन,,,", "new", ""),
        # Whom of two is not told.
        (",48,3,,राम,,,,", "invalid", "name"),
        (",48,3,,श्री राम,,,,", "invalid", "name"),
        # Another booth, kind or name is somebody new.
        (",48,4,,गीता,,,,", "new", ""),
        (",48,3,bla2,गीता,,,,", "new", ""),
        (",48,3,,नीता,,,,", "new", ""),
        # As is a row with the mobile and EPIC of somebody of another name.
        (",48,3,,मीना,,5876500003,WKH1186253,", "new", ""),
    ],
)
def test_a_row_without_a_code_means_one_of_that_booth_and_kind_or_somebody_new(
    world, row, comes, column
):
    result = take(world, row)
    assert (does(result), [problem.column for problem in result.problems]) == (
        [comes],
        [column] if column else [],
    )


def test_of_several_the_code_is_asked_for(world):
    (problem,) = take(world, ",48,3,,राम,,,,").problems
    assert "कोड" in problem.advice
    known = Agent.objects.get(name="राम", relation_name="मोहन")
    assert does(take(world, f"{known.code},48,3,,राम,,,,")) == ["skip"]


@pytest.mark.parametrize(
    ("rows", "comes"),
    [
        ([",48,4,,सीता,,,,", ",48,4,,सीता,,,,"], ["new", "skip"]),
        ([",48,4,,सीता,,,,", ",48,4,,श्रीमती सीता,,,,"], ["new", "invalid"]),
        ([",48,4,,सीता,राम,,,", ",48,4,,सीता,,,,"], ["new", "invalid"]),
        ([",48,4,,सीता,,,,", ",48,4,,सीता,राम,,,"], ["new", "invalid"]),
        ([",48,4,,सीता,राम,,,", ",48,4,,सीता,श्याम,,,"], ["new", "new"]),
        ([",48,4,,सीता,,,,", ",48,4,bla2,सीता,,,,"], ["new", "new"]),
        ([",48,4,bla2,गीता,,,,", "{code},48,4,bla2,,,,,"], ["new", "invalid"]),
        (["{code},48,4,bla2,,,,,", ",48,4,bla2,गीता,,,,"], ["new", "invalid"]),
        (["{code},,,,गीता बाई,,,,", "{code},,,,गीता देवी,,,,"], ["update", "invalid"]),
    ],
)
def test_nobody_is_appointed_twice_by_two_rows(world, rows, comes):
    code = Agent.objects.get(name="गीता").code
    assert does(take(world, *(row.format(code=code) for row in rows))) == comes


@pytest.mark.parametrize("cells", [",48,3,,गीता,,,,", "{code},48,3,,,,,,", "{code},,,,गीता,,,,"])
def test_what_a_file_lacks_stays_stored(world, cells):
    before = Agent.objects.filter(name="गीता").values().get()
    result = take(world, cells.format(code=before["code"]), dry_run=False)
    assert (does(result), Agent.objects.filter(pk=before["id"]).values().get()) == (
        ["skip"],
        before,
    )


def test_what_a_file_lacks_stays_stored_where_another_cell_changes_something(world):
    known = Agent.objects.get(name="गीता")
    result = take(world, ",48,3,,गीता,राधे,,,", dry_run=False)
    assert does(result) == ["update"]
    now = Agent.objects.get(pk=known.pk)
    assert (now.relation_name, now.mobile, now.epic_no) == ("राधे", known.mobile, known.epic_no)
