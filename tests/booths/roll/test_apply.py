from datetime import date

import pytest

from booths import bookkeeping, finding, lifecycle, roll
from booths.models import Booth, ImportBatch
from booths.roll.drafts import FIELDS
from tests.booths.roll.lists import csv_of
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_sector,
    make_state,
    make_user,
)
from zones.trail.digests import row_digest

pytestmark = pytest.mark.django_db

DAY = date(2018, 8, 1)
LATER = date(2018, 8, 20)
HEADINGS = ("Polling Station No.", "मतदान केन्द्र का नाम", "Building")


def planned(*rows, as_of=DAY, is_full=False, seat=48, headings=HEADINGS, renumber=()) -> roll.Plan:
    """`renumber` names the proposals that are confirmed: "5>6"."""
    data = csv_of(headings, *rows)
    reading = roll.read(data, "list.csv", state=make_state(), seat=seat)
    return roll.compare(
        reading,
        as_of=as_of,
        is_full=is_full,
        renumber=lambda each: f"{each.old_label}>{each.record.label}" in renumber,
    )


def load(*rows, said=(), **options) -> ImportBatch:
    return roll.apply(planned(*rows, **options), said=said)


def list_now() -> list[tuple]:
    rows = Booth.objects.present().order_by("assembly_seat__number", "number", "suffix")
    return [(booth.label, booth.name_hi, booth.building) for booth in rows]


def whole_table() -> list[dict]:
    return list(Booth.objects.order_by("pk").values())


def assert_day_book_is_right() -> None:
    state = make_state()
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)
    assert finding.stale(Booth) == []


def test_a_new_list_lists_its_booths_from_its_day():
    seat = make_assembly_seat(48)
    sector = make_sector(seat, "सेक्टर 1")
    user = make_user("office", first_name="डेमो")
    headings = ("No", "Booth No", "नाम", "Building", "Area", "District", "Sector", "Male", "Female")
    headings += ("Third Gender", "Total", "Latitude", "Longitude")
    row = (
        "1",
        "05(A)",
        "शाला \\ कोटरा",
        "भवन",
        "Ward\t1",
        "Raipur",
        "सेक्टर 1",
        1,
        2,
        0,
        3,
        21.25,
        81.5,
    )
    batch = roll.apply(planned(row, headings=headings), by=user)
    booth = Booth.objects.get()
    assert booth.pk == batch.undo["new"][0]
    assert (booth.assembly_seat, booth.sector, booth.district) == (seat, sector, None)
    assert (booth.label, booth.number_as_written) == ("5A", "05(A)")
    assert (booth.name_hi, booth.name_en) == ("शाला \\ कोटरा", "")
    assert (booth.building, booth.locality) == ("भवन", "Ward 1")
    assert [getattr(booth, field) for field in FIELDS[6:10]] == [1, 2, 0, 3]
    assert [str(booth.latitude), str(booth.longitude)] == ["21.250000", "81.500000"]
    assert (booth.flags, booth.listed_on, booth.retired_on) == ({}, DAY, None)
    assert (batch.by, batch.by_name, batch.file_name) == (user, "डेमो", "list.csv")
    assert_day_book_is_right()


def test_a_text_stored_otherwise_is_kept_as_the_list_has_it():
    make_assembly_seat(48)
    load(("1", "मध्\u200dय शाला ३", "East;  West"), ("2", "शाला", "North"))
    load(("1", "मध्\u200dय शाला ४", ""), ("2", "शाला", "North\nSouth"))
    kept = Booth.objects.order_by("number").values_list("name_hi", "building", "as_written")
    assert list(kept) == [
        (
            "मध्य शाला 4",
            "East; West",
            {"name_hi": "मध्\u200dय शाला ४", "building": "East;  West"},
        ),
        ("शाला", "North South", {"building": "North\nSouth"}),
    ]
    load(("1", 'शाला \\ "४"\t', "East"))
    booth = Booth.objects.get(number=1)
    assert (booth.name_hi, booth.as_written) == ('शाला \\ "4"', {"name_hi": 'शाला \\ "४"'})
    assert booth.history.latest().as_written == booth.as_written
    assert load(("1", 'शाला \\ "४"\t', "East")).counts["unchanged"] == 1


def test_the_same_file_again_changes_nothing():
    make_assembly_seat(48)
    make_district(slug="durg")
    headings = (*HEADINGS, "District", "Male", "Female", "Latitude", "Longitude")
    rows = [(f"{n:03}", f"शाला {n}", "", "Durg", 400, 410, "21.2", "81.1") for n in range(1, 9)]
    rows += [("9", "", "", "Raipur", "", "", "", "")]
    assert load(*rows, headings=headings).counts["new"] == 9
    before, book = whole_table(), bookkeeping.day_book(make_state())
    again = load(*rows, headings=headings, is_full=True)
    assert again.counts == {
        "rows": 9,
        "new": 0,
        "changed": 0,
        "renamed": 0,
        "renumbered": 0,
        "unchanged": 9,
        "retired": 0,
        "faulty": 0,
        "skipped": 0,
        "before": 9,
        "after": 9,
    }
    assert (whole_table(), bookkeeping.day_book(make_state())) == (before, book)


def test_a_booth_added_by_hand_after_an_import_gets_an_id_of_its_own():
    seat = make_assembly_seat(48)
    load(("1", "शाला", ""), ("2", "शाला", ""))
    make_booth(3, seat=seat)
    assert load(("4", "शाला", "")).counts["new"] == 1
    assert Booth.objects.count() == 4


def test_what_differs_is_changed_and_shown_old_and_new():
    make_assembly_seat(48)
    load(("1", "शाला", "भवन"), ("2", "शाला", "भवन"))
    plan = planned(("1", "शाला", "भवन"), ("2", "नई शाला", "भवन"))
    (change,) = plan.changed
    assert (change.old, change.new) == ({"name_hi": "शाला"}, {"name_hi": "नई शाला"})
    assert plan.shown(change) == [("name in Hindi", "शाला", "नई शाला")]
    batch = roll.apply(plan)
    assert list_now() == [("1", "शाला", "भवन"), ("2", "नई शाला", "भवन")]
    key = str(change.booth_id)
    stored = ImportBatch.objects.get(pk=batch.pk)
    assert stored.undo["changed"] == {key: {"name_hi": "शाला"}}
    assert stored.differences == {"changed": {key: {"name_hi": "नई शाला"}}}


def test_what_a_list_does_not_say_is_not_wiped():
    seat = make_assembly_seat(48)
    make_booth(1, seat=seat, name_hi="शाला", building="भवन", electors_male=400)
    assert load(("1", "", "नया भवन")).counts["changed"] == 1
    booth = Booth.objects.get()
    assert (booth.name_hi, booth.building, booth.electors_male) == ("शाला", "नया भवन", 400)


def test_the_number_written_in_another_way_is_no_change():
    make_assembly_seat(48)
    load(("5(A)", "शाला", ""))
    assert load(("५क", "शाला", "")).counts["unchanged"] == 1


def test_a_booth_that_moves_to_another_district_takes_its_day_book_along():
    seat = make_assembly_seat(48)
    durg = make_district(slug="durg")
    booth = make_booth(1, seat=seat, name_hi="")
    bookkeeping.recount(make_state())
    appointed(booth)
    headings = ("Booth No", "District")
    plan = planned(("1", "Durg"), headings=headings)
    assert plan.shown(plan.changed[0]) == [("district", "Raipur", "Durg")]
    roll.apply(plan)
    booth.refresh_from_db()
    assert booth.district == durg
    assert_day_book_is_right()
    load(("1", "Raipur"), headings=headings)
    booth.refresh_from_db()
    assert booth.district is None
    assert_day_book_is_right()


def appointed(booth):
    user = make_user("staff", role="state_office", area=make_state())
    appointment = lifecycle.propose(booth, make_agent(), on=DAY, by=user)
    return lifecycle.appoint(appointment, on=DAY, by=user)


def test_a_partial_list_retires_nothing():
    make_assembly_seat(48)
    load(("1", "शाला", ""), ("2", "शाला", ""))
    assert load(("1", "शाला", ""), as_of=LATER).counts["retired"] == 0
    assert len(list_now()) == 2


def test_a_full_list_retires_what_it_lacks_of_its_own_seats_and_agents_stay():
    seat = make_assembly_seat(48)
    elsewhere = make_booth(7, seat=make_assembly_seat(49))
    bookkeeping.recount(make_state())
    load(*[(n, "शाला", "") for n in range(1, 21)])
    gone = Booth.objects.get(assembly_seat=seat, number=20)
    appointment = appointed(gone)
    rows = [(n, "शाला", "") for n in range(1, 20)]
    with pytest.raises(roll.Refused, match="1 agents stand at 1 booths"):
        load(*rows, is_full=True, as_of=LATER)
    batch = load(*rows, is_full=True, as_of=LATER, said={"leave_agents"})
    gone.refresh_from_db()
    appointment.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (gone.retired_on, elsewhere.retired_on) == (LATER, None)
    assert appointment.ended_on is None
    assert (batch.counts["retired"], batch.undo["retired"]) == (1, [gone.pk])
    assert_day_book_is_right()


def test_a_number_that_comes_back_is_a_new_booth():
    seat = make_assembly_seat(48)
    make_booth(1, seat=seat, retired_on=LATER)
    assert load(("1", "शाला", ""), as_of=LATER).counts["new"] == 1
    assert Booth.objects.count() == 2


def test_a_number_that_comes_back_in_an_older_list_begins_when_it_became_free():
    seat = make_assembly_seat(48)
    make_booth(1, seat=seat, retired_on=LATER)
    bookkeeping.recount(make_state())
    load(("1", "शाला", ""), as_of=DAY)
    assert list(Booth.objects.order_by("pk").values_list("listed_on", "retired_on")) == [
        (FIRST_DAY, LATER),
        (LATER, None),
    ]
    assert_day_book_is_right()


def test_a_list_of_the_same_day_does_not_empty_a_booth_that_has_agents():
    seat = make_assembly_seat(48)
    load(*[(n, "शाला", "") for n in range(1, 21)])
    appointed(Booth.objects.get(assembly_seat=seat, number=20))
    before = whole_table()
    with pytest.raises(roll.Refused, match="Booth 20 is on the list only from"):
        load(*[(n, "शाला", "") for n in range(1, 20)], is_full=True, said={"leave_agents"})
    assert whole_table() == before
    assert (
        load(*[(n, "शाला", "") for n in [*range(1, 19), 20]], is_full=True).counts["retired"] == 1
    )


def test_retiring_many_must_be_confirmed():
    make_assembly_seat(48)
    load(*[(n, "शाला", "") for n in range(1, 20)])
    before = whole_table()
    rest = [(n, "शाला", "") for n in range(1, 19)]
    with pytest.raises(roll.Refused, match="lacks 1 of the 19 booths"):
        load(*rest, is_full=True, as_of=LATER)
    assert whole_table() == before
    assert load(*rest, is_full=True, as_of=LATER, said={"retire_many"}).counts["retired"] == 1


def test_a_booth_cannot_be_retired_before_it_is_listed():
    make_assembly_seat(48)
    load(*[(n, "शाला", "") for n in range(1, 21)], as_of=LATER)
    before = whole_table()
    with pytest.raises(roll.Refused, match="Booth 20 is on the list only from"):
        load(*[(n, "नई शाला", "") for n in range(1, 20)], is_full=True, as_of=DAY)
    assert whole_table() == before


def test_a_booth_is_not_retired_because_its_row_is_faulty():
    make_assembly_seat(48)
    load(*[(n, "शाला", "") for n in range(1, 61)])
    rows = [(n, "शाला", "") for n in range(1, 57)]
    plan = planned(*rows, ("57", "????", ""), ("58", "क", ""), ("58", "ख", ""), is_full=True)
    assert [gone.label for gone in plan.spared] == ["57", "58"]
    assert [gone.label for gone in plan.retired] == ["59", "60"]
    # A row whose number cannot be read may be any booth.
    plan = planned(*rows, ("fifty", "शाला", ""), is_full=True)
    assert [gone.label for gone in plan.spared] == ["57", "58", "59", "60"]
    assert plan.retired == []


def test_what_changed_after_the_preview_is_not_overwritten():
    seat = make_assembly_seat(48)
    booth = make_booth(1, seat=seat, name_hi="शाला")
    plan = planned(("1", "नई शाला", ""), ("2", "शाला", ""))
    Booth.objects.filter(pk=booth.pk).update(name_hi="हाथ से")
    with pytest.raises(roll.Refused, match="changed these booths after the preview"):
        roll.apply(plan)
    assert list_now() == [("1", "हाथ से", "")]
    assert not ImportBatch.objects.exists()


def test_a_preview_can_be_told_from_another():
    make_assembly_seat(48)
    one = planned(("1", "शाला", ""))
    assert one.fingerprint == planned(("1", "शाला", "")).fingerprint
    assert one.fingerprint != planned(("1", "अन्य", "")).fingerprint


def test_rows_of_several_seats_go_to_their_seats():
    for number in (48, 49):
        make_assembly_seat(number)
    rows = [("48-Seat 48", "1"), ("49", "1"), ("सीट 49", "2"), ("50", "1")]
    batch = load(*rows, headings=("AC No & Name", "Booth No"), seat=None)
    seats = Booth.objects.order_by("pk").values_list("assembly_seat__number", "number")
    assert list(seats) == [(48, 1), (49, 1), (49, 2)]
    assert batch.counts["faulty"] == 1
    assert [problem["row"] for problem in batch.problems] == [5]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_rows(django_assert_num_queries, rows):
    make_assembly_seat(48)
    state = make_state()
    load(*[(n, "शाला", "") for n in range(1, rows + 1)])
    changed = csv_of(HEADINGS, *[(n, "शाला", "भवन") for n in range(1, rows + 1)])
    with django_assert_num_queries(5):
        plan = roll.compare(roll.read(changed, "x.csv", state=state, seat=48), as_of=DAY)
    assert len(plan.changed) == rows


@pytest.mark.parametrize("rows", [1, 120])
def test_the_first_version_of_a_booth_says_what_is_stored_of_it(rows):
    make_assembly_seat(48)
    make_district(slug="koriya", name_hi="कोरिया")
    headings = (*HEADINGS, "District", "Male", "Lat", "Long")
    places = [("कोरिया", 7, "21.25", "81.63"), ("रायपुर", "", "", ""), ("", 0, "", "")]
    load(
        *((n, f"शाला\t{n}", "भवन\\", *places[n % 3]) for n in range(1, rows + 1)), headings=headings
    )
    for booth in Booth.objects.all():
        version = booth.history.get()
        columns = [field.attname for field in version.tracked_fields]
        kept = {name: getattr(version, name) for name in columns}
        assert kept == {name: getattr(booth, name) for name in columns}
        assert row_digest(version) == version.digest
