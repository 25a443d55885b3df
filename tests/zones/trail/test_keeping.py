"""Every change is kept, by whichever way it comes, and one seal holds what one transaction wrote."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from booths import lifecycle, roll, sectors
from booths.models import Agent, Appointment, Booth, Sector
from campaign.models import ReviewMeeting
from tests.admin_world import DAY, make_world, signed_in
from tests.campaign.land import make_campaign
from tests.makers import make_agent, make_assembly_seat, make_booth, make_state, make_user
from tests.zones.territory import write_territory
from zones.imports import import_territory
from zones.models import Look, PersonalValues, Seal, State, User
from zones.trail import keeping, persons
from zones.trail.digests import personal_digest
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)


def whole() -> bool:
    return list(faults()) == []


def test_a_change_keeps_who_when_from_to_and_why():
    office = make_user("office", first_name="कार्यालय")
    booth = make_booth(1)
    agent = make_agent("राम", mobile="5876543210")
    made = lifecycle.appoint_at(booth, agent, on=DAY, by=office)
    lifecycle.end(made, on=date(2018, 8, 12), reason="resigned", by=office, note="दूसरे शहर गया")

    rows = Appointment.history.filter(id=made.pk).order_by("history_id")
    assert [(row.history_type, row.status, row.history_user_id) for row in rows] == [
        ("+", "proposed", office.pk),
        ("~", "appointed", office.pk),
        ("~", "ended", office.pk),
    ]
    assert made.events.get(verb="ended").reason == "दूसरे शहर गया"
    assert whole()


def test_personal_values_stand_beside_the_history_and_not_in_it():
    agent = make_agent("राम", mobile="5876543210")
    version = Agent.history.get(id=agent.pk)
    columns = {field.name for field in Agent.history.model._meta.fields}
    assert not columns & {"name", "relation_name", "mobile", "epic_no"}
    beside = PersonalValues.objects.get(digest=version.personal)
    assert (beside.values["name"], beside.values["mobile"]) == ("राम", "5876543210")


def test_what_is_erased_leaves_the_chain_whole():
    agent = make_agent("राम", mobile="5876543210")
    with transaction.atomic():
        persons.forget(agent)
        agent.name, agent.mobile = "हटाया गया", ""
        agent.save()
        keeping.note(Look.What.ERASURE, "", agents=[agent.pk])
    assert "राम" not in str(list(PersonalValues.objects.values()))
    assert whole()


def test_personal_values_that_vanish_without_an_erasure_are_named():
    agent = make_agent("राम")
    PersonalValues.objects.all().delete()
    version = Agent.history.get(id=agent.pk)
    assert list(faults()) == [
        f"booths_historicalagent {version.pk}: who it was is missing, and nobody erased it"
    ]


def test_one_transaction_is_one_seal_and_a_rolled_back_one_none():
    make_state()
    before = Seal.objects.count()
    with transaction.atomic():
        State.objects.create(code="AA", name_hi="क")
        State.objects.create(code="BB", name_hi="ख")
    assert Seal.objects.count() == before + 1
    assert Seal.objects.order_by("pk").last().rows == {"zones_historicalstate": 2}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        State.objects.create(code="CC", name_hi="ग")
        1 / 0  # noqa: B018
    assert Seal.objects.count() == before + 1
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            State.objects.create(code="CC", name_hi="ग")
            1 / 0  # noqa: B018
        State.objects.create(code="DD", name_hi="घ")
    assert Seal.objects.order_by("pk").last().rows == {"zones_historicalstate": 1}
    assert whole()


ODD = ("कक्ष\t1", "C:\\new\\N", "two\nlines\r", '100% "full"', "\\N", "", "{}")


@pytest.mark.parametrize("number", [3, 150])
def test_rows_kept_by_their_ids_are_kept_as_rows_are(number):
    """However many: one by one, in bulk, and without making a row of each."""
    seat = make_assembly_seat()
    booths = [
        make_booth(n, seat=seat, building=ODD[n % len(ODD)], flags={"why": ODD[n % len(ODD)]},
                   latitude="21.5" if n % 2 else None, retired_on=DAY if n % 3 else None)
        for n in range(1, number + 1)
    ]  # fmt: skip
    ids = [booth.pk for booth in booths]
    last = Booth.history.order_by("-pk").first().pk
    with keeping.acting(by=make_user("office"), why="list.csv"):
        keeping.keep(list(Booth.objects.filter(pk__in=ids).order_by("pk")), "~")
        keeping.keep_ids(Booth, ids, "~")

    made = Booth.history.filter(pk__gt=last).order_by("pk").values()
    own = {"history_id", "history_date", "batch", "digest"}
    said = [{name: row[name] for name in row if name not in own} for row in made]
    assert len(said) == 2 * number
    assert said[:number] == said[number:]
    assert [row["building"] for row in said] == 2 * [booth.building for booth in booths]
    assert whole()


@contextmanager
def no_seal_can_be_written():
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE zones_seal ADD CONSTRAINT none CHECK (false) NOT VALID"
            if postgresql
            else "CREATE TRIGGER none BEFORE INSERT ON zones_seal"
            " BEGIN SELECT RAISE(ABORT, 'none'); END"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE zones_seal DROP CONSTRAINT none" if postgresql else "DROP TRIGGER none"
        )


def test_a_seal_that_fails_loses_neither_the_row_nor_what_comes_after_the_commit():
    done = []
    with no_seal_can_be_written(), transaction.atomic():
        State.objects.create(code="AA", name_hi="क")
        transaction.on_commit(lambda: done.append("sent"))
    assert (done, Seal.objects.count()) == (["sent"], 0)
    assert ["has no seal" in fault for fault in faults()] == [True]


def test_a_request_says_who_and_from_where():
    world = make_world()
    client = signed_in(world.office)
    seat = world.here.assembly_seat
    page = f"/admin/booths/sector/add/?assembly_seat={seat.pk}"
    posted = {"assembly_seat": seat.pk, "name_hi": "सेक्टर 9", "number": 9}
    assert client.post(page, posted, REMOTE_ADDR="203.0.113.9").status_code == 302
    version = Sector.history.get(name_hi="सेक्टर 9")
    assert (version.history_user_id, version.address) == (world.office.pk, "203.0.113.9")
    entry = Seal.objects.get(batch=version.batch)
    assert (entry.by_id, entry.address) == (world.office.pk, "203.0.113.9")


def test_a_sign_in_is_no_change_of_the_account_and_a_password_is():
    user = make_user("office")
    versions = User.history.filter(id=user.pk)
    assert versions.count() == 1
    signed_in(user)
    assert versions.count() == 1
    user.set_password("another-long-one")
    user.save()
    assert versions.count() == 2
    assert "another" not in str(list(PersonalValues.objects.values()))
    assert user.password not in str(list(PersonalValues.objects.values()))


def test_a_save_of_some_fields_keeps_what_others_wrote_in_the_rest():
    office = make_user("office")
    stale, fresh = User.objects.get(pk=office.pk), User.objects.get(pk=office.pk)
    fresh.mobile = "5876543210"
    fresh.save()
    stale._history_user, stale._change_reason = office, "asked for"
    stale.first_name = "कार्यालय"
    stale.save(update_fields=["first_name"])
    version = User.history.filter(id=office.pk).latest("history_id")
    assert (version.history_user_id, version.history_change_reason) == (office.pk, "asked for")
    assert PersonalValues.objects.get(digest=version.personal).values["mobile"] == "5876543210"
    assert whole()


def test_attendees_of_a_meeting_are_kept():
    meeting = ReviewMeeting.objects.create(campaign=make_campaign(make_state()), number=3)
    user = make_user("leader")
    meeting.attendees.add(user)
    last = ReviewMeeting.history.filter(id=meeting.pk).latest("history_id")
    assert last.related == {"attendees": [user.pk]}
    assert whole()


def test_attendees_are_kept_when_the_meeting_is_written_with_the_attendee():
    meeting = ReviewMeeting.objects.create(campaign=make_campaign(make_state()), number=3)
    user = make_user("leader")
    for change, attendees in (
        (lambda: user.meetings_attended.add(meeting), [user.pk]),
        (lambda: user.meetings_attended.remove(meeting), []),
        (lambda: user.meetings_attended.add(meeting), [user.pk]),
        (lambda: user.meetings_attended.clear(), []),
    ):
        change()
        last = ReviewMeeting.history.filter(id=meeting.pk).latest("history_id")
        assert last.related == {"attendees": attendees}
        assert whole()


def test_what_is_written_of_a_person_after_their_erasure_may_not_vanish():
    agent = make_agent("राम")
    with transaction.atomic():
        persons.forget(agent)
        keeping.note(Look.What.ERASURE, "", agents=[agent.pk])
        agent.name = "हटाया गया"
        agent.save()
    assert whole()
    PersonalValues.objects.all().delete()
    version = Agent.history.filter(id=agent.pk).latest("history_id")
    assert list(faults()) == [
        f"booths_historicalagent {version.pk}: who it was is missing, and nobody erased it"
    ]


def test_personal_values_that_no_version_holds_are_named():
    agent = make_agent("राम")
    salt = persons.known_salts([persons.person_key(agent)])[persons.person_key(agent)]
    planted = PersonalValues.objects.create(
        digest=personal_digest(salt, {"name": "छल"}),
        person=persons.person_key(agent),
        values={"name": "छल"},
    )
    assert list(faults()) == [f"zones_personalvalues {planted.pk}: no version holds it"]


def test_what_is_imported_in_bulk_is_kept(tmp_path):
    state = make_state()
    seat = make_assembly_seat(1, state=state)
    office = make_user("office")
    rows = "AC No,Polling Station No.,Polling Station Name,Male\n" + "".join(
        f"1,{number},शाला {number},{number}\n" for number in range(1, 131)
    )
    plan = roll.compare(roll.read(rows.encode(), "list.csv", state=state), as_of=DAY)
    roll.apply(plan, by=office)
    versions = Booth.history.filter(assembly_seat=seat)
    assert versions.count() == 130
    assert {v.history_user_id for v in versions} == {office.pk}
    assert "list.csv" in versions[0].history_change_reason

    changed = rows.replace("शाला 7,", "नई शाला 7,")
    plan = roll.compare(roll.read(changed.encode(), "list.csv", state=state), as_of=DAY)
    roll.apply(plan, by=office)
    seven = Booth.history.filter(number=7).order_by("history_id")
    assert [(v.history_type, v.name_hi) for v in seven] == [("+", "शाला 7"), ("~", "नई शाला 7")]

    sector = Sector.objects.create(assembly_seat=seat, name_hi="सेक्टर 1")
    assert sectors.put_in_sector(Booth.objects.filter(number__lte=10), sector) == 10
    assert Booth.history.filter(sector=sector).count() == 10
    assert whole()


def test_a_territory_is_kept(tmp_path):
    write_territory(tmp_path)
    import_territory(tmp_path, code="CG")
    assert State.history.count() == 1
    assert whole()


def test_first_versions_are_kept_of_what_has_none():
    state = make_state()
    State.objects.bulk_create([State(code="ZZ", name_hi="थोक")])
    assert [f for f in faults() if "zones_state" in f] == [
        f"zones_state {State.objects.get(code='ZZ').pk}: no version of it is kept"
    ]
    assert keeping.keep_first_versions(why="start") == 1
    assert keeping.keep_first_versions(why="start") == 0
    assert State.history.filter(id=state.pk).count() == 1
    assert whole()


def test_a_command_says_who_and_why():
    office = make_user("office")
    with keeping.acting(by=office, why="cleaning up"):
        make_state()
    entry = Seal.objects.order_by("pk").last()
    assert (entry.by_id, entry.why, entry.address) == (office.pk, "cleaning up", "")


def test_who_acts_is_not_taken_from_a_request_that_is_over():
    request = RequestFactory().get("/")
    request.user = make_user("office")
    HistoricalRecords.context.request = request
    del HistoricalRecords.context.request
    assert keeping.actor() == keeping.Actor()
