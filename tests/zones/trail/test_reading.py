"""An entry says what it changed, from what to what, in words; what was erased says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from booths import lifecycle
from booths.models import Agent, Appointment, Booth
from campaign.models import ReviewMeeting
from tests.admin_world import DAY
from tests.campaign.land import make_campaign
from tests.makers import make_agent, make_assembly_seat, make_booth, make_state, make_user
from zones.admin import words
from zones.models import Look, Seal, State
from zones.trail import keeping, persons, reading
from zones.trail.versions import Change, read

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def last_entry() -> Seal:
    return Seal.objects.order_by("pk").last()


def said(seal: Seal) -> list[tuple[str, str, str, list[Change]]]:
    versions = reading.read_entries(reading.entries([seal]), words)[seal.pk]
    return [(one.verb, one.thing, one.row, one.changes) for one in versions]


def test_a_change_is_told_from_what_to_what():
    agent = make_agent("राम", mobile="5876543210", gender="male")
    agent.mobile, agent.gender = "5876543211", ""
    agent.save()
    assert said(last_entry()) == [
        (
            "changed",
            "agent",
            f"राम ({agent.code})",
            [Change("gender", "Male", ""), Change("mobile number", "5876543210", "5876543211")],
        )
    ]


def test_rows_that_are_referred_to_are_called_by_their_names():
    booth, agent = make_booth(7), make_agent("राम")
    lifecycle.propose(booth, agent, kind="booth_agent", on=DAY, by=make_user("office"))
    (verb, thing, row, changes) = said(last_entry())[0]
    seat = booth.assembly_seat.number
    assert (verb, thing, row) == ("created", "appointment", f"राम · {seat} / 7")
    told = {change.field: (change.before, change.after) for change in changes}
    assert told["agent"] == ("", f"राम ({agent.code})")
    assert told["booth"][1].startswith(f"{seat} / 7")
    assert told["status"] == ("", "Proposed")


def test_what_was_erased_says_so_and_the_rest_stays():
    agent = make_agent("राम", mobile="5876543210")
    agent.name, agent.consent_version = "राम लाल", "2"
    agent.save()
    seal = last_entry()
    with transaction.atomic():
        persons.forget(agent)
        agent.name, agent.mobile = "हटाया गया", ""
        agent.save()
        keeping.note(Look.What.ERASURE, "", agents=[agent.pk])
    assert said(seal)[0][3] == [Change("version of the notice", "1", "2")]
    erasing = {change.field: change for change in said(last_entry())[0][3]}
    assert erasing["name"] == Change("name", "erased", "हटाया गया")
    assert "राम" not in str(said(seal)) + str(said(last_entry()))


def test_a_new_password_is_told_without_a_word_of_it():
    user = make_user("office")
    user.set_password("another-long-one")
    user.save()
    assert said(last_entry())[0][3] == [Change("password", "", "set anew")]


def test_a_deleted_row_is_called_by_its_last_name():
    state = State.objects.create(code="AA", name_hi="क")
    state.delete()
    verb, _thing, row, changes = said(last_entry())[0]
    assert (verb, row) == ("deleted", "क")
    assert Change("code", "AA", "") in changes


def test_who_attends_is_told_by_name():
    meeting = ReviewMeeting.objects.create(campaign=make_campaign(make_state()), number=3)
    meeting.attendees.add(make_user("leader", first_name="नेता"))
    assert said(last_entry())[0][3] == [Change("attendees", "", "नेता")]


def test_a_version_is_compared_with_the_one_before_of_the_same_row():
    first, second = make_booth(1, name_hi="क"), make_booth(2, name_hi="ख")
    first.name_hi, second.name_hi = "ग", "घ"
    first.save()
    second.save()
    versions = list(Booth.history.filter(history_type="~").order_by("history_id"))
    told = [change for one in read(Booth, versions, words) for change in one.changes]
    assert [(change.before, change.after) for change in told] == [("क", "ग"), ("ख", "घ")]


def test_thirty_rows_take_as_many_queries_as_one():
    def queries(number: int) -> int:
        with transaction.atomic():
            for _each in range(number):
                agent = make_agent("राम")
                agent.gender = "male"
                agent.save()
        entry = last_entry()
        with CaptureQueriesContext(connection) as asked:
            assert len(said(entry)) == 2 * number
        return len(asked)

    assert queries(1) == queries(30)


def test_an_entry_is_about_whom_it_changed_placed_or_showed():
    booth, agent, other = make_booth(1), make_agent("राम"), make_agent("श्याम")
    other_look = keeping.note(Look.What.LIST, "/", agents=[other.pk, agent.pk * 10 + 1])
    look = keeping.note(Look.What.LIST, "/", agents=[agent.pk, other.pk])
    made = lifecycle.propose(booth, agent, kind="booth_agent", on=DAY, by=None)
    found = Seal.objects.filter(reading.about("agents", agent.pk))
    batches = {
        Agent.history.get(id=agent.pk).batch,
        Appointment.history.get(id=made.pk).batch,
        look.batch,
    }
    assert set(found.values_list("batch", flat=True)) == batches
    assert other_look.batch not in batches


def test_entries_are_of_a_kind():
    with transaction.atomic():
        make_agent("राम")
    change = last_entry()
    keeping.note(Look.What.LIST, "/", agents=[1])
    look = last_entry()
    keeping.note(Look.What.EXPORT, "/", agents=[1])
    export = last_entry()
    keeping.note(Look.What.SIGN_IN, "/sign-in/ password", users=[1])
    sign_in = last_entry()
    of = {kind: set(Seal.objects.filter(reading.of_kind(kind))) for kind in reading.EntryKind}
    assert (change in of["change"], look in of["change"]) == (True, False)
    assert (of["look"], of["export"], of["sign_in"]) == ({look}, {export}, {sign_in})


NOW = datetime.now(UTC)
EVERYONE = ~Q(pk__in=[])


def affected(**who) -> dict[str, set[int]]:
    span = {"since": NOW - timedelta(days=1), "before": NOW + timedelta(days=1)}
    return reading.affected(**{"doers": EVERYONE, "by": None, "address": ""} | span | who)


def test_affected_is_whom_one_saw_and_whom_one_changed():
    thief, other = make_user("thief"), make_user("other")
    seen, changed, theirs = make_agent("देखा"), make_agent("बदला"), make_agent("औरों का")
    with keeping.acting(by=thief):
        keeping.note(Look.What.LIST, "/", agents=[seen.pk], members=[5], users=[other.pk])
        changed.gender = "male"
        changed.save()
    with keeping.acting(by=other):
        keeping.note(Look.What.EXPORT, "/", agents=[theirs.pk])
    assert affected(by=thief.pk) == {
        "agents": {seen.pk, changed.pk},
        "members": {5},
        "users": {other.pk},
    }
    assert affected(by=thief.pk, doers=Q(by=other)) == {
        k: set() for k in ("agents", "members", "users")
    }
    assert affected(by=thief.pk, before=NOW - timedelta(hours=5))["agents"] == set()
    assert affected(address="203.0.113.9")["agents"] == set()


def test_a_whole_seat_in_one_entry_is_cut_and_counted():
    seat = make_assembly_seat(5)
    with transaction.atomic():
        for number in range(1, 6):
            make_booth(number, seat=seat)
    entry = reading.entries([last_entry()])[0]
    assert entry.sizes == [("booth", 5)]
    assert len(reading.read_entries([entry], words, most=3)[entry.seal.pk]) == 3


def test_an_account_is_told_by_name():
    user = make_user("office", first_name="कार्यालय")
    with keeping.acting(by=user, why="test"):
        make_state("ZZ")
    entry = reading.entries([last_entry()])[0]
    assert (entry.who, entry.seal.why) == ("कार्यालय", "test")
