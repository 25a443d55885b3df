"""The line of one booth: on which days it counts as listed, covered, proposed, verified.

Pure: from the booth's own days and its appointments follow the changes that it brings to the
day-book. A booth exists on each day with listed_on <= d < retired_on; an appointment is in
office on appointed_on <= d < ended_on, and so for proposed and verified. On each day a booth is
covered (enough agents in office), else proposed (someone stands), else vacant.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Page(NamedTuple):
    """The key of a row of the day-book; `kind` is empty for the roll of booths."""

    assembly_seat: int
    district: int
    kind: str
    day: date


class Entry(NamedTuple):
    page: Page
    column: str


@dataclass(frozen=True)
class Span:
    """The days of one appointment, each None until it comes."""

    kind: str
    proposed_on: date
    appointed_on: date | None = None
    verified_on: date | None = None
    ended_on: date | None = None

    def since(self, start: date | None, day: date) -> bool:
        return start is not None and start <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True)
class BoothLine:
    assembly_seat: int
    district: int
    listed_on: date
    retired_on: date | None
    spans: tuple[Span, ...] = ()

    def listed(self, day: date) -> bool:
        return self.listed_on <= day and (self.retired_on is None or day < self.retired_on)

    def turning_days(self, spans: Iterable[Span]) -> list[date]:
        days = {self.listed_on, self.retired_on}
        for span in spans:
            days |= {span.proposed_on, span.appointed_on, span.verified_on, span.ended_on}
        return sorted(day for day in days if day)


def state_on(line: BoothLine, spans: list[Span], need: int, day: date) -> tuple[int, int, int]:
    """(covered, proposed, verified) of the booth at the end of the day, each 0 or 1."""
    if not line.listed(day):
        return (0, 0, 0)
    covered = sum(span.since(span.appointed_on, day) for span in spans) >= need
    stands = any(span.since(span.proposed_on, day) for span in spans)
    verified = sum(span.since(span.verified_on, day) for span in spans) >= need
    return (int(covered), int(stands and not covered), int(verified))


def roll_changes(line: BoothLine) -> Counter:
    changes: Counter = Counter()
    if line.retired_on == line.listed_on:
        return changes
    for day, amount in ((line.listed_on, 1), (line.retired_on, -1)):
        if day:
            page = Page(line.assembly_seat, line.district, "", day)
            changes[Entry(page, "booths")] = amount
    return changes


def cover_changes(line: BoothLine, kind: str, need: int) -> Counter:
    changes: Counter = Counter()
    spans = [span for span in line.spans if span.kind == kind]
    before = (0, 0, 0)
    for day in line.turning_days(spans) if spans else ():
        now = state_on(line, spans, need, day)
        page = Page(line.assembly_seat, line.district, kind, day)
        if now[0] != before[0]:
            changes[Entry(page, "gained" if now[0] else "lost")] += 1
        for column, was, is_ in zip(("proposed", "verified"), before[1:], now[1:], strict=True):
            if was != is_:
                changes[Entry(page, column)] += is_ - was
        before = now
    return changes


def changes_of(lines: Iterable[BoothLine], needs: Mapping[str, int]) -> Counter:
    """What these booths bring to the day-book, by entry; `needs` gives agents per booth by kind."""
    changes: Counter = Counter()
    for line in lines:
        changes.update(roll_changes(line))
        for kind in {span.kind for span in line.spans} & needs.keys():
            changes.update(cover_changes(line, kind, needs[kind]))
    return changes


def difference(after: Counter, before: Counter) -> Counter:
    """`after` less `before`, entries of no change left out."""
    result = Counter(after)
    result.subtract(before)
    return Counter({entry: n for entry, n in result.items() if n})
