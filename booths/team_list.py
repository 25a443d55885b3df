"""A list of members of teams: what each row says, whom it means, and entering who is new.

A row means whoever of that name holds the post in that team. Who is in it already, or was on the
day, stays as recorded: a list enters people and changes nobody. A team beyond the user's is as
unknown as one that never was.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from booths.agent_list import MAX_NEW, Row, choice, day, lines_of, seat_number, table_of
from booths.masking import is_masked, masked
from booths.membership import Team, clean_name, join, level_of
from booths.models import Block, Post, Sector, TeamMember
from booths.roll.decode import decode
from booths.roll.text import DEVANAGARI_DIGITS, folded, tidy
from zones.mobiles import clean_mobile
from zones.models import AssemblySeat, State, User, Zone, ZoneSeat
from zones.scope import Act, areas_served, seats_served, states_seen

COLUMNS = ("state", "assembly_seat", "level", "team", "name", "post", "mobile")
COLUMNS += ("consent_mode", "origin", "since")
RECORDED = ("since", "origin", "consent_mode", "mobile")
Mode = TeamMember.ConsentMode


@dataclass
class MemberLine(Row):
    """A row of members: the team and post it names, and who of that name is there."""

    team: Team | None = None
    post: Post | None = None
    member: TeamMember | None = None
    repeats: int = 0  # the row that says the same

    @property
    def does(self) -> str:
        if self.problem:
            return "invalid"
        return "new" if self.team and not (self.member or self.repeats) else "skip"

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


def read(data: bytes) -> tuple[list[MemberLine], list[str]]:
    """The lines of a file, and the headings that are not read. Raises ValidationError where the
    file is no list of members."""
    headings, rows, first = table_of(decode(data), meanings(), ", ".join(COLUMNS))
    width = len(headings)
    even = [(row + [""] * width)[:width] for row in rows]
    unread = [each for each in headings if each and folded(each) not in meanings()]
    return lines_of(MemberLine, meanings(), headings, even, first), unread


# What a cell says


def _mobile(text: str) -> str:
    return text if is_masked(text) else clean_mobile(text)


READ: dict[str, Callable[[str], Any]] = {
    "state": str.upper,
    "assembly_seat": seat_number,
    "level": choice(Post.Level),
    "name": clean_name,
    "mobile": _mobile,
    "consent_mode": choice(Mode),
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


@dataclass
class Comparison:
    """The lines of one list, compared for one user on one day; `compare` before `write`."""

    lines: Sequence[MemberLine]
    user: User
    on: date
    teams: dict[tuple, list[Team]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    known: dict[tuple, list[TeamMember]] = field(default_factory=lambda: defaultdict(list))

    def compare(self) -> None:
        filled = [line for line in self.lines if any(line.cells.values())]
        for line in filled:
            listen(line, self.on)
        self._load_teams(filled)
        for line in filled:
            self._place(line)
        placed = [line for line in filled if not line.problem]
        self._load_members(placed)
        for line in placed:
            self._find(line)
        _find_repeats([line for line in placed if line.does == "new"])
        if (new := sum(line.does == "new" for line in filled)) > MAX_NEW:
            raise ValidationError(
                _("The list has %(new)s new members; at most %(limit)s are taken at a time."),
                params={"new": new, "limit": MAX_NEW},
            )

    # Looking up, in a number of queries that does not grow with the rows

    def _load_teams(self, lines: Sequence[MemberLine]) -> None:
        numbers = {line.said["assembly_seat"] for line in lines if "assembly_seat" in line.said}
        served = seats_served(self.user, Act.EDIT_TEAMS, self.on, prefix="assembly_seat__")
        for model in (Block, Sector):
            rows = model.objects.filter(served, assembly_seat__number__in=numbers)
            for unit in rows.select_related("assembly_seat__state").order_by("pk"):
                for name in {folded(unit.name_hi), folded(unit.name_en)} - {""}:
                    self.teams[level_of(unit), unit.assembly_seat.number, name].append(unit)
        for zone in self._zones():
            self.teams["zone", 0, str(zone.number)].append(zone)
        for post in Post.objects.order_by("-pk"):
            for name in {folded(post.name_hi), folded(post.name_en)} - {""}:
                self.posts[post.level, name] = post

    def _zones(self) -> list[Zone]:
        in_force = Q(pk__in=[])
        for state in states_seen(self.user, self.on):
            seats = ZoneSeat.objects.in_force(state, self.on)
            in_force |= Q(pk__in=seats.values("zone"))
        served = areas_served(self.user, Act.EDIT_TEAMS, self.on, Zone)
        rows = Zone.objects.filter(served & in_force)
        return list(rows.select_related("scheme__state").order_by("pk"))

    def _load_members(self, lines: Sequence[MemberLine]) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        for line in lines:
            level, team, *_rest = line.key
            found[level].add(team)
        for level, teams in found.items():
            rows = TeamMember.objects.filter(erased_on=None, **{f"{level}__in": teams})
            for each in rows.order_by("since", "pk"):
                team = getattr(each, f"{level}_id")
                self.known[level, team, each.post_id, folded(each.name)].append(each)

    # Which team, which post, whom

    def _place(self, line: MemberLine) -> None:
        said = line.said
        needed = {
            "level": _("Write the level: zone, block or sector."),
            "team": _("Write the name of the sector or block, or the number of the zone."),
            "name": _("Write the member's name."),
            "post": _("Write the post."),
        }
        if said.get("level") != "zone":
            needed["assembly_seat"] = _("Write the number of the assembly seat.")
        for column, advice in needed.items():
            if column not in said:
                line.fault(column, advice)
        if not line.problem:
            line.team, line.post = self._team(line), self._post(line)

    def _team(self, line: MemberLine) -> Team | None:
        found = [
            team
            for team in self.teams.get(_named(line), [])
            if line.said.get("state", _state(team)) == _state(team)
        ]
        if not found:
            line.fault("team", _("This is none of the teams that you may change."))
        elif len(found) > 1:
            line.fault("team", _("Several teams of yours match. Enter the person on the page."))
        return found[0] if len(found) == 1 else None

    def _post(self, line: MemberLine) -> Post | None:
        level = line.said["level"]
        post = self.posts.get((level, folded(line.said["post"])))
        if post is None:
            named = {each.name: each for (of, _name), each in self.posts.items() if of == level}
            said = _("This level has no such post. It has: %(known)s.")
            line.fault("post", said % {"known": ", ".join(sorted(named))})
        return post

    def _find(self, line: MemberLine) -> None:
        here, since = self.known.get(line.key, []), line.said.get("since")
        then = [each for each in here if each.since == since]
        now = [each for each in here if each.until is None or each.until > self.on]
        line.member = next(iter(then or now), None)
        if line.member is None:
            _must_be_new(line, here)
            _must_agree(line)
        elif column := _contradicted(line, line.member):
            line.fault(column, _("Something else is recorded. Change it on the member's page."))

    # Writing

    def write(self) -> None:
        """Enters who is new; what is refused becomes a fault. The caller holds the transaction."""
        for line in self.lines:
            if line.does != "new":
                continue
            said = {name: line.said[name] for name in RECORDED if name in line.said}
            try:
                join(
                    line.team,
                    post=line.post,
                    name=line.said["name"],
                    on=self.on,
                    by=self.user,
                    **{"since": self.on} | said,
                )
            except ValidationError as error:
                line.fault("name", error)

    @property
    def counts(self) -> dict[str, int]:
        """rows = new + changed + unchanged + faulty + skipped, as for other lists."""
        does = Counter(line.does for line in self.lines)
        known = sum(line.does == "skip" and line.member is not None for line in self.lines)
        return {
            "rows": len(self.lines),
            "new": does["new"],
            "changed": 0,
            "unchanged": known,
            "faulty": does["invalid"],
            "skipped": does["skip"] - known,
        }

    @property
    def fingerprint(self) -> str:
        """The same for a preview and an import that do the same."""
        parts = [(line.row, line.does, sorted(line.said.items())) for line in self.lines]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def _named(line: MemberLine) -> tuple:
    level, team = line.said["level"], line.said["team"]
    if level != "zone":
        return level, line.said["assembly_seat"], folded(team)
    return level, 0, "".join(filter(str.isdecimal, team.translate(DEVANAGARI_DIGITS)))


def _state(team: Team) -> str:
    return (team.scheme if isinstance(team, Zone) else team.assembly_seat).state.code


def _contradicted(line: MemberLine, member: TeamMember) -> str:
    """The first column in which the row says something else than is recorded."""
    for name in RECORDED:
        stored = getattr(member, name)
        if name in line.said and line.said[name] not in (stored, _as_listed(name, stored)):
            return name
    return ""


def _as_listed(name: str, stored: Any) -> Any:
    """A list that was exported with masked numbers says nothing of them."""
    return masked(stored) if name == "mobile" else stored


def _must_be_new(line: MemberLine, here: Sequence[TeamMember]) -> None:
    """No old list brings back who has left since, or the number of who withdrew consent."""
    for each in here:
        if each.until and line.said.get("since", date.min) < each.until:
            line.member = each
            line.fault("since", _left(each.until))
        if each.consent_mode == Mode.WITHDRAWN and "mobile" in line.said:
            line.member = each
            line.fault("mobile", _withdrew())


def _must_agree(line: MemberLine) -> None:
    mode, mobile = line.said.get("consent_mode", ""), line.said.get("mobile", "")
    if is_masked(mobile):
        line.fault("mobile", _("Write the whole number, or leave it empty."))
    if mode and mode not in TeamMember.GIVEN:
        line.fault("consent_mode", _("Write how consent was given, or leave it empty."))
    if mobile and not mode:
        line.fault(
            "consent_mode",
            _(
                "Without consent only the name is kept. Say how consent was given, or leave "
                "the mobile empty."
            ),
        )


def _left(day: date) -> str:
    return _(
        "A person of this name left this post on %(day)s. If they are back, write into “since” "
        "the day on which they came back."
    ) % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def _withdrew() -> str:
    return _(
        "A person of this name withdrew consent in this team. If they agreed again, enter them on "
        "the page of the team; else leave the mobile empty."
    )


def _find_repeats(lines: Sequence[MemberLine]) -> None:
    """A row that says the same as one before it adds nothing; one that says something else of the
    same person is a fault."""
    first: dict[tuple, MemberLine] = {}
    for line in lines:
        before = first.setdefault(line.key, line)
        if before is not line and before.said == line.said:
            line.repeats = before.row
        elif before is not line:
            said = _("Row %(row)s says something else of the same person.")
            line.fault("name", said % {"row": before.row})
