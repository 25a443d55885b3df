"""Erasing an account: closed ones only, by the office that manages them; nothing names its owner."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from tests.makers import make_posting, make_state, make_user
from zones import erasure
from zones.models import Look, User
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2018, 8, 20)
NAMED = {"first_name": "विरला", "last_name": "कर्मी", "mobile": "5811122233"}


@pytest.fixture
def office():
    return make_user("office", "state_office", make_state())


def make_gone(**fields):
    """An account closed, whose postings have ended."""
    user = make_user("virla.karmi", email="virla@example.org", **NAMED)
    make_posting(user, "state_office", make_state(), until=date(2018, 8, 10))
    user.is_active = False
    user.save()
    User.objects.filter(pk=user.pk).update(**fields)
    return user


def everything() -> str:
    rows = [list(each._base_manager.values()) for each in apps.get_models()]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_nothing_that_names_the_owner_is_left(office):
    user = make_gone()
    LogEntry.objects.log_actions(office.pk, [user], 2, change_message="x")
    traces = ("virla", *NAMED.values())
    assert [trace for trace in traces if trace not in everything()] == []
    erasure.erase_user(user, on=TODAY, by=office, reason="asked")
    assert [trace for trace in traces if trace in everything()] == []
    user.refresh_from_db()
    assert (user.username, user.has_usable_password()) == (f"erased-{user.pk}", False)
    assert Look.objects.get(what="erasure").users == [user.pk]
    assert list(faults()) == []


def refused(user, by):
    before = User.objects.filter(pk=user.pk).values().get()
    with pytest.raises(ValidationError):
        erasure.erase_user(user, on=TODAY, by=by, reason="asked")
    assert User.objects.filter(pk=user.pk).values().get() == before


def test_neither_one_s_own_nor_an_open_nor_an_erased_account_is_erased(office):
    refused(office, office)
    open_one = make_gone(is_active=True)
    refused(open_one, office)
    User.objects.filter(pk=open_one.pk).update(is_active=False)
    erasure.erase_user(open_one, on=TODAY, by=office, reason="asked")
    refused(open_one, office)


def test_an_account_that_holds_a_posting_is_not_erased(office):
    user = make_gone()
    make_posting(user, "state_office", make_state())
    refused(user, office)


def test_whoever_does_not_manage_the_account_does_not_erase_it():
    refused(make_gone(), make_user("staff"))


@pytest.mark.parametrize(("days", "erased"), [(364, False), (366, True)])
def test_an_account_closed_for_a_year_is_purged(days, erased):
    then = timezone.now() - timedelta(days=days)
    user = make_gone(date_joined=then, last_login=then)
    call_command("purge_people")
    user.refresh_from_db()
    assert user.username.startswith(erasure.ERASED) == erased
