"""Erasing an account: what names its owner goes, what they did stays under a pseudonym."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from zones.accounts import forget_second_factor
from zones.models import Look, Posting, User
from zones.scope import users_served
from zones.trail import keeping, persons
from zones.usernames import ERASED, is_of_erased


def erase_user(user: User, *, on: date, by: User | None, reason: str) -> User:
    """Makes a closed account nobody's in particular; `by` is None for the nightly purge."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        _must_be_erasable(user, on=on, by=by)
        _forget_elsewhere(user)
        user._history_user, user._change_reason = by, reason
        persons.forget(user)
        with keeping.acting(by=by, why=reason):
            keeping.note(Look.What.ERASURE, "", users=[user.pk])
        user.username = f"{ERASED}{user.pk}"
        user.first_name = user.last_name = user.email = user.mobile = ""
        user.set_unusable_password()
        user.save()
        log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
        log.filter(object_id=str(user.pk)).update(object_repr=str(user))
    return user


def overdue_users(*, on: date, days: int) -> QuerySet[User]:
    """Closed accounts without a posting, or a sign-in, for longer than so many days."""
    last = on - timedelta(days=days)
    lately = Posting.objects.filter(user=OuterRef("pk")).filter(Q(until=None) | Q(until__gte=last))
    closed = User.objects.filter(~Exists(lately), is_active=False, date_joined__date__lt=last)
    closed = closed.filter(Q(last_login=None) | Q(last_login__date__lt=last))
    return closed.exclude(username__startswith=ERASED).order_by("pk")


def is_erased(user: User) -> bool:
    return is_of_erased(user.username)


def _must_be_erasable(user: User, *, on: date, by: User | None) -> None:
    if by and user.pk == by.pk:
        raise ValidationError(_("Nobody erases their own account."))
    if by and not User.objects.filter(users_served(by, on), pk=user.pk).exists():
        raise ValidationError(_("Your posting does not allow you to erase this account."))
    if user.is_active or user.postings.current(on).exists():
        raise ValidationError(
            _("End the postings of %(user)s and close the account first, then erase."),
            params={"user": user.name},
        )
    if is_erased(user):
        raise ValidationError(_("This person's data is erased already."))


def _forget_elsewhere(user: User) -> None:
    forget_second_factor(user)
    EmailAddress.objects.filter(user=user).delete()
    for tries in (AccessAttempt, AccessLog):
        tries.objects.filter(username=user.username).delete()
