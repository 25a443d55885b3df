"""How sure a forecast is: arithmetic on the growth of single days, no database, no clock.

The days to come are taken to grow as the recent ones did, in the mean and as unevenly. The sum of
k of them then lies, in four cases of five, within k days of the mean plus or minus
t * s * sqrt(k + k * k / n): the prediction interval of a sum, with Student's t, n recent days and
their standard deviation s.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import mean, stdev

# Student's t for four cases of five, both sides, by the number of recent days.
T_OF_FOUR_IN_FIVE = {3: 1.886, 4: 1.638, 5: 1.533, 6: 1.476, 7: 1.440}
LONGEST = 730  # days ahead; what ends later is not foreseen


@dataclass(frozen=True)
class Spread:
    start: int  # done when the first of the coming days began
    pace: float  # units a day
    unevenness: float  # the standard deviation of one day
    observed: int  # recent days

    def after(self, days: int) -> tuple[float, float]:
        """The fewest and the most that are done after so many days."""
        likely = self.start + self.pace * days
        width = T_OF_FOUR_IN_FIVE[self.observed] * self.unevenness
        width *= sqrt(days + days * days / self.observed)
        return likely - width, likely + width

    def days_until(self, goal: int) -> tuple[int | None, int | None]:
        """After how many days the goal is reached at the earliest and at the latest."""
        if self.start >= goal:
            return 0, 0
        ahead = range(1, LONGEST + 1)
        first = next((days for days in ahead if self.after(days)[1] >= goal), None)
        if first is None:
            return None, None
        last = next((days for days in ahead[first - 1 :] if self.after(days)[0] >= goal), None)
        return first, last


def spread(done_by_day: list[int], recent_days: int) -> Spread | None:
    """`done_by_day`: done at the end of each day, the last of them today's, which is not over.
    None with fewer than three full days."""
    ends = done_by_day[-recent_days - 2 : -1]  # one end more than days
    growth = [after - before for before, after in pairwise(ends)]
    if len(growth) not in T_OF_FOUR_IN_FIVE:
        return None
    start = min(done_by_day[-2:])  # what was lost today has to be done again
    return Spread(start, mean(growth), stdev(growth), len(growth))
