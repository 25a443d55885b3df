"""The people whom the office manages: how their accounts stand, and finding them."""

import re
import unicodedata
from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from zones.mobiles import DIGITS
from zones.models import POSTING_AREAS, Posting, User
from zones.scope import users_served

WITHOUT_PASSWORD = Q(password="") | Q(password__startswith="!")
LONGEST_SEARCH = 80


class Standing(models.TextChoices):
    """How an account stands: the first of these that is true."""

    CLOSED = "closed", _("closed")
    UNPOSTED = "unposted", _("no posting")
    NEVER_SIGNED_IN = "never", _("never signed in")
    ACTIVE = "active", _("active")


def people(by: User, on: date) -> QuerySet[User]:
    """Accounts in the reach of `by`, each with its `standing` and its postings of the day,
    `held`."""
    held = Posting.objects.current(on)
    standing = Case(
        When(is_active=False, then=Value(Standing.CLOSED)),
        When(~Exists(held.filter(user=OuterRef("pk"))), then=Value(Standing.UNPOSTED)),
        When(last_login=None, then=Value(Standing.NEVER_SIGNED_IN)),
        default=Value(Standing.ACTIVE),
    )
    shown = held.select_related(*POSTING_AREAS).order_by("since", "pk")
    return (
        User.objects.filter(users_served(by, on))
        .annotate(standing=standing)
        .prefetch_related(Prefetch("postings", shown, to_attr="held"))
        .order_by("first_name", "last_name", "username")
    )


def waiting(by: User, on: date) -> QuerySet[User]:
    """Whom a first link is to be handed to, the newest accounts first."""
    rows = people(by, on).filter(WITHOUT_PASSWORD, is_active=True, is_superuser=False)
    return rows.order_by("-date_joined", "-pk")


def found(rows: QuerySet[User], *, on: date, search="", role="", standing="") -> QuerySet[User]:
    if role:
        held = Posting.objects.current(on).filter(role=role)
        rows = rows.filter(Exists(held.filter(user=OuterRef("pk"))))
    if standing:
        rows = rows.filter(standing=standing)
    return rows.filter(_sought(search))


def _sought(search: str) -> Q:
    """Every word in the name, the user name or the mobile number; or a number as it is dialled."""
    text = unicodedata.normalize("NFC", search).replace("\0", "").translate(DIGITS)
    text = text[:LONGEST_SEARCH]
    sought = Q()
    for word in text.split():
        fields = ("first_name", "last_name", "username", "mobile")
        sought &= Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)
    dialled = re.sub(r"[\s().+-]", "", text)
    if dialled.isdecimal():
        sought |= Q(mobile__contains=dialled[-10:])
    return sought
