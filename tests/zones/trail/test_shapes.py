"""A migration that changes what a history holds leaves what was kept before whole, and guarded."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from tests.makers import make_state
from tests.zones.trail.test_verifying import unguarded
from zones.models import Look, Shape, State
from zones.trail import keeping
from zones.trail.digests import row_digest
from zones.trail.guards import guards, missing_guards
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = (State, State.history.model)


def forget(model, field) -> None:
    model._meta.local_fields.remove(field)
    model._meta._expire_cache()


def migrated(change) -> None:
    """What a release does whose migration makes the change."""
    with connection.schema_editor() as editor:
        for model in BOTH:
            change(editor, model)
    call_command("migrate", verbosity=0)


@contextmanager
def a_field_added():
    def add(editor, model):
        field = models.CharField(max_length=9, default="")
        field.contribute_to_class(model, "capital")
        editor.add_field(model, field)
        if model is not State:
            model.tracked_fields.append(field)

    migrated(add)
    try:
        yield
    finally:
        drop_capital()


def drop_capital() -> None:
    for model in BOTH:
        field = model._meta.get_field("capital")
        with connection.schema_editor() as editor:
            editor.remove_field(model, field)
        forget(model, field)
    State.history.model.tracked_fields.pop()
    call_command("migrate", verbosity=0)


@pytest.fixture
def shaped():
    """The shapes that the tests' database was made with, which its emptying took."""
    call_command("migrate", verbosity=0)


def test_versions_of_before_and_after_an_added_field_are_whole(shaped):
    state = make_state()
    with a_field_added():
        state.name_en = "Changed"
        state.save()
        assert State.history.count() == 2
        assert list(faults()) == []
        unguarded("UPDATE zones_historicalstate SET capital = 'x' WHERE history_type = '~'")
        unguarded("UPDATE zones_historicalstate SET name_hi = 'x' WHERE history_type = '+'")
        changed = sorted(State.history.values_list("pk", flat=True))
        found = [fault for fault in faults() if fault.endswith("changed")]
        assert found == [f"zones_historicalstate {pk}: changed" for pk in changed]


def test_versions_with_a_field_that_was_removed_are_left_to_their_seal(shaped):
    with a_field_added():
        make_state()
    assert list(faults()) == []
    unguarded("UPDATE zones_historicalstate SET digest = %s", "0" * 64)
    assert [f for f in faults() if f.startswith("zones_seal")] != []


def test_a_version_that_the_release_before_wrote_after_the_migration_is_whole(shaped):
    with a_field_added():
        state = make_state()
        fields = State.history.model._meta.concrete_fields
        old = [f for f in fields if f.name not in ("capital", "history_id", "digest")]
        unguarded(
            "UPDATE zones_historicalstate SET digest = %s", row_digest(state.history.get(), old)
        )
        assert [fault for fault in faults() if fault.startswith("zones_hist")] == []


def test_a_migration_that_changes_nothing_records_nothing(shaped):
    before = list(Shape.objects.values())
    assert before != []
    call_command("migrate", verbosity=0)
    assert list(Shape.objects.values()) == before


def test_the_trail_is_guarded_after_a_migration_made_its_tables_anew():
    make_state()
    keeping.note(Look.What.LIST, "/", agents=[1])

    def remake(editor, model):
        if connection.vendor == "sqlite":
            editor._remake_table(model)

    migrated(remake)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        State.history.all().delete()
    assert list(faults()) == []


def test_the_migrations_guard_each_table_in_the_words_of_the_repair():
    assert missing_guards(connection) == []


def test_tables_without_their_guard_are_named_and_guarded_again():
    for guard in guards():
        guard.drop(connection)
    try:
        says = "no trigger keeps its rows from being changed"
        assert list(faults()) == [f"{guard.table}: {says}" for guard in guards()]
    finally:
        call_command("migrate", verbosity=0)
    assert list(faults()) == []
