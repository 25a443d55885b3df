"""Who is in a team: joining it, and leaving it on a day for a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import consent, erasure
from booths.models import Block, Post, Sector, TeamMember
from zones import staffing
from zones.models import Zone
from zones.trail import keeping

Team = Zone | Block | Sector


class Left(models.TextChoices):
    """Why somebody is no longer in a team; a choice, since free words outlive an erased person."""

    RESIGNED = "resigned", gettext_lazy("Resigned")
    REPLACED = "replaced", gettext_lazy("Replaced")
    MOVED = "moved", gettext_lazy("Moved to another team")
    DIED = "died", gettext_lazy("Died")
    MISTAKE = "mistake", gettext_lazy("Entered by mistake")


def level_of(team: Team) -> str:
    return team._meta.model_name


def clean_name(text: str) -> str:
    name = " ".join(text.split())
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Write the member's name."))
    return name


def join(
    team: Team,
    *,
    post: Post,
    name: str,
    since: date,
    on: date,
    by,
    mobile: str = "",
    consent_mode: str = "",
    origin: str = TeamMember.Origin.LOCAL,
) -> TeamMember:
    """Enters a member; whoever says how consent was given says that it was given today."""
    level = level_of(team)
    with transaction.atomic(), keeping.acting(by=by):
        # Held, so that a form sent twice does not enter the person twice.
        type(team)._default_manager.select_for_update().get(pk=team.pk)
        staffing.must_last(team, on=max(since, on))
        _must_be_new(level, team, post, name, on)
        member = TeamMember(post=post, name=name, mobile=mobile, origin=origin, since=since)
        setattr(member, level, team)
        for field, value in consent.recorded(consent_mode, on=on).items():
            setattr(member, field, value)
        member.full_clean()
        member.save()
    return member


def _must_be_new(level: str, team: Team, post: Post, name: str, on: date) -> None:
    known = TeamMember.objects.current(on).filter(**{level: team}, post=post, name=name)
    if known.exists():
        raise ValidationError(
            _("%(name)s is already in this team as %(post)s."),
            params={"name": name, "post": post.name},
        )


def leave(member: TeamMember, *, until: date, reason: str, on: date, by) -> TeamMember:
    """`until` is the first day on which the membership no longer holds."""
    with transaction.atomic(), keeping.acting(by=by, why=Left(reason)):
        member = erasure.held(member)
        _must_be_there(member, until, on)
        after, member.handed_on_to = member.handed_on_to, None
        member.until = until
        member.full_clean()
        member.save()
        while after:  # begins no more in the zone that follows, and in the one after
            later = erasure.held(after)
            after, later.handed_on_to = later.handed_on_to, None
            later.until = later.since
            later.save()
    return member


def take_back(member: TeamMember, *, by) -> None:
    """Who was entered by an import that is undone was in the team on no day."""
    with keeping.acting(by=by):
        member.until = member.since
        member.save(update_fields=["until"])


def _must_be_there(member: TeamMember, until: date, on: date) -> None:
    if member.until is None or max(until, on) < member.until:
        return
    said = {"name": member.name, "day": date_format(member.until)}
    if member.handed_on_to:
        said["zone"] = member.handed_on_to.zone.name
        raise ValidationError(
            _("From %(day)s %(name)s is in the team of %(zone)s. End the membership there."),
            params=said,
        )
    raise ValidationError(_("%(name)s has left the team already."), params=said)
