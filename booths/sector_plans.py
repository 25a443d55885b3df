"""Which booths are meant by "1-12, 14, 17A", and which could make a sector: neighbours by number,
those of one place kept together. Nothing is written here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths.models import Booth
from booths.roll import numbers
from booths.roll.numbers import Number

BETWEEN = re.compile(r"[,;،\n]+")
DASH = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True)
class Span:
    """From one booth number to another in natural order, both included: 12 < 12A < 13."""

    first: Number
    last: Number

    def holds(self, number: Number) -> bool:
        return self.first <= number <= self.last

    def __str__(self):
        ends = dict.fromkeys((self.first.label, self.last.label))
        return "-".join(ends)


def spans(text: str) -> list[Span]:
    """What the text names; raises ValidationError for what is no number and no range."""
    return [_span(part.strip()) for part in BETWEEN.split(text) if part.strip()]


def _span(part: str) -> Span:
    alone = numbers.parse(part)
    if isinstance(alone, Number):  # also 5-A, which is 5A
        return Span(alone, alone)
    ends = [numbers.parse(end) for end in DASH.split(part, maxsplit=1)]
    match ends:
        case [Number() as first, Number() as last] if first <= last:
            return Span(first, last)
    raise ValidationError(
        _("“%(part)s” is no booth number and no range. Write it like 1-12, 14, 17A."),
        params={"part": part},
    )


def number_of(booth: Booth) -> Number:
    return Number(booth.number, booth.suffix)


def chosen(booths: Iterable[Booth], named: Sequence[Span]) -> tuple[list[Booth], list[Span]]:
    """The booths that are named, and the names that no booth has."""
    booths = list(booths)
    found = [booth for booth in booths if any(span.holds(number_of(booth)) for span in named)]
    empty = [span for span in named if not any(span.holds(number_of(each)) for each in booths)]
    return found, empty


def proposal(booths: Iterable[Booth], size: int) -> list[list[Booth]]:
    """All the booths, in their order, as sectors of about `size`; neighbours of one place stay in
    one sector as long as they are no more than it takes."""
    ordered = sorted(booths, key=number_of)
    if not ordered:
        return []
    count = max(1, round(len(ordered) / size))
    share, found, taken = len(ordered) / count, [[]], 0
    for together in _of_one_place(ordered, size):
        is_full = taken + len(together) / 2 > share * len(found)
        if found[-1] and is_full and len(found) < count:
            found.append([])
        found[-1] += together
        taken += len(together)
    return found


def _of_one_place(ordered: list[Booth], size: int) -> Iterable[list[Booth]]:
    for _place, group in groupby(ordered, key=_place_of):
        together = list(group)
        for start in range(0, len(together), size):
            yield together[start : start + size]


def _place_of(booth: Booth) -> tuple:
    """An auxiliary booth is where its main one is; nothing is known of one without any place."""
    place = " ".join((booth.locality or booth.building).split()).casefold()
    return (place,) if place else (booth.number, "")
