"""Reading a list of members of teams: what each row says. Whom it means is team_comparison's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from booths.agent_list import Row, choice, day, seat_number
from booths.how_read import AS_IT_SAYS, HowRead
from booths.masking import is_masked
from booths.membership import Team, clean_name, level_of
from booths.models import Post, TeamMember
from booths.people_sheets import lines_of, table_of
from booths.roll.decode import decode
from booths.roll.table import Table
from booths.roll.text import folded, tidy
from zones.mobiles import clean_mobile
from zones.models import AssemblySeat, State

COLUMNS = ("state", "assembly_seat", "level", "team", "name", "post", "mobile")
COLUMNS += ("consent_mode", "origin", "since")


@dataclass
class MemberLine(Row):
    """A row of members: the team and post it names, and who of that name is there."""

    team: Team | None = None
    post: Post | None = None
    member: TeamMember | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # of the member: old and new
    entered: TeamMember | None = None  # by the list itself
    repeats: int = 0  # the row that says the same

    @property
    def does(self) -> str:
        if self.problem:
            return "invalid"
        if not self.team or self.repeats:
            return "skip"
        return "update" if self.changes else "skip" if self.member else "new"

    @property
    def key(self) -> tuple:
        assert self.team and self.post
        return level_of(self.team), self.team.pk, self.post.pk, folded(self.said["name"])


@cache
def meanings() -> dict[str, str]:
    """Columns by their folded heading: the name in an export, or what the pages call it."""
    found = {folded(name): name for name in COLUMNS}
    for language in ("hi", "en"):
        with override(language):
            for name in COLUMNS:
                found.setdefault(folded(label_of(name)), name)
    return found


def label_of(column: str) -> str:
    models: dict[str, type[Model]] = {"state": State, "assembly_seat": AssemblySeat}
    if column in models:
        return str(models[column]._meta.verbose_name)
    if column == "team":
        return _("team")
    model = Post if column == "level" else TeamMember
    return str(model._meta.get_field(column).verbose_name)


def read(data: bytes, how: HowRead = AS_IT_SAYS) -> tuple[list[MemberLine], Table]:
    """The lines of a file, and the table that they stand in. Raises ValidationError where the file
    is no list of members; see people_sheets."""
    table = table_of(decode(data), meanings(), ", ".join(COLUMNS), how)
    return lines_of(MemberLine, table), table


# What a cell says


def _mobile(text: str) -> str:
    return text if is_masked(text) else clean_mobile(text)


READ: dict[str, Callable[[str], Any]] = {
    "state": str.upper,
    "assembly_seat": seat_number,
    "level": choice(Post.Level),
    "name": clean_name,
    "mobile": _mobile,
    "consent_mode": choice(TeamMember.ConsentMode),
    "origin": choice(TeamMember.Origin),
    "since": day,
}


def listen(line: MemberLine, on: date) -> None:
    for name, text in line.cells.items():
        if not text:
            continue
        try:
            line.said[name] = READ.get(name, tidy)(tidy(text))
        except ValidationError as error:
            line.fault(name, error)
    if line.said.get("since", on) > on:
        line.fault("since", _("This day is still to come."))
