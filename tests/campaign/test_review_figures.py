"""Every figure of a review and its sheet equals a recount by plain SQL at the moment of freezing."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from booths import bookkeeping, lifecycle
from booths.models import Appointment, Booth
from campaign import frames, reviews, snapshots
from campaign.models import ReviewMeeting
from tests.admin_world import signed_in
from tests.campaign.land import TODAY, make_campaign, make_directive
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_lok_sabha_seat,
    make_scheme,
    make_state,
    make_user,
)

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
