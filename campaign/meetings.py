"""Planning meetings, promising and deciding: all that is written of a meeting but its numbers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from campaign.models import Campaign, Commitment, Decision, ReviewMeeting
from zones.models import LokSabhaSeat, Posting, State, User, Zone
from zones.scope import Act, may

Role = Posting.Role
Status = ReviewMeeting.Status
# Who may own a decision: the office, and whoever is in charge of an area.
OWNERS = (
    Role.STATE_OFFICE,
    Role.STATE_IN_CHARGE,
    Role.ZONE_IN_CHARGE,
    Role.LOK_SABHA_IN_CHARGE,
    Role.SEAT_IN_CHARGE,
)


def in_charges(state: State, on: date) -> QuerySet[User]:
    """The state in-charges of the day, whom a meeting is for."""
    return _posted(Posting.objects.current(on).filter(state=state, role=Role.STATE_IN_CHARGE))


def promisers(user: User, state: State, on: date) -> QuerySet[User]:
    """For whom the user enters promises: for themselves, and the office for every in-charge."""
    own = Q(pk=user.pk)
    if may(user, Act.MANAGE_CAMPAIGNS, state, on=on):
        own |= Q(pk__in=in_charges(state, on).order_by().values("pk"))
    return User.objects.filter(own).order_by("first_name", "username")


def owners(state: State, on: date) -> QuerySet[User]:
    """Whoever is posted in such a role on the state, or on a zone or seat of it."""
    here = Q(state=state) | Q(zone__scheme__state=state)
    here |= Q(lok_sabha_seat__state=state) | Q(assembly_seat__state=state)
    return _posted(Posting.objects.current(on).filter(here, role__in=OWNERS))


def _posted(postings: QuerySet[Posting]) -> QuerySet[User]:
    return User.objects.filter(pk__in=postings.values("user")).order_by("first_name", "username")


@transaction.atomic
def plan(campaign: Campaign, *, kind: str, by: User, on: date, **window) -> ReviewMeeting:
    """The next meeting of the kind, to which the in-charges of the day are invited.

    `window`: window_start, window_end, status.
    """
    _must_write(campaign, by, on)
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two at once get two numbers
    last = campaign.meetings.filter(kind=kind).order_by("-number").first()
    number = last.number + 1 if last else 1
    meeting = ReviewMeeting(campaign=campaign, kind=kind, number=number, **window)
    meeting.full_clean()
    meeting.save()
    meeting.attendees.set(in_charges(campaign.state, on))
    return meeting


@transaction.atomic
def change(meeting: ReviewMeeting, *, by: User, on: date, attendees=None, **said) -> ReviewMeeting:
    """What was held keeps its window and day; its minutes and who came are still written."""
    held = _locked(meeting, by, on)
    if held.status == Status.HELD:
        said = {"minutes": said["minutes"]}
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save()
    if attendees is not None:
        held.attendees.set(attendees)
    return held


@transaction.atomic
def promise(meeting: ReviewMeeting, *, user: User, area, number: int, by: User, on: date) -> None:
    """`area`: a zone or an assembly seat. A number that was promised before is taken back."""
    held = _locked(meeting, by, on)
    if not promisers(by, held.campaign.state, on).filter(pk=user.pk).exists():
        raise ValidationError(
            _("You promise for yourself only; the state office enters for others.")
        )
    later = held.campaign.meetings.filter(
        kind=ReviewMeeting.Kind.REVIEW, held_on__gt=held.held_on or on
    )
    if held.status == Status.CANCELLED or later.exists():
        raise ValidationError(_("Nothing more is promised here: the next review was held already."))
    where = {"zone": area} if isinstance(area, Zone) else {"assembly_seat": area}
    known = Commitment.objects.filter(meeting=held, user=user, **where).first()
    promised = known or Commitment(meeting=held, user=user, **where)
    promised.number = number
    promised.save()


@transaction.atomic
def decide(
    meeting: ReviewMeeting, *, text: str, owner: User, area, due_on: date, by: User, on: date
) -> Decision:
    """`area`: a zone, a Lok Sabha or an assembly seat; None is the whole state."""
    held = _locked(meeting, by, on)
    decision = Decision(meeting=held, text=text, owner=owner, due_on=due_on)
    if isinstance(area, Zone):
        decision.zone = area
    elif isinstance(area, LokSabhaSeat):
        decision.lok_sabha_seat = area
    else:
        decision.assembly_seat = area
    decision.full_clean()
    decision.save()
    return decision


@transaction.atomic
def settle(decision: Decision, *, is_done: bool, by: User, on: date) -> Decision:
    """Done today, or open again. Its owner may say so too."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.owner_id != by.pk:
        _must_write(held.meeting.campaign, by, on)
    held.done_on = on if is_done else None
    held.save(update_fields=["done_on"])
    return held


def _locked(meeting: ReviewMeeting, by: User, on: date) -> ReviewMeeting:
    _must_write(meeting.campaign, by, on)
    return ReviewMeeting.objects.select_for_update().get(pk=meeting.pk)


def _must_write(campaign: Campaign, by: User, on: date) -> None:
    if not may(by, Act.WRITE_MEETINGS, campaign.state, on=on):
        raise ValidationError(_("Your posting does not allow you to write meetings."))
