"""Dissolving sectors: their booths are free, and the trail knows it."""

import pytest
from django.urls import reverse

from booths.models import Booth, Sector
from tests.admin_world import make_world, signed_in
from tests.makers import make_sector
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)


def chosen(client, sector):
    name = reverse("admin:booths_sector_changelist")
    asked = {"action": "delete_selected", "_selected_action": [sector.pk], "post": "yes"}
    return client.post(name, asked)


def alone(client, sector):
    return client.post(reverse("admin:booths_sector_delete", args=[sector.pk]), {"post": "yes"})


@pytest.mark.parametrize("delete", [alone, chosen])
def test_a_sector_deleted_frees_its_booths_and_a_version_says_so(delete):
    world = make_world()
    sector = make_sector(world.here.assembly_seat)
    booth = Booth.objects.get(pk=world.here.pk)
    booth.sector = sector
    booth.save()
    assert delete(signed_in(world.staff), sector).status_code == 302
    assert not Sector.objects.exists()
    assert Booth.history.filter(id=booth.pk).latest("history_id").sector_id is None
    assert list(faults()) == []
