"""A demo of the whole state: real seats, invented people, an uneven pace, a due day ahead.

Everything is drawn from one seed, so two demos built on one day are alike. No name or number
here is a living person's: names begin with "डेमो", mobiles with 5, which is given to nobody.
Written in bulk past the lifecycle, then counted anew.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction

from booths import bookkeeping, codes, consent
from booths.models import (
    Agent,
    Appointment,
    AppointmentEvent,
    Block,
    Booth,
    Kind,
    Post,
    Sector,
    TeamMember,
)
from campaign import snapshots
from campaign.models import Campaign, Directive, ReviewMeeting
from zones.imports import import_territory
from zones.models import AssemblySeat, District, Posting, State, User, Zone, ZoneSeat
from zones.trail.keeping import keep_first_versions

FACTS = settings.BASE_DIR / "fixtures" / "cg"
FIXTURES = ("chhattisgarh_map", "posts", "agent_needs", "campaign_2018")
BOOTHS = 23_632
PASSWORD = "demo-pragati"
TERM_GONE, TERM_AHEAD = 29, 14  # days of the directive before today, and after it
ZONE_SHARE = {1: 0.70, 2: 0.52, 3: 0.74, 4: 0.40}  # covered today, about
ZONE_MONITORS = {1: "कख", 2: "ग", 3: "घङ", 4: "च"}  # six state in-charges over four zones

VILLAGES = (
    "देवगढ़ नयापारा बड़ेपारा सेमरा कोटरा भाटापारा पथरिया खैरा मोहदा लिमतरा करमडीह सोनपुर "
    "बेलगांव तेंदूडीह आमगांव चिखली कुसुमपाल झरनपुर डोंगरीपारा सरईपाली"
).split()
FIRST_NAMES = (
    "रामकुमार लक्ष्मी सुरेश अनीता मनोज सरस्वती दिनेश गीता राजेश सावित्री कमल ममता भोला "
    "फूलबाई हेमंत रुक्मणी ईश्वर कौशल्या तुलसी अमरौतिन"
).split()
LAST_NAMES = "साहू वर्मा ध्रुव नेताम यादव पटेल मरकाम कश्यप बंजारे निषाद".split()

CONSENT_MODES = ("paper", "paper", "phone")

OFFICE_NAME = "डेमो कार्यालय"
# (user name, name, role, the field of the area, its key)
SIGN_INS = [
    ("office", OFFICE_NAME, "state_office", "state", None),
    ("incharge", "डेमो प्रभारी क", "state_in_charge", "state", None),
    ("zone1", "डेमो ज़ोन प्रभारी 1", "zone_in_charge", "zone", 1),
    ("zone4", "डेमो ज़ोन प्रभारी 4", "zone_in_charge", "zone", 4),
    ("raipur", "डेमो जिला रायपुर", "district_staff", "district", "raipur"),
    ("bastar", "डेमो जिला बस्तर", "district_staff", "district", "bastar"),
    ("observer", "डेमो पर्यवेक्षक", "observer", "state", None),
]


@dataclass
class Demo:
    """What has been made so far, for the steps that build on it."""

    today: date
    state: State
    size: int
    random: Random = field(default_factory=lambda: Random(2018))
    zone_of: dict[int, int] = field(default_factory=dict)  # Lok Sabha seat -> zone number
    sector_size: int = 0
    office: User | None = None  # who entered it all

    @property
    def issued_on(self) -> date:
        return self.today - timedelta(days=TERM_GONE)

    @property
    def starts_on(self) -> date:
        return self.issued_on - timedelta(days=10)


def exists() -> bool:
    return Campaign.objects.filter(slug="demo").exists()


@transaction.atomic
def build(today: date, say: Callable[[str], None] = print, size: int = BOOTHS) -> None:
    """Fills the database; `size` is the number of booths."""
    import_territory(FACTS, code="CG")
    call_command("loaddata", *FIXTURES, verbosity=0)
    demo = Demo(today, State.objects.get(code="CG"), size)
    zone_seats = ZoneSeat.objects.in_force(demo.state, today).select_related("zone")
    demo.zone_of = {zone_seat.lok_sabha_seat_id: zone_seat.zone.number for zone_seat in zone_seats}
    people(demo)
    demo.sector_size = campaign(demo).sector_size
    for name, step in (("booths", booths), ("teams", teams), ("agents", agents)):
        say(f"{name} …")
        step(demo)
    bookkeeping.recount(demo.state)
    reviews(demo)
    keep_first_versions(why="demo")
    with connection.cursor() as cursor:  # else the database does not know yet which index helps
        cursor.execute("ANALYZE")


def people(demo: Demo) -> None:
    zones = {zone.number: zone for zone in Zone.objects.filter(scheme__state=demo.state)}
    places = {
        "state": lambda key: demo.state,
        "zone": zones.get,
        "district": lambda key: District.objects.get(state=demo.state, slug=key),
    }
    for username, name, role, area, key in SIGN_INS:
        user = person(username, name)
        post(demo, user, role, **{area: places[area](key)})
    demo.office = User.objects.get(username="office")
    monitors = {"क": User.objects.get(username="incharge")}
    for number, letters in ZONE_MONITORS.items():
        for letter in letters:
            user = monitors.get(letter) or person(
                f"incharge-{number}-{letter}", f"डेमो प्रभारी {letter}"
            )
            if letter not in monitors:
                post(demo, user, "state_in_charge", state=demo.state)
            post(demo, user, "state_in_charge", zone=zones[number])
    for number in (2, 3):
        post(demo, person(f"zone{number}", f"डेमो ज़ोन प्रभारी {number}"), "zone_in_charge",
             zone=zones[number])  # fmt: skip


def person(username: str, name: str) -> User:
    return User.objects.create(
        username=username, password=password_hash(), first_name=name, is_staff=True
    )


@cache
def password_hash() -> str:
    """One for all, since a good hash takes its time; the password is known to everyone anyway."""
    return make_password(PASSWORD)


def post(demo: Demo, user: User, role: str, **area) -> Posting:
    return Posting.objects.create(user=user, role=role, since=demo.starts_on, **area)


def campaign(demo: Demo) -> Campaign:
    due_on = demo.today + timedelta(days=TERM_AHEAD)
    made = Campaign.objects.create(
        state=demo.state,
        slug="demo",
        name_hi="डेमो अभियान",
        name_en="Demo campaign",
        party_hi="डेमो पार्टी",
        party_en="Demo party",
        starts_on=demo.starts_on,
        is_current=True,
    )
    texts = [
        ("सभी बूथों पर एजेंट", "Agents at all booths", "agents"),
        ("सेक्टर चुनावी टीम", "Sector election teams", "sector_teams"),
        ("ब्लॉक चुनावी टीम", "Block election teams", "block_teams"),
        ("ज़ोन टीम", "Zone teams", "zone_teams"),
    ]
    for number, (text_hi, text_en, measure) in enumerate(texts, 1):
        Directive.objects.create(
            campaign=made,
            number=number,
            issued_by_hi="राष्ट्रीय अध्यक्ष",
            issued_by_en="National president",
            issued_on=demo.issued_on,
            due_on=due_on,
            text_hi=text_hi,
            text_en=text_en,
            measure=measure,
            kind=Kind.BOOTH_AGENT if measure == "agents" else "",
        )
    for number in (1, 2, 3):
        ReviewMeeting.objects.create(campaign=made, number=number)
    ReviewMeeting.objects.filter(campaign=made, number=3).update(
        window_start=due_on + timedelta(days=1), window_end=due_on + timedelta(days=14)
    )
    ReviewMeeting.objects.create(
        campaign=made, number=1, kind="president", status=ReviewMeeting.Status.POSSIBLE
    )
    return made


def reviews(demo: Demo) -> None:
    """The first two, computed of their days."""
    for number, days_ago in ((1, 18), (2, 7)):
        meeting = ReviewMeeting.objects.get(campaign__slug="demo", kind="review", number=number)
        day = demo.today - timedelta(days=days_ago)
        snapshots.hold(meeting, day=day, by=demo.office, on=demo.today)


def facts(file_name: str, column: str) -> dict[int, str]:
    """The column of a file of facts, by number of the assembly seat."""
    with (FACTS / file_name).open(encoding="utf-8-sig") as file:
        return {int(row["ac_number"]): row[column] for row in csv.DictReader(file)}


def shares(weights: dict[int, int], total: int) -> dict[int, int]:
    """`total` split in proportion to the weights, the largest remainders rounded up."""
    whole = sum(weights.values())
    result = {key: weight * total // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: weights[key] * total % whole, reverse=True)
    for key in by_remainder[: total - sum(result.values())]:
        result[key] += 1
    return result


def booths(demo: Demo) -> None:
    electors = facts("assembly_electors_2014.csv", "electors_total")
    numbers = shares({seat: int(number) for seat, number in electors.items()}, demo.size)
    second = facts("assembly_seats.csv", "district_current_also_en")
    districts = {place.name_en: place for place in District.objects.filter(state=demo.state)}
    rows = []
    for seat in AssemblySeat.objects.filter(state=demo.state):
        blocks = Block.objects.bulk_create(
            Block(assembly_seat=seat, name_hi=f"ब्लॉक {n}", name_en=f"Block {n}") for n in (1, 2)
        )
        count = numbers[seat.number]
        drawn = count // demo.sector_size
        sectors = Sector.objects.bulk_create(
            Sector(
                assembly_seat=seat,
                block=blocks[n * 2 // drawn],
                name_hi=f"सेक्टर {n + 1}",
                name_en=f"Sector {n + 1}",
            )
            for n in range(drawn)
        )
        rows += [booth(demo, seat, n, sectors) for n in range(count)]
        for booth_there in rows[-(count // 6) :]:  # the end of the seat lies across the border
            booth_there.district = districts.get(second[seat.number].split(";")[0])
    Booth.objects.bulk_create(rows, batch_size=2000)


def booth(demo: Demo, seat: AssemblySeat, index: int, sectors: list[Sector]) -> Booth:
    """Every 40th booth is the auxiliary of the one before; the last few are in no sector."""
    auxiliary = index % 40 == 39
    number = index + 1 - (index + 1) // 40
    village = f"{demo.random.choice(VILLAGES)}-{index % 3 + 1}"
    sector = index // demo.sector_size
    men, women = demo.random.randint(300, 520), demo.random.randint(300, 520)
    return Booth(
        assembly_seat=seat,
        number=number,
        suffix="A" if auxiliary else "",
        number_as_written=f"{number}{'क' if auxiliary else ''}",
        name_hi=village,
        building=f"शास. प्राथमिक शाला {village}, कक्ष-{index % 2 + 1}",
        locality=village,
        sector=sectors[sector] if sector < len(sectors) else None,
        electors_male=men,
        electors_female=women,
        electors_third=0,
        electors_total=men + women,
        flags={"no_network": True} if demo.random.random() < 0.03 else {},
        listed_on=demo.starts_on,
    )


def teams(demo: Demo) -> None:
    posts = {level: list(Post.objects.filter(level=level)) for level in ("zone", "block", "sector")}
    zone_of_seat = {
        seat.pk: demo.zone_of[seat.lok_sabha_seat_id]
        for seat in AssemblySeat.objects.filter(state=demo.state)
    }
    rows = []
    for level, model in (("block", Block), ("sector", Sector)):
        for unit in model.objects.filter(assembly_seat__state=demo.state):
            share = ZONE_SHARE[zone_of_seat[unit.assembly_seat_id]]
            if demo.random.random() < share * 0.75:
                rows += [member(demo, post, **{level: unit}) for post in posts[level][:3]]
            elif demo.random.random() < 0.3:
                rows.append(member(demo, posts[level][0], **{level: unit}))
    for zone in Zone.objects.filter(scheme__state=demo.state):
        rows.append(member(demo, posts["zone"][0], origin="state_executive", zone=zone))
        if zone.number != 4:
            rows.append(member(demo, posts["zone"][1], zone=zone))
    TeamMember.objects.bulk_create(rows, batch_size=2000)


def member(demo: Demo, post: Post, **fields) -> TeamMember:
    since = demo.today - timedelta(days=demo.random.randint(0, TERM_GONE + 5))
    return TeamMember(post=post, name=invented_name(demo.random), since=since, **fields)


def invented_name(random: Random) -> str:
    return f"डेमो {random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def agents(demo: Demo) -> None:
    people, appointments, taken = [], [], set()
    rows = Booth.objects.filter(assembly_seat__state=demo.state).select_related("assembly_seat")
    shares_of_seats: dict[int, float] = {}
    for booth in rows.order_by("assembly_seat", "number", "suffix"):
        seat = booth.assembly_seat
        if seat.pk not in shares_of_seats:
            shares_of_seats[seat.pk] = seat_share(demo, seat)
        for spans in histories(demo, shares_of_seats[seat.pk]):
            agent = invented_agent(demo, taken)
            people.append(agent)
            appointments.append(Appointment(booth=booth, agent=agent, **spans))
    Agent.objects.bulk_create(people, batch_size=2000)
    Appointment.objects.bulk_create(appointments, batch_size=2000)
    AppointmentEvent.objects.bulk_create(
        (event for appointment in appointments for event in events(demo, appointment)),
        batch_size=2000,
    )


def seat_share(demo: Demo, seat: AssemblySeat) -> float:
    """Covered share of a seat: about its zone's, with a few seats done and a few not begun."""
    luck = demo.random.random()
    if luck < 0.04:
        return 1.0
    if luck > 0.97:
        return 0.02
    return min(ZONE_SHARE[demo.zone_of[seat.lok_sabha_seat_id]] * demo.random.uniform(0.75, 1.2), 1)


def histories(demo: Demo, share: float) -> list[dict]:
    """The appointments of one booth: none, one proposed, one in office, or one replaced."""
    luck = demo.random.random()
    if luck >= share:
        if demo.random.random() < 0.08:
            return [{"status": "proposed", "proposed_on": day_of_entry(demo, latest=True)}]
        return []
    appointed_on = day_of_entry(demo)
    in_office = {"proposed_on": appointed_on, "appointed_on": appointed_on, "slot": 1}
    if demo.random.random() < 0.03 and appointed_on < demo.today:
        ended_on = appointed_on + (demo.today - appointed_on) // 2
        first = in_office | {"status": "ended", "ended_on": ended_on, "end_reason": "replaced"}
        later = {"proposed_on": ended_on, "appointed_on": ended_on, "slot": 1}
        return [first, later | {"status": "appointed"}]
    if demo.random.random() < 0.45 and appointed_on < demo.today - timedelta(days=3):
        verified_on = appointed_on + timedelta(days=demo.random.randint(1, 3))
        return [in_office | {"status": "verified", "verified_on": verified_on}]
    return [in_office | {"status": "appointed"}]


def day_of_entry(demo: Demo, latest: bool = False) -> date:
    """A few days lie before the directive; Sundays bring less; the pace grows a little."""
    if latest:
        return demo.today - timedelta(days=demo.random.randint(0, 6))
    if demo.random.random() < 0.06:
        return demo.issued_on - timedelta(days=demo.random.randint(1, 10))
    while True:
        day = demo.issued_on + timedelta(days=int(TERM_GONE * demo.random.random() ** 0.85 + 0.5))
        if day.weekday() != 6 or demo.random.random() < 0.4:
            return day


def invented_agent(demo: Demo, taken: set[str]) -> Agent:
    code = codes.new_code(taken)
    taken.add(code)
    mobile = f"5{demo.random.randint(0, 10**9 - 1):09d}" if demo.random.random() < 0.8 else ""
    mode = CONSENT_MODES[len(taken) % len(CONSENT_MODES)] if mobile else ""
    return Agent(
        code=code,
        name=invented_name(demo.random),
        relation_name=invented_name(demo.random),
        mobile=mobile,
        entered_by=demo.office,
        **consent.recorded(mode, on=demo.starts_on),
    )


def events(demo: Demo, appointment: Appointment) -> list[AppointmentEvent]:
    days = {
        "proposed": appointment.proposed_on,
        "appointed": appointment.appointed_on,
        "verified": appointment.verified_on,
        "ended": appointment.ended_on,
    }
    return [
        AppointmentEvent(
            appointment=appointment, verb=verb, on=day, by=demo.office, by_name=OFFICE_NAME
        )
        for verb, day in days.items()
        if day
    ]
