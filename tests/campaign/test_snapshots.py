"""What a meeting freezes, and that nothing and nobody changes it afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from booths import lifecycle
from booths.models import Appointment, Block, Post, Sector, TeamMember
from campaign import frames, reviews, snapshots
from campaign.models import DirectiveReading, ReviewMeeting, Snapshot, SnapshotRow
from tests.campaign.land import TODAY, make_directive, make_land
from tests.makers import FIRST_DAY, make_agent, make_booth, make_scheme, make_user
from zones.models import LokSabhaSeat, Zone

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def land():
    return make_land()


def meeting(land, number=1, **fields):
    return ReviewMeeting.objects.create(campaign=land.campaign, number=number, **fields)


def hold(land, number=1, day=TODAY, **said):
    return snapshots.hold(meeting(land, number), day=day, by=land.office, on=TODAY, **said)


def numbers(snapshot, directive) -> dict:
    """Total, done, proposed and verified by seat or zone."""
    rows = snapshot.rows.filter(directive=directive).select_related("assembly_seat", "zone")
    return {
        row.assembly_seat.number if row.assembly_seat else row.zone.name_en: (
            row.total, row.done, row.proposed, row.verified,
        )
        for row in rows
    }  # fmt: skip


def test_the_numbers_of_every_seat_are_kept_with_the_names_of_its_places(land):
    snapshot = hold(land)

    assert numbers(snapshot, land.directive) == {
        1: (4, 1, 1, 0), 2: (2, 2, 0, 1), 3: (0, 0, 0, 0), 4: (1, 0, 0, 0),
    }  # fmt: skip
    row = snapshot.rows.get(assembly_seat__number=1)
    assert (row.lok_sabha_name_hi, row.zone.number, row.zone_name_en) == ("लोकसभा 1", 1, "Zone 1")
    assert snapshot.rows.get(assembly_seat__number=4).zone is None
    assert (snapshot.basis, snapshot.as_of) == (Snapshot.Basis.FROZEN, TODAY)
    assert snapshot.meeting.status == ReviewMeeting.Status.HELD


def make_all_measures(land) -> dict:
    """One more directive of each measure, with a team or a reading to each."""
    found = {
        measure: make_directive(land.campaign, number, measure)
        for number, measure in enumerate(
            ("sector_teams", "block_teams", "zone_teams", "by_hand"), 2
        )
    }
    land.campaign.sector_team_size = land.campaign.block_team_size = 1
    land.campaign.save()
    block = Block.objects.create(assembly_seat=land.seats[1], name_hi="ब्लॉक")
    Block.objects.create(assembly_seat=land.seats[1], name_hi="दूसरा")
    for level, unit in (("sector", Sector.objects.get()), ("block", block)):
        post = Post.objects.filter(level=level, is_lead=True).first()
        post = post or Post.objects.create(level=level, name_hi="अध्यक्ष", is_lead=True)
        TeamMember.objects.create(post=post, name="डेमो", since=FIRST_DAY, **{level: unit})
    post = Post.objects.create(level="zone", name_hi="सदस्य ज़ोन")
    for origin in ("state_executive", "local"):
        TeamMember.objects.create(
            post=post, name="डेमो", since=FIRST_DAY, origin=origin, zone=Zone.objects.get(number=2)
        )
    for day, percent in ((FIRST_DAY, 10), (YESTERDAY, 40), (TODAY + timedelta(days=1), 90)):
        DirectiveReading.objects.create(
            directive=found["by_hand"], assembly_seat=land.seats[2], on=day, percent=percent,
            by=land.office,
        )  # fmt: skip
    return found


def test_every_measure_is_kept_by_seat_and_that_of_zone_teams_by_zone(land):
    directives = make_all_measures(land)

    snapshot = hold(land)

    done = {
        measure: {
            place: cell[:2] for place, cell in numbers(snapshot, directive).items() if any(cell)
        }
        for measure, directive in directives.items()
    }
    assert done == {
        "sector_teams": {1: (1, 1)},
        "block_teams": {2: (2, 1)},
        "zone_teams": {"Zone 1": (1, 0), "Zone 2": (1, 1)},
        "by_hand": {1: (100, 0), 2: (100, 0), 3: (100, 40), 4: (100, 0)},
    }
    assert snapshot.rows.count() == 4 * 4 + 2


def test_a_past_day_is_computed_as_it_is_known_today(land):
    snapshot = hold(land, day=TODAY - timedelta(days=4))  # the agent of the 8th was not there yet

    assert numbers(snapshot, land.directive)[2][:2] == (2, 1)
    assert snapshot.basis == Snapshot.Basis.COMPUTED


def test_numbers_typed_from_paper_are_kept_as_they_are_and_totals_of_the_day_added(land):
    typed = {land.directive.pk: {land.seats[0].pk: (3, None), land.seats[1].pk: (5, 9)}}

    snapshot = hold(land, day=YESTERDAY, typed=typed)

    assert numbers(snapshot, land.directive) == {1: (4, 3, 0, 0), 2: (9, 5, 0, 0)}
    assert snapshot.basis == Snapshot.Basis.PAPER


@pytest.mark.parametrize(
    ("numbers_and_days", "said"),
    [
        ([(1, TODAY + timedelta(days=1))], "This day is still ahead."),
        ([(1, FIRST_DAY - timedelta(days=30))], "No directive had been issued by this day."),
        (
            [(1, TODAY), (2, YESTERDAY)],
            "Review meeting 1 was held on 11 August 2018: meetings follow each other by number.",
        ),
        (
            [(2, YESTERDAY), (1, TODAY)],
            "Review meeting 2 was held on 10 August 2018: meetings follow each other by number.",
        ),
    ],
)
def test_no_meeting_is_held(land, numbers_and_days, said):
    *before, (number, day) = numbers_and_days
    for earlier, its_day in before:
        hold(land, earlier, its_day)

    with pytest.raises(ValidationError) as refused:
        hold(land, number, day)

    assert refused.value.messages == [said]
    assert Snapshot.objects.count() == len(before)


def test_only_who_writes_meetings_holds_one(land):
    observer = make_user("observer", "observer", land.state)
    with pytest.raises(ValidationError, match="posting"):
        snapshots.hold(meeting(land), day=TODAY, by=observer, on=TODAY)


def test_a_meeting_is_held_once(land):
    first = hold(land)
    with pytest.raises(ValidationError, match="held already"):
        snapshots.hold(first.meeting, day=TODAY, by=land.office, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(meeting=first.meeting, as_of=TODAY, taken_by=land.office)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_is_frozen(land, change):
    rows = hold(land).rows.filter(assembly_seat__number=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(done=99) if change == "update" else rows.delete()
    assert rows.get().done == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_day_of_a_snapshot_is_frozen_too(land, change):
    frozen = Snapshot.objects.filter(pk=hold(land).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.update(as_of=YESTERDAY) if change == "update" else frozen._raw_delete("default")
    assert frozen.get().as_of == TODAY


@pytest.mark.parametrize("number", [1, 3])
def test_no_row_is_added_to_a_snapshot_once_it_is_taken(land, number):
    """By hand, past all that the program would check; of a directive that was not there too."""
    snapshot = hold(land)
    make_directive(land.campaign, 3, "sector_teams")
    columns = [f.column for f in SnapshotRow._meta.concrete_fields if f.name != "id"]
    shown = ", ".join(
        {"directive_id": "(SELECT id FROM campaign_directive WHERE number = %s)"}.get(name, name)
        for name in columns
    )
    with (
        pytest.raises(DatabaseError, match="is complete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO campaign_snapshotrow ({', '.join(columns)})"
            f" SELECT {shown} FROM campaign_snapshotrow WHERE snapshot_id = %s",
            [number, snapshot.pk],
        )
    assert (snapshot.rows.count(), snapshot.row_count) == (4, 4)


def test_a_snapshot_does_not_say_later_that_it_has_more_rows(land):
    frozen = Snapshot.objects.filter(pk=hold(land).pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        frozen.update(row_count=5)
    assert frozen.get().row_count == 4


@pytest.mark.parametrize(
    "edited",
    [
        {"due_on": TODAY},
        {"target_percent": 50},
        {"issued_on": TODAY - timedelta(days=2), "due_on": TODAY + timedelta(days=60)},
        {"measure": "by_hand", "kind": ""},
    ],
)
def test_a_past_review_keeps_what_was_directed_then(land, edited):
    hold(land, 1, day=TODAY - timedelta(days=4))
    hold(land, 2)
    before = compared(land, 2).whole
    assert before.needed_per_day is not None

    type(land.directive).objects.filter(pk=land.directive.pk).update(**edited)

    page = compared(land, 2)
    assert page.whole == before
    assert page.directive.due_on == land.directive.due_on
    assert reviews.last_held(frame()).number == 2


def frame():
    return frames.find_frame("cg", TODAY)


def compared(land, number, directive=None):
    held = reviews.meeting_of(frame(), "review", number)
    found = reviews.moments(held, frame(), land.office, TODAY)
    return found.comparison(directive or land.directive)


def said(line) -> tuple:
    """Done then and now, gained, lost, replaced and entered late."""
    its = line.changes
    return line.then.done, line.now.done, its.gained, its.lost, its.replaced, line.entered_late


def test_a_meeting_is_compared_with_the_review_before_it(land):
    hold(land, 1, day=TODAY - timedelta(days=4))
    standing = Appointment.objects.get(booth=land.booth(1, 1), appointed_on__isnull=False)
    lifecycle.end(standing, on=YESTERDAY, reason="resigned", by=land.office)
    hold(land, 2)

    page = compared(land, 2)

    assert said(page.whole) == (2, 2, 1, 1, 0, 0)
    assert [said(line) for line in page.zones] == [
        (2, 2, 1, 1, 0, 0), (0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [line.place and line.place.number for line in page.zones] == [1, 2, None]
    assert [said(line)[:4] for line in page.seats][:2] == [(1, 0, 0, 1), (1, 2, 1, 0)]
    # 7 booths, 2 covered, 24 days from the 8th to the 31st; none was won in the four days.
    assert (page.whole.needed_per_day, page.whole.kept_per_day) == (1, 0)


def test_what_was_entered_after_the_freeze_is_a_line_of_its_own(land):
    hold(land, 1, day=TODAY - timedelta(days=4))
    late = TODAY - timedelta(days=5)
    lifecycle.appoint_at(land.booth(1, 3), make_agent("देर से"), on=late, by=land.office)
    hold(land, 2)

    assert said(compared(land, 2).whole) == (2, 4, 1, 0, 0, 1)


def test_frozen_numbers_stay_whatever_happens_later(land):
    hold(land, 1, day=YESTERDAY)
    lifecycle.appoint_at(land.booth(1, 3), make_agent("देर से"), on=YESTERDAY, by=land.office)
    make_booth(9, seat=land.seats[3])

    page = compared(land, 1)

    assert (page.whole.now.total, page.whole.now.done) == (7, 3)
    assert page.then is None and page.whole.changes is None


def test_reviews_are_compared_by_the_zones_of_the_later_one_and_each_keeps_its_own(land):
    hold(land, 1, day=TODAY - timedelta(days=4))
    seats = {seat.number: seat for seat in LokSabhaSeat.objects.all()}
    make_scheme(
        land.state, {1: [seats[2]], 2: [seats[1], seats[3]]}, from_on=YESTERDAY, name="Later"
    )
    hold(land, 2)

    assert [(line.place.number, line.then.done) for line in compared(land, 2).zones] == [
        (1, 0), (2, 2),
    ]  # fmt: skip
    first = [(line.place and line.place.number, line.now.done) for line in compared(land, 1).zones]
    assert first == [(1, 2), (2, 0), (None, 0)]


def test_a_promise_is_kept_by_what_its_zone_gained_until_the_next_review(land):
    first = hold(land, 1, day=TODAY - timedelta(days=4)).meeting
    zone = Zone.objects.get(number=1)
    for user, number in ((land.office, 1), (make_user("other", first_name="हरि"), 2)):
        first.commitments.create(user=user, zone=zone, number=number)
    hold(land, 2)

    found = reviews.promises(compared(land, 2))

    assert sorted((each.commitment.number, each.grown, each.is_kept) for each in found) == [
        (1, 1, True), (2, 1, False),
    ]  # fmt: skip


def test_directives_on_teams_are_compared_without_gained_and_lost(land):
    directives = make_all_measures(land)
    hold(land, 1, day=YESTERDAY)
    TeamMember.objects.filter(zone__isnull=False).update(until=TODAY)
    hold(land, 2)

    page = compared(land, 2, directives["zone_teams"])

    assert (page.whole.then.done, page.whole.now.done, page.whole.changes) == (1, 0, None)
    assert [line.growth for line in page.zones] == [0, -1]


def test_seats_seen_are_those_compared(land):
    hold(land)
    seat = make_user("seat", "seat_in_charge", land.seats[1])
    held = reviews.meeting_of(frame(), "review", 1)
    page = reviews.moments(held, frame(), seat, TODAY).comparison(land.directive)
    assert [line.place.number for line in page.seats] == [2]
    assert SnapshotRow.objects.count() == 4
