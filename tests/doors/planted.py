"""Values of a stranger's area that nobody else has: if one turns up, it has leaked."""

from django.utils import timezone

from booths import lifecycle
from booths.consent import recorded
from booths.models import Agent, Appointment, ImportBatch, Post, TeamMember
from booths.sounds import sounds_of
from tests.admin_world import DAY
from tests.doors.world import Doorstep, make_job
from zones.models import AssemblySeat, User, Zone, ZoneSeat

PEOPLE = {
    "name": "श्याम पराया",
    "relation": "पिता पराया",
    "mobile": "5123456789",
    "epic": "ZZQ7654321",
    "code": "QZQZQ7",
    "remark": "पराया कारण",
    "unplaced": "कहींनहीं पराया",
    "unplaced mobile": "5155544433",
    "team member": "टोली पराया",
    "team mobile": "5199988877",
    "zone member": "ज़ोनटोली पराया",
    "zone mobile": "5188877766",
    "user": "अजनबी पराया",
    "user mobile": "5177766655",
    "login": "stranger",
    "file": "parayi-suchi.csv",
    "file problem": "पराया दोष",
}
PLACES = {
    "booth": "दूर की शाला",
    "sector": "दूर का सेक्टर",
    "block": "दूर का ब्लॉक",
    "seat": "दूरस्थपुर",
    "district": "दुर्ग",
    "lok_sabha_seat": "लोकसभा 7",
}


def plant(doorstep: Doorstep) -> None:
    rows, stranger = doorstep.rows, doorstep.world.stranger
    told = {"name": PEOPLE["name"], "relation_name": PEOPLE["relation"]}
    told |= {"mobile": PEOPLE["mobile"], "epic_no": PEOPLE["epic"], "code": PEOPLE["code"]}
    Agent.objects.filter(pk=rows["their_agent"].pk).update(**told, sounds=sounds_of(PEOPLE["name"]))
    theirs = Appointment.objects.get(pk=rows["theirs"].pk)
    lifecycle.correct(
        theirs,
        by=stranger,
        on=DAY,
        reason=PEOPLE["remark"],
        proposed_on=theirs.proposed_on.replace(day=9),
    )
    AssemblySeat.objects.filter(pk=rows["their_seat"].pk).update(name_hi=PLACES["seat"])
    rows["their_unplaced"] = Agent.objects.create(
        name=PEOPLE["unplaced"],
        mobile=PEOPLE["unplaced mobile"],
        code="QZQZQ8",
        **recorded("paper", on=DAY),
        entered_by=stranger,
    )
    User.objects.filter(pk=stranger.pk).update(
        first_name=PEOPLE["user"], mobile=PEOPLE["user mobile"], username=PEOPLE["login"]
    )
    rows["their_member"] = TeamMember.objects.create(
        sector=rows["their_sector"],
        post=rows["post"],
        name=PEOPLE["team member"],
        mobile=PEOPLE["team mobile"],
        **recorded("paper", on=DAY),
        since=DAY,
    )
    rows["their_zone"] = _zone(rows)
    rows["their_zone_member"] = TeamMember.objects.create(
        zone=rows["their_zone"],
        post=Post.objects.create(level="zone", name_hi="प्रभारी"),
        name=PEOPLE["zone member"],
        mobile=PEOPLE["zone mobile"],
        **recorded("paper", on=DAY),
        since=DAY,
    )
    rows["their_import"] = ImportBatch.objects.create(
        state=doorstep.world.state,
        content="agents",
        file_name=PEOPLE["file"],
        problems=[{"row": 2, "column": "name", "message": PEOPLE["file problem"]}],
        as_of=DAY,
        by=stranger,
        by_name=PEOPLE["user"],
    )
    rows["their_job"] = make_job(
        "theirs", stranger, status="refused", refusal=PEOPLE["file problem"],
        ended_at=timezone.now(), file_name=PEOPLE["file"],
    )  # fmt: skip


def _zone(rows):
    scheme = rows["zonescheme"]
    zone = Zone.objects.create(scheme=scheme, number=2, name_hi="दूसरा", name_en="Second")
    ZoneSeat.objects.create(scheme=scheme, zone=zone, lok_sabha_seat=rows["their_lok_sabha_seat"])
    return zone
