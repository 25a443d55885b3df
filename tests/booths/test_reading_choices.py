"""What a file does not say clearly is asked on its page: the sheet, the old font, the columns. What
was said of the columns is remembered, and the faulty rows come back as the user's own file."""

import csv
import io

import openpyxl
import pytest

from booths.models import Appointment, Booth, ChosenColumns, ImportJob
from tests.admin_world import make_listed_booth, make_world, signed_in
from tests.booths.test_admin_lists import confirm, options, page, upload

pytestmark = pytest.mark.django_db
# A school and a street as Kruti Dev 010 is typed.
SCHOOL, STREET = "izkFkfed 'kkyk nsox<+", "'kkldh; Hkou"
FOREIGN = "Ac;PBNo;Kahaan;Extra\n48;21;नई शाला;x\n48;22;पुरानी शाला;y\n"


@pytest.fixture
def world():
    return make_world()


def workbook(**sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answer(client, kind, asked, **said):
    """Posts what is said on a page that asks."""
    token = asked.context["upload"].token
    posted = {"token": token, "read_anew": "1"} | said
    return client.post(page(f"booths_{kind}_process_import"), posted)


def columns(asked, **said) -> dict:
    """The columns of a page as its form would post them, some of them said otherwise."""
    shown = asked.context["columns"]
    table = asked.context["table"]
    chosen = {
        column["heading"]: next((f for f, _label, meant in column["choices"] if meant), "")
        for column in shown
    } | said
    posted = {f"column-{column['index']}": chosen[column["heading"]] for column in shown}
    return posted | {"headings": list(table.columns.headings), "of_sheet": table.sheet}


def taken_for(asked) -> dict[str, str]:
    return {
        column["heading"]: next((f for f, _label, meant in column["choices"] if meant), "")
        for column in asked.context["columns"]
    }


HEAD = ["AC No", "PS No", "PS Name"]


def test_of_several_sheets_the_fullest_is_proposed_and_the_user_chooses(world):
    client = signed_in(world.office)
    book = workbook(
        Old=[HEAD, [48, 31, "शाला"]],
        New=[HEAD, [48, 32, "शाला"], [48, 33, "भवन"]],
        Notes=[["see New"]],
    )
    asked = upload(client, "booth", book, name="list.xlsx", **options(world))
    assert asked.context["sheets"] == [("Old", 1, False), ("New", 2, True)]
    preview = answer(client, "booth", asked, sheet="Old")
    assert preview.context["counts"]["new"] == 1
    confirm(client, "booth", preview)
    assert Booth.objects.filter(number=31).exists()
    assert not Booth.objects.filter(number=32).exists()


def test_kruti_dev_is_read_once_the_user_has_seen_it(world):
    client = signed_in(world.office)
    data = "\n".join(["AC No,PS No,PS Name,Building", f"48,31,{SCHOOL},{STREET}"]).encode()
    asked = upload(client, "booth", data, **options(world))
    assert "प्राथमिक शाला देवगढ़" in asked.content.decode()
    indexes = [column.index for column in asked.context["old_font"]]
    assert indexes == [2, 3]
    preview = answer(client, "booth", asked, old_font="1", kruti_dev=indexes)
    assert preview.context["counts"]["new"] == 1
    confirm(client, "booth", preview)
    booth = Booth.objects.get(number=31)
    assert (booth.name_hi, booth.building) == ("प्राथमिक शाला देवगढ़", "शासकीय भवन")


def test_a_column_that_is_not_confirmed_is_taken_as_it_is_written(world):
    client = signed_in(world.office)
    data = f"AC No,PS No,PS Name,Building\n48,31,{SCHOOL},{STREET}".encode()
    asked = upload(client, "booth", data, **options(world))
    preview = answer(client, "booth", asked, old_font="1", kruti_dev=[2])
    new = preview.context["plan"].new[0].values
    assert ("प्राथमिक शाला देवगढ़" in new, STREET in new) == (True, True)


def test_agents_in_kruti_dev_are_asked_for_too_and_their_numbers_stay(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    data = b"assembly_seat,booth,name,relation_name,mobile\n48,3,lkfo=h nsoh,x.ks'k izlkn 'kekZ,5876500000"
    said = {"consent": "paper", "consent_on": "10/08/2018"}
    asked = upload(client, "agent", data, **said)
    indexes = [column.index for column in asked.context["old_font"]]
    confirm(client, "agent", answer(client, "agent", asked, old_font="1", kruti_dev=indexes))
    agent = Appointment.objects.get(booth__number=3).agent
    assert (agent.name, agent.relation_name) == ("सावित्री देवी", "गणेश प्रसाद शर्मा")
    assert agent.mobile == "5876500000"


def test_what_headings_do_not_say_the_user_says(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", FOREIGN.encode(), **options(world))
    assert [column["heading"] for column in asked.context["columns"]] == [
        "Ac",
        "PBNo",
        "Kahaan",
        "Extra",
    ]
    assert asked.context["columns"][2]["samples"] == ["नई शाला", "पुरानी शाला"]
    preview = answer(
        client, "booth", asked, **columns(asked, Ac="seat", PBNo="number", Kahaan="name")
    )
    assert preview.context["counts"] | {"new": 2, "faulty": 0} == preview.context["counts"]
    confirm(client, "booth", preview)
    assert Booth.objects.get(number=21).name_hi == "नई शाला"


def test_it_is_remembered_for_the_next_file_with_these_headings_of_this_user_alone(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", FOREIGN.encode(), **options(world))
    answer(client, "booth", asked, **columns(asked, Ac="seat", PBNo="number", Kahaan="name"))
    other = FOREIGN.replace("21", "25").replace("Ac;", "AC ;")
    again = upload(client, "booth", other.encode(), **options(world))
    assert again.context["counts"]["new"] == 2
    assert again.context["columns_said"]
    headed = answer(client, "booth", again, **columns(again), as_headed="1")
    assert "question" in headed.context
    assert not ChosenColumns.objects.exists()


def test_a_column_may_be_changed_or_left_out_where_all_were_known(world):
    client = signed_in(world.office)
    data = "AC No,PS No,PS Name,Building\n48,31,शाला,भवन".encode()
    preview = upload(client, "booth", data, **options(world))
    assert taken_for(preview) == {
        "AC No": "seat",
        "PS No": "number",
        "PS Name": "name",
        "Building": "building",
    }
    said = columns(preview, **{"PS Name": "", "Building": "name_hi"})
    confirm(client, "booth", answer(client, "booth", preview, **said))
    booth = Booth.objects.get(number=31)
    assert (booth.name_hi, booth.building) == ("भवन", "")


@pytest.mark.parametrize(
    "said",
    [
        {"PS No": ""},
        {"PS No": "no-such-field"},
        {"PS Name": "", "Building": ""},
    ],
)
def test_columns_that_make_no_list_are_asked_for_again(world, said):
    client = signed_in(world.office)
    data = "AC No,PS No,PS Name,Building\n48,31,शाला,भवन".encode()
    preview = upload(client, "booth", data, **options(world))
    asked = answer(client, "booth", preview, **columns(preview, **said))
    assert "plan" not in asked.context or asked.context["plan"].new[0].number == 31
    assert asked.status_code == 200


def test_the_columns_of_a_list_of_agents_may_be_said_too(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    data = "Kshetra,Kendra,Vyakti,Doosra\n48,3,सीता,x".encode()
    asked = upload(client, "agent", data)
    said = columns(asked, Kshetra="assembly_seat", Kendra="booth", Vyakti="name")
    confirm(client, "agent", answer(client, "agent", asked, **said))
    assert Appointment.objects.get(booth__number=3).agent.name == "सीता"
    assert upload(client, "agent", data).context["counts"]["unchanged"] == 1


def test_an_answer_without_its_upload_is_told_so(world):
    client = signed_in(world.office)
    posted = {"token": "gone", "read_anew": "1", "sheet": "New"}
    answered = client.post(page("booths_booth_process_import"), posted)
    assert answered.url == page("booths_booth_import")


# Faulty rows


def faulty_file(client, kind, preview):
    token = preview.context["upload"].token
    return client.get(page(f"booths_{kind}_faults", token))


MIXED = "AC No,PS No,PS Name\n48,31,शाला\n48,,बिना नंबर\n48,99999999,बड़ा\n"


def test_faulty_rows_come_back_as_written_with_what_is_wrong(world):
    client = signed_in(world.office)
    preview = upload(client, "booth", MIXED.encode(), **options(world))
    file = faulty_file(client, "booth", preview)
    assert 'filename="list-faulty.csv"' in file["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert head == ["AC No", "PS No", "PS Name", "त्रुटियाँ"]
    assert [row[:3] for row in rows] == [["48", "", "बिना नंबर"], ["48", "99999999", "बड़ा"]]
    assert all(row[3] for row in rows)


def test_corrected_they_are_a_list_like_any_other(world):
    client = signed_in(world.office)
    preview = upload(client, "booth", MIXED.encode(), **options(world))
    corrected = faulty_file(client, "booth", preview).content.decode("utf-8-sig")
    corrected = corrected.replace("99999999", "33").replace("48,,", "48,32,")
    again = upload(client, "booth", corrected.encode(), **options(world))
    assert (again.context["counts"]["new"], again.context["counts"]["faulty"]) == (2, 0)


def test_columns_said_of_a_list_hold_for_its_faulty_rows(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", (FOREIGN + "48;0;शून्य;z\n").encode(), **options(world))
    said = columns(asked, Ac="seat", PBNo="number", Kahaan="name")
    preview = answer(client, "booth", asked, **said)
    corrected = (
        faulty_file(client, "booth", preview).content.decode("utf-8-sig").replace(",0,", ",23,")
    )
    again = upload(client, "booth", corrected.encode(), **options(world))
    assert (again.context["counts"]["new"], again.context["counts"]["faulty"]) == (1, 0)


def test_of_a_workbook_they_are_a_workbook_and_no_formula(world):
    client = signed_in(world.staff)
    rows = [["assembly_seat", "booth", "name"], [48, 77, "=cmd()"], [48, 1, "राम अपना"]]
    preview = upload(client, "agent", workbook(List=rows), name="agents.xlsx")
    file = faulty_file(client, "agent", preview)
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet.max_row == 2
    assert sheet["C2"].data_type != "f"


def test_they_can_be_fetched_after_the_others_are_imported(world):
    client = signed_in(world.office)
    preview = upload(client, "booth", MIXED.encode(), **options(world))
    confirm(client, "booth", preview, leave_out="on")
    job = ImportJob.objects.get()
    link = page("booths_booth_faults", job.token)
    assert link in client.get(page("booths_importjob_change", job.pk)).content.decode()
    assert "बिना नंबर" in client.get(link).content.decode("utf-8-sig")


def test_nobody_else_gets_them(world):
    preview = upload(signed_in(world.office), "booth", MIXED.encode(), **options(world))
    other = signed_in(world.office)
    assert faulty_file(other, "booth", preview).status_code == 404
    assert faulty_file(signed_in(world.stranger), "booth", preview).status_code == 403
    agents = page("booths_agent_faults", preview.context["upload"].token)
    assert signed_in(world.staff).get(agents).status_code == 404
