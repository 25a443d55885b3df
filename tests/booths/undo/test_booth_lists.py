"""Undoing the import of a booth list: what nobody edited since is as before."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths import bookkeeping, finding, lifecycle, roll
from booths.models import Booth, ImportBatch
from booths.roll.apply import TICKS
from booths.sectors import put_in_sector
from booths.undo import Undoing, foreseen, undo
from tests.booths.roll.lists import csv_of
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_district,
    make_sector,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db

DAY, LATER = date(2018, 8, 1), date(2018, 8, 20)
NOW = datetime(2018, 8, 21, 6, tzinfo=UTC)
HEADINGS = ("Booth No", "Name", "Building", "District", "Sector", "Electors")


def load(*rows, as_of=LATER, is_full=True, confirm=lambda proposed: True) -> ImportBatch:
    data = csv_of(HEADINGS[: max(map(len, rows), default=2)], *rows)
    reading = roll.read(data, "list.csv", state=make_state(), seat=48)
    plan = roll.compare(reading, as_of=as_of, is_full=is_full, renumber=confirm)
    return roll.apply(plan, said=TICKS)


def taken_back(batch: ImportBatch) -> Undoing:
    told = undo(batch, by=None, on=NOW.date(), at=NOW)
    assert bookkeeping.day_book(make_state()) == bookkeeping.recounted(make_state())
    assert finding.stale(Booth) == []
    return told


def table() -> list[dict]:
    return list(Booth.objects.order_by("pk").values())


def left(told: Undoing) -> list[tuple]:
    return [(each.label, each.why, each.fields) for each in told.left]


def booth(number, suffix="") -> Booth:
    return Booth.objects.present().get(number=number, suffix=suffix)


@pytest.fixture
def seat():
    seat = make_assembly_seat(48)
    load((5, "कोटरा", ""), (6, "आमदी", ""), (7, "सेलूद", ""), as_of=DAY)
    return seat


SHIFTED = [(5, "नया भवन", ""), (6, "कोटरा", ""), (7, "आमदी", "पंचायत")]


def test_all_is_as_before_where_nobody_edited_anything(seat):
    stands = lifecycle.appoint_at(booth(7), make_agent(), on=DAY, by=make_user())
    before = table()
    batch = load(*SHIFTED)
    assert batch.counts["renumbered"] == 2
    told = taken_back(batch)
    assert table() == before
    assert {name: n for name, n in told.taken.items() if n} == {
        "booths_removed": 1,
        "booths_listed": 1,
        "booths_changed": 2,
        "booths_numbered": 2,
    }
    assert told.left == []
    stands.refresh_from_db()
    assert stands.is_standing and stands.booth.is_listed(LATER)
    batch.refresh_from_db()
    assert (batch.undone_at, batch.undoing["left"]) == (NOW, [])


def test_it_is_kept_in_the_trail(seat):
    batch = load(*SHIFTED)
    new = batch.undo["new"][0]
    taken_back(batch)
    assert [v.history_type for v in Booth.history.filter(id=new).order_by("history_id")] == [
        "+",
        "-",
    ]


def test_what_it_would_do_is_foreseen_and_writes_nothing(seat):
    batch = load(*SHIFTED)
    before = table()
    seen = foreseen(batch)
    assert table() == before
    assert seen == taken_back(batch)


def test_it_is_undone_once(seat):
    batch = load(*SHIFTED)
    taken_back(batch)
    before = table()
    with pytest.raises(ValidationError, match=r"list\.csv पहले ही वापस लिया जा चुका है: 21 अगस्त 2018"):
        undo(batch, by=None, on=NOW.date(), at=NOW)
    assert table() == before


def test_what_somebody_edited_since_is_named_and_left_alone(seat):
    batch = load((5, "कोटरा नई", "भवन"), (6, "आमदी नई", ""), (7, "सेलूद", ""))
    Booth.objects.filter(number=5).update(name_hi="हाथ से")
    told = taken_back(batch)
    assert left(told) == [("48 / 5", "edited", ("name_hi",))]
    assert (booth(5).name_hi, booth(5).building, booth(6).name_hi) == ("हाथ से", "", "आमदी")


def test_what_somebody_put_back_by_hand_is_not_named(seat):
    batch = load((5, "कोटरा नई", ""), is_full=False)
    by_hand = Booth.objects.get(number=5)
    by_hand.name_hi = "कोटरा"
    by_hand.save()
    told = taken_back(batch)
    assert (left(told), told.does_nothing) == ([], True)


def test_a_later_import_counts_as_editing(seat):
    first = load((5, "कोटरा नई", ""), is_full=False)
    load((5, "कोटरा फिर", ""), is_full=False)
    assert left(taken_back(first)) == [("48 / 5", "edited", ("name_hi",))]
    assert booth(5).name_hi == "कोटरा फिर"


def test_undone_one_after_the_other_all_is_as_before(seat):
    start = table()
    first = load(*SHIFTED)
    between = table()
    second = load((5, "नया भवन", ""), (9, "आमदी", "पंचायत"), as_of=date(2018, 8, 25))
    taken_back(second)
    assert table() == between
    assert taken_back(first).left == []
    assert table() == start


def test_a_new_booth_with_agents_stays(seat):
    batch = load((8, "पाटन", ""), is_full=False)
    lifecycle.appoint_at(booth(8), make_agent(), on=LATER, by=make_user())
    assert left(taken_back(batch)) == [("48 / 8", "has_agents", ())]
    assert booth(8).name_hi == "पाटन"


def test_a_new_booth_that_somebody_put_into_a_sector_stays(seat):
    batch = load((8, "पाटन", ""), (9, "उतई", ""), is_full=False)
    put_in_sector(Booth.objects.filter(number=8), make_sector(seat))
    assert left(taken_back(batch)) == [("48 / 8", "edited", ("sector_id",))]
    assert sorted(b.number for b in Booth.objects.all()) == [5, 6, 7, 8]


def test_a_booth_whose_number_another_has_now_stays_retired(seat):
    batch = load((5, "कोटरा", ""), (6, "आमदी", ""))
    load((7, "और शाला", ""), is_full=False)
    assert left(taken_back(batch)) == [("48 / 7", "number_taken", ("number",))]
    assert booth(7).name_hi == "और शाला"


def test_who_finds_the_old_number_taken_is_in_the_way_of_the_next(seat):
    batch = load((6, "कोटरा", ""), (7, "आमदी", ""), (8, "सेलूद", ""))
    load((5, "और शाला", ""), is_full=False)
    told = taken_back(batch)
    assert left(told) == [
        ("48 / 6", "number_taken", ("number",)),
        ("48 / 7", "number_taken", ("number",)),
        ("48 / 8", "number_taken", ("number",)),
    ]
    assert [b.name_hi for b in Booth.objects.order_by("number")] == [
        "और शाला",
        "कोटरा",
        "आमदी",
        "सेलूद",
    ]


def test_an_old_sector_that_is_no_more_is_named(seat):
    old, new = make_sector(seat, "सेक्टर 1"), make_sector(seat, "सेक्टर 2")
    Booth.objects.filter(number=5).update(sector=old)
    batch = load((5, "कोटरा", "", "", "सेक्टर 2"), is_full=False)
    assert booth(5).sector == new
    old.delete()
    assert left(taken_back(batch)) == [("48 / 5", "sector_gone", ("sector_id",))]
    assert booth(5).sector == new


def test_a_booth_goes_back_to_its_district_with_its_day_book(seat):
    make_district(slug="durg")
    lifecycle.appoint_at(booth(5), make_agent(), on=DAY, by=make_user())
    before = table()
    batch = load((5, "कोटरा", "", "Durg"), is_full=False)
    assert booth(5).district.slug == "durg"
    taken_back(batch)
    assert table() == before


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_booths(rows, django_assert_num_queries):
    make_assembly_seat(48)
    load(*[(n, f"शाला {n}", "") for n in range(1, rows + 1)], as_of=DAY)
    batch = load(*[(n, f"नई {n}", "") for n in range(1, rows + 1)], (100, "पाटन", ""))
    with django_assert_num_queries(4):
        foreseen(batch)


# Some not as they are stored: how the list has them is kept beside.
NAMES = st.sampled_from(["कोटरा", "आम\u200dदी", "सेलूद", "नया  पाटन", "नया पाटन", ""])
LISTS = st.dictionaries(
    st.sampled_from(["1", "2", "2A", "3", "3A", "4", "5"]),
    st.tuples(NAMES, st.sampled_from(["", "भवन"]), st.sampled_from(["", "Durg", "Raipur"])).filter(
        lambda cells: any(cells[:2])
    ),  # a number alone is no booth
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(old=LISTS, new=LISTS, then=LISTS, is_full=st.booleans(), data=st.data())
def test_any_list_over_any_list_undone_is_as_before(db, old, new, then, is_full, data):
    with transaction.atomic():
        point = transaction.savepoint()
        make_assembly_seat(48)
        make_district(slug="durg")
        user = make_user()
        load(*[(label, *cells) for label, cells in old.items()], as_of=DAY)
        for each in Booth.objects.order_by("pk")[:2]:
            lifecycle.appoint_at(each, make_agent(), on=DAY, by=user)
        tables = [table()]
        batches = []
        for day, rows in ((LATER, new), (date(2018, 8, 25), then)):
            batches.append(
                load(
                    *[(label, *cells) for label, cells in rows.items()],
                    as_of=day,
                    is_full=is_full,
                    confirm=lambda proposed: data.draw(st.booleans()),
                )
            )
            tables.append(table())
        agents = {each.pk for each in Booth.objects.filter(appointments__isnull=False)}
        assert len(agents) == min(2, len(old))
        for batch, before in zip(reversed(batches), reversed(tables[:-1]), strict=True):
            assert taken_back(batch).left == []
            assert table() == before
        transaction.savepoint_rollback(point)
