"""Which seats hold the work back most: of those behind the ones that lack most, as few of them as
lack half of it all, and never more than can be called in a morning. Arithmetic only."""

from collections.abc import Iterable
from fractions import Fraction

from campaign.measures import Part

TO_CALL = 7


def lacking(part: Part) -> Fraction:
    """Booths a day that are needed beyond the pace; after the due day, the booths that remain."""
    its = part.progress
    if not its.days_left:
        return Fraction(its.remaining)
    return its.needed_per_day - (its.pace or Fraction(0))


def holding_back(parts: Iterable[Part]) -> list[Part]:
    """The one that lacks most first."""
    behind = sorted((part for part in parts if part.is_behind), key=lacking, reverse=True)
    half, found, sum_found = sum(map(lacking, behind)) / 2, [], Fraction(0)
    for part in behind[:TO_CALL]:
        if sum_found >= half:
            break
        found.append(part)
        sum_found += lacking(part)
    return found
