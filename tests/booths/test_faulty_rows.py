"""Faulty rows of a list come back as the user's own file, with what is wrong beside them."""

import csv
import io

import openpyxl
import pytest
from django.utils.translation import override

from booths.agent_list import COLUMNS
from booths.list_fields import choices_of
from booths.models import ImportBatch, ImportJob
from booths.roll.columns import meaning_of
from tests.admin_world import make_world, signed_in
from tests.booths.roll.test_workbooks import workbook
from tests.booths.test_admin_lists import confirm, options, page, upload
from tests.booths.test_reading_choices import (
    FOREIGN,
    MIXED,
    SCHOOL,
    STREET,
    answer,
    columns,
)
from zones.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def faulty_file(client, kind, preview):
    token = preview.context["upload"].token
    return client.get(page(f"booths_{kind}_faults", token))


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


def test_in_kruti_dev_they_come_back_in_unicode(world):
    client = signed_in(world.office)
    rows = [f"48,{number},{SCHOOL}" for number in range(21, 30)]
    data = "\n".join(["AC No,PS No,PS Name", *rows, f"48,,{STREET}"]).encode()
    asked = upload(client, "booth", data, **options(world))
    preview = answer(client, "booth", asked, old_font="1", kruti_dev=[2])
    assert "शासकीय भवन" in faulty_file(client, "booth", preview).content.decode("utf-8-sig")


def test_numbers_in_the_next_column_are_still_found_there(world):
    client = signed_in(world.office)
    rows = [f"48,{n // 2},{n // 2}{'A' * (n % 2)},शाला {n}" for n in range(42, 82)]
    rows.append("48,20,20AA,शाला")
    data = "\n".join(["AC No,PS No,Booth,PS Name", *rows]).encode()
    preview = upload(client, "booth", data, **options(world))
    assert preview.context["counts"]["faulty"] == 1
    corrected = faulty_file(client, "booth", preview).content.decode("utf-8-sig")
    again = upload(client, "booth", corrected.replace("20AA", "20A").encode(), **options(world))
    assert [record.label for record in again.context["plan"].new] == ["20A"]


def test_faults_of_faults_have_one_column_of_errors_and_the_same_columns(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", (FOREIGN + "48;0;शून्य;z\n").encode(), **options(world))
    preview = answer(
        client, "booth", asked, **columns(asked, Ac="seat", PBNo="number", Kahaan="name")
    )
    for _time in range(3):
        file = faulty_file(client, "booth", preview).content
        assert file.decode("utf-8-sig").splitlines()[0].count("त्रुटियाँ") == 1
        preview = upload(client, "booth", file, **options(world))
        assert preview.context["counts"]["faulty"] == 1


def test_all_whom_a_file_of_faults_names_are_kept(world):
    client = signed_in(world.staff)
    rows = [f"X{number},48,1,,proposed," for number in range(200)]
    rows.append(f"{world.mine.agent.code},48,1,,ended,09/08/2018")
    head = "code,assembly_seat,booth,name,status,appointed_on"
    preview = upload(client, "agent", "\n".join([head, *rows]).encode())
    assert preview.context["counts"]["faulty"] == 201
    assert not Look.objects.exists()
    faulty_file(client, "agent", preview)
    look = Look.objects.get()
    assert (look.what, look.agents) == ("export", [world.mine.agent_id])


def test_what_stands_where_headings_are_expected_is_not_kept(world):
    client = signed_in(world.staff)
    data = "सीता,48,1,12345\nगीता,48,1,5876500004\n".encode()
    asked = upload(client, "agent", data)
    lettered = answer(client, "agent", asked, no_headings="1")
    said = columns(lettered, A="name", B="assembly_seat", C="booth", D="mobile")
    confirm(client, "agent", answer(client, "agent", lettered, **said), leave_out="on")
    (batch,) = ImportBatch.objects.all()
    assert batch.problems
    assert {problem["column"] for problem in batch.problems} <= {*COLUMNS}


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


def test_of_a_file_without_headings_they_have_what_was_said_of_its_columns(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", "48,31,शाला\n48,,भवन\n".encode(), **options(world))
    lettered = answer(client, "booth", asked, no_headings="1", of_sheet="")
    said = columns(lettered, A="seat", B="number", C="name")
    preview = answer(client, "booth", lettered, **said)
    corrected = faulty_file(client, "booth", preview).content.decode("utf-8-sig")
    head = corrected.splitlines()[0]
    assert head == "विधानसभा सीट: क्रमांक,बूथ क्रमांक,बूथ का नाम,त्रुटियाँ"
    again = upload(client, "booth", corrected.replace("48,,", "48,32,").encode(), **options(world))
    assert [record.label for record in again.context["plan"].new] == ["32"]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_what_a_column_can_hold_is_understood_as_a_heading(language):
    with override(language):
        labels = dict(choices_of(ImportBatch.Content.BOOTHS))
    del labels[""]
    assert {field: meaning_of(label).field for field, label in labels.items()} == {
        field: field for field in labels
    }
