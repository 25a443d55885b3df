"""Another scheme comes into force while somebody is entered on a zone of the one before."""

import pytest
from django.db import transaction

from booths import membership, zone_teams
from booths.models import Post, TeamMember
from tests.makers import make_lok_sabha_seat, make_scheme, make_user
from tests.races import at_once
from tests.zones.offices import TODAY, make_offices
from zones import schemes, staffing
from zones.models import Posting, User, Zone
from zones.schemes import DrawnZone

ENTERED = 6


def act(what, pk, office):
    by, zone = User.objects.get(pk=office), Zone.objects.select_related("scheme__state").first()
    if what == "cut":
        new = Zone.objects.select_related("scheme__state").exclude(pk=zone.pk).get()
        return cut(zone, new, by)
    if what == "join":
        post = Post.objects.get()
        return membership.join(zone, post=post, name=f"डेमो {pk}", since=TODAY, on=TODAY, by=by)
    asked = {"role": "zone_in_charge", "area": zone, "since": TODAY}
    return staffing.give_posting(User.objects.get(pk=pk), **asked, by=by, on=TODAY)


@transaction.atomic
def cut(old, new, by):
    now = {"from_on": TODAY, "by": by, "on": TODAY}
    schemes.put_in_force(new.scheme, successors={old.pk: new}, **now)
    zone_teams.hand_on({old.pk: new}, **now)


@pytest.mark.parametrize("what", ["post", "join"])
@pytest.mark.django_db(transaction=True)
def test_nobody_stays_behind_on_a_zone_of_the_scheme_before(what):
    world = make_offices()
    seat = make_lok_sabha_seat(world.state)
    make_scheme(world.state, {1: [seat]})
    drawn = DrawnZone(2, "ज़ोन 2", "Zone 2", [seat.pk])
    schemes.draw(world.state, name_hi="नई", name_en="New", zones=[drawn], **world.now)
    Post.objects.create(level="zone", name_hi="सदस्य")
    people = [make_user(f"p{n}").pk for n in range(ENTERED)]
    jobs = [(what, pk, world.office.pk) for pk in people]

    found = at_once(act, [*jobs[:3], ("cut", 0, world.office.pk), *jobs[3:]])

    assert set(found) <= {"done", "refused"}
    old = Zone.objects.first()
    for rows in (Posting.objects.filter(zone=old), TeamMember.objects.filter(zone=old)):
        assert not rows.filter(until=None).exists()
