"""What each part of the admin opens goes by its own act: where a posting does not grant it there,
what another posting grants somewhere else does not help."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from booths import lifecycle
from booths.admin.undoing import may_undo
from booths.lists import KINDS, Asked
from booths.models import AgentNeed, Block, Booth, ImportBatch, ImportJob, Kind, Sector
from tests.admin_world import (
    DAY,
    make_appointed,
    make_listed_booth,
    make_world,
    retire,
    signed_in,
)
from tests.makers import make_agent, make_posting, make_sector, make_state, make_user
from zones.scope import Act

pytestmark = pytest.mark.django_db
AGENTS, BOOTHS = "/admin/booths/agent/", "/admin/booths/booth/"
TODAY = date(2018, 8, 20)


@pytest.fixture
def world():
    return make_world()


def seen_there_too(world, role="seat_in_charge"):
    """The staff, who may look at the stranger's seat besides."""
    make_posting(world.staff, role, world.there.assembly_seat)
    return signed_in(world.staff)


def batch_of(world, content="agents", **fields) -> ImportBatch:
    given = {"state": world.state, "file_name": "a.csv", "as_of": DAY, "by": world.staff}
    return ImportBatch.objects.create(content=content, **given | fields)


def exported(client):
    posted = {"format": "0", "booths_resource": ""}
    form = client.get(f"{AGENTS}export/").context["form"]
    posted |= {field: "on" for field in form.fields if field.startswith("agentresource_")}
    answer = client.post(f"{AGENTS}export/", posted)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# No posting grants it anywhere


@pytest.mark.parametrize(
    ("name", "of", "acts"),
    [
        ("quick_entry", "", {Act.APPOINT}),
        ("booths_appointment_gone", "", {Act.MOVE}),
        ("booths_agent_remove", "agent withdraw", {Act.SEE_PEOPLE, Act.ENTER_PEOPLE}),
        ("booths_importbatch_undo", "batch", {Act.IMPORT_AGENTS}),
        ("booths_importjob_progress", "job", {Act.IMPORT_AGENTS}),
    ],
)
def test_a_page_of_its_own_is_forbidden_to_whom_nothing_grants_its_act(
    world, without, name, of, acts
):
    made = {
        "agent": world.mine.agent.pk,
        "batch": batch_of(world).pk,
        "job": ImportJob.objects.create(
            content="agents", by=world.staff, asked_at=timezone.now()
        ).pk,
    }
    address = reverse(f"admin:{name}", args=[made.get(word, word) for word in of.split()])
    client = signed_in(world.staff)
    assert client.get(address).status_code == 200
    without("district_staff", *acts)
    assert signed_in(world.staff).get(address).status_code == 403


def test_who_sees_no_imports_is_not_told_which_there_are(world, without):
    address = reverse("admin:booths_importbatch_undo", args=[batch_of(world, by=world.office).pk])
    assert signed_in(world.staff).get(address).status_code == 404
    without("district_staff", Act.IMPORT_AGENTS)
    assert signed_in(world.staff).get(address).status_code == 403


def test_nothing_touched_is_not_undone_by_whom_nothing_lets_import_it(world):
    empty = batch_of(world, "booths")
    assert may_undo(world.office, empty, TODAY)
    assert not may_undo(world.staff, empty, TODAY)


def test_who_exports_but_neither_calls_nor_enters_gets_masked_numbers_of_agents_of_no_booth(
    world, without
):
    make_agent("बिना बूथ", entered_by=world.staff, mobile="5876500000", epic_no="ABC1234567")

    def taken_out():
        return next(
            (row["mobile"], row["epic_no"])
            for row in exported(signed_in(world.staff))
            if row["name"] == "बिना बूथ"
        )

    assert taken_out() == ("5876500000", "ABC1234567")
    without("district_staff", Act.LIST_CONTACTS, Act.ENTER_PEOPLE)
    assert taken_out() == ("58•••••000", "AB•••••567")


# One posting grants it here, another shows what is there


def test_what_is_seen_is_exported_only_where_a_posting_grants_it(world):
    client = seen_there_too(world)
    assert world.theirs.agent.name in client.get(AGENTS).content.decode()
    assert [row["name"] for row in exported(client)] == [world.mine.agent.name]


def test_an_agent_is_offered_for_each_booth_where_one_may_appoint(world):
    shown = seen_there_too(world).get(BOOTHS).content.decode()
    assert "दूर की शाला" in shown
    assert [f"quick/?seat={seat}" in shown for seat in (48, 62)] == [True, False]


def test_who_appoints_nowhere_has_no_column_for_it_and_draws_no_sectors(world):
    zone = make_user("zone", "seat_in_charge", world.here.assembly_seat)
    for user, has in ((world.staff, True), (zone, False)):
        page = signed_in(user).get(BOOTHS)
        assert ("column-add_agent" in page.content.decode()) is has
        assert (b'value="put_in_sector"' in page.content) is has


def test_booths_are_put_into_sectors_only_where_one_draws_them(world):
    client = seen_there_too(world)
    for booth, is_put in ((world.here, True), (world.there, False)):
        sector = make_sector(booth.assembly_seat, "सेक्टर")
        posted = {"action": "put_in_sector", "_selected_action": [booth.pk]}
        client.post(BOOTHS, posted | {"confirm": "yes", "sector": sector.pk}, follow=True)
        booth.refresh_from_db()
        assert booth.sector == (sector if is_put else None)


def test_who_may_only_look_reads_flags_as_they_are_spoken_of(world):
    address = reverse("admin:booths_booth_change", args=[world.here.pk])
    for user, fields in ((world.staff, ["flags_shown"]), (world.office, ["flags"])):
        form = signed_in(user).get(address).context["adminform"]
        shown = flatten_fieldsets(form.fieldsets)
        assert [name for name in shown if name.startswith("flags")] == fields


def test_an_agents_page_names_no_booth_of_a_strangers_area(world):
    lifecycle.appoint_at(world.there, world.mine.agent, on=DAY, by=world.stranger, kind=Kind.BLA2)
    address = reverse("admin:booths_agent_change", args=[world.mine.agent_id])
    assert "सीट 62" in signed_in(world.office).get(address).content.decode()
    assert "सीट 62" not in signed_in(world.staff).get(address).content.decode()


@pytest.mark.parametrize("model", [Block, Sector])
def test_units_of_a_strangers_seat_are_not_listed(world, model):
    for booth, name in ((world.here, "अपना"), (world.there, "पराया")):
        model.objects.create(assembly_seat=booth.assembly_seat, name_hi=name, name_en=name)
    page = reverse(f"admin:booths_{model._meta.model_name}_changelist")
    listed = signed_in(world.staff).get(page).context["cl"].queryset
    assert [unit.name_hi for unit in listed] == ["अपना"]


def test_a_strangers_seat_is_not_listed(world):
    page = reverse("admin:zones_assemblyseat_changelist")
    listed = signed_in(world.staff).get(page).context["cl"].queryset
    assert [seat.number for seat in listed] == [48]


def test_what_another_state_needs_is_not_listed(world):
    make_state("MP")
    page = reverse("admin:booths_agentneed_changelist")
    listed = signed_in(world.office).get(page).context["cl"].queryset
    assert [need.state.code for need in listed] == ["CG"]
    assert AgentNeed.objects.count() == 2


def test_no_booth_of_a_strangers_district_is_proposed_to_an_agent_whose_booth_is_gone(world):
    seat, far = world.here.assembly_seat, world.there.assembly_seat.district
    gone = make_listed_booth(11, seat=seat, name_hi="कोटरा")
    make_listed_booth(12, seat=seat, name_hi="कोटरा", district=far)
    make_appointed(gone, "गीता")
    retire(gone)
    page = reverse("admin:booths_appointment_gone")

    def proposed(user):
        return [
            str(waits.heir)
            for _seat, rows in signed_in(user).get(page).context["seats"]
            for waits in rows
        ]

    assert proposed(world.office) == ["12 कोटरा"]
    assert proposed(world.staff) == ["None"]


def test_what_one_entered_where_one_serves_no_more_is_not_shown_again(world):
    today = timezone.localdate()
    booths = [make_listed_booth(9, seat=booth.assembly_seat) for booth in (world.here, world.there)]
    for name, booth in zip(("अभी का", "तब का"), booths, strict=True):
        lifecycle.appoint_at(booth, make_agent(name), on=today, by=world.staff)
    shown = signed_in(world.staff).get(reverse("admin:quick_entry")).content.decode()
    assert ("अभी का" in shown, "तब का" in shown) == (True, False)


def test_an_import_leads_to_agents_whose_booth_is_gone_only_where_one_moves_them(world):
    make_appointed(make_listed_booth(9, seat=world.there.assembly_seat), "गीता")
    retired = Booth.objects.filter(assembly_seat=world.there.assembly_seat)
    retire(*retired)
    batch = batch_of(world, "booths", undo={"retired": [booth.pk for booth in retired]})
    page = reverse("admin:booths_importbatch_change", args=[batch.pk])
    gone = reverse("admin:booths_appointment_gone")
    assert gone in signed_in(world.office).get(page).content.decode()
    assert gone not in signed_in(world.staff).get(page).content.decode()


# Lists


def asked(world, data: bytes, **options) -> Asked:
    given = {"state": world.state, "seat": None, "as_of": TODAY, "is_full": False}
    return Asked("list.csv", data, user=world.staff, on=TODAY, options=given | options)


def test_a_booth_list_of_seats_where_one_imports_none_is_refused(world):
    data = "assembly_seat,number,name_hi\n62,5,नई शाला\n".encode()
    with pytest.raises(ValidationError, match="62"):
        KINDS["booths"].read(asked(world, data))
    assert KINDS["booths"].read(replace(asked(world, data), user=world.office))


def test_a_booth_list_is_offered_only_for_the_seats_of_ones_own_states(world):
    other = make_user("office-mp", "state_office", make_state("MP"))
    given = KINDS["booths"].form_kwargs(world.office, TODAY)
    assert [state.code for state in given["states"]] == ["CG"]
    assert sorted(seat.number for seat in given["seats"]) == [48, 62]
    assert not KINDS["booths"].form_kwargs(other, TODAY)["seats"]


def previewed(world, data: str):
    file = SimpleUploadedFile("list.csv", data.encode())
    agreed = {"import_file": file, "consent": "paper", "consent_on": "10/08/2018"}
    return signed_in(world.staff).post(f"{AGENTS}import/", agreed, follow=True)


def test_a_list_without_a_state_is_of_the_one_where_one_is_posted(world):
    make_state("MP")
    make_listed_booth(3, seat=world.here.assembly_seat)
    shown = previewed(world, "assembly_seat,booth,name\n48,3,सीता\n")
    assert shown.context["counts"]["new"] == 1


def test_a_row_does_not_tell_that_an_agent_stands_at_a_strangers_booth_too(world):
    lifecycle.appoint_at(world.there, world.mine.agent, on=DAY, by=world.stranger, kind=Kind.BLA2)
    code = world.mine.agent.code
    shown = previewed(world, f"code,assembly_seat,booth,kind\n{code},62,2,bla2\n")
    assert (shown.context["counts"]["unchanged"], shown.context["counts"]["faulty"]) == (0, 1)
