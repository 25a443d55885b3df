"""Undoing the import of a list of agents: nobody stands by it any more, and who was changed is as
before."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from booths import bookkeeping, erasure, finding, lifecycle, undo
from booths.imports import AgentResource, dataset_of
from booths.models import Agent, Appointment, AppointmentEvent, Booth, ImportBatch
from booths.undo import WHY
from tests.admin_world import make_listed_booth, make_world
from tests.makers import make_agent

pytestmark = pytest.mark.django_db

DAY = date(2018, 8, 12)
NOW = datetime(2018, 8, 13, 6, tzinfo=UTC)
HEADINGS = "code,assembly_seat,booth,status,appointed_on,name,mobile,consent_mode,consent_on"


@pytest.fixture
def world():
    world = make_world()
    make_listed_booth(3, seat=world.here.assembly_seat)
    return world


def load(world, *rows, replaces=False) -> ImportBatch:
    data = "\n".join([HEADINGS, *rows]).encode()
    result = AgentResource(user=world.office, on=DAY, replaces=replaces).import_data(
        dataset_of(data), rollback_on_validation_errors=True, file_name="agents.csv", data=data
    )
    assert [problem.advice for problem in result.problems] == []
    return ImportBatch.objects.latest("pk")


def taken_back(world, batch):
    assert finding.stale(Agent) == []
    told = undo.undo(batch, by=world.office, on=NOW.date(), at=NOW)
    assert finding.stale(Agent) == []
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)
    return told


def left(told) -> list[tuple]:
    return [(each.what, each.why, each.fields) for each in told.left]


NEW = ",48,3,appointed,2018-08-11,सीता,5876500000,paper,2018-08-11"


def changed(world, **fields) -> str:
    cells = {"code": world.mine.agent.code} | fields
    return ",".join(cells.get(name, "") for name in HEADINGS.split(","))


def test_whom_the_list_brought_in_stands_nowhere_and_is_nobody(world):
    book = bookkeeping.day_book(world.state)
    batch = load(world, NEW)
    made = Appointment.objects.get(booth__number=3)
    assert undo.foreseen(batch) == taken_back(world, batch)
    made.refresh_from_db()
    assert (made.status, made.ended_on, made.end_reason) == (
        "ended",
        date(2018, 8, 11),
        "withdrawn",
    )
    assert bookkeeping.day_book(world.state) == book
    agent = Agent.objects.get(pk=made.agent_id)
    assert (agent.mobile, agent.erased_on, "सीता" in agent.name) == ("", NOW.date(), False)
    verbs = AppointmentEvent.objects.filter(appointment=made).order_by("pk")
    assert [event.verb for event in verbs] == ["proposed", "appointed", "ended"]
    batch.refresh_from_db()
    assert batch.undoing == {"taken": {"appointments_ended": 1, "agents_erased": 1}, "left": []}
    assert (batch.undone_by, batch.undone_by_name) == (world.office, world.office.name)


def test_a_known_agent_whom_the_list_stood_somewhere_keeps_all_but_that(world):
    free = lifecycle.end(world.mine, on=date(2018, 8, 10), reason="resigned", by=world.office).agent
    before = Agent.objects.filter(pk=free.pk).values().get()
    batch = load(world, changed(world, assembly_seat="48", booth="3", status="proposed"))
    assert taken_back(world, batch).taken["appointments_ended"] == 1
    assert Agent.objects.filter(pk=free.pk).values().get() == before
    assert not Appointment.objects.standing().filter(agent=free).exists()


def test_what_the_list_changed_of_somebody_is_as_before(world):
    before = Agent.objects.filter(pk=world.mine.agent_id).values().get()
    batch = load(world, changed(world, name="राम नया", mobile="5876599999"))
    assert Agent.objects.get(pk=world.mine.agent_id).mobile == "5876599999"
    told = taken_back(world, batch)
    assert (told.taken["agents_changed"], told.left) == (1, [])
    assert Agent.objects.filter(pk=world.mine.agent_id).values().get() == before
    assert "5876" not in str(batch.undo) + str(batch.differences) + str(batch.undoing)


def test_what_somebody_edited_since_is_named_and_left_alone(world):
    batch = load(world, changed(world, name="राम नया", mobile="5876599999"))
    agent = Agent.objects.get(pk=world.mine.agent_id)
    agent.mobile = "5876511111"
    agent.save()
    told = taken_back(world, batch)
    assert left(told) == [("agent", "edited", ("mobile",))]
    agent.refresh_from_db()
    assert (agent.name, agent.mobile) == ("राम अपना", "5876511111")


def test_an_appointment_that_was_acted_on_since_stays_with_its_agent(world):
    batch = load(world, NEW)
    made = Appointment.objects.get(booth__number=3)
    lifecycle.verify(made, on=DAY, by=world.office)
    told = taken_back(world, batch)
    assert left(told) == [("appointment", "acted_on", ())]
    made.refresh_from_db()
    assert (made.status, made.agent.name) == ("verified", "सीता")


def test_a_new_agent_who_was_edited_since_stays_but_stands_nowhere(world):
    batch = load(world, NEW)
    made = Appointment.objects.get(booth__number=3)
    made.agent.relation_name = "पिता"
    made.agent.save()
    assert left(taken_back(world, batch)) == [("agent", "edited", ("relation_name",))]
    made.refresh_from_db()
    assert (made.is_standing, made.agent.name) == (False, "सीता")


def test_of_an_erased_person_nothing_comes_back(world):
    batch = load(world, changed(world, name="राम नया"))
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=world.office)
    erasure.erase(world.mine.agent, on=DAY, by=world.office, reason="asked")
    before = Agent.objects.filter(pk=world.mine.agent_id).values().get()
    assert left(taken_back(world, batch)) == [("agent", "erased", ("name",))]
    assert Agent.objects.filter(pk=world.mine.agent_id).values().get() == before


def test_of_an_import_without_its_versions_is_said_that_it_is_not_known(world):
    batch = load(world, changed(world, name="राम नया"))
    batch.undo = {"appointments": []}
    batch.save()
    assert left(taken_back(world, batch)) == [("agent", "not_known", ("name",))]


def test_what_needs_the_consent_that_the_list_brought_stays_with_it(world):
    agent = world.mine.agent
    agent.mobile = agent.consent_mode = agent.consent_version = ""
    agent.consent_on = None
    agent.save()
    batch = load(world, changed(world, consent_mode="paper", consent_on="2018-08-11"))
    agent.refresh_from_db()
    agent.mobile = "5876511111"
    agent.save()
    (only,) = taken_back(world, batch).left
    assert only.why == "edited"
    agent.refresh_from_db()
    assert (agent.mobile, agent.consent_mode) == ("5876511111", "paper")


# Whom the list replaced

INSTEAD = ",48,1,appointed,2018-08-11,सीता,,,"


def of_mine(world) -> dict:
    return Appointment.objects.filter(pk=world.mine.pk).values().get()


@pytest.mark.parametrize("begun", ["appoint", "verify", "propose"])
def test_whom_the_list_replaced_stands_again_as_before(world, begun):
    if begun == "verify":
        lifecycle.verify(world.mine, on=date(2018, 8, 11), by=world.office)
    if begun == "propose":
        lifecycle.end(world.mine, on=date(2018, 8, 10), reason="resigned", by=world.office)
        agent = world.mine.agent
        world.mine = lifecycle.propose(world.here, agent, on=date(2018, 8, 10), by=world.office)
    before, book = of_mine(world), bookkeeping.day_book(world.state)
    batch = load(world, INSTEAD, replaces=True)
    assert of_mine(world)["end_reason"] == "replaced"
    told = taken_back(world, batch)
    assert (told.taken["appointments_restored"], told.left) == (1, [])
    assert (of_mine(world), bookkeeping.day_book(world.state)) == (before, book)
    last = AppointmentEvent.objects.filter(appointment=world.mine).latest("pk")
    assert (last.verb, last.changes) == ("corrected", {"ended_on": ["2018-08-11", "None"]})


def verified(world, made):
    lifecycle.verify(made, on=DAY, by=world.office)


def taken_by_another(world, made):
    lifecycle.end(made, on=DAY, reason="resigned", by=world.office)
    lifecycle.appoint_at(world.here, make_agent("तीसरा"), on=DAY, by=world.office)


def stands_elsewhere(world, made):
    booth = Booth.objects.get(number=3)
    lifecycle.appoint_at(booth, world.mine.agent, on=DAY, by=world.office)


def erased(world, made):
    erasure.erase(world.mine.agent, on=DAY, by=world.office, reason="asked")


def end_corrected(world, made):
    lifecycle.correct(world.mine, by=world.office, on=DAY, reason="x", ended_on=date(2018, 8, 12))


def gone_again(world, made):
    lifecycle.end(made, on=DAY, reason="resigned", by=world.office)


@pytest.mark.parametrize(
    ("since", "whys"),
    [
        (verified, {"acted_on", "place_taken"}),
        (taken_by_another, {"place_taken"}),
        (stands_elsewhere, {"stands_elsewhere"}),
        (erased, {"erased"}),
        (end_corrected, {"acted_on"}),
        (gone_again, set()),
    ],
)
def test_who_cannot_stand_again_is_named_with_the_reason(world, since, whys):
    batch = load(world, INSTEAD, replaces=True)
    since(world, Appointment.objects.get(agent__name="सीता"))
    before = of_mine(world)
    assert undo.foreseen(batch) == (told := taken_back(world, batch))
    assert {each.why for each in told.left if each.what == "appointment"} == whys
    assert (of_mine(world) == before) == bool(whys)
    assert all(str(WHY[why]) for why in whys)


def test_who_was_placed_elsewhere_by_the_same_list_stands_again_where_they_stood(world):
    moved = changed(world, assembly_seat="48", booth="3", appointed_on="2018-08-11")
    batch = load(world, moved, INSTEAD, replaces=True)
    standing = Appointment.objects.standing().filter(booth__assembly_seat__number=48)
    names = standing.order_by("booth__number").values_list("booth__number", "agent__name")
    assert list(names) == [(1, "सीता"), (3, "राम अपना")]
    assert taken_back(world, batch).left == []
    assert list(names.all()) == [(1, "राम अपना")]


def test_it_is_undone_once(world):
    batch = load(world, NEW)
    taken_back(world, batch)
    with pytest.raises(ValidationError, match="पहले ही वापस लिया जा चुका है: 13 अगस्त 2018"):
        taken_back(world, batch)
