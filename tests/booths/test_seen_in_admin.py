"""What the admin tells of people who stand, or stood, beyond the reader's area."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from booths import lifecycle
from booths.models import Agent, Kind
from tests.admin_world import DAY, make_listed_booth, make_world, signed_in
from tests.makers import make_agent, make_assembly_seat, make_user

pytestmark = pytest.mark.django_db
AGENTS = "/admin/booths/agent/"


@pytest.fixture
def world():
    return make_world()


@pytest.mark.parametrize(
    "lookup",
    [
        "appointments__booth__assembly_seat",
        "appointments__booth__assembly_seat__exact",
        "appointments__booth__assembly_seat__in",
        "appointments__booth__assembly_seat__gte",
        "appointments",
        "appointments__in",
        "appointments__booth__number",
    ],
)
def test_no_filter_tells_where_somebody_stands_now(world, lookup):
    moved = lifecycle.move(
        world.mine, make_listed_booth(9, seat=world.there.assembly_seat), on=DAY, by=world.office
    )
    client = signed_in(world.staff)
    assert moved.agent.name in client.get(AGENTS).content.decode()
    value = (
        moved.pk if lookup.startswith("appointments_") is False else moved.booth.assembly_seat_id
    )
    assert client.get(f"{AGENTS}?{lookup}={value}").status_code == 400


def test_the_filter_of_the_list_itself_stays(world):
    seat = world.here.assembly_seat
    address = f"{AGENTS}?appointments__booth__assembly_seat__id__exact={seat.pk}"
    assert world.mine.agent.name in signed_in(world.staff).get(address).content.decode()


def test_whom_somebody_replaced_elsewhere_is_not_named(world):
    made = lifecycle.replace(world.theirs, make_agent("नया आया"), on=DAY, by=world.office)
    booth = make_listed_booth(9, seat=world.here.assembly_seat)
    lifecycle.correct(made, booth=booth, on=DAY, by=world.office, reason="गलत बूथ")
    before = Agent.objects.get(pk=world.theirs.agent_id).name
    for page in ("change", "history"):
        address = f"/admin/booths/appointment/{made.pk}/{page}/"
        assert before in signed_in(world.office).get(address).content.decode()
        shown = signed_in(world.staff).get(address)
        assert shown.status_code == 200
        assert before not in shown.content.decode()


def test_who_does_not_verify_corrects_no_day_of_a_verification(world):
    lifecycle.verify(world.mine, on=date(2018, 8, 12), by=world.office)
    address = f"/admin/booths/appointment/{world.mine.pk}/do/correct/"
    assert "verified_on" not in signed_in(world.staff).get(address).context["form"].fields
    in_charge = make_user("in-charge", "state_office", world.state)
    assert "verified_on" in signed_in(in_charge).get(address).context["form"].fields


def test_an_agent_of_mine_is_not_told_to_stand_at_a_strangers_seat_too(world):
    agent, seats = world.mine.agent, (world.here.assembly_seat, world.there.assembly_seat)
    make_listed_booth(9, seat=make_assembly_seat(49, district=seats[0].district))  # to choose from
    lifecycle.appoint_at(world.there, agent, on=DAY, by=world.stranger, kind=Kind.BLA2)

    def of_seat(seat):
        asked = {"appointments__booth__assembly_seat__id__exact": seat.pk}
        shown = signed_in(world.staff).get(AGENTS, asked)
        return list(shown.context["cl"].queryset)

    assert [of_seat(seat) for seat in seats] == [[agent], []]
    assert "62 / 2" not in signed_in(world.staff).get(AGENTS).content.decode()
    assert "48 / 1, 62 / 2" in signed_in(world.office).get(AGENTS).content.decode()


def test_a_hint_of_a_list_tells_of_no_booth_of_a_strangers_area(world):
    """The booth told is the latest at which the agent stands."""
    make_listed_booth(3, seat=world.here.assembly_seat)
    lifecycle.appoint_at(world.there, world.mine.agent, on=DAY, by=world.stranger, kind=Kind.BLA2)
    file = SimpleUploadedFile(
        "list.csv", "assembly_seat,booth,name,mobile\n48,3,सीता,5876543210".encode()
    )
    agreed = {"import_file": file, "consent": "paper", "consent_on": "10/08/2018"}
    preview = signed_in(world.staff).post(f"{AGENTS}import/", agreed, follow=True)
    (hint,) = preview.context["likely"]
    assert [known["booth"] for known in hint["known"]] == ["48 / 1"]
