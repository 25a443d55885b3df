"""Booths, appointments and needs in the admin: every save keeps the day-book, every act goes
through the lifecycle and is offered only where a posting grants it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from booths import bookkeeping, lifecycle
from booths.models import Agent, AgentNeed, Appointment, Booth, Kind
from tests.admin_world import (
    DAY,
    make_appointed,
    make_listed_booth,
    make_world,
    messages_of,
    signed_in,
)
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_district,
    make_posting,
    make_sector,
    make_user,
)
from zones.models import AssemblySeat
from zones.scope import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def assert_day_book_kept(state):
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)


def booth_fields(booth, **changed):
    days = {"listed_on": f"{booth.listed_on:%d/%m/%Y}"}
    return {"label": booth.label, "name_hi": booth.name_hi} | days | changed


# Booths


def test_a_booth_added_in_the_admin_is_counted(world):
    seat = world.here.assembly_seat
    response = signed_in(world.office).post(
        page("booths_booth_add"),
        {"assembly_seat": seat.pk, "label": "१२५क", "name_hi": "शाला", "listed_on": "01/08/2018"},
    )
    assert response.status_code == 302, response.context["errors"]
    booth = Booth.objects.get(number=125)
    assert (booth.suffix, booth.number_as_written, booth.name_hi) == ("A", "१२५क", "शाला")
    assert_day_book_kept(world.state)


def test_a_text_changed_in_the_admin_is_no_longer_that_of_the_list(world):
    booth = world.here
    booth.as_written = {"name_hi": booth.name_hi + "  १", "building": "Hall  १"}
    booth.building = "Hall 1"
    booth.save()
    path = page("booths_booth_change", booth.pk)
    signed_in(world.office).post(path, booth_fields(booth, building="Shed"))
    booth.refresh_from_db()
    assert booth.as_written == {"name_hi": booth.name_hi + "  १"}


@pytest.mark.parametrize(
    "changed",
    [
        {"retired_on": "20/08/2018"},
        {"district": "durg"},
        {"listed_on": "05/08/2018"},
        {"label": "7B"},
    ],
)
def test_a_booth_changed_in_the_admin_keeps_the_day_book(world, changed):
    if "district" in changed:
        changed = {"district": make_district(slug="durg").pk}
    path = page("booths_booth_change", world.here.pk)
    response = signed_in(world.office).post(path, booth_fields(world.here, **changed))
    assert response.status_code == 302, response.context["errors"]
    assert_day_book_kept(world.state)


def test_a_number_that_the_seat_has_already_is_refused_in_a_sentence(world):
    other = make_listed_booth(3, seat=world.here.assembly_seat)
    path = page("booths_booth_change", world.here.pk)
    response = signed_in(world.office).post(path, booth_fields(world.here, label=other.label))
    assert response.context["adminform"].form.non_field_errors()


def test_a_booth_stays_in_its_seat(world):
    path = page("booths_booth_change", world.here.pk)
    other = make_assembly_seat(49)
    signed_in(world.office).post(path, booth_fields(world.here, assembly_seat=other.pk))
    assert Booth.objects.get(pk=world.here.pk).assembly_seat == world.here.assembly_seat


def test_flags_are_ticked_and_unknown_ones_kept(world):
    Booth.objects.filter(pk=world.here.pk).update(flags={"no_road": True, "ours": 1})
    path = page("booths_booth_change", world.here.pk)
    signed_in(world.office).post(path, booth_fields(world.here, flags=["no_network", "forest"]))
    assert Booth.objects.get(pk=world.here.pk).flags == {
        "ours": 1,
        "no_network": True,
        "forest": True,
    }


def test_district_staff_put_booths_into_a_sector_of_the_seat(world):
    sector, foreign = make_sector(world.here.assembly_seat), make_sector(world.there.assembly_seat)
    client, path = signed_in(world.staff), page("booths_booth_changelist")
    chosen = {"action": "put_in_sector", "_selected_action": [world.here.pk]}
    asked = client.post(path, chosen)
    assert list(asked.context["form"].fields["sector"].queryset) == [sector]
    client.post(path, chosen | {"confirm": 1, "sector": foreign.pk})
    assert Booth.objects.get(pk=world.here.pk).sector is None
    client.post(path, chosen | {"confirm": 1, "sector": sector.pk})
    assert Booth.objects.get(pk=world.here.pk).sector == sector


def test_a_booth_is_found_by_its_number_in_any_spelling(world):
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    make_listed_booth(126, seat=world.here.assembly_seat)
    for term in ("125A", "125-A", "१२५क", "48/125"):
        found = signed_in(world.staff).get(page("booths_booth_changelist"), {"q": term})
        assert list(found.context["cl"].result_list) == [booth], term


def test_a_new_main_district_counts_the_seat_anew(world):
    seat = world.here.assembly_seat
    durg = make_district(slug="durg")
    fields = {
        "state": seat.state_id,
        "number": seat.number,
        "name_hi": seat.name_hi,
        "reservation": "GEN",
        "lok_sabha_seat": seat.lok_sabha_seat_id,
        "district": durg.pk,
    }
    path = page("zones_assemblyseat_change", seat.pk)
    assert signed_in(world.office).post(path, fields).status_code == 302
    assert AssemblySeat.objects.get(pk=seat.pk).district == durg
    assert_day_book_kept(world.state)


def test_a_changed_need_goes_through_the_lifecycle_and_says_so(world):
    need = AgentNeed.objects.get()
    path = page("booths_agentneed_change", need.pk)
    response = signed_in(world.office).post(path, {"per_booth": 2}, follow=True)
    assert len(messages_of(response)) == 2
    assert_day_book_kept(world.state)
    make_appointed(world.here, "दूसरा")
    refused = signed_in(world.office).post(path, {"per_booth": 1})
    assert refused.context["adminform"].form.non_field_errors()
    assert AgentNeed.objects.get().per_booth == 2


# Acts on appointments


def do(world, act, user=None, **fields):
    path = page("booths_appointment_do", world.mine.pk, act)
    return signed_in(user or world.staff).post(path, {"day": "20/08/2018"} | fields, follow=True)


def offered(world, user, appointment=None):
    path = page("booths_appointment_change", (appointment or world.mine).pk)
    shown = signed_in(user).get(path).context["doings"]
    return {doing["link"].rstrip("/").rsplit("/", 1)[1] for doing in shown}


def test_each_act_is_offered_only_to_whom_a_posting_grants_it_there(world):
    seat = world.here.assembly_seat
    verifier = make_user("verifier", "seat_in_charge", seat)
    leader = make_user("leader", "state_in_charge", world.state)
    assert offered(world, world.staff) == {"replace", "move", "end", "correct"}
    assert offered(world, verifier) == {"verify"}
    assert offered(world, leader) == set()
    assert offered(world, world.office) == {"verify", "replace", "move", "end", "correct"}


@pytest.mark.parametrize("name", ["appoint", "verify", "replace", "move", "end", "correct"])
def test_an_act_out_of_scope_is_not_found_and_one_not_granted_is_forbidden(world, name):
    assert do(world, name, world.stranger).status_code == 404
    observer = make_user("leader", "state_in_charge", world.state)
    assert do(world, name, observer).status_code == 403
    assert Appointment.objects.get(pk=world.mine.pk).status == "appointed"


def test_verifying(world):
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    do(world, "verify", verifier)
    done = Appointment.objects.get(pk=world.mine.pk)
    assert (done.status, done.verified_on) == ("verified", date(2018, 8, 20))
    assert done.events.last().by == verifier
    assert_day_book_kept(world.state)


def test_a_day_to_come_is_refused(world):
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    response = do(world, "end", reason="resigned", day=f"{tomorrow:%d/%m/%Y}")
    assert response.context["form"].errors.keys() == {"day"}
    assert Appointment.objects.get(pk=world.mine.pk).is_standing


def test_ending_needs_a_reason_and_keeps_the_remark(world):
    assert do(world, "end").context["form"].errors.keys() == {"reason"}
    do(world, "end", reason="resigned", note="गांव छोड़ा")
    ended = Appointment.objects.get(pk=world.mine.pk)
    assert (ended.status, ended.end_reason) == ("ended", "resigned")
    assert ended.events.last().reason == "गांव छोड़ा"


def test_replacing_takes_in_the_new_agent(world):
    do(world, "replace", name="नया एजेंट", mobile="58 7654 3219", consent="phone")
    new = Appointment.objects.standing().get(booth=world.here)
    assert (new.agent.name, new.agent.mobile, new.replaces) == (
        "नया एजेंट",
        "5876543219",
        world.mine,
    )


def test_a_refused_replacement_leaves_no_agent_behind(world):
    do(world, "end", reason="died")
    response = do(world, "replace", name="नया एजेंट", consent="none")
    assert response.context["form"].non_field_errors()
    assert not Agent.objects.filter(name="नया एजेंट").exists()


def test_moving_to_a_booth_out_of_scope_is_refused(world):
    there, here = world.there.assembly_seat, world.here.assembly_seat
    assert "seat" in do(world, "move", seat=there.pk, booth="2").context["form"].errors
    target = make_listed_booth(12, seat=here)
    do(world, "move", seat=here.pk, booth="१२")
    assert Appointment.objects.standing().get(agent=world.mine.agent).booth == target


def test_correcting_a_day_keeps_what_stood_there(world):
    seat = world.here.assembly_seat_id
    days = {"proposed_on": "02/08/2018", "appointed_on": "10/08/2018"}
    do(world, "correct", seat=seat, booth="1", reason="गलत दिन", **days)
    corrected = Appointment.objects.get(pk=world.mine.pk)
    assert corrected.proposed_on == date(2018, 8, 2)
    assert corrected.events.last().changes == {"proposed_on": ["2018-08-10", "2018-08-02"]}


def test_the_form_of_an_appointment_changes_nothing_itself(world):
    path = page("booths_appointment_change", world.mine.pk)
    assert signed_in(world.office).post(path, {"status": "ended"}).status_code == 403
    assert Appointment.objects.get(pk=world.mine.pk).status == "appointed"


def test_many_are_verified_at_once_and_each_refusal_is_told(world):
    second = make_listed_booth(5, seat=world.here.assembly_seat)
    other = make_appointed(second, "दूसरा")
    lifecycle.verify(other, on=DAY, by=world.office)
    response = signed_in(world.office).post(
        page("booths_appointment_changelist") + "?status=all",
        {
            "action": "verify_chosen",
            "_selected_action": [world.mine.pk, other.pk],
            "confirm": 1,
            "day": "20/08/2018",
        },
        follow=True,
    )
    assert Appointment.objects.get(pk=world.mine.pk).status == "verified"
    done, refused = messages_of(response)
    assert "1" in done
    assert "दूसरा" in refused


def test_an_action_on_many_is_offered_only_to_whom_a_posting_grants_it_somewhere(world):
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    leader = make_user("leader", "state_in_charge", world.state)

    def actions(user):
        shown = signed_in(user).get(page("booths_appointment_changelist"))
        form = shown.context["action_form"]
        offered = {name for name, _label in form.fields["action"].choices} if form else set()
        return offered & {"appoint_chosen", "verify_chosen", "end_chosen"}

    assert actions(world.staff) == {"appoint_chosen", "end_chosen"}
    assert actions(verifier) == {"verify_chosen"}
    assert actions(leader) == set()


def test_an_action_reaches_only_what_its_own_posting_covers(world):
    """Seeing comes from one posting, verifying from another: they are not pooled."""
    reader = make_user("reader", "state_in_charge", world.state)
    make_posting(reader, "seat_in_charge", world.there.assembly_seat)
    signed_in(reader).post(
        page("booths_appointment_changelist"),
        {
            "action": "verify_chosen",
            "_selected_action": [world.mine.pk, world.theirs.pk],
            "confirm": 1,
            "day": "20/08/2018",
        },
    )
    assert Appointment.objects.get(pk=world.mine.pk).status == "appointed"
    assert Appointment.objects.get(pk=world.theirs.pk).status == "verified"


def stood_as_bla2(world):
    fields = {"agent": world.mine.agent_id, "booth": world.here.pk, "kind": "bla2"}
    fields |= {"proposed_on": "20/08/2018", "appoint": "on"}
    return signed_in(world.staff).post(page("booths_appointment_add"), fields)


def test_whoever_may_only_propose_appoints_nobody_in_the_same_form(world, without):
    without("district_staff", Act.APPOINT)
    assert stood_as_bla2(world).status_code == 200
    assert not Appointment.objects.filter(kind="bla2").exists()


def test_a_known_agent_is_stood_at_a_booth_of_another_kind(world):
    response = stood_as_bla2(world)
    assert response.status_code == 302, response.context["errors"]
    made = Appointment.objects.get(kind="bla2")
    assert (made.status, made.agent, made.slot) == ("appointed", world.mine.agent, 1)


def test_a_refusal_of_the_lifecycle_is_shown_on_the_form_with_all_typed_kept(world):
    response = signed_in(world.staff).post(
        page("booths_appointment_add"),
        {
            "agent": world.mine.agent_id,
            "booth": world.here.pk,
            "kind": Kind.BOOTH_AGENT,
            "proposed_on": "20/08/2018",
        },
    )
    form = response.context["adminform"].form
    assert "राम अपना" in form.non_field_errors()[0]
    assert form["proposed_on"].value() == "20/08/2018"


# Agents

INLINE = {"appointments-TOTAL_FORMS": 0, "appointments-INITIAL_FORMS": 0}


def test_an_untouched_number_is_not_examined_and_a_shared_one_is_told(world):
    agent = make_agent("पुराना", mobile="5123")
    lifecycle.propose(make_listed_booth(9, seat=world.here.assembly_seat), agent, on=DAY, by=None)
    path = page("booths_agent_change", agent.pk)
    posted = INLINE | {"name": "पुराना नाम", "consent_mode": "paper"}
    response = signed_in(world.staff).post(path, posted | {"mobile": "5123"})
    assert response.status_code == 302, response.context["errors"]
    shared = posted | {"mobile": "+91 51234 56789"}
    response = signed_in(world.staff).post(path, shared, follow=True)
    told = " ".join(messages_of(response))
    assert "श्याम" not in told and "5123456789" not in told
    assert "1" in told
    agent.refresh_from_db()
    assert agent.mobile == "5123456789"


def test_an_agent_who_moved_away_is_seen_but_not_changed(world):
    away = make_listed_booth(99, seat=world.there.assembly_seat)
    lifecycle.move(world.mine, away, on=date(2018, 8, 20), by=None)
    path = page("booths_agent_change", world.mine.agent_id)
    assert signed_in(world.staff).get(path).status_code == 200
    assert signed_in(world.staff).post(path, {"name": "बदला"}).status_code == 403


@pytest.mark.parametrize(
    ("listed_on", "retired_on", "field"),
    [("2018-08-12", "", "listed_on"), ("2018-08-20", "2099-01-01", "retired_on")],
)
def test_no_day_has_two_booths_of_a_number_and_none_retires_in_advance(
    world, listed_on, retired_on, field
):
    seat = world.here.assembly_seat
    make_listed_booth(7, seat=seat, retired_on=date(2018, 8, 15))
    typed = {"assembly_seat": seat.pk, "label": "7", "name_hi": "शाला"}
    typed |= {"listed_on": listed_on, "retired_on": retired_on}
    response = signed_in(world.office).post("/admin/booths/booth/add/", typed)
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
