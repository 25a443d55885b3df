"""Lists by file in the admin: upload, preview, confirm; export; and lists of constant cost."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from booths import bookkeeping
from booths.admin import uploads
from booths.models import Agent, Appointment, Booth, ImportBatch
from campaign.models import Campaign
from tests.admin_world import (
    DAY,
    make_appointed,
    make_listed_booth,
    make_world,
    messages_of,
    signed_in,
)
from tests.makers import make_sector, make_user
from zones.models import Look

pytestmark = pytest.mark.django_db
AGREED = {"consent": "paper", "consent_on": "10/08/2018"}


@pytest.fixture
def world():
    return make_world()


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def upload(client, kind, data, name="list.csv", **options):
    file = SimpleUploadedFile(name, data)
    return client.post(page(f"booths_{kind}_import"), {"import_file": file} | options)


def confirm(client, kind, preview, **ticks):
    form = preview.context["confirm"]
    hidden = {name: form[name].value() for name in ("token", "fingerprint")}
    return client.post(page(f"booths_{kind}_process_import"), hidden | ticks, follow=True)


def agents_csv(*rows):
    return "\n".join(["assembly_seat,booth,name,mobile", *rows]).encode()


def booths_csv(*rows):
    return "\n".join(["AC No,PS No,PS Name", *rows]).encode()


def options(world, **more):
    return {"state": world.state.pk, "as_of": "01/08/2018", "is_full": "part"} | more


# Agents


def test_a_list_of_agents_is_previewed_then_imported(world):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    preview = upload(
        client, "agent", agents_csv("48,3,सीता,5876500000", "48,1,राम अपना,"), **AGREED
    )
    assert preview.context["counts"]["new"] == 1
    assert not Agent.objects.filter(name="सीता").exists()
    done = confirm(client, "agent", preview)
    assert Appointment.objects.get(booth=booth).agent.name == "सीता"
    batch = ImportBatch.objects.get()
    assert (batch.file_name, done.context["job"].batch) == ("list.csv", batch)
    assert done.context["job"].counts == batch.counts | {"name_only": 0}


def test_nothing_is_said_to_be_imported_where_nothing_was(world):
    client = signed_in(world.staff)
    make_listed_booth(3, seat=world.here.assembly_seat)
    preview = upload(client, "agent", agents_csv("48,3,सीता,", "48,77,गीता,"))
    assert preview.context["counts"]["faulty"] == 1
    refused = confirm(client, "agent", preview)
    assert refused.context["refusal"]
    assert messages_of(refused) == []
    assert not Agent.objects.filter(name="सीता").exists()
    confirm(client, "agent", preview, leave_out="on")
    assert Agent.objects.filter(name="सीता").exists()


def test_a_shared_mobile_is_told_without_the_stranger(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    preview = upload(signed_in(world.staff), "agent", agents_csv("48,3,सीता,5123456789"), **AGREED)
    hint = {"row": 2, "name": "सीता", "known": [], "rows": [], "unseen": 1}
    assert preview.context["likely"] == [hint]
    assert "श्याम" not in preview.content.decode()


def test_a_preview_says_whom_it_named_and_brings_out_no_number(world):
    mine = world.mine.agent
    Agent.objects.filter(pk=mine.pk).update(epic_no="WKH1186253")
    data = f"code,booth,relation_name\n{mine.code},,मोहन".encode()
    shown = upload(signed_in(world.staff), "agent", data).content.decode()
    assert [number in shown for number in ("58•••••210", "5876543210", "WKH1186253")] == [
        True,
        False,
        False,
    ]
    look = Look.objects.get()
    assert (look.what, look.where, look.agents) == ("list", page("booths_agent_import"), [mine.pk])


@pytest.mark.parametrize("written", ["58•••••210", "5876511111"])
def test_a_preview_shows_of_the_number_that_is_known_no_more_than_the_file(world, written):
    data = f"code,booth,mobile,gender\n{world.mine.agent.code},,{written},male".encode()
    shown = upload(signed_in(world.staff), "agent", data).content.decode()
    assert written in shown
    assert "5876543210" not in shown


def test_a_preview_says_whom_its_hints_name(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    upload(signed_in(world.staff), "agent", agents_csv("48,3,सीता,5876543210"), **AGREED)
    assert Look.objects.get().agents == [world.mine.agent_id]


def test_a_preview_says_whom_its_remarks_name(world):
    data = f"code,assembly_seat,booth,status\n{world.mine.agent.code},48,1,verified".encode()
    upload(signed_in(world.staff), "agent", data)
    assert Look.objects.get().agents == [world.mine.agent_id]


def test_a_file_belongs_to_the_session_and_the_kind_of_list_that_it_was_uploaded_for(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    preview = upload(signed_in(world.staff), "agent", agents_csv("48,3,सीता,"))
    other = signed_in(world.staff)
    assert confirm(other, "agent", preview).redirect_chain[0][0] == page("booths_agent_import")
    client = signed_in(world.office)
    preview = upload(client, "agent", agents_csv("48,3,सीता,"))
    assert confirm(client, "booth", preview).redirect_chain[0][0] == page("booths_booth_import")
    assert not Agent.objects.filter(name="सीता").exists()


def test_other_bytes_than_those_previewed_are_not_imported(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    preview = upload(client, "agent", agents_csv("48,3,सीता,"))
    stored = client.session[uploads.UPLOADS][preview.context["upload"].token]["stored"]
    with open(stored, "ab") as file:
        file.write("\n48,3,चोरी,".encode())
    assert confirm(client, "agent", preview).redirect_chain[0][0] == page("booths_agent_import")
    assert not Agent.objects.filter(name="सीता").exists()


def test_importing_and_exporting_are_for_whom_a_posting_grants_it(world):
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    client = signed_in(verifier)
    for path in ("booths_agent_import", "booths_booth_import", "booths_agent_export"):
        assert client.get(page(path)).status_code == 403
    for path in ("booths_agent_process_import", "booths_booth_process_import"):
        assert client.post(page(path)).status_code == 403
    listed = client.get(page("booths_agent_changelist"))
    assert not listed.context["has_import_permission"]
    assert not listed.context["has_export_permission"]
    assert signed_in(world.staff).get(page("booths_booth_import")).status_code == 403


@pytest.mark.parametrize("form", ["0", "1"])
def test_an_export_holds_only_rows_in_scope_whatever_is_asked_for(world, form):
    client = signed_in(world.staff)
    asked = {"format": form, "resource": ""}
    theirs = f"appointments__booth__assembly_seat__id__exact={world.there.assembly_seat_id}"
    for query in ("", "?q=श्याम", f"?{theirs}"):
        response = client.post(page("booths_agent_export") + query, asked)
        assert response.status_code == 200
        assert b"5123456789" not in response.content
    foreign = client.post(
        page("booths_agent_export"), asked | {"export_items": [world.theirs.agent_id]}
    )
    assert b"5123456789" not in foreign.content
    assert str(world.theirs.agent) not in foreign.content.decode(errors="ignore")


def test_a_csv_says_that_it_is_utf_8_for_spreadsheets(world):
    response = signed_in(world.staff).post(page("booths_agent_export"), {"format": "0"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "राम अपना" in response.content.decode("utf-8-sig")


# Booth lists


def test_a_booth_list_is_previewed_then_imported(world):
    client = signed_in(world.office)
    data = booths_csv("48,1,प्राथमिक शाला नई", "48,12A,नवीन शाला", "48,,बिना नंबर")
    preview = upload(client, "booth", data, **options(world))
    assert preview.context["counts"] == {
        "rows": 3,
        "new": 1,
        "changed": 1,
        "renamed": 1,
        "renumbered": 0,
        "unchanged": 0,
        "retired": 0,
        "faulty": 1,
        "skipped": 0,
        "before": 1,
        "after": 2,
    }
    assert preview.context["renamed"][0]["fields"][0][1:] == ("प्राथमिक शाला 1", "प्राथमिक शाला नई")
    assert not Booth.objects.filter(number=12).exists()
    assert confirm(client, "booth", preview).context["refusal"]
    assert not Booth.objects.filter(number=12).exists()
    confirm(client, "booth", preview, leave_out="on")
    assert Booth.objects.get(number=12, suffix="A").listed_on == date(2018, 8, 1)
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)
    batch = ImportBatch.objects.get()
    assert (batch.content, batch.by) == ("booths", world.office)


def test_a_list_without_a_column_for_the_seat_is_read_for_the_chosen_one(world):
    client = signed_in(world.office)
    data = b"PS No,PS Name\n12,School\n"
    refused = upload(client, "booth", data, **options(world))
    assert refused.context["form"].errors.keys() == {"import_file"}
    seat = world.here.assembly_seat
    preview = upload(client, "booth", data, **options(world, seat=seat.pk))
    confirm(client, "booth", preview)
    assert Booth.objects.get(number=12).assembly_seat == seat


def test_only_a_full_list_retires_and_many_need_a_tick_of_their_own(world):
    client = signed_in(world.office)
    data = booths_csv("48,12,नवीन शाला")
    partial = upload(client, "booth", data, **options(world))
    assert partial.context["counts"]["retired"] == 0
    full = upload(client, "booth", data, **options(world, is_full="full", as_of="20/08/2018"))
    assert full.context["counts"]["retired"] == 1
    assert confirm(client, "booth", full).context["refusal"]
    assert Booth.objects.get(pk=world.here.pk).retired_on is None
    assert confirm(client, "booth", full, retire_many="on").context["refusal"]
    assert confirm(client, "booth", full, leave_agents="on").context["refusal"]
    assert Booth.objects.get(pk=world.here.pk).retired_on is None
    confirm(client, "booth", full, retire_many="on", leave_agents="on")
    assert Booth.objects.get(pk=world.here.pk).retired_on == date(2018, 8, 20)
    assert Appointment.objects.get(pk=world.mine.pk).is_standing


def test_what_changed_after_the_preview_stops_the_import(world):
    client = signed_in(world.office)
    preview = upload(client, "booth", booths_csv("48,12,नवीन शाला"), **options(world))
    make_listed_booth(12, seat=world.here.assembly_seat, name_hi="और नाम")
    refused = confirm(client, "booth", preview).context["job"]
    assert (refused.status, bytes(refused.data), refused.batch) == ("refused", b"", None)
    assert refused.refusal.startswith("पूर्वावलोकन के बाद किसी ने ये बूथ बदले")
    assert Booth.objects.get(number=12).name_hi == "और नाम"


def test_a_list_holds_from_the_first_day_of_the_current_campaign(world):
    Campaign.objects.create(
        state=world.state, name_hi="अभियान", slug="a", party_hi="दल", starts_on=DAY, is_current=True
    )
    form = signed_in(world.office).get(page("booths_booth_import")).context["form"]
    assert form["as_of"].value() == DAY


def test_whether_a_list_is_full_must_be_said(world):
    asked = options(world)
    del asked["is_full"]
    refused = upload(signed_in(world.office), "booth", booths_csv("48,12,नवीन शाला"), **asked)
    assert refused.context["form"].errors.keys() == {"is_full"}


def ticked(preview) -> list[str]:
    return preview.context["ticked"]["seen"]


SHIFTED = booths_csv("48,1,नया भवन", "48,2,प्राथमिक शाला 1", "48,3,कोटरा नवीन")


def two_booths(world):
    """Booth 1 with an agent, and booth 2; SHIFTED has them as 2 and, nearly so called, as 3."""
    return make_listed_booth(2, seat=world.here.assembly_seat, name_hi="कोटरा")


def test_a_booth_under_another_number_keeps_its_agents_once_it_is_ticked(world):
    other = two_booths(world)
    client = signed_in(world.office)
    full = options(world, is_full="full", as_of="20/08/2018")
    preview = upload(client, "booth", SHIFTED, **full)
    sure, near = f"{world.here.pk}:2", f"{other.pk}:3"
    boxes = [line["box"] for line in preview.context["renumbering"][0]["boxes"]]
    assert (boxes, ticked(preview)) == ([sure, near], [sure])
    assert preview.context["counts"]["renumbered"] == 1
    # Other ticks do something else: it is shown before it is done.
    again = confirm(client, "booth", preview, renumber=[sure, near], seen=[sure])
    assert (again.context["refusal"] != [], ticked(again)) == (True, [sure, near])
    assert not ImportBatch.objects.exists()
    confirm(client, "booth", again, renumber=[sure, near], seen=[sure, near])
    assert [b.label for b in Booth.objects.filter(pk__in=[world.here.pk, other.pk])] == ["2", "3"]
    assert Appointment.objects.get(pk=world.mine.pk).booth.label == "2"
    assert ImportBatch.objects.get().counts["renumbered"] == 2


def test_a_tick_that_the_preview_did_not_show_does_nothing(world):
    two_booths(world)
    client = signed_in(world.office)
    preview = upload(client, "booth", SHIFTED, **options(world, is_full="full"))
    box = f"{world.here.pk}:2"
    for ticks in ([], [f"{world.theirs.booth_id}:2"], [box, "x"]):
        assert confirm(client, "booth", preview, renumber=ticks, seen=[box]).context["refusal"]
    assert confirm(client, "booth", preview, renumber=[], seen=[]).context["refusal"]
    assert not ImportBatch.objects.exists()


def test_many_of_a_seat_that_moved_together_have_one_box(world):
    seat = world.here.assembly_seat
    names = "कखगचजटडतदनपब"
    for number, letter in enumerate(names, 11):
        make_listed_booth(number, seat=seat, name_hi=f"{letter}ाला")
    rows = [f"48,{number},{letter}ाला" for number, letter in enumerate(names, 12)]
    client = signed_in(world.office)
    preview = upload(client, "booth", booths_csv(*rows), **options(world))
    (box,) = preview.context["renumbering"][0]["boxes"]
    assert (box["box"], box["ticked"]) == (f"seat:{seat.pk}", True)
    assert box["runs"] == ["11 … 22 → 12 … 23 (12)"]
    confirm(client, "booth", preview, renumber=[box["box"]], seen=[box["box"]])
    assert ImportBatch.objects.get().counts["renumbered"] == 12


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (100 * 2**20))
    return packed.getvalue()


@pytest.mark.parametrize("kind", ["agent", "booth"])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("empty.csv", lambda: b""),
        ("blank.csv", lambda: b"\n \n"),
        ("junk.csv", lambda: b"\x00\x01junk" * 100),
        ("list.pdf", lambda: b"%PDF-1.4 junk"),
        ("large.csv", lambda: b"x" * (50 * 2**20)),
        ("bomb.xlsx", zip_bomb),
        ("list.xlsx", lambda: b"PK\x03\x04 not a package"),
    ],
)
def test_what_is_no_list_gets_a_sentence_and_changes_nothing(world, kind, name, make):
    before = list(Booth.objects.values()), list(Agent.objects.values())
    chosen = options(world) if kind == "booth" else {}
    response = upload(signed_in(world.office), kind, make(), name, **chosen)
    assert response.status_code == 200
    assert response.context["form"].errors["import_file"][0]
    assert (list(Booth.objects.values()), list(Agent.objects.values())) == before


def test_no_file_at_all_gets_a_sentence(world):
    response = signed_in(world.office).post(page("booths_agent_import"), {})
    assert response.context["form"].errors["import_file"][0]


# Lists cost the same for one row and for thirty


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("booths_booth_changelist", 8),
        ("booths_agent_changelist", 9),
        ("booths_appointment_changelist", 8),
        ("booths_sector_changelist", 7),
        ("zones_user_changelist", 8),
    ],
)
def test_a_list_takes_the_same_queries_for_1_and_30_rows(
    world, name, queries, django_assert_num_queries
):
    make_sector(world.here.assembly_seat, "सेक्टर 0")
    client = signed_in(world.office)
    client.get(page(name))
    with django_assert_num_queries(queries):
        client.get(page(name))
    for number in range(100, 130):
        booth = make_listed_booth(number, seat=world.here.assembly_seat)
        make_appointed(booth, f"एजेंट {number}")
        make_sector(world.here.assembly_seat, f"सेक्टर {number}")
    with django_assert_num_queries(queries):
        client.get(page(name))
