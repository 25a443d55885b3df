"""Gathers the pages of teams: all of a seat, and one with its members. No HTTP."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from booths import tallies, teams
from booths.membership import Team, level_of
from booths.models import Block, Post, Sector, TeamMember
from booths.teams import Held
from campaign import links
from campaign.dashboards import natural
from campaign.frames import Frame
from zones.models import AssemblySeat


@dataclass
class TeamRow:
    team: Team
    members: int
    lacks: dict[str, int]
    booths: int | None = None  # of a sector

    @property
    def is_ready(self) -> bool:
        return not self.lacks

    @property
    def reasons(self) -> list[str]:
        return teams.reasons(self.lacks)

    @property
    def path(self) -> str:
        return links.team_path(self.team)


@dataclass
class SeatTeams:
    blocks: list[TeamRow]
    sectors: list[TeamRow]
    booths: int
    without_sector: int

    @property
    def ready_blocks(self) -> int:
        return sum(row.is_ready for row in self.blocks)

    @property
    def ready_sectors(self) -> int:
        return sum(row.is_ready for row in self.sectors)


def of_seat(seat: AssemblySeat, frame: Frame) -> SeatTeams:
    """All blocks and sectors of the seat with what their teams lack, in four queries."""
    booths = tallies.booths_by_sector(seat, frame.on)
    held = _held(seat, frame.on)

    def row(team: Team) -> TeamRow:
        level = level_of(team)
        team.assembly_seat = seat
        posts = held[level, team.pk]
        lacks = teams.lacking(level, posts, frame.team_sizes.get(level, 0))
        return TeamRow(team, len(posts), lacks)

    blocks = [row(block) for block in sorted(seat.blocks.all(), key=_by_name)]
    sectors = [row(each) for each in sorted(seat.sectors.select_related("block"), key=_by_name)]
    for each in sectors:
        each.booths = booths[each.team.pk]
    return SeatTeams(blocks, sectors, sum(booths.values()), booths[None])


def _held(seat: AssemblySeat, on: date) -> dict[tuple[str, int], list[Held]]:
    """The posts held in each team of the seat."""
    found: dict[tuple[str, int], list[Held]] = defaultdict(list)
    here = Q(sector__assembly_seat=seat) | Q(block__assembly_seat=seat)
    rows = TeamMember.objects.current(on).filter(here).order_by()
    for sector, block, is_lead, origin in rows.values_list(
        "sector", "block", "post__is_lead", "origin"
    ):
        key = ("sector", sector) if sector else ("block", block)
        found[key].append(Held(is_lead, origin))
    return found


def _by_name(team: Block | Sector) -> list:
    return natural(team.name)


# One team


@dataclass
class Shown:
    """A member; the mobile only for whoever may see people there."""

    member: TeamMember
    mobile: str


@dataclass
class TeamPage:
    team: Team
    level: str
    row: TeamRow
    members: list[Shown] = field(default_factory=list)
    next_post: Post | None = None  # the first that nobody holds, else the last
    posts: list[Post] = field(default_factory=list)


def of_team(team: Team, frame: Frame, *, sees_people: bool) -> TeamPage:
    """A team with its members on the day, in two queries."""
    level = level_of(team)
    current = TeamMember.objects.current(frame.on).filter(**{level: team})
    members = list(current.select_related("post"))
    held = [Held(member.post.is_lead, member.origin) for member in members]
    lacks = teams.lacking(level, held, frame.team_sizes.get(level, 0))
    posts = list(Post.objects.filter(level=level))
    taken = {member.post_id for member in members}
    free = [post for post in posts if post.pk not in taken]
    return TeamPage(
        team,
        level,
        TeamRow(team, len(members), lacks),
        [Shown(member, member.mobile if sees_people else "") for member in members],
        next(iter(free or posts[-1:]), None),
        posts,
    )
