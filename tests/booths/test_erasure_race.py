"""An erasure is not undone by somebody who read the person before it and writes after it."""

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from booths import erasure, lifecycle
from booths.models import Agent, Post, TeamMember
from tests.admin_world import DAY, make_world, signed_in
from tests.booths.test_imports import take
from tests.makers import make_sector

TODAY = date(2018, 8, 20)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    # SQLite has one writer at a time: whoever reads in order to write waits for the other.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="asks for two writers at once"),
]


def while_erasing(erase, then):
    """Begins `then` in a thread of its own while the erasure is not committed; its answer."""
    answers = []

    def run():
        try:
            answers.append(then())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        erase()
        thread.start()
        thread.join(timeout=2)  # long enough to have read, and now to wait for us
    thread.join(timeout=30)
    return answers[0]


@pytest.fixture
def gone():
    world = make_world()
    lifecycle.end(world.mine, on=date(2018, 8, 15), reason="resigned", by=world.staff)
    return world


def erase_agent(world):
    erasure.erase(world.mine.agent, on=TODAY, by=world.office, reason="asked")


def kept(world):
    return list(Agent.objects.filter(pk=world.mine.agent_id).values("mobile", "erased_on"))


def test_the_form_of_an_agent_waits_for_an_erasure(gone):
    typed = {"name": "राम अपना", "mobile": "5876543210", "consent_mode": "paper"}
    typed |= {"appointments-TOTAL_FORMS": 0, "appointments-INITIAL_FORMS": 0}
    client = signed_in(gone.staff)
    page = reverse("admin:booths_agent_change", args=[gone.mine.agent_id])
    answer = while_erasing(lambda: erase_agent(gone), lambda: client.post(page, typed))
    assert answer.status_code == 403
    assert kept(gone) == [{"mobile": "", "erased_on": TODAY}]


def test_the_form_of_a_team_member_waits_for_an_erasure():
    world = make_world()
    sector = make_sector(world.here.assembly_seat)
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष")
    member = TeamMember.objects.create(
        sector=sector, post=post, name="सदस्य", since=date(2018, 8, 1), until=DAY
    )
    typed = {"name": "सदस्य", "post": post.pk, "sector": sector.pk, "origin": "local"}
    typed |= {"since": "01/08/2018", "until": "10/08/2018"}
    client = signed_in(world.staff)
    page = reverse("admin:booths_teammember_change", args=[member.pk])
    answer = while_erasing(
        lambda: erasure.erase_member(member, on=TODAY, by=world.office, reason="asked"),
        lambda: client.post(page, typed),
    )
    assert answer.status_code == 403
    assert TeamMember.objects.get().name == erasure.ERASED


def test_a_list_waits_for_an_erasure(gone):
    data = f"code,booth,name,mobile\n{gone.mine.agent.code},,राम अपना,5876511111".encode()
    result = while_erasing(lambda: erase_agent(gone), lambda: take(gone.staff, data))
    assert (result.counts["changed"], result.counts["faulty"]) == (0, 1)
    assert kept(gone) == [{"mobile": "", "erased_on": TODAY}]
