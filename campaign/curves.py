"""Day by day: the burn-up of a place, those of its zones beside it, and the last days of its seats.
All are summed from the same days of the same seats, in one query. No HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from booths import tallies
from booths.tallies import Growth
from campaign import charts
from campaign.charts import BurnUp, Lines
from campaign.frames import Frame, term_of
from campaign.measures import Part
from campaign.progress import Term
from zones.models import AssemblySeat, District

LONGEST_CHART = 180  # days


@dataclass
class Curves:
    frame: Frame
    whole: Part
    growths: dict[int, Growth]  # by seat, from the first day on
    first: date

    @property
    def term(self) -> Term:
        return term_of(self.frame.main)

    def burn_up(self) -> BurnUp | None:
        days = self._days(self.growths)
        reviews = _reviews(self.frame)
        return charts.burn_up(days, self.term, self.whole.progress, self.frame.on, reviews)

    def small(self, part: Part, seats: Iterable[int]) -> Lines | None:
        """Of a part, on a sheet of the same days as that of the whole."""
        on, until = self.frame.on, charts.last_day(self.term, self.whole.progress, self.frame.on)
        return charts.lines(self._days(seats), self.term, part.progress, on, until)

    def spark(self, seats: Iterable[int]) -> str:
        last = [growth[1:][-charts.SPARK_DAYS :] for growth in self._growths(seats)]
        return charts.spark([sum(of_day) for of_day in zip(*last, strict=True)])

    def _growths(self, seats: Iterable[int]) -> list[Growth]:
        return [self.growths[seat] for seat in seats if seat in self.growths]

    def _days(self, seats: Iterable[int]) -> list[tuple[date, int]]:
        return tallies.covered_by_day(self._growths(seats), self.first, self.frame.on)


def curves(
    frame: Frame, whole: Part, seats: Iterable[AssemblySeat], district: District | None = None
) -> Curves | None:
    """From the start of the campaign or of the directive, whichever is earlier; None where no day
    has passed since or there is no booth."""
    on, term = frame.on, term_of(frame.main)
    start = max(min(frame.campaign.starts_on, term.baseline_on), on - timedelta(days=LONGEST_CHART))
    if not whole.tally.booths or start >= on:
        return None
    growths = tallies.growth_by_seat(
        seats=[seat.pk for seat in seats],
        since=start,
        as_of=on,
        kind=frame.main.kind,
        district=district.pk if district else None,
    )
    return Curves(frame, whole, growths, start)


def _reviews(frame: Frame) -> list[charts.Review]:
    """Those that were held, and the next one."""
    found = [charts.Review(held.number, held.on, held.on) for held in frame.held]
    coming = frame.review
    if coming and coming.window_start:
        last = coming.window_end or coming.window_start
        found.append(charts.Review(coming.number, coming.window_start, last))
    return found
