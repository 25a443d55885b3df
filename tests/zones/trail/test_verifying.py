"""Whatever somebody changes behind the back of the application is named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from booths import lifecycle
from booths.models import Agent, Booth
from tests.admin_world import DAY
from tests.makers import make_agent, make_booth, make_state, make_user
from zones.models import Anchor, Look, PersonalValues, Seal, State
from zones.trail import keeping, seals
from zones.trail.digests import row_digest
from zones.trail.guards import grant, owned_tables, tables_written_once
from zones.trail.pruning import prune
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)
postgresql_only = pytest.mark.skipif("connection.vendor != 'postgresql'")


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unguarded(statement: str, *values) -> None:
    """As who owns the database may: past the triggers."""
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sql(statement, *values)
        sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _made in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, values)
        for _name, made in triggers:
            cursor.execute(made)


def test_nothing_is_wrong_with_what_the_application_writes():
    make_agent("राम", mobile="5876543210")
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("column", "value"), [("name_hi", "बदला नाम"), ("number", 99), ("electors_male", 7)]
)
def test_a_row_changed_behind_the_back_is_named(column, value):
    booth = make_booth(1)
    sql(f"UPDATE booths_booth SET {column} = %s WHERE id = %s", value, booth.pk)
    (fault,) = faults()
    assert fault.startswith(f"booths_booth {booth.pk}: {column} is {value!r}, kept ")


@pytest.mark.parametrize("column", ["name", "mobile", "epic_no"])
def test_a_person_changed_behind_the_back_is_named(column):
    agent = make_agent("राम", mobile="5876543210", epic_no="ABC1234567")
    sql(f"UPDATE booths_agent SET {column} = %s WHERE id = %s", "x", agent.pk)
    assert list(faults()) == [f"booths_agent {agent.pk}: who it is was changed"]


def test_a_password_set_behind_the_back_is_named():
    user = make_user("office")
    sql("UPDATE zones_user SET password = %s WHERE id = %s", "scrypt$stolen", user.pk)
    assert list(faults()) == [f"zones_user {user.pk}: who it is was changed"]


def test_a_row_added_or_removed_behind_the_back_is_named():
    state = State.objects.create(code="AA", name_hi="क")
    sql("INSERT INTO zones_state (code, name_hi, name_en) VALUES ('ZZ', 'छल', '')")
    added = State.objects.get(code="ZZ").pk
    sql("DELETE FROM zones_state WHERE id = %s", state.pk)
    assert list(faults()) == [
        f"zones_state {added}: no version of it is kept",
        f"zones_state {state.pk}: gone, and no version says so",
    ]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE zones_historicalstate SET name_hi = 'छल'", "zones_historicalstate"),
        ("DELETE FROM zones_historicalstate WHERE history_type = '~'", "zones_seal"),
        ("UPDATE zones_seal SET by_id = 999", "zones_seal"),
        ("UPDATE zones_look SET count = 1", "zones_look"),
        ("DELETE FROM zones_seal WHERE id = (SELECT MIN(id) FROM zones_seal)", "zones_seal"),
    ],
)
def test_a_trail_changed_behind_the_back_is_named(statement, says):
    state = make_state()
    state.name_en = "Changed"
    state.save()
    keeping.note(Look.What.LIST, "/admin/booths/agent/", agents=[1, 2, 3])
    assert list(faults()) == []
    unguarded(statement)
    assert [fault for fault in faults() if fault.startswith(says)] != []


def test_a_row_and_its_digest_changed_together_are_named_by_the_seal():
    make_state()
    unguarded("UPDATE zones_historicalstate SET name_hi = 'छल'")
    version = State.history.get()
    unguarded("UPDATE zones_historicalstate SET digest = %s", row_digest(version))
    assert [f for f in faults() if f.startswith("zones_seal")] == [
        f"zones_seal {Seal.objects.get(batch=version.batch).pk}: "
        "its rows are not those that were sealed"
    ]


def test_what_was_never_sealed_is_named():
    make_state()
    unguarded("DELETE FROM zones_seal")
    assert [f for f in faults() if "has no seal" in f] != []


def test_what_was_written_within_the_minute_may_be_about_to_be_sealed():
    make_state()
    unguarded("DELETE FROM zones_seal")
    assert list(faults(at=datetime.now(UTC))) == []
    assert [f for f in faults(at=LATER) if "has no seal" in f] != []


@postgresql_only  # the tests' SQLite is in memory, where a reader keeps writers out
def test_what_others_write_while_the_trail_is_read_is_no_fault():
    state = make_state()
    with ThreadPoolExecutor(1) as other:

        def write_meanwhile(execute, sql, params, many, context):
            found = execute(sql, params, many, context)
            if "zones_historicalstate" in sql and not written:
                written.append(other.submit(change_elsewhere, state.pk).result())
            return found

        written: list = []
        with connection.execute_wrapper(write_meanwhile):
            assert list(faults()) == []
    assert written == [True]


def test_what_was_never_sealed_is_sealed_late_and_says_so():
    state = make_state()
    sealed = Seal.objects.count()
    unguarded("DELETE FROM zones_seal")
    assert seals.seal_late(before=datetime(2018, 1, 1, tzinfo=UTC), at=LATER) == 0
    assert seals.seal_late(before=LATER, at=LATER) == sealed
    entry = Seal.objects.get(batch=state.history.get().batch)
    assert (entry.why, entry.by_id) == ("sealed late", None)
    assert list(faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE zones_historicalstate SET name_hi = 'छल'",
        "DELETE FROM zones_historicalstate",
        "UPDATE zones_seal SET why = 'x'",
        "DELETE FROM zones_seal",
        "UPDATE zones_look SET count = 0",
        "DELETE FROM zones_look",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement):
    make_state()
    keeping.note(Look.What.LIST, "/", agents=[1])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)


def test_no_two_seals_follow_the_same_one():
    make_state()
    entry = Seal.objects.order_by("pk").last()
    entry.pk, entry.batch, entry.hash = None, "0" * 32, "f" * 64
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save(force_insert=True)


def test_the_command_says_what_does_not_fit(capsys):
    call_command("verify_audit")
    booth = make_booth(1)
    sql("UPDATE booths_booth SET name_hi = 'छल' WHERE id = %s", booth.pk)
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert f"booths_booth {booth.pk}: name_hi" in capsys.readouterr().err


def last_seal(capsys) -> str:
    capsys.readouterr()
    call_command("verify_audit")
    return capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]


def test_a_chain_whose_end_was_cut_off_lacks_the_seal_that_was_printed(capsys):
    make_state()
    keeping.note(Look.What.LIST, "/", agents=[1])
    printed = last_seal(capsys)
    last = Seal.objects.order_by("pk").last()
    assert printed == f"{last.pk}:{last.hash}"
    call_command("verify_audit", f"--expect={printed}")
    unguarded("DELETE FROM zones_look")
    unguarded("DELETE FROM zones_seal WHERE id = %s", last.pk)
    call_command("verify_audit")
    with pytest.raises(CommandError):
        call_command("verify_audit", f"--expect={printed}")
    assert f"zones_seal {last.pk}: expected" in capsys.readouterr().err


def test_a_seal_that_was_printed_and_pruned_is_not_missed(capsys):
    make_state()
    printed = [last_seal(capsys)]
    keeping.note(Look.What.LIST, "/", agents=[1])
    printed.append(last_seal(capsys))
    prune(LATER, at=LATER)
    assert last_seal(capsys) == printed[1]
    for expected in printed:
        call_command("verify_audit", f"--expect={expected}")
    with pytest.raises(CommandError):
        call_command("verify_audit", f"--expect={printed[1][:-1]}x")


LATER = datetime.now(UTC) + timedelta(days=1)


def test_pruning_keeps_the_last_versions_and_leaves_an_anchor():
    agent = make_agent("राम", mobile="5876543210")
    agent.mobile = "5876543211"
    agent.save()
    keeping.note(Look.What.LIST, "/", agents=[agent.pk])
    anchor = prune(LATER, at=LATER)
    assert anchor.pruned["booths_historicalagent"] == 1
    assert (Agent.history.count(), Look.objects.count(), Seal.objects.count()) == (1, 0, 0)
    assert list(faults()) == []

    agent.name = "श्याम"
    agent.save()
    assert seals.last_hash() == Seal.objects.get().hash
    assert Seal.objects.get().previous == anchor.hash
    assert list(faults()) == []


def test_of_a_row_that_was_deleted_pruning_keeps_nothing():
    agent, other = make_agent("राम"), make_agent("श्याम")
    agent.delete()
    prune(LATER, at=LATER)
    assert list(Agent.history.values_list("id", flat=True)) == [other.pk]
    assert [beside.values["name"] for beside in PersonalValues.objects.all()] == ["श्याम"]
    assert list(faults()) == []


@postgresql_only
def test_a_version_written_while_the_trail_is_pruned_leaves_the_anchor_right():
    state = make_state()
    with ThreadPoolExecutor(1) as other:

        def write_meanwhile(execute, sql, params, many, context):
            if sql.startswith('DELETE FROM "zones_historical') and not written:
                written.append(other.submit(change_elsewhere, state.pk).result())
            return execute(sql, params, many, context)

        written: list = []
        state.name_en = "Changed"
        state.save()
        with connection.execute_wrapper(write_meanwhile):
            prune(datetime.now(UTC), at=datetime.now(UTC))
    assert written == [True]
    assert list(faults()) == []


def change_elsewhere(pk: int) -> bool:
    try:
        state = State.objects.get(pk=pk)
        state.name_en = "Meanwhile"
        state.save()
        return True
    finally:
        connection.close()


def test_what_pruning_kept_cannot_be_changed_unseen():
    make_state()
    prune(LATER, at=LATER)
    unguarded("UPDATE zones_historicalstate SET history_type = '~'")
    assert [f for f in faults() if f.startswith("zones_anchor")] == []  # its digest is as it was
    assert [f for f in faults() if f.startswith("zones_historicalstate")] != []
    unguarded("UPDATE zones_historicalstate SET digest = %s", row_digest(State.history.get()))
    assert [f for f in faults() if f.startswith("zones_anchor")] != []


def test_pruning_what_is_young_does_nothing():
    make_state()
    assert prune(datetime(2018, 1, 1, tzinfo=UTC), at=LATER) is None
    assert Anchor.objects.count() == 0
    call_command("prune_audit", days=1)  # never less than a year
    assert State.history.count() == 1


@pytest.fixture
def application_role():
    """The role that the application has in production, on a database whose owner is another."""
    sql("CREATE ROLE booth_application")
    grant(connection, "booth_application", once=tables_written_once(), owned=owned_tables())
    sql("SET ROLE booth_application")
    yield
    sql("RESET ROLE")
    sql("DROP OWNED BY booth_application")
    sql("DROP ROLE booth_application")


@postgresql_only
def test_the_application_has_no_right_to_change_the_trail(application_role):
    agent = make_agent("राम")  # it works as ever
    booth = make_booth(1)
    made = lifecycle.appoint_at(booth, agent, on=DAY, by=make_user("office"))
    assert Booth.history.count() == 1
    for table in (*tables_written_once(), *owned_tables()):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            if "historical" in table:
                statement = statement.replace("id = id", "digest = ''")
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                sql(statement)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql("INSERT INTO zones_anchor (seal) VALUES (1)")
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
        sql("ALTER TABLE zones_seal DISABLE TRIGGER USER")
    assert made.events.count() == 2
