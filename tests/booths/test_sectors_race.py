"""Several people draw sectors of the same booths, or enter the same member, at the same moment."""

from datetime import date

import pytest

from booths import membership, sectors
from booths.models import Booth, Post, Sector, TeamMember
from booths.sector_plans import proposal
from tests.makers import make_assembly_seat, make_booth, make_sector
from tests.races import at_once
from zones.models import AssemblySeat

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2018, 8, 10)


def draw(sector: int):
    sectors.draw(Sector.objects.get(pk=sector), list(Booth.objects.all()), by=None)


def accept(seat: int, seen: str):
    free = Booth.objects.filter(sector=None)
    sectors.accept(AssemblySeat.objects.get(pk=seat), free, size=3, seen=seen, by=None)


def join(sector: int, post: int):
    team, post = Sector.objects.get(pk=sector), Post.objects.get(pk=post)
    membership.join(team, post=post, name="डेमो", since=DAY, on=DAY, by=None)


def test_booths_go_into_one_of_the_sectors_that_want_them():
    drawn = [make_sector(name=f"सेक्टर {n}") for n in range(3)]
    for number in range(1, 7):
        make_booth(number)
    assert at_once(draw, [(sector.pk,) for sector in drawn]) == ["done", "refused", "refused"]
    assert len(set(Booth.objects.values_list("sector", flat=True))) == 1


def test_a_proposal_is_drawn_once():
    seat = make_assembly_seat()
    booths = [make_booth(number, seat=seat) for number in range(1, 7)]
    seen = sectors.told(proposal(booths, 3))
    assert at_once(accept, [(seat.pk, seen)] * 3) == ["done", "refused", "refused"]
    assert len(Sector.objects.all()) == 2


def test_a_member_is_entered_once():
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष", is_lead=True)
    answers = at_once(join, [(make_sector().pk, post.pk)] * 3)
    assert answers == ["done", "refused", "refused"]
    assert len(TeamMember.objects.all()) == 1
