"""What became of the booths of a seat between two days: gained, lost, replaced.

Booth by booth, from the appointments of the two days as they are known today; what happened in
between and was undone again is no change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from booths.models import Kind


@dataclass(frozen=True)
class Changes:
    """Booths: covered on the later day only, on the earlier only, on both by other agents."""

    gained: int = 0
    lost: int = 0
    replaced: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.gained + other.gained, self.lost + other.lost, self.replaced + other.replaced
        )


# A booth is there from the day of its list to the day before it is retired, and an agent in office
# from the day of the appointment to the day before its end: the rules of the day-book.
THERE = "b.listed_on <= %s AND (b.retired_on IS NULL OR b.retired_on > %s)"
IN_OFFICE = "a.appointed_on <= %s AND (a.ended_on IS NULL OR a.ended_on > %s)"
BY_BOOTH = f"""
    SELECT b.assembly_seat_id AS seat,
        {THERE} AND COUNT(a.id) FILTER (WHERE {IN_OFFICE}) >= %s AS before,
        {THERE} AND COUNT(a.id) FILTER (WHERE {IN_OFFICE}) >= %s AS after,
        COUNT(DISTINCT a.agent_id) FILTER (WHERE {IN_OFFICE}) AS agents_before,
        COUNT(DISTINCT a.agent_id) FILTER (WHERE {IN_OFFICE}) AS agents_after,
        COUNT(DISTINCT a.agent_id) FILTER (WHERE {IN_OFFICE} OR {IN_OFFICE}) AS agents_of_both
    FROM booths_booth b
    LEFT JOIN booths_appointment a ON a.booth_id = b.id AND a.kind = %s
    WHERE b.assembly_seat_id IN ({{seats}})
    GROUP BY b.id
"""
BY_SEAT = f"""
    SELECT seat,
        COUNT(*) FILTER (WHERE after AND NOT before),
        COUNT(*) FILTER (WHERE before AND NOT after),
        COUNT(*) FILTER (WHERE before AND after
            AND (agents_of_both > agents_before OR agents_of_both > agents_after))
    FROM ({BY_BOOTH}) AS booth GROUP BY seat
"""


def between(
    earlier: date, later: date, *, seats: Iterable[int], kind: str = Kind.BOOTH_AGENT, need: int
) -> dict[int, Changes]:
    """The changes from the end of the earlier day to the end of the later, by seat; one query.

    `need` is how many agents of the kind a booth needs.
    """
    seats = list(seats)
    if not seats:
        return {}
    before, after = [connection.ops.adapt_datefield_value(day) for day in (earlier, later)]
    values = [before] * 4 + [need] + [after] * 4 + [need]
    values += [before] * 2 + [after] * 2 + [before] * 2 + [after] * 2 + [str(kind), *seats]
    with connection.cursor() as cursor:
        cursor.execute(BY_SEAT.format(seats=", ".join(["%s"] * len(seats))), values)
        return {seat: Changes(*counts) for seat, *counts in cursor.fetchall()}
