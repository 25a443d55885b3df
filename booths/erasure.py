"""Taking consent back, and erasing a person: what names them goes, what counts them stays.

Whoever stands at a booth, or is in a team, is not erased before that is ended. Nobody is told from
a count, so appointments and memberships stay, without a name.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.models import Agent, Appointment, AppointmentEvent, Consenting, TeamMember
from zones.models import Look
from zones.trail import keeping, persons

ERASED = "हटाया गया व्यक्ति"  # data as any name is, the same in every language
CONSENT = ("consent_version", "consent_on", "consent_mode")
RETENTION_DAYS = 365


class Reason(models.TextChoices):
    ASKED = "asked", gettext_lazy("The person asked for it")
    MISTAKE = "mistake", gettext_lazy("Entered by mistake")
    OVER = "over", gettext_lazy("The time for keeping it is over")


def withdraw(person: Agent | TeamMember, *, on: date, by) -> Agent | TeamMember:
    """The person took consent back: what needs it goes, name and place stay."""
    with transaction.atomic():
        person = held(person)
        if not person.keeps_contact:
            raise ValidationError(_("No consent of this person is recorded."))
        _empty(person, person.CONTACT)
        _forget(person, by=by, reason="withdrawn")
        person.consent_mode, person.consent_on = Consenting.ConsentMode.WITHDRAWN, on
        person.save()
        _log_anew(person)
        for other in _handed_on(person):
            if other.keeps_contact:
                withdraw(other, on=on, by=by)
    return person


def _handed_on(person: Agent | TeamMember) -> list[TeamMember]:
    """The same person in the teams of the zone before and of the zone after."""
    if not isinstance(person, TeamMember):
        return []
    after = [person.handed_on_to] if person.handed_on_to else []
    return [*person.handed_on_from.all(), *after]


def erase(agent: Agent, *, on: date, by, reason: str) -> Agent:
    """Makes the agent nobody in particular; refused while they stand at a booth."""
    with transaction.atomic():
        agent = held(agent)
        _must_not_be_erased(agent)
        if Appointment.objects.standing().filter(agent=agent).exists():
            raise ValidationError(
                _("%(agent)s still stands at a booth. End the appointment first, then erase."),
                params={"agent": agent.name},
            )
        _empty(agent, ("relation_name", "gender", *Agent.CONTACT, *CONSENT))
        _forget(agent, by=by, reason=reason)
        agent.name, agent.erased_on = f"{ERASED} {agent.code}", on
        agent.save()
        _events_that_may_name(agent).update(reason="")  # the guard of the table allows just this
        _log_anew(agent)
    return agent


def erase_member(member: TeamMember, *, on: date, by, reason: str) -> TeamMember:
    """Makes the member nobody in particular; refused while the membership lasts."""
    with transaction.atomic():
        member = held(member)
        _must_not_be_erased(member)
        if member.until is None or member.until > on:
            raise ValidationError(
                _("%(member)s is still in the team. Write the day it ended first, then erase."),
                params={"member": member.name},
            )
        _forget(member, by=by, reason=reason)
        _empty(member, ("mobile", *CONSENT))
        member.name, member.erased_on = ERASED, on
        member.save()
        _log_anew(member)
    return member


def overdue_agents(*, on: date, days: int = RETENTION_DAYS) -> QuerySet[Agent]:
    """Who stands nowhere since more than so many days, with the day as `since`; who never stood is
    counted from the day of entry."""
    last = on - timedelta(days=days)
    theirs = Appointment.objects.filter(agent=OuterRef("pk"))
    gone = Agent.objects.filter(~Exists(theirs.standing()), erased_on=None)
    gone = gone.annotate(since=Max("appointments__ended_on"))
    over = Q(since__lt=last) | Q(since=None, entered_at__date__lt=last)
    return gone.filter(over).order_by("pk")


def overdue_members(*, on: date, days: int = RETENTION_DAYS) -> QuerySet[TeamMember]:
    last = on - timedelta(days=days)
    return TeamMember.objects.filter(until__lt=last, erased_on=None).order_by("pk")


def held(person):
    """The person as they are now, held until the transaction ends."""
    return type(person)._default_manager.select_for_update().get(pk=person.pk)


def drop(agents: Iterable[Agent], *, by) -> None:
    """Takes away agents whom a list entered and a rule refused, and all that the trail kept."""
    agents = list(agents)
    ids = [agent.pk for agent in agents]
    Agent.objects.filter(pk__in=ids).delete()
    for agent in agents:
        persons.forget(agent)
    with keeping.acting(by=by, why=Reason.MISTAKE):
        keeping.note(Look.What.ERASURE, "", agents=ids)


def _events_that_may_name(agent: Agent) -> QuerySet[AppointmentEvent]:
    """With a free text: of the agent's appointments, and of those in whose place or after which
    the agent stood."""
    theirs = Appointment.objects.filter(
        Q(agent=agent) | Q(replaces__agent=agent) | Q(replaced_by__agent=agent)
    )
    return AppointmentEvent.objects.filter(appointment__in=theirs).exclude(reason="")


def _must_not_be_erased(person: Agent | TeamMember) -> None:
    if person.erased_on:
        raise ValidationError(_("This person's data is erased already."))


def _empty(person: Agent | TeamMember, names: Iterable[str]) -> None:
    for name in names:
        field = person._meta.get_field(name)
        setattr(person, name, None if field.null else "")


def _forget(person: Agent | TeamMember, *, by, reason: str) -> None:
    """Removes what the trail kept of the person, before what is left of them is written."""
    person._history_user, person._change_reason = by, reason
    persons.forget(person)
    kind = "agents" if isinstance(person, Agent) else "members"
    with keeping.acting(by=by, why=reason):
        keeping.note(Look.What.ERASURE, "", **{kind: [person.pk]})


def _log_anew(person: Agent | TeamMember) -> None:
    """The admin's log quotes names: all else that is written of a person has to be cleared here."""
    kind = ContentType.objects.get_for_model(person)
    log = LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    log.update(object_repr=str(person)[:200])
