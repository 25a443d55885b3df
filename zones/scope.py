"""What a user may see or do, and nowhere else.

An act is allowed where one current posting both covers the place and grants the act; what
several postings cover and grant is never pooled. `on` is always the day of asking, today: never
the day that a page shows, or a look at a past day would open what is closed now.
"""

from datetime import date
from enum import StrEnum

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from zones.accounts import account_named
from zones.models import (
    POSTING_AREAS,
    AssemblySeat,
    District,
    LokSabhaSeat,
    Posting,
    State,
    User,
    Zone,
)

Role = Posting.Role


class Act(StrEnum):
    SEE_NUMBERS = "see_numbers"  # counts, places and booths; names and posts of office-bearers
    SEE_PEOPLE = "see_people"  # agents' names, phones and EPIC; phones of office-bearers
    LIST_CONTACTS = "list_contacts"  # mobile numbers in full in lists and exports
    ENTER_PEOPLE = "enter_people"  # an agent's own data; EPIC in full in lists and exports
    ERASE_PEOPLE = "erase_people"
    PROPOSE = "propose"
    APPOINT = "appoint"
    VERIFY = "verify"
    END = "end"
    MOVE = "move"
    CORRECT = "correct"  # a wrong day or booth of an appointment
    IMPORT_AGENTS = "import_agents"
    EXPORT_PEOPLE = "export_people"
    EDIT_TEAMS = "edit_teams"  # blocks, sectors, which booths make them, and who is in the teams
    ENTER_READINGS = "enter_readings"  # of directives that no record measures
    EDIT_BOOTHS = "edit_booths"
    IMPORT_BOOTHS = "import_booths"
    WRITE_MEETINGS = "write_meetings"  # with their decisions, commitments and snapshots
    MANAGE_CAMPAIGNS = "manage_campaigns"  # with directives, needs, posts and authorisations
    MANAGE_TERRITORY = "manage_territory"
    MANAGE_USERS = "manage_users"  # accounts and postings


READ = {Act.SEE_NUMBERS, Act.SEE_PEOPLE}
CALL = READ | {Act.LIST_CONTACTS}
STAFF = {Act.ENTER_PEOPLE, Act.PROPOSE, Act.APPOINT, Act.END, Act.MOVE, Act.CORRECT}
STAFF |= {Act.IMPORT_AGENTS, Act.EXPORT_PEOPLE, Act.EDIT_TEAMS, Act.ENTER_READINGS}
# Who appoints does not verify, and who verifies does not appoint; only the office does both.
ROLE_ACTS: dict[str, frozenset[Act]] = {
    Role.STATE_OFFICE: frozenset(Act),
    Role.STATE_IN_CHARGE: frozenset(READ | {Act.WRITE_MEETINGS}),
    Role.ZONE_IN_CHARGE: frozenset(READ | {Act.VERIFY}),
    Role.LOK_SABHA_IN_CHARGE: frozenset(CALL | {Act.VERIFY}),
    Role.SEAT_IN_CHARGE: frozenset(CALL | {Act.VERIFY}),
    Role.DISTRICT_STAFF: frozenset(CALL | STAFF),
    Role.OBSERVER: frozenset({Act.SEE_NUMBERS}),
}

# Whose password alone does not do: stolen, it would open the whole state.
SECOND_FACTOR_ROLES = frozenset({Role.STATE_OFFICE, Role.STATE_IN_CHARGE})

# The areas that cover a place of each kind, and where the place holds their ids. Both the filters
# and the check of a single place read this table.
COVERED_BY = {
    State: {"state": "pk"},
    Zone: {"state": "scheme__state", "zone": "pk"},
    LokSabhaSeat: {"state": "state", "lok_sabha_seat": "pk"},
    District: {"state": "state", "district": "pk"},
    AssemblySeat: {
        "state": "state",
        "lok_sabha_seat": "lok_sabha_seat",
        "district": "district",
        "assembly_seat": "pk",
    },
}


def current_postings(user, on: date) -> list[Posting]:
    """The user's postings of the day, remembered on the user object: ask a fresh one for changes.

    One query. A superuser counts as the office of every state.
    """
    if not user.is_active:
        return []
    known = getattr(user, "_postings_by_day", None)
    if known is None:
        known = user._postings_by_day = {}
    if on not in known:
        known[on] = _everywhere(user, on) if user.is_superuser else _held(user, on)
    return known[on]


def _everywhere(user, on: date) -> list[Posting]:
    return [
        Posting(user=user, role=Role.STATE_OFFICE, state=state, since=on)
        for state in State.objects.all()
    ]


def _held(user, on: date) -> list[Posting]:
    """One on a zone comes with each Lok Sabha seat of the zone, and is made one again."""
    rows = (
        Posting.objects.current(on)
        .filter(user=user)
        .select_related(
            "state",
            "zone__scheme__state",
            "lok_sabha_seat__state",
            "district__state",
            "assembly_seat__state",
        )
        .annotate(seat_of_zone=F("zone__zone_seats__lok_sabha_seat"))
        .order_by("since", "pk")
    )
    found: dict[int, Posting] = {}
    for row in rows:
        posting = found.setdefault(row.pk, row)
        posting.seats_of_zone = [*getattr(posting, "seats_of_zone", ()), row.seat_of_zone]
    return list(found.values())


def _reach(user, act: Act, on: date) -> dict[str, set[int]]:
    """The ids of the areas in which one posting grants the act, by kind of area."""
    reach: dict[str, set[int]] = {kind: set() for kind in POSTING_AREAS}
    for posting in current_postings(user, on):
        if act not in ROLE_ACTS[posting.role]:
            continue
        reach[posting.area_kind].add(posting.area_id)
        if posting.area_kind == "zone":
            reach["lok_sabha_seat"].update(filter(None, posting.seats_of_zone))
            if act is Act.SEE_NUMBERS:
                reach["state"].add(posting.zone.scheme.state_id)
    return reach


def may(user, act: Act, place=None, *, on: date) -> bool:
    """Whether the user may do the act at the place, or anywhere if none is given.

    A place is a State, Zone, LokSabhaSeat, District, AssemblySeat, or a thing in one: a booth, a
    block, a sector.
    """
    reach = _reach(user, act, on)
    if place is None:
        return any(reach.values())
    areas = areas_of(place)
    if any(areas.get(kind) in ids for kind, ids in reach.items()):
        return True
    if act is Act.SEE_NUMBERS and reach["district"] and "assembly_seat" in areas:
        return seats_seen(user, on).filter(pk=areas["assembly_seat"]).exists()
    return False


def enters_data(user, on: date) -> bool:
    """Whether the user does anything but look, and so has a place in the admin."""
    return any(ROLE_ACTS[posting.role] - CALL for posting in current_postings(user, on))


def needs_second_factor(user, on: date) -> bool:
    return any(posting.role in SECOND_FACTOR_ROLES for posting in current_postings(user, on))


def areas_of(place) -> dict[str, int]:
    """The ids of the areas that cover the place, by kind of area."""
    if hasattr(place, "assembly_seat"):  # a booth, or what is kept by seat
        areas = areas_of(place.assembly_seat)
        return areas | {"district": getattr(place, "district_id", None) or areas["district"]}
    try:
        paths = COVERED_BY[type(place)]
    except KeyError:
        raise TypeError(f"{place!r} is no place") from None
    return {kind: _id_at(place, path) for kind, path in paths.items()}


def _id_at(place, path: str) -> int:
    *steps, last = path.split("__")
    for step in steps:
        place = getattr(place, step)
    return place.pk if last == "pk" else getattr(place, f"{last}_id")


def areas_served(user, act: Act, on: date, model: type, prefix: str = "") -> Q:
    """A filter on places of `model` (a kind of area), or through `prefix` on what refers to one."""
    return _within(_reach(user, act, on), COVERED_BY[model], prefix)


def seats_served(user, act: Act, on: date, prefix: str = "") -> Q:
    """A filter on assembly seats, and with a prefix on what is kept by seat: blocks, sectors.

    What is kept by seat goes with the seat's main district.
    """
    return areas_served(user, act, on, AssemblySeat, prefix)


def places_served(user, act: Act, on: date, prefix: str = "") -> Q:
    """A filter on booths, or through a prefix to a booth ("booth__") on what belongs to one."""
    reach = _reach(user, act, on)
    seat = f"{prefix}assembly_seat__"
    paths = {kind: path for kind, path in COVERED_BY[AssemblySeat].items() if kind != "district"}
    served = _within(reach, paths, seat)
    if districts := sorted(reach["district"]):
        served |= Q(**{f"{prefix}district__in": districts})
        served |= Q(**{f"{prefix}district": None, f"{seat}district__in": districts})
    return served


def _within(reach: dict[str, set[int]], paths: dict[str, str], prefix: str) -> Q:
    found = Q(pk__in=[])  # an empty Q would match everything
    for kind, path in paths.items():
        if reach[kind]:
            found |= Q(**{f"{prefix}{path}__in": sorted(reach[kind])})
    return found


def seats_seen(user, on: date) -> QuerySet[AssemblySeat]:
    """The seats whose numbers the user sees: a state or zone posting shows the whole state, a
    district posting every seat that has a booth in the district."""
    seen = seats_served(user, Act.SEE_NUMBERS, on)
    if districts := sorted(_reach(user, Act.SEE_NUMBERS, on)["district"]):
        with_booths = AssemblySeat.objects.filter(booths__district__in=districts)
        seen |= Q(pk__in=with_booths.values("pk"))
    return AssemblySeat.objects.filter(seen)


def states_seen(user, on: date) -> QuerySet[State]:
    """The states in which the user is posted at all; not every posting shows the whole state."""
    postings = current_postings(user, on)
    return State.objects.filter(pk__in={areas_of(posting.area)["state"] for posting in postings})


def agents_seen(user, on: date, appointments: QuerySet, act: Act = Act.SEE_PEOPLE) -> Q:
    """A filter on agents: through any appointment at a served booth, or, while an agent has none,
    by who entered them, and by the office that manages the account of who did. `appointments` are
    those of all agents, which this app does not know."""
    if not may(user, act, on=on):
        return Q(pk__in=[])
    theirs = appointments.filter(agent=OuterRef("pk"))
    served = theirs.filter(places_served(user, act, on, prefix="booth__"))
    entered = Q(entered_by=user)
    entered |= Q(entered_by__in=User.objects.filter(users_served(user, on)).values("pk"))
    return Q(Exists(served)) | Q(~Exists(theirs)) & entered


def agents_kept(user, act: Act, on: date, appointments: QuerySet) -> Q:
    """A filter on the agents whose data the user may write: who stands at a booth that the act
    reaches, or once stood there and now stands nowhere. `appointments` as for agents_seen()."""
    standing = appointments.filter(agent=OuterRef("pk"), ended_on=None)
    here = standing.filter(places_served(user, act, on, prefix="booth__"))
    kept = agents_seen(user, on, appointments, act)
    return kept & (Q(Exists(here)) | Q(~Exists(standing)))


def teams_served(user, act: Act, on: date) -> Q:
    """A filter on members of zone, block and sector teams."""
    return (
        areas_served(user, act, on, Zone, prefix="zone__")
        | seats_served(user, act, on, prefix="block__assembly_seat__")
        | seats_served(user, act, on, prefix="sector__assembly_seat__")
    )


def postings_served(user, on: date) -> Q:
    """A filter on the postings that the user may give and end."""
    served = Q(pk__in=[])
    for model in COVERED_BY:
        kind = next(kind for kind, path in COVERED_BY[model].items() if path == "pk")
        served |= areas_served(user, Act.MANAGE_USERS, on, model, prefix=f"{kind}__")
    return served


def users_served(user, on: date) -> Q:
    """A filter on the accounts that the user may change: none that is posted beyond their reach,
    and no superuser's, since whoever sets a password has the account."""
    if not may(user, Act.MANAGE_USERS, on=on):
        return Q(pk__in=[])
    beyond = Posting.objects.filter(user=OuterRef("pk")).exclude(postings_served(user, on))
    within = Q(~Exists(beyond))
    return within if user.is_superuser else within & Q(is_superuser=False)


def reads_whole_trail(user, on: date) -> bool:
    """Whether the user manages the accounts of every state, and so may read all that was done."""
    served = State.objects.filter(areas_served(user, Act.MANAGE_USERS, on, State))
    beyond = State.objects.exclude(pk__in=served.values("pk"))
    return served.exists() and not beyond.exists()


def trail_read(user, on: date) -> Q:
    """A filter on entries of the trail: all of them, or where the user manages some states only,
    what was done by people who were never posted beyond these."""
    if reads_whole_trail(user, on):
        return ~Q(pk__in=[])
    return Q(by__in=User.objects.filter(users_served(user, on)).values("pk"))


# What Django's permissions mean. A permission that is not here is granted to nobody: appointments
# end, booths are retired, postings run out, events and day-book stay.
WRITE, ALL = ("add", "change"), ("add", "change", "delete")
MODEL_ACTS = {
    "zones.state": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: ["change"]},
    "zones.district": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: WRITE},
    "zones.loksabhaseat": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: WRITE},
    "zones.assemblyseat": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: WRITE},
    "zones.zonescheme": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: ALL},
    "zones.zone": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: ALL},
    "zones.zoneseat": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_TERRITORY: ALL},
    "zones.schemeterm": {Act.SEE_NUMBERS: ["view"]},  # written with what follows from it
    "zones.user": {Act.MANAGE_USERS: ["view"]},
    "zones.posting": {Act.MANAGE_USERS: ["view"]},
    "booths.booth": {
        Act.SEE_NUMBERS: ["view", "export"],
        Act.EDIT_BOOTHS: WRITE,
        Act.IMPORT_BOOTHS: ["import"],
    },
    "booths.agent": {
        Act.SEE_PEOPLE: ["view"],
        Act.ENTER_PEOPLE: WRITE,
        Act.IMPORT_AGENTS: ["import"],
        Act.EXPORT_PEOPLE: ["export"],
    },
    "booths.appointment": {
        Act.SEE_PEOPLE: ["view"],
        Act.PROPOSE: ["add"],
        Act.CORRECT: ["change"],
        Act.IMPORT_AGENTS: ["import"],
        Act.EXPORT_PEOPLE: ["export"],
    },
    "booths.appointmentevent": {Act.SEE_PEOPLE: ["view"]},
    "booths.importbatch": {Act.IMPORT_AGENTS: ["view"]},
    "booths.importjob": {Act.IMPORT_AGENTS: ["view"]},
    "booths.agentneed": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_CAMPAIGNS: WRITE},
    "booths.blaauthorisation": {Act.MANAGE_CAMPAIGNS: ["view", *WRITE]},
    "booths.post": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_CAMPAIGNS: ALL},
    "booths.block": {Act.SEE_NUMBERS: ["view"], Act.EDIT_TEAMS: ALL},
    "booths.sector": {Act.SEE_NUMBERS: ["view"], Act.EDIT_TEAMS: ALL},
    "booths.teammember": {
        Act.SEE_PEOPLE: ["view"],
        Act.EDIT_TEAMS: [*WRITE, "import"],
        Act.EXPORT_PEOPLE: ["export"],
    },
    "campaign.campaign": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_CAMPAIGNS: WRITE},
    "campaign.seatcontest": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_CAMPAIGNS: ALL},
    "campaign.directive": {Act.SEE_NUMBERS: ["view"], Act.MANAGE_CAMPAIGNS: ALL},
    "campaign.directivereading": {Act.SEE_NUMBERS: ["view"], Act.ENTER_READINGS: WRITE},
    "campaign.reviewmeeting": {Act.WRITE_MEETINGS: ["view", *WRITE]},
    "campaign.commitment": {Act.WRITE_MEETINGS: ["view", *ALL]},
    "campaign.decision": {Act.WRITE_MEETINGS: ["view", *ALL]},
    "campaign.snapshot": {Act.SEE_NUMBERS: ["view"]},
    "campaign.snapshotrow": {Act.SEE_NUMBERS: ["view"]},
}
PERMISSIONS: dict[str, Act] = {
    f"{app}.{verb}_{model}": act
    for app, model, acts in ((*label.split("."), acts) for label, acts in MODEL_ACTS.items())
    for act, verbs in acts.items()
    for verb in verbs
}


class PostingBackend(ModelBackend):
    """Answers Django's permissions from the postings of today; rows stored in Django's own tables
    of permissions and groups grant nothing. Signs in by user name or mobile number."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """As long for a name that is nobody's as for one with a wrong password."""
        account = account_named(username) if username else None
        name = account.username if account else username
        return super().authenticate(request, username=name, password=password, **kwargs)

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        act = PERMISSIONS.get(perm)
        if act is None or not (obj is None or _is_place(obj)):
            return False
        return may(user_obj, act, obj, on=timezone.localdate())

    def has_module_perms(self, user_obj, app_label) -> bool:
        return any(perm.split(".")[0] == app_label for perm in self.get_all_permissions(user_obj))

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return {perm for perm in PERMISSIONS if self.has_perm(user_obj, perm, obj)}

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj, obj=None) -> set[str]:
        return set()


def _is_place(thing) -> bool:
    return type(thing) in COVERED_BY or getattr(thing, "assembly_seat", None) is not None
