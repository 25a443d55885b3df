"""Plain makers of test data: each makes one thing, with what it needs around it."""

from datetime import date
from itertools import count

from booths.consent import recorded
from booths.models import Agent, AgentNeed, Booth, Kind, Sector
from zones.models import (
    AssemblySeat,
    District,
    LokSabhaSeat,
    Posting,
    SchemeTerm,
    State,
    User,
    Zone,
    ZoneScheme,
    ZoneSeat,
)

FIRST_DAY = date(2018, 8, 1)
running = count(1)


def make_state(code="CG", per_booth=1):
    state, created = State.objects.get_or_create(
        code=code, defaults={"name_hi": "छत्तीसगढ़", "name_en": "Chhattisgarh"}
    )
    if created:
        AgentNeed.objects.create(state=state, kind=Kind.BOOTH_AGENT, per_booth=per_booth)
    return state


def make_district(state=None, slug="raipur", **fields):
    state = state or make_state()
    names = {"name_hi": "रायपुर", "name_en": slug.title()} | fields
    return District.objects.get_or_create(state=state, slug=slug, defaults=names)[0]


def make_lok_sabha_seat(state=None, number=8, **fields):
    state = state or make_state()
    names = {"name_hi": f"लोकसभा {number}", "name_en": f"Lok Sabha {number}"} | fields
    return LokSabhaSeat.objects.get_or_create(state=state, number=number, defaults=names)[0]


def make_assembly_seat(number=48, lok_sabha_seat=None, district=None, state=None, **fields):
    state = state or (lok_sabha_seat.state if lok_sabha_seat else make_state())
    names = {"name_hi": f"सीट {number}", "name_en": f"Seat {number}"} | fields
    return AssemblySeat.objects.get_or_create(
        state=state,
        number=number,
        defaults=names
        | {
            "lok_sabha_seat": lok_sabha_seat or make_lok_sabha_seat(state),
            "district": district or make_district(state),
        },
    )[0]


def make_scheme(state=None, zones=None, from_on=FIRST_DAY, name="Four zones"):
    """A scheme in force from the day; `zones` maps zone numbers to Lok Sabha seats."""
    state = state or make_state()
    scheme = ZoneScheme.objects.create(state=state, name_hi=name, name_en=name)
    for number, seats in (zones or {}).items():
        zone = Zone.objects.create(
            scheme=scheme, number=number, name_hi=f"ज़ोन {number}", name_en=f"Zone {number}"
        )
        for seat in seats:
            ZoneSeat.objects.create(scheme=scheme, zone=zone, lok_sabha_seat=seat)
    SchemeTerm.objects.create(state=state, scheme=scheme, from_on=from_on)
    return scheme


def make_booth(number=1, suffix="", seat=None, listed_on=FIRST_DAY, **fields):
    return Booth.objects.create(
        assembly_seat=seat or make_assembly_seat(),
        number=number,
        suffix=suffix,
        listed_on=listed_on,
        **{"number_as_written": f"{number}{suffix}", "name_hi": f"प्राथमिक शाला {number}"} | fields,
    )


def make_sector(seat=None, name="सेक्टर 1", **fields):
    return Sector.objects.create(
        assembly_seat=seat or make_assembly_seat(), name_hi=name, name_en=name, **fields
    )


def make_agent(name="परीक्षण एजेंट", **fields):
    """An agent who agreed, where there is anything to agree to and the test says no other."""
    if "consent_mode" not in fields and any(fields.get(key) for key in Agent.CONTACT):
        fields |= recorded("paper", on=FIRST_DAY)
    return Agent.objects.create(name=name, code=f"T{next(running):05d}", **fields)


def make_user(username="demo", role=None, area=None, since=FIRST_DAY, until=None, **fields):
    """A user, posted in `role` on `area` (a place) when both are given."""
    user = User.objects.create_user(username, password="a-test-password-7", **fields)
    if role:
        make_posting(user, role, area, since=since, until=until)
    return user


def make_posting(user, role, area, since=FIRST_DAY, until=None):
    field = {
        State: "state",
        Zone: "zone",
        LokSabhaSeat: "lok_sabha_seat",
        District: "district",
        AssemblySeat: "assembly_seat",
    }[type(area)]
    return Posting.objects.create(user=user, role=role, since=since, until=until, **{field: area})
