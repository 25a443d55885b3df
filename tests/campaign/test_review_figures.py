"""Every figure of a review and its sheet equals a recount by plain SQL at the moment of freezing."""

import re
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from django.db import connection

from booths import bookkeeping, lifecycle
from booths.models import Appointment, Block, Booth, Post, TeamMember
from campaign import frames, reviews, snapshots
from campaign.models import Directive, ReviewMeeting
from tests.admin_world import signed_in
from tests.campaign.land import TODAY, make_campaign, make_directive
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_lok_sabha_seat,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import Zone

pytestmark = pytest.mark.django_db
FIRST, SECOND = TODAY - timedelta(days=5), TODAY
ON_A_DAY = """
    SELECT b.assembly_seat_id, b.id, a.agent_id FROM booths_booth b
    LEFT JOIN booths_appointment a ON a.booth_id = b.id AND a.kind = 'booth_agent'
        AND a.appointed_on <= %s AND (a.ended_on IS NULL OR a.ended_on > %s)
    WHERE b.listed_on <= %s AND (b.retired_on IS NULL OR b.retired_on > %s)
"""


@pytest.fixture
def state():
    """Six seats of three Lok Sabha seats; the second of these goes to another zone in between."""
    state = make_state()
    lok_sabha = [make_lok_sabha_seat(state, number) for number in (1, 2, 3)]
    make_scheme(state, {1: lok_sabha[:2], 2: lok_sabha[2:]})
    make_scheme(
        state, {1: lok_sabha[:1], 2: lok_sabha[1:]}, from_on=FIRST + timedelta(days=2), name="Later"
    )
    for number in range(1, 7):
        seat = make_assembly_seat(number, lok_sabha[(number - 1) // 2])
        for booth in (1, 2, 3, 4):
            make_booth(booth, seat=seat)
    bookkeeping.recount(state)
    make_directive(make_campaign(state))
    return state


def at(day: date) -> dict[int, dict[int, set[int]]]:
    """The agents of each booth that is there at the end of the day, by seat."""
    with connection.cursor() as cursor:
        cursor.execute(ON_A_DAY, [connection.ops.adapt_datefield_value(day)] * 4)
        rows = cursor.fetchall()
    found: dict[int, dict[int, set[int]]] = {}
    for seat, booth, agent in rows:
        its = found.setdefault(seat, {}).setdefault(booth, set())
        its.update({agent} - {None})
    return found


def covered(booths: dict[int, set[int]]) -> int:
    return sum(map(bool, booths.values()))


def hold(state, number: int, day: date, office) -> dict[int, tuple[int, int]]:
    """Booths and covered ones of each seat, counted when they are frozen."""
    meeting = ReviewMeeting.objects.create(campaign=state.campaigns.get(), number=number)
    snapshots.hold(meeting, day=day, by=office, on=TODAY)
    return {seat: (len(booths), covered(booths)) for seat, booths in at(day).items()}


def shuffle(random: Random, office, since: date, until: date) -> None:
    """Agents come, go and are replaced, some of them twice in a day."""
    days = (until - since).days + 1
    for booth in random.sample(list(Booth.objects.filter(retired_on=None)), 14):
        day = since + timedelta(days=random.randrange(days))
        standing = Appointment.objects.filter(booth=booth, ended_on=None).first()
        if standing is None:
            lifecycle.appoint_at(booth, make_agent("एजेंट"), on=day, by=office)
        elif standing.appointed_on <= day and random.random() < 0.5:
            lifecycle.end(standing, on=day, reason="resigned", by=office)
        elif standing.appointed_on <= day:
            for _again in range(2):
                standing = lifecycle.replace(standing, make_agent("दूसरा"), on=day, by=office)


@pytest.mark.parametrize("seed", range(4))
def test_every_line_of_a_review_equals_a_recount(state, seed):
    random, office = Random(seed), make_user("office", "state_office", state)
    shuffle(random, office, FIRST_DAY, FIRST)
    then = hold(state, 1, FIRST, office)
    shuffle(random, office, FIRST + timedelta(days=1), SECOND)
    late = Booth.objects.filter(retired_on=None).exclude(appointments__ended_on=None).first()
    if late:
        lifecycle.appoint_at(late, make_agent("देर से"), on=FIRST, by=office)
    gone = Booth.objects.filter(appointments__ended_on=None).last()
    with bookkeeping.keeping_day_book([gone.pk]):
        Booth.objects.filter(pk=gone.pk).update(retired_on=FIRST + timedelta(days=1))
    now = hold(state, 2, SECOND, office)

    frame = frames.find_frame("cg", TODAY)
    meeting = reviews.meeting_of(frame, "review", 2)
    page = reviews.moments(meeting, frame, office, TODAY).comparison(frame.main)

    before, after = at(FIRST), at(SECOND)
    expected = {seat: figures(then[seat], now[seat], before[seat], after[seat]) for seat in now}
    assert {line.place.pk: said(line) for line in page.seats} == expected
    for lines, key in (
        (page.zones, lambda seat: 1 if seat.lok_sabha_seat.number == 1 else 2),
        (page.lok_sabha_seats, lambda seat: seat.lok_sabha_seat.number),
        ([page.whole], lambda seat: page.frame.state.pk),
    ):
        summed: dict[int, Counter] = {}
        for seat in page.land.seats:
            summed.setdefault(key(seat), Counter()).update(expected[seat.pk])
        found = [(getattr(line.place, "number", line.place.pk), said(line)) for line in lines]
        assert dict(found) == summed


def figures(then, now, before, after) -> Counter:
    """Of one seat. What both frozen numbers differ by beyond gained and lost was entered late."""
    gained = sum(bool(agents) and not before.get(booth) for booth, agents in after.items())
    lost = sum(bool(agents) and not after.get(booth) for booth, agents in before.items())
    replaced = sum(
        bool(agents) and bool(after.get(booth)) and after[booth] != agents
        for booth, agents in before.items()
    )
    return Counter(
        booths=now[0], done=now[1], then=then[1], gained=gained, lost=lost, replaced=replaced,
        late=now[1] - then[1] - gained + lost,
    )  # fmt: skip


def said(line) -> Counter:
    its = line.changes
    return Counter(
        booths=line.now.total, done=line.now.done, then=line.then.done, gained=its.gained,
        lost=its.lost, replaced=its.replaced, late=line.entered_late,
    )  # fmt: skip


# Teams, and the pace that was needed and kept

READY = """
    SELECT {place}, COUNT(*), SUM(CASE WHEN {rule} THEN 1 ELSE 0 END) FROM (
        SELECT u.id, {place}, COUNT(m.id) AS members,
            SUM(CASE WHEN p.is_lead THEN 1 ELSE 0 END) AS leads,
            SUM(CASE WHEN m.origin = 'state_executive' THEN 1 ELSE 0 END) AS of_state,
            SUM(CASE WHEN m.origin = 'local' THEN 1 ELSE 0 END) AS of_place
        FROM {table} u
        LEFT JOIN booths_teammember m ON m.{level}_id = u.id
            AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
        LEFT JOIN booths_post p ON p.id = m.post_id
        GROUP BY u.id, {place}
    ) teams GROUP BY {place}
"""
OF_SEATS = {"place": "assembly_seat_id", "rule": "leads >= 1 AND members >= 2"}
TEAMS = {
    "sector_teams": {"level": "sector", "table": "booths_sector"} | OF_SEATS,
    "block_teams": {"level": "block", "table": "booths_block"} | OF_SEATS,
    "zone_teams": {
        "level": "zone",
        "table": "(SELECT id, id AS zone FROM zones_zone)",
        "place": "zone",
        "rule": "of_state >= 1 AND of_place >= 1",
    },
}
TARGETS = {"sector_teams": 70, "block_teams": 100, "zone_teams": 50}


def ready(measure: str, day: date) -> dict[int, tuple[int, int]]:
    """Teams and ready ones at the end of the day, by seat, or by zone of whatever scheme."""
    with connection.cursor() as cursor:
        cursor.execute(
            READY.format(**TEAMS[measure]), [connection.ops.adapt_datefield_value(day)] * 2
        )
        return {place: (total, done) for place, total, done in cursor.fetchall()}


def make_teams(random: Random, state) -> None:
    """Two sectors and a block in most seats; members who come and go, in zones of both schemes."""
    posts = {
        (level, is_lead): Post.objects.create(
            level=level, name_hi=f"{level} {is_lead}", is_lead=is_lead
        )
        for level in ("sector", "block", "zone")
        for is_lead in (True, False)
    }
    for seat in state.assembly_seats.exclude(number=6):
        units = [make_sector(seat, f"सेक्टर {n}") for n in (1, 2)]
        units.append(Block.objects.create(assembly_seat=seat, name_hi="ब्लॉक"))
        for unit in units:
            make_members(random, posts, unit)
    for zone in Zone.objects.all():
        make_members(random, posts, zone)


def make_members(random: Random, posts, team) -> None:
    level = team._meta.model_name
    for n in range(random.randrange(2, 5)):
        since = FIRST_DAY + timedelta(days=random.randrange((SECOND - FIRST_DAY).days))
        until = since + timedelta(days=random.randrange(1, 12)) if random.random() < 0.4 else None
        TeamMember.objects.create(
            post=posts[level, n == 0 and random.random() < 0.8], name=f"डेमो {n}", since=since,
            until=until, origin=random.choice(TeamMember.Origin.values), **{level: team},
        )  # fmt: skip


def paced(line) -> tuple:
    return line.now.total, line.now.done, line.then.done, line.needed_per_day, line.kept_per_day


def pace_of(directive, now: tuple[int, int], then: int) -> tuple:
    """Day by day from the one after the first review, or from the issue where that is later."""
    begins = max(FIRST + timedelta(days=1), directive.issued_on)
    left = len([n for n in range(99) if begins + timedelta(days=n) <= directive.due_on])
    wanted = next(n for n in range(now[0] + 1) if n * 100 >= now[0] * directive.target_percent)
    needed = next(n for n in range(99) if n * left >= wanted - then)
    return *now, then, needed, Fraction(now[1] - then, (SECOND - FIRST).days)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("measure", ["agents", *TEAMS])
def test_the_pace_of_each_measure_equals_a_recount(state, seed, measure):
    random, office = Random(seed), make_user("office", "state_office", state)
    soon = FIRST + timedelta(days=2 + seed)  # so that a day more or less makes a difference
    directive = Directive.objects.get()
    directive.due_on = soon
    directive.save()
    if measure in TEAMS:
        campaign = directive.campaign
        campaign.sector_team_size = campaign.block_team_size = 2
        campaign.save()
        directive = make_directive(
            campaign, 2, measure, target_percent=TARGETS[measure], due_on=soon
        )
        make_teams(random, state)
    shuffle(random, office, FIRST_DAY, FIRST)
    counted = [hold(state, 1, FIRST, office)]
    counted[0] = ready(measure, FIRST) if measure in TEAMS else counted[0]
    shuffle(random, office, FIRST + timedelta(days=1), SECOND)
    counted.append(hold(state, 2, SECOND, office))
    counted[1] = ready(measure, SECOND) if measure in TEAMS else counted[1]

    frame = frames.find_frame("cg", TODAY)
    meeting = reviews.meeting_of(frame, "review", 2)
    page = reviews.moments(meeting, frame, office, TODAY).comparison(directive)
    then, now = counted
    none = (0, 0)
    if measure == "zone_teams":
        in_force = {
            day: [zone.pk for zone in frames.territory(state, day).zones] for day in (FIRST, SECOND)
        }
        assert {line.place.pk: (line.now.total, line.now.done) for line in page.zones} == {
            pk: now[pk] for pk in in_force[SECOND]
        }
        whole = [tuple(map(sum, zip(*(of[pk] for pk in in_force[day]), strict=True)))
                 for of, day in ((then, FIRST), (now, SECOND))]  # fmt: skip
        assert paced(page.whole) == pace_of(directive, whole[1], whole[0][1])
        return
    for lines, seats_of in (
        (page.seats, lambda place: [place]),
        (page.lok_sabha_seats, lambda place: place.assembly_seats.all()),
        (page.zones, lambda zone: [
            seat for seat in state.assembly_seats.all()
            if (seat.lok_sabha_seat.number == 1) == (zone.number == 1)
        ]),
        ([page.whole], lambda _state: state.assembly_seats.all()),
    ):  # fmt: skip
        for line in lines:
            seats = [seat.pk for seat in seats_of(line.place)]
            total, done = (sum(now.get(pk, none)[n] for pk in seats) for n in (0, 1))
            was = sum(then.get(pk, none)[1] for pk in seats)
            assert paced(line) == pace_of(directive, (total, done), was)


def test_the_printed_sheet_says_what_the_page_says(state):
    office = make_user("office", "state_office", state)
    shuffle(Random(9), office, FIRST_DAY, FIRST)
    hold(state, 1, FIRST, office)
    shuffle(Random(8), office, FIRST + timedelta(days=1), SECOND)
    hold(state, 2, SECOND, office)
    html = signed_in(office).get("/cg/reviews/2/sheet/").content.decode()

    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', html, re.S)
    cells = {name: re.sub(r"<i>.*?</i>|<[^>]+>", " ", row).split() for name, row in rows}
    frame = frames.find_frame("cg", TODAY)
    page = reviews.moments(reviews.meeting_of(frame, "review", 2), frame, office, TODAY)
    for line in page.comparison(frame.main).seats:
        its = line.changes
        assert cells[str(line.place)][5:9] == [
            str(line.growth) if line.growth <= 0 else f"+{line.growth}",
            str(its.gained), str(its.lost), str(its.replaced),
        ]  # fmt: skip
