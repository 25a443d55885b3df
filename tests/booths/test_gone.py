"""The queue of agents whose booth is gone: where each may go, and moving them in one go."""

from datetime import date

import pytest
from django.urls import reverse

from booths import bookkeeping, gone
from booths.models import Appointment, Booth
from tests.admin_world import (
    make_appointed,
    make_listed_booth,
    make_world,
    messages_of,
    retire,
    signed_in,
)
from tests.makers import make_user
from zones.models import Look

pytestmark = pytest.mark.django_db
ON = date(2018, 8, 20)


@pytest.fixture
def world():
    return make_world()


def page():
    return reverse("admin:booths_appointment_gone")


def queue():
    rows = gone.waiting(gone.at_retired_booths(ON), Booth.objects.all())
    return [(each.appointment.agent.name, str(each.heir or ""), each.is_full) for each in rows]


def test_who_stands_at_a_retired_booth_waits_with_a_booth_to_go_to(world):
    seat = world.here.assembly_seat
    booths = [make_listed_booth(n, seat=seat, name_hi="कोटरा") for n in (11, 12, 13)]
    _free, first, second = booths
    make_appointed(first, "गीता")
    make_appointed(second, "रीता")
    assert queue() == []
    retire(first, second, world.there)
    assert queue() == [
        ("गीता", "11 कोटरा", False),
        ("रीता", "11 कोटरा", True),
        ("श्याम पराया", "", False),
    ]


def test_the_ticked_are_moved_and_the_refused_are_named(world):
    seat = world.here.assembly_seat
    free, first, second = (make_listed_booth(n, seat=seat) for n in (11, 12, 13))
    moved, refused = make_appointed(first, "गीता"), make_appointed(second, "रीता")
    retire(first, second)
    client = signed_in(world.staff)
    posted = {"day": "20/08/2018", "move": [moved.pk, refused.pk]}
    posted |= {f"to-{moved.pk}": "11", f"to-{refused.pk}": "11"}
    said = messages_of(client.post(page(), posted, follow=True))
    assert len(said) == 2 and "रीता" in said[1]
    assert Appointment.objects.standing().get(agent=moved.agent).booth == free
    assert Appointment.objects.standing().get(agent=refused.agent).booth == second
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)


@pytest.mark.parametrize("number", ["", "77", "x", "2"])
def test_a_booth_that_is_not_there_is_named(world, number):
    retire(world.here)
    posted = {"day": "20/08/2018", "move": [world.mine.pk], f"to-{world.mine.pk}": number}
    said = messages_of(signed_in(world.staff).post(page(), posted, follow=True))
    assert len(said) == 1
    assert Appointment.objects.get(pk=world.mine.pk).is_standing


def test_nobody_of_another_area_is_shown_or_moved(world):
    retire(world.here, world.there)
    free = make_listed_booth(9, seat=world.there.assembly_seat)
    client = signed_in(world.staff)
    shown = client.get(page()).content.decode()
    assert ("राम अपना" in shown, "श्याम पराया" in shown) == (True, False)
    assert Look.objects.latest("pk").agents == [world.mine.agent_id]
    posted = {"day": "20/08/2018", "move": [world.theirs.pk], f"to-{world.theirs.pk}": free.label}
    assert messages_of(client.post(page(), posted, follow=True)) == []
    assert Appointment.objects.get(pk=world.theirs.pk).is_standing


def test_one_seat_can_be_asked_for(world):
    retire(world.here, world.there)
    client = signed_in(world.office)
    asked = client.get(f"{page()}?seat=62").content.decode()
    assert ("राम अपना" in asked, "श्याम पराया" in asked) == (False, True)


def test_the_attention_page_leads_there_whoever_may_move(world):
    retire(world.here)
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    for user, leads in ((world.staff, True), (verifier, False)):
        shown = signed_in(user).get("/cg/attention/").content.decode()
        assert (f'"{page()}?seat=48"' in shown) is leads


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_takes_the_same_queries_for_1_and_30(world, rows, django_assert_num_queries):
    seat = world.here.assembly_seat
    for number in range(100, 100 + rows):
        make_appointed(
            make_listed_booth(number, seat=seat, name_hi=f"शाला {number}"), f"अ {number}"
        )
    retire(*Booth.objects.filter(number__gte=100))
    with django_assert_num_queries(3):
        assert len(queue()) == rows
