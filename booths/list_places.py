"""Whose place somebody new on a list of agents takes, where the user says that the list replaces.

A booth that has as many agents of a kind as it needs is full. Who is new there takes the place of
the one who stands there and whom the list does not name, if it is plain who that is: one comes,
one may go. A proposal takes nobody's place.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.agent_list import Line, days_of_new
from booths.models import Appointment

# Why somebody new at a full booth takes nobody's place.
BESIDE: Mapping[str, Promise] = {
    "proposed": _("is only proposed"),
    "all_stay": _("the list also names all who stand here"),
    "several_stand": _("several stand here whom the list does not name"),
    "several_come": _("the list brings several new agents to this booth"),
}
Standing = Mapping[tuple[int, str], Sequence[Appointment]]


def find_places(
    lines: Sequence[Line], standing: Standing, needs: Mapping[str, int], on: date
) -> None:
    """Sets `may_replace` or `beside` of the lines of somebody new at a full booth."""
    named = {line.appointment.pk for line in lines if line.appointment}
    coming: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.booth and line.places:
            coming[line.booth.pk, line.kind].append(line)
    for place, new in coming.items():
        here = standing.get(place, ())
        if len(here) < needs[place[1]]:
            continue
        unnamed = [each for each in here if each.pk not in named]
        for line in (each for each in new if not each.problem):
            line.beside = _why_beside(line, new, unnamed, on)
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
