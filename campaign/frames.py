"""What the pages of a state share: the campaign and the day they show, and the places in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import (
    Expression,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from booths.models import Kind
from campaign.models import Campaign, Directive, ReviewMeeting, SnapshotRow
from campaign.progress import Term
from zones import scope
from zones.models import AssemblySeat, LokSabhaSeat, State, Zone, ZoneScheme, ZoneSeat


@dataclass(frozen=True)
class Review:
    """The next review meeting and the days between which it will be held, or was as is known since."""

    number: int
    window_start: date | None
    window_end: date | None


@dataclass(frozen=True)
class Held:
    """A review that was held by the day shown."""

    number: int
    on: date
    snapshot: int | None  # its frozen numbers, by key


@dataclass
class Frame:
    state: State
    on: date
    campaign: Campaign | None = None
    directives: list[Directive] = field(default_factory=list)
    review: Review | None = None
    held: list[Held] = field(default_factory=list)  # in the order of their days
    other_campaigns: list[Campaign] = field(default_factory=list)
    map_digest: str | None = None  # of the map of the state, where it has one

    @cached_property
    def main(self) -> Directive | None:
        """The directive that the big number is about: agents at booths."""
        agents = [each for each in self.directives if each.measure == Directive.Measure.AGENTS]
        return next((each for each in agents if each.kind == Kind.BOOTH_AGENT), None) or next(
            iter(agents), None
        )

    @property
    def last_review(self) -> Held | None:
        """The last one with numbers."""
        return next((each for each in reversed(self.held) if each.snapshot), None)

    @property
    def others(self) -> list[Directive]:
        return [directive for directive in self.directives if directive is not self.main]

    @property
    def team_sizes(self) -> dict[str, int]:
        """How many members the campaign wants in a team of each level."""
        its = self.campaign
        return {"sector": its.sector_team_size, "block": its.block_team_size} if its else {}

    @property
    def is_before_campaign(self) -> bool:
        return bool(self.campaign) and self.on < self.campaign.starts_on


def term_of(directive: Directive) -> Term:
    return Term(directive.issued_on, directive.due_on, directive.target_percent)


def find_frame(code: str, on: date, slug: str = "") -> Frame | None:
    """The campaign of this short name, else the current one; None if there is no such thing."""
    rows = _directives(code, on)
    directives = list({row.pk: row for row in rows}.values())
    campaigns = {directive.campaign_id: directive.campaign for directive in directives}
    campaign = _choose(campaigns.values(), slug)
    if not campaign:
        return _frame_without_directives(code, on, slug, list(campaigns.values()))
    own = [directive for directive in directives if directive.campaign_id == campaign.pk]
    others = [other for pk, other in campaigns.items() if pk != campaign.pk]
    held = _held([row for row in rows if row.campaign_id == campaign.pk])
    review, map_digest = _review(own[0]), own[0].map_digest
    return Frame(campaign.state, on, campaign, own, review, held, others, map_digest)


def _directives(code: str, on: date) -> list[Directive]:
    """The directives of all campaigns of the state, each as often as there are reviews to come and
    held, the next one last, and with the map of the state; one query."""
    return list(
        Directive.objects.filter(campaign__state__code=code.upper())
        .select_related("campaign__state")
        .annotate(
            coming=FilteredRelation("campaign__meetings", condition=_is_coming_review(on)),
            past=FilteredRelation("campaign__meetings", condition=_is_past_review(on)),
            review_number=F("coming__number"),
            review_start=Coalesce("coming__held_on", "coming__window_start"),
            review_end=Coalesce("coming__held_on", "coming__window_end"),
            held_number=F("past__number"),
            held_on=F("past__held_on"),
            held_snapshot=F("past__snapshot"),
            map_digest=F("campaign__state__seat_map__digest"),
        )
        .order_by("campaign__starts_on", "number", "-review_start", "held_on")
    )


def _is_past_review(on: date) -> Q:
    meetings = "campaign__meetings__"
    return Q(**{f"{meetings}kind": ReviewMeeting.Kind.REVIEW, f"{meetings}held_on__lte": on})


def _is_coming_review(on: date) -> Q:
    meetings = "campaign__meetings__"
    return Q(**{f"{meetings}kind": ReviewMeeting.Kind.REVIEW}) & (
        Q(**{f"{meetings}held_on__gt": on})
        | Q(
            **{
                f"{meetings}status__in": [
                    ReviewMeeting.Status.POSSIBLE,
                    ReviewMeeting.Status.PLANNED,
                ],
                f"{meetings}window_end__gte": on,
            }
        )
    )


def _choose(campaigns: Iterable[Campaign], slug: str) -> Campaign | None:
    wanted = (each for each in campaigns if (each.slug == slug if slug else each.is_current))
    return next(wanted, None)


def _frame_without_directives(code, on, slug, known: list[Campaign]) -> Frame | None:
    state = State.objects.filter(code=code.upper()).first()
    campaign = state and _choose(state.campaigns.all(), slug)
    if not state or (slug and not campaign):
        return None
    return Frame(state, on, campaign, other_campaigns=known)


def _held(rows: Iterable[Directive]) -> list[Held]:
    found = {(row.held_number, row.held_on, row.held_snapshot) for row in rows if row.held_on}
    return sorted((Held(*each) for each in found), key=lambda held: (held.on, held.number))


def _review(directive: Directive) -> Review | None:
    if directive.review_number is None:
        return None
    return Review(directive.review_number, directive.review_start, directive.review_end)


@dataclass
class Territory:
    """The zones in force on a day, and those seats whose numbers the user sees."""

    zones: list[Zone]
    zone_of: dict[int, Zone]  # by Lok Sabha seat
    seats: list[AssemblySeat] = field(default_factory=list)
    is_narrowed: bool = False  # to a part of the state

    def narrowed(self, *zones: Zone) -> "Territory":
        """The same with these zones only."""
        zone_of = {pk: zone for pk, zone in self.zone_of.items() if zone in zones}
        return Territory(list(zones), zone_of, is_narrowed=True)

    @property
    def lok_sabha_seats(self) -> list[LokSabhaSeat]:
        found = {seat.lok_sabha_seat_id: seat.lok_sabha_seat for seat in self.seats}
        return sorted(found.values(), key=lambda seat: seat.number)

    def zone_of_seat(self, seat: AssemblySeat) -> Zone | None:
        return self.zone_of.get(seat.lok_sabha_seat_id)

    def zone(self, number: int) -> Zone | None:
        return next((zone for zone in self.zones if zone.number == number), None)

    def lok_sabha_ids(self, zone: Zone) -> list[int]:
        return [pk for pk, its_zone in self.zone_of.items() if its_zone.pk == zone.pk]


def territory(state: State, on: date) -> Territory:
    """The zones of the day, in one query; a zone without any Lok Sabha seat counts too."""
    in_force = ZoneSeat.objects.in_force(state, on)
    return _cut_into(Zone.objects.filter(scheme__in=in_force.values("scheme")))


def territory_by(scheme: ZoneScheme) -> Territory:
    """The zones of a scheme, whether it is in force or not; one query."""
    return _cut_into(Zone.objects.filter(scheme=scheme))


def _cut_into(zones: QuerySet[Zone]) -> Territory:
    rows = (
        zones.select_related("scheme")
        .annotate(lok_sabha_seat=F("zone_seats__lok_sabha_seat"))
        .order_by("number")
    )
    found, zone_of = {}, {}
    for zone in rows:
        found.setdefault(zone.pk, zone)
        if zone.lok_sabha_seat:
            zone_of[zone.lok_sabha_seat] = found[zone.pk]
    return Territory(list(found.values()), zone_of)


def whole_territory(state: State, on: date) -> Territory:
    """The zones of the day with every seat of the state, for those whose work is all of it."""
    land = territory(state, on)
    land.seats = list(_with_lok_sabha(AssemblySeat.objects.filter(state=state)))
    return land


def seats_shown(
    user, state: State, *, today: date, since: Frame | None = None, **only
) -> list[AssemblySeat]:
    """Seats of the state whose numbers the user sees today, with their Lok Sabha seats; with a
    frame each has `done_then`, covered at its last review, or None."""
    rows = _with_lok_sabha(scope.seats_seen(user, today).filter(state=state, **only))
    return list(rows.annotate(done_then=_done_at_last_review(since)) if since else rows)


def _with_lok_sabha(seats: QuerySet[AssemblySeat]) -> QuerySet[AssemblySeat]:
    rows = seats.select_related("lok_sabha_seat").defer("aliases", "lok_sabha_seat__aliases")
    return rows.order_by("number")


def _done_at_last_review(frame: Frame) -> Expression:
    if not (frame.main and frame.last_review):
        return Value(None, output_field=IntegerField())
    frozen = SnapshotRow.objects.filter(
        snapshot=frame.last_review.snapshot,
        directive=frame.main,
        assembly_seat=OuterRef("pk"),
    )
    return Subquery(frozen.values("done")[:1])
