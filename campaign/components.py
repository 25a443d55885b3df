"""Invented places and numbers on which the page of the components shows each of them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from booths.tallies import Tally
from campaign import charts
from campaign.dashboards import ZoneCard
from campaign.measures import Part
from campaign.progress import Counts, Progress, Term, progress
from zones.models import Zone

TERM_DAYS, GONE = 42, 28
TOTAL = 1200


@dataclass
class Sample:
    """What the templates of a dashboard ask of their page."""

    whole: Part
    chart: charts.BurnUp | None
    zones: list[ZoneCard] = field(default_factory=list)


def sample(today: date) -> Sample:
    term = Term(today - timedelta(days=GONE), today + timedelta(days=TERM_DAYS - GONE - 1))
    done = [28 * day + 9 * (day % 3) for day in range(GONE + 1)]
    days = [(term.issued_on + timedelta(days=day), count) for day, count in enumerate(done)]
    whole = _part(term, today, done[-1], done[-2], done[-9])
    review = charts.Review(2, today - timedelta(days=7), today - timedelta(days=7))
    chart = charts.burn_up(days, term, whole.progress, today, [review])
    cards = [
        ZoneCard(part, 8, ["रायपुर", "बिलासपुर"], ["डेमो प्रभारी क"], chart)
        for part in (
            _part(term, today, 700, 690, 300, zone=1),
            _part(term, today, 500, 490, 400, zone=2),
            _part(term, today, 200, 200, 200, zone=3),
        )
    ]
    return Sample(whole, chart, cards)


def standings(today: date) -> dict[str, Progress]:
    """A progress of each standing."""
    running = Term(today - timedelta(days=GONE), today + timedelta(days=13))
    begun = Term(today - timedelta(days=1), today + timedelta(days=13))
    over = Term(today - timedelta(days=GONE), today - timedelta(days=5))
    ahead = Term(today + timedelta(days=5), today + timedelta(days=20))
    found = [
        progress(Counts(TOTAL, *done, 0), term, today)
        for term, done in (
            (running, (TOTAL, TOTAL, 900)),
            (running, (800, 780, 400)),
            (running, (500, 490, 400)),
            (running, (200, 200, 200)),
            (over, (800, 800, 700)),
            (begun, (20, 10, 0)),
            (ahead, (0, 0, 0)),
        )
    ]
    return {each.standing.name: each for each in found}


def _part(term: Term, today: date, done: int, yesterday: int, before: int, zone: int = 0) -> Part:
    place = Zone(number=zone, name_hi=f"ज़ोन {zone}", name_en=f"Zone {zone}") if zone else None
    tally = Tally(TOTAL, done, 60, done // 2)
    return Part(place, tally, progress(Counts(TOTAL, done, yesterday, before, 0), term, today))
