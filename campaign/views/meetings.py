"""The pages of review meetings: plan, hold, compare, promise, decide, print."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaign import links, meetings, reviews, snapshots, wording
from campaign.frames import Territory, whole_territory
from campaign.meeting_forms import ChangeForm, DecideForm, HoldForm, PlanForm, PromiseForm
from campaign.models import Directive, ReviewMeeting
from campaign.people_forms import refuse
from campaign.views.visits import NotHere, Visit, asked_day, form_page, in_state
from zones.scope import Act

Status = ReviewMeeting.Status


def in_campaign(view: Callable) -> Callable:
    """Opens for who sees the numbers of the whole state, in a state with a campaign."""

    @wraps(view)
    @in_state
    def opened(visit: Visit, **kwargs) -> HttpResponse:
        visit.must_see(visit.frame.state)
        if visit.frame.campaign is None:
            raise NotHere(_("No campaign is running here yet."))
        return view(visit, **kwargs)

    return opened


def of_meeting(view: Callable) -> Callable:
    @wraps(view)
    @in_campaign
    def opened(visit: Visit, kind: str, number: int, **kwargs) -> HttpResponse:
        meeting = reviews.meeting_of(visit.frame, kind, number)
        if meeting is None:
            raise NotHere(_("There is no such meeting in this campaign."))
        return view(visit, meeting, **kwargs)

    return opened


def _must_write(visit: Visit) -> None:
    if not visit.may(Act.WRITE_MEETINGS, visit.frame.state):
        raise PermissionDenied


def _to(visit: Visit, meeting: ReviewMeeting, said: str = "") -> HttpResponse:
    if said:
        messages.success(visit.request, said)
    return redirect(f"/{visit.frame.state.slug}/{links.meeting_path(meeting)}{visit.keep}")


@require_safe
@in_campaign
def meetings_page(visit: Visit) -> HttpResponse:
    rows = visit.frame.campaign.meetings.select_related("snapshot")
    return visit.page(
        "meetings.html",
        meetings=sorted(rows, key=lambda each: (each.kind != "review", each.kind, each.number)),
        may_write=visit.may(Act.WRITE_MEETINGS, visit.frame.state),
        crumbs=visit.crumbs(up_to_here=False),
    )


@require_safe
@of_meeting
def meeting_page(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    page = _Page(visit, meeting)
    may_write = visit.may(Act.WRITE_MEETINGS, visit.frame.state)
    decisions = meeting.decisions.select_related("owner", "zone", "lok_sabha_seat", "assembly_seat")
    return visit.page(
        "meeting.html",
        meeting=meeting,
        attendees=[user.name for user in meeting.attendees.order_by("first_name", "username")],
        directives=page.directives,
        compared=page.compared,
        kept=reviews.promises(page.compared) if page.is_main else [],
        commitments=meeting.commitments.select_related("user", "zone", "assembly_seat").order_by(
            "user__first_name", "pk"
        ),
        decisions=[
            (each, may_write or each.owner_id == visit.user.pk)
            for each in decisions.order_by("due_on")
        ],
        may_write=may_write,
        may_hold=may_write and meeting.status in (Status.POSSIBLE, Status.PLANNED),
        sheet_query=visit.with_query(),
        crumbs=visit.crumbs(up_to_here=False),
    )


@require_safe
@of_meeting
def sheet(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    """To be printed: a row a seat, with totals by Lok Sabha seat and zone."""
    page = _compared(visit, meeting)
    back = f"/{visit.frame.state.slug}/{links.meeting_path(meeting)}{visit.keep}"
    return visit.page("prints/review.html", meeting=meeting, compared=page.compared, back=back)


class _Page:
    """What a meeting shows of the directive that the address names, else of the main one."""

    def __init__(self, visit: Visit, meeting: ReviewMeeting):
        frame = visit.frame
        self.moments = reviews.moments(meeting, frame, visit.user, visit.today)
        self.directives: list[Directive] = self.moments.directives
        asked = [
            each for each in self.directives if str(each.number) == visit.query.get("directive")
        ]
        usual = self.moments.own(frame.main) or next(iter(self.directives), None)
        self.directive = asked[0] if asked else usual
        self.is_main = self.directive is not None and self.directive == frame.main
        self.compared = self.directive and self.moments.comparison(self.directive)


def _compared(visit: Visit, meeting: ReviewMeeting) -> _Page:
    page = _Page(visit, meeting)
    if page.directive is None:
        raise NotHere(_("No directive had been issued by this day."))
    return page


# Writing


@form_page
@in_campaign
def new_meeting(visit: Visit) -> HttpResponse:
    _must_write(visit)
    form = PlanForm(visit.request.POST or None)
    if form.is_valid():
        try:
            meeting = meetings.plan(
                visit.frame.campaign, by=visit.user, on=visit.today, **form.cleaned_data
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            return _to(visit, meeting, _("Planned. The in-charges of today are invited."))
    return _form(visit, form, _("Plan a meeting"), _("Plan"))


@form_page
@of_meeting
def edit(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    _must_write(visit)
    people = meetings.in_charges(visit.frame.state, visit.today)
    initial = {
        name: getattr(meeting, name) for name in ("status", "window_start", "window_end", "minutes")
    }
    form = ChangeForm(
        visit.request.POST or None,
        meeting=meeting,
        people=people,
        initial=initial | {"attendees": meeting.attendees.all()},
    )
    if form.is_valid():
        try:
            meetings.change(meeting, by=visit.user, on=visit.today, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _to(visit, meeting, _("Saved."))
    return _form(visit, form, wording.meeting(meeting), _("Save"), meeting)


@form_page
@of_meeting
def hold(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    _must_write(visit)
    day, _note = asked_day(visit.request.POST.get("day", ""), visit.today)
    land = whole_territory(visit.frame.state, day)
    form = HoldForm(
        visit.request.POST or None,
        directives=[each for each in visit.frame.directives if each.issued_on <= day],
        land=land,
        initial={"day": visit.today},
    )
    if form.is_valid():
        try:
            snapshots.hold(meeting, by=visit.user, on=visit.today, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _to(visit, meeting, _("Held. The numbers are frozen."))
    return visit.page(
        "meeting_hold.html",
        form=form,
        meeting=meeting,
        seats=land.seats,
        crumbs=visit.crumbs(up_to_here=False),
    )


def _groups(land: Territory, *, with_lok_sabha: bool = False) -> dict[str, list]:
    groups: dict[str, list] = {_("Zones"): land.zones}
    if with_lok_sabha:
        groups[_("Lok Sabha seats")] = land.lok_sabha_seats
    return groups | {_("Assembly seats"): land.seats}


@form_page
@of_meeting
def promise(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    _must_write(visit)
    form = PromiseForm(
        visit.request.POST or None,
        groups=_groups(whole_territory(visit.frame.state, visit.today)),
        people=meetings.promisers(visit.user, visit.frame.state, visit.today),
        initial={"user": visit.user.pk},
    )
    if form.is_valid():
        try:
            meetings.promise(meeting, by=visit.user, on=visit.today, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _to(visit, meeting, _("The commitment is entered."))
    return _form(visit, form, _("Commitment for the next review"), _("Enter"), meeting)


@form_page
@of_meeting
def decide(visit: Visit, meeting: ReviewMeeting) -> HttpResponse:
    _must_write(visit)
    form = DecideForm(
        visit.request.POST or None,
        groups=_groups(whole_territory(visit.frame.state, visit.today), with_lok_sabha=True),
        whole=_("The whole state"),
        people=meetings.owners(visit.frame.state, visit.today),
    )
    if form.is_valid():
        try:
            meetings.decide(meeting, by=visit.user, on=visit.today, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return _to(visit, meeting, _("The decision is entered."))
    return _form(visit, form, _("New decision"), _("Enter"), meeting)


@require_POST
@in_state
def settle(visit: Visit, kind: str, number: int, pk: int) -> HttpResponse:
    """Also for an owner who sees a part of the state only, from the page of what needs attention."""
    meeting = reviews.meeting_of(visit.frame, kind, number)
    decision = meeting and meeting.decisions.filter(pk=pk).first()
    sees_state = visit.sees(visit.frame.state)
    if not decision or not (sees_state or decision.owner_id == visit.user.pk):
        raise NotHere
    is_done = visit.request.POST.get("done") == "yes"
    try:
        meetings.settle(decision, is_done=is_done, by=visit.user, on=visit.today)
    except ValidationError as error:
        raise PermissionDenied from error
    said = _("Done.") if is_done else _("The decision is open again.")
    if sees_state:
        return _to(visit, meeting, said)
    messages.success(visit.request, said)
    return redirect(f"/{visit.frame.state.slug}/attention/{visit.keep}")


def _form(
    visit: Visit, form, title: str, does: str, meeting: ReviewMeeting | None = None
) -> HttpResponse:
    back = links.meeting_path(meeting) if meeting else "reviews/"
    return visit.page(
        "meeting_form.html",
        form=form,
        title=title,
        does=does,
        back=back,
        meeting=meeting,
        crumbs=visit.crumbs(up_to_here=False),
    )
