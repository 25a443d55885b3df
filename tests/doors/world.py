"""Who knocks, and the rows behind the doors: two districts, one of them a stranger's."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from booths import lifecycle
from booths.consent import recorded
from booths.models import (
    Agent,
    AgentNeed,
    BlaAuthorisation,
    Block,
    ImportBatch,
    ImportJob,
    Post,
    Sector,
    TeamMember,
)
from campaign.models import (
    Campaign,
    Commitment,
    Decision,
    DirectiveReading,
    ReviewMeeting,
    SeatContest,
)
from tests.admin_world import DAY, World, make_listed_booth, make_world
from tests.campaign.land import make_campaign, make_directive
from tests.makers import make_agent, make_assembly_seat, make_scheme, make_user
from zones.models import Posting, SchemeTerm, User, Zone, ZoneScheme, ZoneSeat


@dataclass
class Doorstep:
    world: World
    rows: dict[str, object]  # by the name that doors.txt calls it
    actors: dict[str, Client]

    def address(self, text: str) -> str:
        for name, row in self.rows.items():
            text = text.replace(f"{{{name}}}", str(row.pk))
        return text


def make_doorstep() -> Doorstep:
    world = make_world()
    rows = make_rows(world) | make_more_rows(world)
    return Doorstep(world, rows, make_actors(world))


def make_rows(world) -> dict[str, object]:
    """One row of every model that the admin shows, by the name of the model."""
    seat, state = world.here.assembly_seat, world.state
    scheme = make_scheme(state, {1: [seat.lok_sabha_seat]}, from_on=DAY)
    campaign = make_campaign(state)
    directive = make_directive(campaign)
    meeting = ReviewMeeting.objects.create(campaign=campaign, number=3)
    sector = Sector.objects.create(assembly_seat=seat, name_hi="सेक्टर")
    post = Post.objects.get_or_create(level="sector", name_hi="अध्यक्ष", is_lead=True)[0]
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
        "teammember": TeamMember.objects.create(
            sector=sector,
            post=post,
            name="डेमो",
            mobile="5000000032",
            since=DAY,
            **recorded("paper", on=DAY),
        ),
        "booth": world.here,
        "agentneed": AgentNeed.objects.get(state=state),
        "agent": world.mine.agent,
        "appointment": world.mine,
        "importbatch": ImportBatch.objects.create(
            state=state, content="booths", file_name="list.csv", as_of=DAY, by=office
        ),
        "importjob": make_job(f"of {office}", office, status="running", data=b"x"),
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


def make_job(token, by, **fields) -> ImportJob:
    given = {"content": "agents", "file_name": "list.csv", "asked_at": timezone.now()} | fields
    return ImportJob.objects.create(token=token, by=by, **given)


def make_more_rows(world) -> dict[str, object]:
    """Rows that posts need, and those of the stranger."""
    seat, far = world.here.assembly_seat, world.there.assembly_seat
    empty, proposed_at, left = (make_listed_booth(number, seat=seat) for number in (3, 4, 5))
    stood = lifecycle.appoint_at(
        left, make_agent("पहले था", mobile="5000000031"), on=DAY, by=world.staff
    )
    gone = lifecycle.end(stood, on=DAY, reason="resigned", by=world.staff).agent
    proposed = lifecycle.propose(proposed_at, make_agent("प्रस्तावित"), on=DAY, by=world.staff)
    return {
        "theirs": world.theirs,
        "their_agent": world.theirs.agent,
        "their_booth": world.there,
        "their_user": world.stranger,
        "their_posting": Posting.objects.get(user=world.stranger),
        "their_seat": far,
        "their_district": far.district,
        "their_lok_sabha_seat": far.lok_sabha_seat,
        "their_block": Block.objects.create(assembly_seat=far, name_hi="दूर का ब्लॉक"),
        "their_sector": Sector.objects.create(assembly_seat=far, name_hi="दूर का सेक्टर"),
        "empty_seat": make_assembly_seat(49, district=seat.district),
        "empty_booth": empty,
        "their_empty_booth": make_listed_booth(3, seat=far, name_hi="दूर की खाली शाला"),
        "proposed": proposed,
        "gone": gone,
        "unplaced": Agent.objects.create(name="अभी कहीं नहीं", code="T99999", entered_by=world.staff),
        "spare_sector": Sector.objects.create(assembly_seat=seat, name_hi="बिना टोली"),
        "spare_contest": SeatContest.objects.create(
            campaign=Campaign.objects.get(), assembly_seat=far, status="ours"
        ),
        "zone_post": Post.objects.create(level="zone", name_hi="सचिव"),
        "spare_post": Post.objects.create(level="block", name_hi="सदस्य"),
        "spare_scheme": ZoneScheme.objects.create(
            state=world.state, name_hi="अगली", name_en="Next"
        ),
        "office": world.office,
        "their_decision": Decision.objects.create(
            meeting=ReviewMeeting.objects.create(
                campaign=Campaign.objects.get(), kind="president", number=1
            ),
            text="डेमो 2",
            owner=world.office,
            due_on=DAY,
        ),
        "drawn_scheme": make_drawn_scheme(world.state, seat),
        "by_hand": DirectiveReading.objects.get().directive,
        "booth_type": ContentType.objects.get(app_label="booths", model="booth"),
    }


def make_drawn_scheme(state, seat) -> ZoneScheme:
    scheme = ZoneScheme.objects.create(state=state, name_hi="खींची", name_en="Drawn")
    zone = Zone.objects.create(scheme=scheme, number=1, name_hi="नया ज़ोन", name_en="New zone")
    ZoneSeat.objects.create(scheme=scheme, zone=zone, lok_sabha_seat=seat.lok_sabha_seat)
    return scheme


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
    clients = {name: Client(raise_request_exception=False) for name in ("nobody", *users)}
    for name, user in users.items():
        clients[name].force_login(User.objects.get(pk=user.pk))
    return clients
