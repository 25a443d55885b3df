"""Counting as tests ask for it: one kind of agent at a time."""

from booths import tallies
from booths.models import Kind


def parts(*, kind=Kind.BOOTH_AGENT, also_on=(), **asked):
    """What tallies.parts_by_kind() gives for the one kind."""
    return tallies.parts_by_kind(also_on={str(kind): also_on}, **asked)[str(kind)]
