"""A list imported some seats at a time does what it does in one piece, and all of it or nothing."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths import bookkeeping, lifecycle, roll
from booths.models import Booth, ImportBatch
from booths.roll.apply import TICKS
from booths.undo import undo
from tests.booths.roll.lists import csv_of
from tests.makers import make_agent, make_assembly_seat, make_booth, make_state, make_user
from zones.models import Seal

pytestmark = pytest.mark.django_db

DAY, LATER = date(2018, 8, 1), date(2018, 8, 20)
HEADINGS = ("AC No", "Polling Station No.", "Polling Station Name", "Male")
SEATS = (1, 2, 3)


def in_one_piece(path, is_full, renumber) -> ImportBatch:
    reading = roll.read(path.read_bytes(), path.name, state=make_state())
    plan = roll.compare(reading, as_of=LATER, is_full=is_full, renumber=lambda _each: renumber)
    return roll.apply(plan, said=TICKS)


@contextmanager
def listed(path, *, is_full=False, renumber=False, held=1, **options):
    options |= {"is_full": is_full, "renumber": lambda _each: renumber, "held": held}
    with roll.in_groups(path, state=make_state(), as_of=LATER, **options) as groups:
        yield groups


def in_groups(path, is_full, renumber, held=1) -> ImportBatch:
    with listed(path, is_full=is_full, renumber=renumber, held=held) as groups:
        return groups.apply(said=TICKS).batch


@pytest.fixture
def path(tmp_path):
    for number in SEATS:
        make_assembly_seat(number)
    return tmp_path / "list.csv"


def write(path, *rows):
    path.write_bytes(csv_of(HEADINGS, *rows))
    return path


def table() -> list[tuple]:
    fields = ("pk", "assembly_seat__number", "number", "suffix", "name_en", "electors_male")
    return list(Booth.objects.order_by("pk").values_list(*fields, "listed_on", "retired_on"))


def done(batch: ImportBatch, known: set[int]) -> tuple:
    """All that an import did; of booths that it listed, whose ids it may give in any order, all but
    the id."""
    booths = sorted((*row[1:], row[0] * (row[0] in known)) for row in table())
    day_book = bookkeeping.day_book(make_state())
    assert day_book == bookkeeping.recounted(make_state())
    batch.refresh_from_db()
    undo = {**batch.undo, "new": len(batch.undo["new"]), "retired": {*batch.undo["retired"]}}
    return booths, day_book, batch.counts, batch.problems, batch.differences, undo


@contextmanager
def forgotten():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


names = st.sampled_from(["School", "Hall", "Old School", ""])
numbers = st.sampled_from(["1", "2", "3", "3A", "4"])
old_rows = st.lists(st.tuples(st.sampled_from(SEATS), numbers, names, st.just("")), max_size=8)
odd_numbers = numbers | st.sampled_from(["0", ""])
new_rows = st.lists(
    st.tuples(st.sampled_from([*SEATS, *SEATS, 9, ""]), odd_numbers, names, st.sampled_from("7 ")),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(old_rows, new_rows, st.booleans(), st.booleans(), st.integers(1, 4))
def test_a_list_in_groups_does_what_it_does_in_one_piece(path, old, new, full, renumber, held):
    with forgotten():
        in_one_piece(write(path, *old, (1, 5, "Hall", "")), False, False)
        known = set(Booth.objects.values_list("pk", flat=True))
        write(path, *new)
        with forgotten():
            whole = done(in_one_piece(path, full, renumber), known)
        with listed(path, is_full=full, renumber=renumber, held=held) as groups:
            assert groups.foretell().counts == whole[2]
        assert done(in_groups(path, full, renumber, held), known) == whole


def test_one_record_and_one_seal_are_of_all_groups(path):
    write(path, *((seat, 1, "School", "") for seat in SEATS))
    user = make_user("office", first_name="डेमो")
    with transaction.atomic(), listed(path) as groups:
        told = groups.apply(by=user)
    assert [batch.by_name for batch in ImportBatch.objects.all()] == ["डेमो"]
    assert told.batch.undo["new"] == sorted(Booth.objects.values_list("pk", flat=True))
    assert {kept.history_change_reason for kept in Booth.history.all()} == {"list.csv"}
    assert len({kept.batch for kept in Booth.history.all()}) == 1
    assert Booth.history.count() == 3


def test_it_is_undone_as_a_whole(path):
    write(path, (1, 1, "School", ""), (2, 1, "School", ""), (3, 1, "School", ""))
    in_groups(path, False, False)
    before = table()
    write(path, (1, 1, "School", 7), (2, 1, "Hall", ""), (3, 2, "New", ""))
    batch = in_groups(path, True, False)
    assert table() != before
    undo(batch, by=None, on=LATER, at=datetime(2018, 8, 21, 6, tzinfo=UTC))
    assert table() == before


def refused(path, **options) -> str:
    before = table()
    with pytest.raises(roll.Refused) as refusal, listed(path, **options) as groups:
        groups.apply()
    assert table() == before
    assert not ImportBatch.objects.exists()
    assert bookkeeping.day_book(make_state()) == bookkeeping.recounted(make_state())
    return refusal.value.code


def test_what_the_last_group_is_refused_for_leaves_nothing_of_the_first(path):
    make_booth(9, seat=make_assembly_seat(3), listed_on=date(2018, 9, 1))
    bookkeeping.recount(make_state())
    write(path, (1, 1, "School", ""), (3, 1, "School", ""))
    assert refused(path, is_full=True) == "listed_later"


def test_what_must_be_confirmed_is_added_up_over_all_groups(path):
    """None of the seats loses more than the others, but all together lose too many."""
    for seat in SEATS:
        for number in range(1, 31):
            make_booth(number, seat=make_assembly_seat(seat), name_en="School")
    bookkeeping.recount(make_state())
    most = [(seat, n, "School", "") for seat in SEATS for n in range(1, 30)]
    write(path, *most)
    with listed(path, is_full=True) as groups:
        assert groups.apply().counts["retired"] == 3
    ImportBatch.objects.all().delete()
    write(path, *[row for row in most if row[1] < 28])
    assert refused(path, is_full=True) == "many_retired"


def test_agents_of_all_groups_are_counted(path):
    user = make_user("office")
    for seat in SEATS:
        for number in range(1, 31):
            booth = make_booth(number, seat=make_assembly_seat(seat), name_en="School")
        lifecycle.appoint(lifecycle.propose(booth, make_agent(), on=DAY, by=user), on=DAY, by=user)
    bookkeeping.recount(make_state())
    write(path, *[(seat, n, "School", "") for seat in SEATS for n in range(1, 30)])
    with listed(path, is_full=True) as groups:
        told = groups.foretell()
    assert (told.losses.emptied, told.losses.agents) == (3, 3)
    assert refused(path, is_full=True) == "agents_left"


def test_a_faulty_row_of_no_seat_spares_the_booths_of_groups_before_it(path):
    for seat in SEATS:
        make_booth(2, seat=make_assembly_seat(seat), name_en="School")
    write(path, *((seat, 1, "School", "") for seat in SEATS), ("", 2, "School", ""))
    with listed(path, is_full=True) as groups:
        told = groups.foretell()
    assert (told.counts["retired"], len(told.spared)) == (0, 3)


def test_a_strict_list_with_a_fault_in_its_last_group_is_refused(path):
    write(path, (1, 1, "School", ""), (3, 1, "School", ""), (3, 1, "Hall", ""))
    assert refused(path, is_strict=True) == "faults_forbidden"


def test_remarks_too_many_to_name_refuse_the_list(path):
    write(path, (1, 1, "School", ""), *[("", "", "", "")] * 600, (1, 2, "School", ""))
    assert refused(path, remarks=2) == "too_many_remarks"


def test_seals_are_not_of_a_dry_run(path):
    write(path, (1, 1, "School", ""))
    with listed(path) as groups:
        assert groups.foretell().counts["new"] == 1
    assert not Booth.objects.exists()
    assert not Seal.objects.exists()
