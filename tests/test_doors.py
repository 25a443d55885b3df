"""The door table: every address of the project against everyone who may knock.

`doors.txt` holds a line for each address: what a GET answers, by status, to each of
- nobody: not signed in
- unposted: signed in, posted nowhere
- outside: district staff of another district
- observer: posted here, to read numbers only
- staff: district staff here
- in_charge: of the assembly seat here: reads people and verifies
- office: state office
"in" means: sent to the sign-in page. A route that no line knocks at fails the test.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve

from booths.models import (
    AgentNeed,
    BlaAuthorisation,
    Block,
    ImportBatch,
    Post,
    Sector,
    TeamMember,
)
from campaign.models import (
    Commitment,
    Decision,
    DirectiveReading,
    ReviewMeeting,
    SeatContest,
)
from tests.admin_world import DAY, make_world
from tests.campaign.land import make_campaign, make_directive
from tests.makers import make_scheme, make_user
from zones.models import Posting, SchemeTerm, User, Zone

TABLE = Path(__file__).with_name("doors.txt")
ACTORS = ("nobody", "unposted", "outside", "observer", "staff", "in_charge", "office")
# Doors whose answer is not a page: told apart from the rest by a test of their own.
ELSEWHERE = {"admin/(?P<url>.*)$"}


def doors() -> list[tuple[str, list[str]]]:
    rows = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1:]) for row in rows if row and not row[0].startswith("#")]


def make_rows(world) -> dict[str, object]:
    """One row of every model that the admin shows, by the name that doors.txt calls it."""
    seat, state = world.here.assembly_seat, world.state
    scheme = make_scheme(state, {1: [seat.lok_sabha_seat]}, from_on=DAY)
    campaign = make_campaign(state)
    directive = make_directive(campaign)
    meeting = ReviewMeeting.objects.create(campaign=campaign, number=3)
    sector = Sector.objects.create(assembly_seat=seat, name_hi="सेक्टर")
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष", is_lead=True)
    office = world.office
    return {
        "user": world.staff,
        "posting": Posting.objects.get(user=world.staff),
        "state": state,
        "district": seat.district,
        "loksabhaseat": seat.lok_sabha_seat,
        "assemblyseat": seat,
        "zonescheme": scheme,
        "zone": Zone.objects.get(scheme=scheme),
        "schemeterm": SchemeTerm.objects.get(scheme=scheme),
        "block": Block.objects.create(assembly_seat=seat, name_hi="ब्लॉक"),
        "sector": sector,
        "post": post,
        "teammember": TeamMember.objects.create(sector=sector, post=post, name="डेमो", since=DAY),
        "booth": world.here,
        "agentneed": AgentNeed.objects.get(),
        "agent": world.mine.agent,
        "appointment": world.mine,
        "importbatch": ImportBatch.objects.create(
            state=state, content="booths", file_name="list.csv", as_of=DAY, by=office
        ),
        "blaauthorisation": BlaAuthorisation.objects.create(
            state=state, person="डेमो", signed_on=DAY
        ),
        "campaign": campaign,
        "directive": directive,
        "seatcontest": SeatContest.objects.create(campaign=campaign, assembly_seat=seat),
        "directivereading": DirectiveReading.objects.create(
            directive=make_directive(campaign, 2, "by_hand"),
            assembly_seat=seat,
            on=DAY,
            percent=5,
            by=office,
        ),
        "reviewmeeting": meeting,
        "commitment": Commitment.objects.create(
            meeting=meeting, user=office, assembly_seat=seat, number=5
        ),
        "decision": Decision.objects.create(meeting=meeting, text="डेमो", owner=office, due_on=DAY),
    }


def make_actors(world) -> dict[str, Client]:
    seat = world.here.assembly_seat
    users = {
        "unposted": make_user("unposted"),
        "outside": world.stranger,
        "observer": make_user("observer", "observer", seat.district),
        "staff": world.staff,
        "in_charge": make_user("in-charge", "seat_in_charge", seat),
        "office": world.office,
    }
    User.objects.update(is_staff=True)
    clients = {"nobody": Client()}
    for name, user in users.items():
        clients[name] = Client()
        clients[name].force_login(User.objects.get(pk=user.pk))
    return clients


def answer(client: Client, address: str) -> str:
    response = client.get(address)
    if response.status_code == 302:
        to_sign_in = response.url.startswith(("/sign-in/", "/admin/login/"))
        return "in" if to_sign_in else "302"
    return str(response.status_code)


@pytest.mark.django_db
def test_every_door_answers_everyone_as_the_table_says():
    world = make_world()
    rows, actors = make_rows(world), make_actors(world)
    ids = {name: row.pk for name, row in rows.items()} | {"theirs": world.theirs.pk}
    wrong = []
    for door, expected in doors():
        address = re.sub(r"\{(\w+)\}", lambda name: str(ids[name[1]]), door)
        found = [answer(actors[actor], address) for actor in ACTORS]
        if found != expected:
            wrong.append(f"{door:60} {' '.join(f'{status:4}' for status in found)}")
    assert not wrong, "\n".join(wrong)


def routes(patterns, before="") -> list[str]:
    found = []
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")  # as resolve() joins them
        found += (
            routes(pattern.url_patterns, route) if hasattr(pattern, "url_patterns") else [route]
        )
    return found


def test_no_door_is_missing_from_the_table():
    assert settings.ROOT_URLCONF == "campaign.urls"
    knocked = {
        resolve(re.sub(r"\{\w+\}", "1", door).split("?")[0]).route for door, _answers in doors()
    }
    assert set(routes(get_resolver().url_patterns)) - knocked - ELSEWHERE == set()


def test_a_missing_door_would_be_seen():
    assert "sign-in/" in routes(get_resolver().url_patterns)
    assert {"admin/nowhere/"} - {resolve("/admin/nowhere/").route} == {"admin/nowhere/"}
