"""Finds booths and agents by what somebody typed: a number, or words by their sound, in any order.

"125A" is a booth of that number or an auxiliary of it, "33/125A" the one of seat 33. Every word has
to be found, in the booth or in the name of its seat, but not all in the seat alone; the beginning
of a word finds it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db import transaction
from django.db.models import Model, Q

from booths.matching import untitled
from booths.models import Booth
from booths.roll import numbers
from booths.roll.numbers import Number
from booths.roll.text import DEVANAGARI_DIGITS
from booths.sounds import in_one, sounds, words
from zones import rows_in_bulk
from zones.models import derived_fields

SHORTEST, LONGEST = 2, 80  # characters; of a number one is enough
SEAT_AND_BOOTH = re.compile(r"([0-9]{1,3})\s*[/,\s-]\s*([0-9].*)")


@dataclass(frozen=True)
class Term:
    """A word: any of its keys finds it, and where it is a number, so does a booth of that number."""

    keys: tuple[str, ...]
    number: Number | None = None

    def sounded(self) -> tuple[str, ...]:
        """What is sought in a column of sounds: a word that begins so, a whole number."""
        return tuple(f" {key} " if key.isdecimal() else f" {key}" for key in self.keys)

    def within(self, kept: str) -> bool:
        return any(sought in kept for sought in self.sounded())

    def of_booth(self, booth: Booth) -> bool:
        return self.number is not None and has_number(booth, self.number)

    def q(self) -> Q:
        """A filter on rows that have a column of sounds."""
        return reduce(or_, (Q(sounds__contains=sought) for sought in self.sounded()))

    def q_of_booth(self) -> Q:
        return self.q() | with_number(self.number) if self.number else self.q()


def with_number(number: Number) -> Q:
    return Q(number=number.number, suffix__startswith=number.suffix)


def has_number(booth: Booth, number: Number) -> bool:
    return booth.number == number.number and booth.suffix.startswith(number.suffix)


@dataclass(frozen=True)
class Sought:
    """What was typed, as read() understands it: a number, or else terms."""

    terms: tuple[Term, ...] = ()
    number: Number | None = None
    seat: int | None = None  # the number of the seat that the number was said with

    def __bool__(self) -> bool:
        return bool(self.terms or self.number)

    def fits(self, booth: Booth, more: Iterable[str] = ()) -> bool:
        """Whether the booth is meant, of which its seat is known; `more` are sounds of what else is
        shown of it."""
        if self.number:
            is_there = self.seat in (None, booth.assembly_seat.number)
            return is_there and has_number(booth, self.number)
        kept = booth.sounds + "".join(more)
        return all(term.within(kept) or term.of_booth(booth) for term in self.terms)

    def fits_words(self, kept: str) -> bool:
        return bool(self.terms) and all(term.within(kept) for term in self.terms)

    def booths(self, seats: Mapping[int, str]) -> Q:
        """A filter on booths of these seats, given the sounds of each one's names by its id."""
        if self.number:
            return with_number(self.number)
        own = [term.q_of_booth() for term in self.terms]
        there = [[pk for pk, kept in seats.items() if term.within(kept)] for term in self.terms]
        every = [
            q | Q(assembly_seat__in=ids) if ids else q for q, ids in zip(own, there, strict=True)
        ]
        some = reduce(or_, own) if all(there) else Q()
        return reduce(and_, every) & some

    def agents(self) -> Q:
        """A filter on agents; nobody by a number."""
        if not self.terms:
            return Q(pk__in=[])
        return reduce(and_, (term.q() for term in self.terms), Q(erased_on=None))


def tidied(text: str) -> str:
    """What was typed, as it is shown again and kept in addresses."""
    return " ".join(text[:LONGEST].split())


def read(text: str) -> Sought:
    text = tidied(text).translate(DEVANAGARI_DIGITS)
    if (both := SEAT_AND_BOOTH.fullmatch(text)) and (number := _number(both[2])):
        return Sought(number=number, seat=int(both[1]))
    if number := _number(text):
        return Sought(number=number)
    if len(text) < SHORTEST:
        return Sought()
    return Sought(_terms(words(untitled(text))))


def _number(text: str) -> Number | None:
    found = numbers.parse(text)
    return found if isinstance(found, Number) else None


def _terms(typed: list[str]) -> tuple[Term, ...]:
    """A word is also found where it is written in one with the word before it."""
    keys = [sounds(word) for word in typed]
    joined = [(), *in_one(keys)]
    return tuple(
        Term((*own, *with_the_one_before), _number(word))
        for word, own, with_the_one_before in zip(typed, keys, joined, strict=False)
        if own
    )


def stale(model: type[Model]) -> list[int]:
    """Ids of the rows whose column of sounds does not say what the others do: none, unless the
    rule of the sounds is another since they were written."""
    return [pk for pk, _field, _made in _stale(model)]


def sound_anew(model: type[Model]) -> int:
    """Writes the column of these rows by the rule of today; returns how many there were."""
    rows = [(pk, {field: made}) for pk, field, made in _stale(model)]
    with transaction.atomic():
        rows_in_bulk.update(model, rows)
    return len(rows)


def _stale(model: type[Model]) -> list[tuple[int, str, str]]:
    found = []
    for field in derived_fields(model):
        for pk, kept, *said in model._base_manager.values_list("pk", field.name, *field.sources):
            if kept != (made := field.by(*said)):
                found.append((pk, field.name, made))
    return found
