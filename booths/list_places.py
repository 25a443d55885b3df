"""Whose place somebody new on a list of agents takes, where the user says that the list replaces.

A booth that has as many agents of a kind as it needs is full. Who is new there takes the place of
the one who stands there and whom the list does not name, if it is plain who that is: one comes,
one may go. A proposal takes nobody's place. A faulty row may name anybody at its booth; one
that does not say its booth may name anybody at all.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.agent_list import Line, days_of_new
from booths.models import Appointment, Booth

# Why somebody new at a full booth takes nobody's place.
BESIDE: Mapping[str, Promise] = {
    "proposed": _("is only proposed"),
    "all_stay": _("the list also names all who stand here"),
    "several_stand": _("several stand here whom the list does not name"),
    "several_come": _("the list brings several new agents to this booth"),
    "faulty": _("a faulty row may be of somebody who stands here"),
}
Standing = Mapping[tuple[int, str], Sequence[Appointment]]


def find_places(
    lines: Sequence[Line],
    standing: Standing,
    needs: Mapping[str, int],
    on: date,
    booth_of: Callable[[Line], Booth | None],
) -> None:
    """Sets `may_replace` or `beside` of the lines of somebody new at a full booth; `booth_of` says
    which booth a faulty line names."""
    unclear = {booth_of(line) for line in lines if line.problem}
    named = {line.appointment.pk for line in lines if line.appointment}
    coming: dict[tuple[Booth, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.booth and line.places:
            coming[line.booth, line.kind].append(line)
    for (booth, kind), new in coming.items():
        here = standing.get((booth.pk, kind), ())
        if len(here) < needs[kind]:
            continue
        in_office = [each for each in here if each.appointed_on]
        # While those in office fill the booth, nothing is won by the end of a proposal.
        holders = in_office if len(in_office) >= needs[kind] else here
        unnamed = [each for each in holders if each.pk not in named]
        for line in (each for each in new if not each.problem):
            line.beside = _why_beside(line, new, unnamed, on)
            if not line.beside and unclear & {booth, None}:
                line.beside = "faulty"
            line.may_replace = None if line.beside else unnamed[0]


def _why_beside(line: Line, new: Sequence[Line], unnamed: Sequence[Appointment], on: date) -> str:
    if not days_of_new(line, on)["appointed_on"]:
        return "proposed"
    if not unnamed:
        return "all_stay"
    if len(unnamed) > 1:
        return "several_stand"
    in_office = [each for each in new if days_of_new(each, on)["appointed_on"]]
    return "several_come" if len(in_office) > 1 else ""
