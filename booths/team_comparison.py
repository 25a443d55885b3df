"""A list of members of teams against who is there now, and writing what it says.

A row means whoever of that name holds the post in that team; else the only one of the name in the
team, whose post it corrects; else somebody new. A team beyond the user's is as unknown as one that
never was.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booths.agent_list import MAX_NEW
from booths.membership import Team, join, level_of
from booths.models import Block, ImportBatch, Post, Sector, TeamMember
from booths.roll.text import DEVANAGARI_DIGITS, folded
from booths.team_corrections import (
    RECORDED,
    change_to,
    contradicted,
    elsewhere,
    must_agree,
    withdrew,
)
from booths.team_list import MemberLine, listen
from zones.models import State, User, Zone, ZoneSeat
from zones.scope import Act, areas_served, seats_served
from zones.trail import keeping, versions

Mode = TeamMember.ConsentMode


@dataclass
class Comparison:
    """The lines of one list, compared for one user on one day; `compare` before `write`."""

    lines: Sequence[MemberLine]
    user: User
    on: date
    teams: dict[tuple, list[Team]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    known: dict[tuple, list[TeamMember]] = field(default_factory=lambda: defaultdict(list))
    named: set[tuple] = field(default_factory=set)  # by the rows of the list
    state: State | None = None
    before: dict[int, Any] = field(default_factory=dict)  # the last version of each it changes

    def compare(self) -> None:
        filled = [line for line in self.lines if any(line.cells.values())]
        for line in filled:
            listen(line, self.on)
        self._load_teams(filled)
        for line in filled:
            self._place(line)
        placed = [line for line in filled if not line.problem]
        self.state = _the_state(placed)
        self._hold(placed)
        self._load_members(placed)
        self.named = {line.key for line in placed}
        for line in placed:
            self._find(line)
        _find_repeats([line for line in placed if line.does in ("new", "update")])
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
        served = areas_served(self.user, Act.EDIT_TEAMS, self.on, Zone)
        zones = list(Zone.objects.filter(served).select_related("scheme__state").order_by("pk"))
        in_force: set[int] = set()
        for state in {zone.scheme.state for zone in zones}:
            seats = ZoneSeat.objects.in_force(state, self.on)
            in_force |= set(seats.values_list("zone", flat=True))
        return [zone for zone in zones if zone.pk in in_force]

    def _hold(self, lines: Sequence[MemberLine]) -> None:
        """The teams, in order: nobody joins them between looking and writing, and of two lists
        neither waits for the other in turn."""
        for teams in _by_level(lines).values():
            rows = type(teams[0])._default_manager.filter(pk__in=[team.pk for team in teams])
            list(rows.select_for_update(of=("self",)).order_by("pk").values("pk"))

    def _load_members(self, lines: Sequence[MemberLine]) -> None:
        """Held too, so that nobody is ended or erased meanwhile."""
        for level, teams in _by_level(lines).items():
            of_teams = {f"{level}__in": [team.pk for team in teams]}
            rows = TeamMember.objects.filter(erased_on=None, **of_teams)
            rows = rows.select_for_update(of=("self",)).select_related("post").order_by("pk")
            for each in sorted(rows, key=lambda member: (member.since, member.pk)):
                self.known[_key_of(each, level)].append(each)

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
            if line.said.get("state") in (None, _state_of(team).code)
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
        now = [each for each in here if self._is_there(each)]
        line.member = next(iter(then or now), None) or (None if here else self._of_other_post(line))
        if line.member is None:
            _must_be_new(line, here)
            must_agree(line)
        elif self._is_there(line.member):
            change_to(line, line.member, self.on)
        elif column := contradicted(line, line.member, RECORDED):
            line.fault(column, elsewhere())

    def _is_there(self, member: TeamMember) -> bool:
        return member.until is None or member.until > self.on

    def _of_other_post(self, line: MemberLine) -> TeamMember | None:
        """The only one of the name in the team, if no other row is about the post held."""
        level, team, _post, name = line.key
        found = [
            (key, each)
            for key, members in self.known.items()
            for each in members
            if (key[0], key[1], key[3]) == (level, team, name) and self._is_there(each)
        ]
        if len(found) != 1 or found[0][0] in self.named:
            return None
        return found[0][1]

    # Writing

    def write(self) -> None:
        """Enters who is new and changes who is known; what is refused becomes a fault. The caller
        holds the transaction."""
        known = {line.member.pk for line in self.lines if line.changes and line.member}
        self.before = versions.last_versions(TeamMember, known)
        for line in self.lines:
            if line.does == "update":
                _change(line, self.user)
            if line.does != "new":
                continue
            said = {name: line.said[name] for name in RECORDED if name in line.said}
            try:
                line.entered = join(
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
            "changed": does["update"],
            "unchanged": known,
            "faulty": does["invalid"],
            "skipped": does["skip"] - known,
        }

    @property
    def fingerprint(self) -> str:
        """The same for a preview and an import that do the same."""
        parts = [
            (line.row, line.does, sorted(line.said.items()), sorted(line.changes))
            for line in self.lines
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def keep(self, file_name: str, data: bytes) -> ImportBatch | None:
        """The record of what came of it, once it is written: who was changed in what, never what
        anything was or became."""
        done = [line for line in self.lines if line.does in ("new", "update")]
        if not done:
            return None
        changed = {line.member.pk: sorted(line.changes) for line in done if line.changes}
        return ImportBatch.objects.create(
            state=self.state,
            content=ImportBatch.Content.TEAMS,
            file_name=file_name[-255:],
            sha256=hashlib.sha256(data).hexdigest(),
            as_of=self.on,
            counts=self.counts,
            problems=[line.problem.as_dict() for line in self.lines if line.problem],
            differences={"changed": changed},
            undo={
                "members": [line.entered.pk for line in done if line.entered],
                "versions": versions.pairs(TeamMember, self.before, changed),
            },
            by=self.user,
            by_name=self.user.name,
        )


def _named(line: MemberLine) -> tuple:
    level, team = line.said["level"], line.said["team"]
    if level != "zone":
        return level, line.said["assembly_seat"], folded(team)
    return level, 0, "".join(filter(str.isdecimal, team.translate(DEVANAGARI_DIGITS)))


def _state_of(team: Team) -> State:
    return (team.scheme if isinstance(team, Zone) else team.assembly_seat).state


def _the_state(lines: Sequence[MemberLine]) -> State | None:
    states = {_state_of(line.team) for line in lines if line.team}
    if len(states) > 1:
        raise ValidationError(
            _("The list must be of one state of yours. Write its code into “state”: %(codes)s."),
            params={"codes": ", ".join(sorted(state.code for state in states))},
        )
    return next(iter(states), None)


def _by_level(lines: Sequence[MemberLine]) -> dict[str, list[Team]]:
    """The teams of the lines, each level in turn."""
    found = {(level_of(line.team), line.team.pk): line.team for line in lines if line.team}
    by_level: dict[str, list[Team]] = {}
    for level, pk in sorted(found):
        by_level.setdefault(level, []).append(found[level, pk])
    return by_level


def _key_of(member: TeamMember, level: str) -> tuple:
    return level, getattr(member, f"{level}_id"), member.post_id, folded(member.name)


def _change(line: MemberLine, by: User) -> None:
    member = line.member
    assert member
    for name, (_old, new) in line.changes.items():
        setattr(member, name, new)
    try:
        member.full_clean()
    except ValidationError as error:
        line.fault("name", error)
        return
    with keeping.acting(by=by):
        member.save(update_fields=list(line.changes))


# Who is new


def _must_be_new(line: MemberLine, here: Sequence[TeamMember]) -> None:
    """No old list brings back who has left since, or the number of who withdrew consent."""
    for each in here:
        if each.until and line.said.get("since", date.min) < each.until:
            line.member = each
            line.fault("since", _left(each.until))
        if each.consent_mode == Mode.WITHDRAWN and "mobile" in line.said:
            line.member = each
            line.fault("mobile", withdrew())


def _left(day: date) -> str:
    return _(
        "A person of this name left this post on %(day)s. If they are back, write into “since” "
        "the day on which they came back."
    ) % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def _find_repeats(lines: Sequence[MemberLine]) -> None:
    """A row that says the same as one before it adds nothing; one that says something else of the
    same person is a fault."""
    first: dict[tuple, MemberLine] = {}
    for line in lines:
        before = first.setdefault((line.member.pk,) if line.member else line.key, line)
        if before is not line and before.said == line.said:
            line.repeats = before.row
        elif before is not line:
            said = _("Row %(row)s says something else of the same person.")
            line.fault("name", said % {"row": before.row})
