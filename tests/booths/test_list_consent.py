"""Consent in lists of agents: by row, once for the list, or none, and nothing lost in silence."""

import pytest

from booths import codes, erasure, lifecycle
from booths.list_consent import OfList
from booths.models import Agent, ImportBatch
from tests.admin_world import DAY, make_listed_booth, make_world, signed_in
from tests.booths.test_admin_lists import confirm, upload
from tests.booths.test_imports import TODAY, advice, as_csv, counts, take

pytestmark = pytest.mark.django_db
HEAD = "assembly_seat,booth,name,mobile,consent_version,consent_on,consent_mode"
CODES = "code,name,mobile,consent_version,consent_on,consent_mode"
NOTHING = OfList()


@pytest.fixture
def world():
    made = make_world()
    make_listed_booth(3, seat=made.here.assembly_seat)
    return made


def consent_of(name):
    agent = Agent.objects.get(name=name)
    return agent.mobile, agent.consent_version, agent.consent_on, agent.consent_mode


def test_the_consent_of_the_list_holds_for_whoever_has_none(world):
    result = take(world.staff, as_csv("48,3,सीता,,5876500000"), consent=OfList("phone", DAY))
    assert result.name_only == []
    assert consent_of("सीता") == ("5876500000", "1", DAY, "phone")


def test_whoever_has_consent_keeps_theirs(world):
    stored = consent_of("राम अपना")
    result = take(world.staff, as_csv("48,1,राम अपना,,"), consent=OfList("phone", TODAY))
    assert result.counts == counts(rows=1, unchanged=1)
    assert consent_of("राम अपना") == stored


def test_a_row_says_its_own(world):
    rows = "48,3,सीता,5876500000,1,2018-08-09,online"
    take(world.staff, as_csv(rows, head=HEAD), consent=OfList("phone", DAY))
    assert consent_of("सीता") == ("5876500000", "1", DAY.replace(day=9), "online")


def test_a_row_that_says_how_only_means_today_and_the_notice_in_force(world):
    take(world.staff, as_csv("48,3,सीता,5876500000,,,कागज पर", head=HEAD), consent=NOTHING)
    assert consent_of("सीता") == ("5876500000", "1", TODAY, "paper")


def test_without_consent_names_are_entered_and_what_is_left_out_is_told(world):
    data = as_csv("48,3,सीता,,5876500000")
    result = take(world.staff, data, consent=NOTHING)
    assert result.counts == counts(rows=1, new=1)
    assert [(line.row, line.left_out) for line in result.name_only] == [(2, ["mobile"])]
    assert consent_of("सीता") == ("", "", None, "")
    assert ImportBatch.objects.get().differences == {"changed": {}, "name_only": 1}
    again = take(world.staff, data, consent=NOTHING)
    assert (again.counts, len(again.name_only)) == (counts(rows=1, unchanged=1), 1)


def test_a_stored_number_is_not_wiped_by_a_list_without_consent(world):
    stored = consent_of("राम अपना")
    result = take(world.staff, as_csv("48,1,राम अपना,,"), consent=NOTHING)
    assert result.counts == counts(rows=1, unchanged=1)
    changed = take(world.staff, as_csv("48,1,राम अपना,,5876543211"), consent=NOTHING)
    assert changed.counts == counts(rows=1, changed=1)  # consent is recorded already
    assert consent_of("राम अपना") == ("5876543211", *stored[1:])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("9,2018-08-09,paper", "consent_version"),
        ("1,31/12/2018,paper", "consent_on"),
        ("1,2018-08-09,", "consent_version"),
        (",,unrecorded", "consent_mode"),
        (",,withdrawn", "consent_mode"),
        (",,maybe", "consent_mode"),
    ],
)
def test_half_a_consent_or_one_that_cannot_be_is_a_fault(world, cells, column):
    result = take(world.staff, as_csv(f"48,3,सीता,5876500000,{cells}", head=HEAD), consent=NOTHING)
    assert [found for _row, found, _said in advice(result)] == [column]
    assert not Agent.objects.filter(name="सीता").exists()


@pytest.mark.parametrize(
    "row", ["5876543210,1,2018-08-01,paper", "5876543210,,,paper", "5876543210,,,"]
)
def test_no_old_list_brings_back_what_was_withdrawn(world, row):
    agent = erasure.withdraw(world.mine.agent, on=DAY, by=None)
    data = as_csv(f"{agent.code},,{row}", head=CODES)
    result = take(world.staff, data, consent=OfList("paper", DAY))
    assert result.problems == []
    assert [line.left_out for line in result.name_only] == [["mobile"]]
    assert consent_of("राम अपना") == ("", "1", DAY, "withdrawn")


def test_a_row_with_a_later_day_is_a_new_consent(world):
    agent = erasure.withdraw(world.mine.agent, on=DAY, by=None)
    row = f"{agent.code},,5876543210,1,2018-08-15,paper"
    take(world.staff, as_csv(row, head=CODES), consent=NOTHING)
    assert consent_of("राम अपना") == ("5876543210", "1", DAY.replace(day=15), "paper")


def make_gone(world):
    """Stood at booth 1 and stands nowhere."""
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=None)
    return world.mine.agent


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("5876543210,1,2018-08-01,paper", ["mobile"]),
        ("5876543210,,,", ["mobile"]),  # by what is said for the list
        (",,,", []),
        ("5876543210,1,2018-08-15,paper", []),
    ],
)
def test_who_withdrew_and_stands_nowhere_is_not_entered_anew_with_a_number(world, row, column):
    erasure.withdraw(make_gone(world), on=DAY, by=None)
    data = as_csv(f"48,1,राम अपना,{row}", head=HEAD)
    result = take(world.staff, data, consent=OfList("paper", DAY))
    assert [found for _row, found, _said in advice(result)] == column
    assert Agent.objects.filter(name="राम अपना").count() == (1 if column else 2)


def test_another_person_of_the_booth_is_entered_with_a_number(world):
    erasure.withdraw(make_gone(world), on=DAY, by=None)
    take(world.staff, as_csv("48,1,सीता,,5876500000"))
    assert consent_of("सीता")[0] == "5876500000"


def test_where_somebody_was_erased_the_preview_warns_of_bringing_them_back(world):
    agent = make_gone(world)
    data = "assembly_seat,booth,name\n48,1,राम अपना\n48,3,सीता".encode()
    client = signed_in(world.staff)
    assert upload(client, "agent", data).context["may_be_erased"] == []
    erasure.erase(agent, on=DAY, by=None, reason="asked")
    shown = upload(client, "agent", data)
    assert shown.context["may_be_erased"] == [{"row": 2, "name": "राम अपना"}]


def test_the_page_asks_once_and_tells_of_whom_only_the_name_is_entered(world):
    client = signed_in(world.staff)
    data = "assembly_seat,booth,name,mobile\n48,3,सीता,5876500000\n".encode()
    preview = upload(client, "agent", data)
    assert [each["row"] for each in preview.context["name_only"]] == [2]
    assert "सीता" in preview.content.decode()
    assert confirm(client, "agent", preview).context["job"].counts["name_only"] == 1
    assert consent_of("सीता") == ("", "", None, "")
    agreed = {"consent": "paper", "consent_on": "10/08/2018"}
    preview = upload(client, "agent", data, **agreed)
    assert preview.context["name_only"] == []
    confirm(client, "agent", preview)
    assert consent_of("सीता") == ("5876500000", "1", DAY, "paper")


def test_a_consent_of_the_list_needs_its_day(world):
    response = upload(signed_in(world.staff), "agent", b"x", consent="paper")
    assert list(response.context["form"].errors) == ["consent_on"]


def test_a_record_of_an_import_keeps_no_person_s_values(world):
    rows = ["48,1,राम अपना,नया पिता,5876543211", "48,3,सीता,,12345", "48,1,कोई और,,"]
    take(world.staff, as_csv(*rows), leave_out=True)
    batch = ImportBatch.objects.get()
    agent = world.mine.agent
    assert batch.differences == {
        "changed": {str(agent.pk): ["mobile", "relation_name"]},
        "name_only": 0,
    }
    versions = list(Agent.history.filter(id=agent.pk).order_by("history_id"))[-2:]
    assert batch.undo == {
        "appointments": [],
        "agents": [],
        "versions": {str(agent.pk): [version.history_id for version in versions]},
    }
    assert batch.problems == [
        {"row": 3, "column": "mobile"},
        {"row": 4, "column": "booth"},
    ]


def test_the_code_of_an_erased_agent_is_as_unknown_as_one_that_never_was(world):
    agent, never = world.mine.agent, codes.new_code()
    Agent.objects.filter(pk=agent.pk).update(code=codes.new_code())
    agent.refresh_from_db()
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=None)
    erasure.erase(agent, on=DAY, by=None, reason="asked")
    data = as_csv(f"{agent.code},नया नाम,,,,", f"{never},नया नाम,,,,", head=CODES)
    result = take(world.staff, data)
    assert [column for _row, column, _said in advice(result)] == ["code", "code"]
    assert len({said for _row, _column, said in advice(result)}) == 1
