"""Carrying out a list of staff: whom its rows mean among the accounts, then all of them or none.

Of an account beyond the reach of who asks nothing is told but that its user name or mobile number
is taken.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower, Trim
from django.utils.translation import gettext as _

from zones.models import Posting, State, User
from zones.scope import Act, may, users_served
from zones.staff_list import LABELS, Does, Line, folded, is_one_name, places_of, read
from zones.staffing import create_person, give_posting, kind_of, may_change, taken_usernames
from zones.usernames import free_username

Rows = Sequence[Sequence[str]]
AT_ONCE = 500  # values in one query


@dataclass
class Plan:
    lines: list[Line]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.does for line in self.lines)
        return {"rows": len(self.lines)} | {str(does): found[does] for does in Does}

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.problem]

    @property
    def changing(self) -> list[Line]:
        return [line for line in self.lines if line.does in (Does.NEW, Does.POSTED)]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same."""
        said = [(line.row, line.does, line.user and line.user.pk) for line in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()


class Accounts:
    """The accounts that rows may mean, by user name, by mobile, and by name and posting."""

    def __init__(self, lines: list[Line], by: User, on: date):
        usernames = [line.said["username"] for line in lines if line.said["username"]]
        mobiles = [line.said["mobile"] for line in lines if line.said["mobile"]]
        rows = User.objects.annotate(lower=Lower("username"))
        asked = _each(rows, "lower", usernames) + _each(rows, "mobile", mobiles)
        self.by_username = {user.lower: user for user in asked}
        self.by_mobile = {user.mobile: user for user in asked if user.mobile}
        self.by, self.on = by, on
        served = _each(User.objects.filter(users_served(by, on)), "pk", [u.pk for u in asked])
        self.served = {user.pk for user in served}
        self.by_posting = self._holders(lines)
        self.postings = self._postings({user.pk for user in asked})

    def _holders(self, lines: list[Line]) -> dict[tuple, User]:
        """For rows with neither user name nor mobile number."""
        names = [line.said["name"] for line in lines if line.is_only_a_name]
        postings = Posting.objects.filter(Q(until=None) | Q(until__gt=self.on))
        full_name = Trim(Concat("first_name", Value(" "), "last_name"))
        users = User.objects.filter(users_served(self.by, self.on)).annotate(full_name=full_name)
        users = _each(users, "full_name", names)
        postings = _each(postings.select_related("user"), "user", [user.pk for user in users])
        self.served |= {user.pk for user in users}
        return {(folded(row.user.name), *_key(row)): row.user for row in postings}

    def _postings(self, users: set[int]) -> dict[int, list[Posting]]:
        found: dict[int, list[Posting]] = {}
        for posting in _each(Posting.objects.all(), "user", sorted(users)):
            found.setdefault(posting.user_id, []).append(posting)
        return found


def _each(rows, column: str, values: list) -> list:
    """In parts: a database takes only so many values at once."""
    values = sorted(set(values))
    return [
        row
        for start in range(0, len(values), AT_ONCE)
        for row in rows.filter(**{f"{column}__in": values[start : start + AT_ONCE]})
    ]


def _key(posting: Posting) -> tuple:
    return posting.role, posting.area_kind, posting.area_id


def _asked(line: Line) -> tuple:
    return line.said["role"], kind_of(line.said["area"]), line.said["area"].pk


def plan(rows: Rows, *, state: State, by: User, on: date) -> Plan:
    """What importing the rows would do; changes nothing."""
    if not may(by, Act.MANAGE_USERS, state, on=on):
        raise ValidationError(_("This area is not yours to post people in."))
    lines = read(rows, places_of(state), on=on)
    said = [line for line in lines if not line.problem]
    accounts = Accounts(said, by, on)
    asked: dict[tuple, int] = {}
    for line in said:
        _decide(line, accounts)
        if line.user and not line.problem:
            row = asked.setdefault((line.user.pk, *_asked(line)), line.row)
            if row != line.row:
                line.fault("area", _("Row %(row)d says the same.") % {"row": row})
    return Plan(lines)


def _decide(line: Line, accounts: Accounts) -> None:
    if line.with_row and line.with_row.problem:
        line.fault("name", _("Row %(row)d of this person is faulty.") % {"row": line.with_row.row})
        return
    user = _meant(line, accounts)
    if line.problem:
        return
    line.user = user or (line.with_row.user if line.with_row else None)
    if line.user is None:
        line.does = Does.NEW
    elif _holds(line, accounts):
        line.does = Does.UNCHANGED
    else:
        line.does = Does.POSTED


def _meant(line: Line, accounts: Accounts) -> User | None:
    username, mobile = line.said["username"], line.said["mobile"]
    if line.is_only_a_name:
        return accounts.by_posting.get((folded(line.said["name"]), *_asked(line)))
    found = {
        "username": accounts.by_username.get(username),
        "mobile": accounts.by_mobile.get(mobile),
    }
    for column, user in found.items():
        if user and user.pk not in accounts.served:
            line.fault(column, _("This is taken. Give another one."))
            return None
    _check_agreement(line, found["username"], found["mobile"])
    user = found["username"] or found["mobile"]
    if user:
        column = "username" if found["username"] else "mobile"
        _check_open(line, user, column, accounts.by)
        _check_name(line, user, column)
    return user


def _check_agreement(line: Line, named: User | None, called: User | None) -> None:
    mobile = line.said["mobile"]
    if named and mobile and named.mobile not in ("", mobile):
        said = _("%(name)s (%(username)s) has another mobile number. Correct one of them.")
        line.fault("mobile", said % {"name": named.name, "username": named.username})
    elif called and line.said["username"] and named != called:
        said = _("This mobile number is that of %(name)s (%(username)s). Correct one of them.")
        line.fault("mobile", said % {"name": called.name, "username": called.username})


def _check_open(line: Line, user: User, column: str, by: User) -> None:
    if not may_change(user, by=by):
        line.fault(column, _("This account is not yours to change."))
    elif not user.is_active:
        line.fault(column, _("The account is closed. Open it first."))


def _check_name(line: Line, user: User, column: str) -> None:
    """A digit typed wrongly can be the number of somebody else, who would be posted."""
    if not is_one_name(line.said["name"], user.name):
        said = _(
            "The %(column)s of this row is that of %(name)s (%(username)s). "
            "Write that name, or correct the %(column)s."
        )
        whose = {"column": LABELS[column], "name": user.name, "username": user.username}
        line.fault("name", said % whose)


def _holds(line: Line, accounts: Accounts) -> bool:
    """Whether the posting of the row is there, or one that it would overlap."""
    key, since = _asked(line), line.said["since"]
    if line.is_only_a_name:
        return True  # that is how the account was found
    return any(
        _key(posting) == key
        and (posting.until is None or (posting.until > since and posting.until > posting.since))
        for posting in accounts.postings.get(line.user.pk, [])
    )


@transaction.atomic
def carry_out(rows: Rows, *, fingerprint: str, state: State, by: User, on: date) -> Plan:
    """Does what the plan with this fingerprint says for all rows that are not faulty; refuses if
    the accounts have changed since, so that another plan came of the same rows."""
    now = plan(rows, state=state, by=by, on=on)
    if now.fingerprint != fingerprint:
        raise ValidationError(
            _("Something has changed since the preview. Look at it again, then confirm.")
        )
    taken = taken_usernames() | {line.said["username"] for line in now.changing}
    for line in now.changing:
        _write(line, taken, by, on)
    return now


def _write(line: Line, taken: set[str], by: User, on: date) -> None:
    said = line.said
    posting = {"role": said["role"], "area": said["area"], "since": said["since"]}
    user = line.user or (line.with_row.user if line.with_row else None)
    if user:
        give_posting(user, **posting, by=by, on=on)
        return
    username = said["username"] or free_username(said["name"], taken)
    taken.add(username)
    line.user = create_person(
        name=said["name"], mobile=said["mobile"], username=username, **posting, by=by, on=on
    )
