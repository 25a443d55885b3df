"""Undoing an import in the admin: shown first, then done, by whoever may import there."""

from datetime import date

import pytest
from django.urls import reverse

from booths import roll, team_list
from booths.models import Booth, ImportBatch, Post
from booths.team_comparison import Comparison
from tests.admin_world import make_world, messages_of, signed_in
from tests.makers import make_sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def batch(world):
    data = "AC No,PS No,PS Name\n48,1,बदला नाम\n48,12,नई शाला\n".encode()
    reading = roll.read(data, "list.csv", state=world.state)
    return roll.apply(roll.compare(reading, as_of=date(2018, 8, 20)), by=world.staff)


def undo_page(batch):
    return reverse("admin:booths_importbatch_undo", args=[batch.pk])


def change_page(batch):
    return reverse("admin:booths_importbatch_change", args=[batch.pk])


def test_it_is_shown_first_and_done_then(world, batch):
    Booth.objects.filter(number=12).update(locality="हाथ से")
    client = signed_in(world.office)
    assert undo_page(batch) in client.get(change_page(batch)).content.decode()
    shown = client.get(undo_page(batch))
    assert [label for _what, label in shown.context["taken"]] == [1]
    assert [each["label"] for each in shown.context["left"]] == ["48 / 12"]
    assert Booth.objects.get(number=1).name_hi == "बदला नाम"
    done = client.post(undo_page(batch), {"why": "गलत सूची"}, follow=True)
    assert len(messages_of(done)) == 2
    assert Booth.objects.get(number=1).name_hi == "प्राथमिक शाला 1"
    assert "48 / 12" in done.content.decode()
    assert undo_page(batch) not in done.content.decode()
    batch.refresh_from_db()
    assert batch.undone_by == world.office
    assert Booth.history.filter(number=1).latest("history_id").history_change_reason == "गलत सूची"


def test_a_second_time_is_refused_in_a_sentence(world, batch):
    client = signed_in(world.office)
    client.post(undo_page(batch), follow=True)
    assert len(messages_of(client.post(undo_page(batch), follow=True))) == 1
    assert ImportBatch.objects.get(pk=batch.pk).undone_at


def test_only_who_may_import_there_may_undo(world, batch):
    """The one who imported it may not import booths any more."""
    client = signed_in(world.staff)
    assert client.get(change_page(batch)).status_code == 200
    assert undo_page(batch) not in client.get(change_page(batch)).content.decode()
    assert client.get(undo_page(batch)).status_code == 403
    assert client.post(undo_page(batch)).status_code == 403
    assert signed_in(world.stranger).post(undo_page(batch)).status_code == 404
    assert Booth.objects.get(number=1).name_hi == "बदला नाम"


def test_a_list_of_agents_is_undone_where_all_of_it_lies_in_the_area(world):
    of = {
        "state": world.state,
        "content": "agents",
        "file_name": "a.csv",
        "as_of": date(2018, 8, 20),
    }
    own = ImportBatch.objects.create(**of, by=world.staff, undo={"appointments": [world.mine.pk]})
    beyond = {"appointments": [world.mine.pk, world.theirs.pk]}
    other = ImportBatch.objects.create(**of, by=world.staff, undo=beyond)
    client = signed_in(world.staff)
    assert client.get(undo_page(own)).status_code == 200
    assert client.get(undo_page(other)).status_code == 403
    changed = {"changed": {world.theirs.agent_id: ["name"]}}
    third = ImportBatch.objects.create(**of, by=world.staff, differences=changed)
    assert client.get(undo_page(third)).status_code == 403


def test_the_agents_who_wait_since_an_import_are_one_click_away(world):
    data = "AC No,PS No,PS Name\n48,12,नई शाला\n".encode()
    reading = roll.read(data, "list.csv", state=world.state)
    plan = roll.compare(reading, as_of=date(2018, 8, 20), is_full=True)
    batch = roll.apply(plan, by=world.office, said={"retire_many", "leave_agents"})
    queue = reverse("admin:booths_appointment_gone")
    client = signed_in(world.office)
    assert f'href="{queue}"' in client.get(change_page(batch)).content.decode()


def test_a_list_of_team_members_is_undone_where_all_its_teams_lie_in_the_area(world):
    sectors = [make_sector(booth.assembly_seat, "उत्तर") for booth in (world.here, world.there)]
    Post.objects.create(level="sector", name_hi="सदस्य")
    for sector in sectors:
        batch = list_of_a_member(world.office, sector)
        ImportBatch.objects.filter(pk=batch.pk).update(by=world.staff)
        client = signed_in(world.staff)
        theirs = sector is sectors[0]
        assert client.get(undo_page(batch)).status_code == (200 if theirs else 403)
        client.post(undo_page(batch), {"why": "गलत"})
        assert bool(sector.team.get().erased_on) == theirs


def list_of_a_member(by, sector):
    head = "assembly_seat,level,team,name,post"
    row = f"{sector.assembly_seat.number},sector,{sector.name_hi},गीता,सदस्य"
    lines, _unread = team_list.read(f"{head}\n{row}".encode())
    comparison = Comparison(lines, by, date(2018, 8, 20))
    comparison.compare()
    comparison.write()
    return comparison.keep("team.csv", b"")
