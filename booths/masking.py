"""Numbers of people as they stand in a list for those who need not call: 58•••••210.

The last digits tell two rows apart. Whether a row is shown in full is decided for that row, by
one posting that covers its booth.
"""

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When

FIRST, LAST, SHORTEST = 2, 3, 8
DOT = "•"


def masked(number: str) -> str:
    """The number with its middle hidden; of a short one nothing is shown but that there is one."""
    if len(number) < SHORTEST:
        return DOT * len(number)
    return number[:FIRST] + DOT * (len(number) - FIRST - LAST) + number[-LAST:]


def shown(number: str, in_full: bool) -> str:
    return number if in_full else masked(number)


def is_masked(text: str) -> bool:
    return DOT in text


def covered(rows: Q) -> Case:
    """For annotate(): whether the row is among these."""
    return Case(When(rows, then=Value(True)), default=Value(False), output_field=BooleanField())


def where(rows: Q, field: str) -> Case:
    """For annotate() and a search of it: the field in these rows, nothing in the others."""
    return Case(When(rows, then=F(field)), default=Value(""), output_field=CharField())
