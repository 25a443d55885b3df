"""Invented places and numbers on which the page of the components shows each of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from booths.models import Booth
from booths.seat_list import StandingAgent
from booths.tallies import Tally
from campaign import attention, charts, tables
from campaign.booth_pages import BoothRow
from campaign.dashboards import ZoneCard
from campaign.map_measures import MEASURES
from campaign.maps import Shade
from campaign.measures import Part
from campaign.progress import Counts, Progress, Term, progress
from zones.models import AssemblySeat, Zone

TERM_DAYS, GONE = 42, 28
TOTAL = 1200


@dataclass
class Sample:
    """What the templates of a dashboard ask of their page."""

    whole: Part
    chart: charts.BurnUp | None
    zones: list[ZoneCard]
    holding_back: list[Part]
    table: tables.Table
    seat: AssemblySeat
    booths: list[BoothRow]


def sample(today: date) -> Sample:
    term = Term(today - timedelta(days=GONE), today + timedelta(days=TERM_DAYS - GONE - 1))
    done = [28 * day + 9 * (day % 3) for day in range(GONE + 1)]
    days = [(term.issued_on + timedelta(days=day), count) for day, count in enumerate(done)]
    whole = _part(term, today, done[-1], done[-2], done[-9])
    review = charts.Review(2, today - timedelta(days=7), today - timedelta(days=7))
    chart = charts.burn_up(days, term, whole.progress, today, [review])
    cards = [
        ZoneCard(part, 8, ["रायपुर", "बिलासपुर"], ["डेमो प्रभारी क"], chart and chart.lines)
        for part in (
            _part(term, today, 700, 690, 300, _zone(1)),
            _part(term, today, 500, 490, 400, _zone(2)),
            _part(term, today, 200, 200, 200, _zone(3)),
        )
    ]
    seats = [
        _part(term, today, 500, 490, 400, _seat(48, "रायपुर शहर पश्चिम", "Raipur City West")),
        _part(term, today, 200, 200, 200, _seat(80, "भानुप्रतापपुर", "Bhanupratappur", "ST")),
    ]
    return Sample(whole, chart, cards, seats, _table(seats, whole), seats[0].place, _booths())


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


def stuck() -> attention.Attention:
    """What needs attention, of each kind more than of the last."""
    found = attention.Attention()
    for place, (name, matter) in enumerate(attention.MATTERS.items()):
        line = attention.Line(_zone(1), 7**place, "")
        found.sections.append(attention.Section(name, matter, [line]))
    return found


def shades() -> list[Shade]:
    """The legend of the map."""
    classes = enumerate(MEASURES["covered"].classes)
    return [Shade(f"m{place}", str(each.label), place) for place, each in classes]


def _table(seats: list[Part], whole: Part) -> tables.Table:
    found = tables.table(
        "seats", _("Assembly seats"), _("Assembly seat"), seats, whole, QueryDict()
    )
    spark = charts.spark([n * n % 11 for n in range(charts.SPARK_DAYS)])
    found.sparks = dict.fromkeys([*(part.place.pk for part in seats), None], spark)
    return found


def _booths() -> list[BoothRow]:
    names = {"name_hi": "शासकीय प्राथमिक शाला, कक्ष 1", "name_en": "Govt. Primary School, Room 1"}
    stands = StandingAgent("verified", "डेमो एजेंट 1", "5000000001")
    return [
        BoothRow(Booth(number=1, **names), "covered", is_verified=True, agents=[stands]),
        BoothRow(Booth(number=2, **names), "vacant", is_verified=False, agents=[]),
    ]


def _zone(number: int) -> Zone:
    return Zone(number=number, name_hi=f"ज़ोन {number}", name_en=f"Zone {number}")


def _seat(number: int, name_hi: str, name_en: str, reservation: str = "GEN") -> AssemblySeat:
    names = {"name_hi": name_hi, "name_en": name_en}
    return AssemblySeat(pk=number, number=number, reservation=reservation, **names)


def _part(
    term: Term,
    today: date,
    done: int,
    yesterday: int,
    before: int,
    place: Zone | AssemblySeat | None = None,
) -> Part:
    tally = Tally(TOTAL, done, 60, done // 2)
    return Part(place, tally, progress(Counts(TOTAL, done, yesterday, before, 0), term, today))
