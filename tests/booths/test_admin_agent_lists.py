"""The preview of a list of agents in the admin: likely duplicates, and whose place somebody takes."""

import pytest

from booths import lifecycle
from booths.likely_duplicates import WHY
from booths.models import ImportBatch, ImportJob
from tests.admin_world import DAY, make_listed_booth, make_world, signed_in
from tests.booths.test_admin_lists import AGREED, agents_csv, confirm, upload
from tests.makers import make_agent
from zones.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_likely_duplicate_is_told_with_name_booth_and_reason(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    rows = ("48,3,राम अपना,", "48,3,सीता,5876543210", "48,3,गीता,5876543210")
    preview = upload(signed_in(world.staff), "agent", agents_csv(*rows), leave_out="on", **AGREED)
    assert preview.context["counts"]["new"] == 1  # the booth has one place
    lifecycle.set_need(world.state, per_booth=3, by=None)
    shown = upload(signed_in(world.staff), "agent", agents_csv(*rows), **AGREED)
    mine = world.mine.agent
    (namesake, sita, gita) = shown.context["likely"]
    assert namesake["known"] == [
        {"who": str(mine), "booth": "48 / 1", "why": WHY["name"]},
    ]
    assert [(each["row"], each["unseen"]) for each in (sita, gita)] == [(3, 0), (4, 0)]
    assert sita["known"] == [{"who": str(mine), "booth": "48 / 1", "why": WHY["number"]}]
    assert sita["rows"] == [{"row": 4, "name": "गीता", "why": WHY["number"]}]
    page = shown.content.decode()
    assert f"{mine}, बूथ 48 / 1" in page
    assert mine.pk in Look.objects.order_by("-pk")[0].agents


def test_places_are_taken_once_it_is_ticked_and_seen(world):
    client = signed_in(world.staff)
    preview = upload(client, "agent", agents_csv("48,1,सीता,5876500000"), **AGREED)
    old = {"row": 2, "name": "सीता", "old": world.mine.agent}
    assert (preview.context["places"], preview.context["counts"]["faulty"]) == ([old], 1)
    assert f"{world.mine.agent} की जगह सीता" in preview.content.decode()
    assert Look.objects.get().agents == [world.mine.agent_id]
    # Without the tick nobody gives way, and the tick does something else than was seen.
    assert confirm(client, "agent", preview).context["refusal"]
    again = confirm(client, "agent", preview, replace="on")
    assert (again.context["refusal"] != [], again.context["counts"]["replaced"]) == (True, 1)
    assert not ImportBatch.objects.exists()
    assert again.context["confirm"]["replace"].value() is True
    done = confirm(client, "agent", again, replace="on", replace_seen="True")
    counts = ImportBatch.objects.get().counts
    assert (counts["new"], counts["replaced"], counts["faulty"]) == (1, 1, 0)
    assert ("इनमें किसी और की जगह", 1) in [(str(n), c) for n, c in done.context["counts"]]
    world.mine.refresh_from_db()
    assert (world.mine.status, world.mine.end_reason) == ("ended", "replaced")
    # And the same list once more changes nothing.
    third = upload(client, "agent", agents_csv("48,1,सीता,5876500000"), **AGREED)
    assert (third.context["nothing"], third.context["places"]) == (True, [])


def test_a_tick_is_seen_before_it_is_done_also_where_nothing_else_is_to_be_said(world):
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=None)
    lifecycle.propose(world.here, make_agent("प्रस्तावित"), on=DAY, by=None)
    client = signed_in(world.staff)
    preview = upload(client, "agent", agents_csv("48,1,सीता,"))
    assert (preview.context["counts"]["faulty"], len(preview.context["places"])) == (0, 1)
    again = confirm(client, "agent", preview, replace="on", replace_seen="False")
    assert (again.context["counts"]["replaced"], ImportJob.objects.exists()) == (1, False)
    # The tick taken away again is another decision too.
    third = confirm(client, "agent", again, replace_seen="True")
    assert (third.context["counts"]["replaced"], ImportJob.objects.exists()) == (0, False)
