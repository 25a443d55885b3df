"""Undoing the import of a list of team members: nobody was in a team by it, and who was changed is
as before."""

from datetime import UTC, date, datetime

import pytest

from booths import membership, undo
from booths.consent import recorded
from booths.models import ImportBatch, TeamMember
from booths.team_comparison import Comparison
from booths.team_list import read
from tests.booths.test_team_list import HEAD, make_member
from tests.booths.test_team_list import world as world

pytestmark = pytest.mark.django_db

DAY = date(2018, 8, 20)
NOW = datetime(2018, 8, 21, 6, tzinfo=UTC)
NEW = "48,sector,उत्तर,गीता,सदस्य,5876511111,paper,,"


def load(world, *rows) -> ImportBatch:
    data = "\n".join([HEAD, *rows]).encode()
    lines, _unread = read(data)
    comparison = Comparison(lines, world.office, DAY)
    comparison.compare()
    comparison.write()
    assert [line.problem for line in lines if line.problem] == []
    return comparison.keep("team.csv", data)


def taken_back(world, batch):
    foreseen = undo.foreseen(batch)
    told = undo.undo(batch, by=world.office, on=NOW.date(), at=NOW)
    assert told == foreseen
    return told


def taken(told) -> dict[str, int]:
    return {name: number for name, number in told.taken.items() if number}


def left(told) -> list[tuple]:
    return [(each.what, each.why, each.fields) for each in told.left]


def test_whom_the_list_brought_in_was_in_no_team_and_is_nobody(world):
    told = taken_back(world, load(world, NEW))
    member = TeamMember.objects.get()
    assert (taken(told), left(told)) == ({"members_erased": 1}, [])
    assert not TeamMember.objects.current(DAY).exists()
    assert (member.until, member.mobile, "गीता" in member.name) == (member.since, "", False)
    assert member.erased_on == NOW.date()


def test_who_was_changed_is_as_before(world):
    member = make_member("सीता", mobile="5876500000", **recorded("paper", on=DAY))
    before = TeamMember.objects.values().get()
    batch = load(world, "48,sector,उत्तर,सीता,सदस्य,5876511111,,State executive,")
    assert TeamMember.objects.get().mobile == "5876511111"
    told = taken_back(world, batch)
    assert (taken(told), left(told)) == ({"members_changed": 1}, [])
    assert TeamMember.objects.values().get(pk=member.pk) == before


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda member, by: setattr(member, "mobile", "5876522222") or member.save(), "edited"),
        (
            lambda member, by: membership.leave(
                member, until=NOW.date(), reason="resigned", on=NOW.date(), by=by
            ),
            "edited",
        ),
    ],
)
def test_whom_somebody_edited_since_stays_and_is_named_by_the_post(world, act, why):
    batch = load(world, NEW)
    act(TeamMember.objects.get(), world.office)
    told = taken_back(world, batch)
    assert taken(told) == {}
    assert [each[:2] for each in left(told)] == [("member", why)]
    assert told.left[0].label == "उत्तर / सदस्य"
    assert TeamMember.objects.get().name == "गीता"


def test_a_field_that_somebody_changed_since_stays(world):
    member = make_member("सीता", mobile="5876500000", **recorded("paper", on=DAY))
    batch = load(world, "48,sector,उत्तर,सीता,सदस्य,5876511111,,State executive,")
    TeamMember.objects.filter(pk=member.pk).update(mobile="5876533333")
    told = taken_back(world, batch)
    assert left(told) == [("member", "edited", ("mobile",))]
    member.refresh_from_db()
    assert (member.mobile, member.origin) == ("5876533333", "local")
