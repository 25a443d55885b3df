"""The pages of teams: all of a seat, one with its members and the entry of the next, and the end
of a membership."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booths import membership
from booths.membership import Team
from booths.models import TeamMember
from campaign import links, team_pages
from campaign.people_forms import refuse
from campaign.team_forms import LeaveForm, MemberForm
from campaign.team_pages import TeamPage
from campaign.views.visits import NotHere, Visit, form_page, in_state
from zones.models import AssemblySeat, Look, Zone
from zones.scope import Act
from zones.trail import looks


@require_safe
@in_state
def seat_teams(visit: Visit, number: int) -> HttpResponse:
    seat = visit.seat(number)
    return visit.page(
        "teams/seat.html",
        seat=seat,
        page=team_pages.of_seat(seat, visit.frame),
        crumbs=_way(visit, seat),
        may_write=_may_write(visit, seat),
    )


@form_page
@in_state
def sector_team(visit: Visit, number: int, pk: int) -> HttpResponse:
    return _unit_page(visit, number, "sectors", pk)


@form_page
@in_state
def block_team(visit: Visit, number: int, pk: int) -> HttpResponse:
    return _unit_page(visit, number, "blocks", pk)


@form_page
@in_state
def zone_team(visit: Visit, number: int) -> HttpResponse:
    zone, _land = visit.zone(number)
    return _team_page(visit, zone)


def _unit_page(visit: Visit, number: int, units: str, pk: int) -> HttpResponse:
    seat = visit.seat(number)
    team = getattr(seat, units).filter(pk=pk).first()
    if team is None:
        raise NotHere
    team.assembly_seat = seat
    return _team_page(visit, team)


def _team_page(visit: Visit, team: Team) -> HttpResponse:
    sees_people = visit.may(Act.SEE_PEOPLE, team)
    page = team_pages.of_team(team, visit.frame, sees_people=sees_people)
    form = _entry(visit, page)
    if form and form.is_valid() and (entered := _entered(visit, team, form)):
        said = {"name": entered.name, "post": entered.post.name}
        messages.success(visit.request, _("%(name)s is in the team as %(post)s.") % said)
        return redirect(f"{_address(visit, team)}#enter")
    if sees_people:
        _keep_look(visit, page)
    return visit.page(
        "teams/team.html",
        page=page,
        form=form,
        seat=None if isinstance(team, Zone) else team.assembly_seat,
        crumbs=_way(visit, team),
        sees_people=sees_people,
    )


def _entry(visit: Visit, page: TeamPage) -> MemberForm | None:
    """The form of the next member, for whoever may write the team."""
    if not _may_write(visit, page.team):
        if visit.request.method == "POST":
            raise PermissionDenied
        return None
    initial = {"post": page.next_post}
    return MemberForm(visit.request.POST or None, on=visit.today, level=page.level, initial=initial)


def _entered(visit: Visit, team: Team, form: MemberForm) -> TeamMember | None:
    try:
        return membership.join(team, **form.cleaned_data, on=visit.today, by=visit.user)
    except ValidationError as error:
        refuse(form, error)
        return None


@form_page
@in_state
def end_membership(visit: Visit, pk: int) -> HttpResponse:
    member = _member(visit, pk)
    team = team_of(member)
    if not _may_write(visit, team):
        raise PermissionDenied
    form = LeaveForm(visit.request.POST or None, on=visit.today, initial={"until": visit.today})
    if form.is_valid() and _left(visit, member, form):
        messages.success(visit.request, _("%(name)s has left the team.") % {"name": member.name})
        return redirect(_address(visit, team))
    return visit.page(
        "teams/end.html",
        member=member,
        form=form,
        team=team,
        team_path=links.team_path(team),
        crumbs=_way(visit, team),
    )


def _left(visit: Visit, member: TeamMember, form: LeaveForm) -> bool:
    try:
        membership.leave(member, **form.cleaned_data, on=visit.today, by=visit.user)
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


def _member(visit: Visit, pk: int) -> TeamMember:
    """One whose team the reader sees, in a team of the state."""
    known = TeamMember.objects.select_related(
        "post",
        "zone__scheme__state",
        *(f"{unit}__assembly_seat__{of}" for unit in ("sector", "block") for of in IN_WAY),
    )
    member = known.filter(pk=pk).first()
    if member is None or links.state_of(_place(team_of(member))) != visit.frame.state:
        raise NotHere
    visit.must_see(_place(team_of(member)))
    return member


IN_WAY = ("state", "lok_sabha_seat", "district")


def team_of(member: TeamMember) -> Team:
    return member.sector or member.block or member.zone


def _place(team: Team) -> Zone | AssemblySeat:
    return team if isinstance(team, Zone) else team.assembly_seat


def _may_write(visit: Visit, place) -> bool:
    """Today only: a page of a past day is to be read."""
    return visit.frame.on == visit.today and visit.may(Act.EDIT_TEAMS, place)


def _address(visit: Visit, team: Team) -> str:
    return f"/{visit.frame.state.slug}/{links.team_path(team)}{visit.keep}"


def _way(visit: Visit, place) -> list[dict]:
    if isinstance(place, Zone):
        return visit.crumbs(place, up_to_here=False)
    seat = place if isinstance(place, AssemblySeat) else place.assembly_seat
    return visit.way_to(seat)


def _keep_look(visit: Visit, page: TeamPage) -> None:
    """Who is in the team today is the daily work of whoever calls here; all else is looking up."""
    is_today = visit.frame.on == visit.today
    if is_today and visit.may(Act.LIST_CONTACTS, page.team):
        return
    what = Look.What.LIST if is_today else Look.What.HISTORY
    looks.keep(visit.request, what, members={shown.member.pk for shown in page.members})
