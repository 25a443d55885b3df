"""Why something is changed is asked in the admin and on the office's pages, and kept."""

import pytest

from booths.models import Agent
from tests.admin_world import make_world, signed_in
from tests.doors.pages import filled
from zones.models import Posting, Seal

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "नाम की वर्तनी ग़लत थी"


def test_a_change_in_the_admin_keeps_why():
    world = make_world()
    client, address = signed_in(world.staff), f"/admin/booths/agent/{world.mine.agent_id}/change/"
    page = client.get(address).content.decode()
    assert 'name="why"' in page

    client.post(address, filled(page) | {"name": "राम बदला", "why": f" {WHY} "})

    version = Agent.history.filter(id=world.mine.agent_id).latest("history_id")
    assert (version.history_type, version.history_change_reason) == ("~", WHY)
    assert Seal.objects.get(batch=version.batch).why == WHY


def test_who_may_not_change_a_row_is_not_asked_why():
    world = make_world()
    address = f"/admin/booths/booth/{world.here.pk}/change/"
    assert 'name="why"' not in signed_in(world.staff).get(address).content.decode()


def test_the_office_says_why_it_ends_a_posting():
    world = make_world()
    posting = Posting.objects.get(user=world.stranger)
    address = f"/people/{world.stranger.pk}/postings/{posting.pk}/end/"
    client = signed_in(world.office)
    assert 'name="why"' in client.get(address).content.decode()

    assert client.post(address, {"until": "2018-08-18", "why": WHY}).status_code == 302

    version = Posting.history.filter(id=posting.pk).latest("history_id")
    assert (version.history_type, version.history_change_reason) == ("~", WHY)
