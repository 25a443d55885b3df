"""What a file does not say clearly is asked on its page: the sheet, the old font, the columns. What
was said of the columns is remembered."""

import pytest

from booths.models import Appointment, Booth, ChosenColumns
from tests.admin_world import make_listed_booth, make_world, messages_of, signed_in
from tests.booths.roll.test_workbooks import workbook
from tests.booths.test_admin_lists import confirm, options, page, upload

pytestmark = pytest.mark.django_db
# A school and a street as Kruti Dev 010 is typed.
SCHOOL, STREET = "izkFkfed 'kkyk nsox<+", "'kkldh; Hkou"
MIXED = "AC No,PS No,PS Name\n48,31,शाला\n48,,बिना नंबर\n48,99999999,बड़ा\n"
FOREIGN = "Ac;PBNo;Kahaan;Extra\n48;21;नई शाला;x\n48;22;पुरानी शाला;y\n"


@pytest.fixture
def world():
    return make_world()


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


def test_a_long_list_whose_headings_say_nothing_is_read_to_its_end(world):
    client = signed_in(world.office)
    rows = "".join(f"48,{number},शाला {number}\n" for number in range(21, 121))
    asked = upload(client, "booth", f"Ksh,Pbx,Kahaan\n{rows}".encode(), **options(world))
    said = columns(asked, Ksh="seat", Pbx="number", Kahaan="name")
    assert answer(client, "booth", asked, **said).context["counts"]["new"] == 100


def test_a_file_without_headings_loses_no_row(world):
    client = signed_in(world.office)
    data = "48,21,शाला,x\n48,22,भवन,y\n48,23,मतदान केन्द्र भवन,टिप्पणी\n".encode()
    asked = upload(client, "booth", data, **options(world))
    assert asked.context["headings_row"] == 1
    lettered = answer(client, "booth", asked, no_headings="1")
    assert [column["heading"] for column in lettered.context["columns"]] == ["A", "B", "C", "D"]
    said = columns(lettered, A="seat", B="number", C="name")
    preview = answer(client, "booth", lettered, **said)
    assert (preview.context["counts"]["rows"], preview.context["counts"]["new"]) == (3, 3)
    confirm(client, "booth", preview)
    assert Booth.objects.get(number=21).name_hi == "शाला"
    assert not ChosenColumns.objects.exists()  # letters are the headings of many files


def test_headings_of_a_later_page_do_not_ask_for_ever(world):
    client = signed_in(world.office)
    rows = "".join(f"48,{number},शाला {number}\n" for number in range(21, 27))
    data = f"?,?,?\n{rows}AC No,PS No,PS Name\n".encode()
    asked = upload(client, "booth", data, **options(world))
    lettered = answer(client, "booth", asked, no_headings="1", of_sheet="")
    said = columns(lettered, A="seat", B="number", C="name")
    assert answer(client, "booth", lettered, **said).context["counts"]["new"] == 6


def test_a_cover_hides_no_sheet(world):
    client = signed_in(world.office)
    rows = [[48, number, f"शाला {number}"] for number in range(21, 26)]
    book = workbook(Cover=[["जिला रायपुर"]], List=rows)
    asked = upload(client, "booth", book, name="list.xlsx", **options(world))
    lettered = answer(client, "booth", asked, no_headings="1", of_sheet="List")
    said = columns(lettered, A="seat", B="number", C="name")
    assert answer(client, "booth", lettered, **said).context["counts"]["new"] == 5


def test_from_no_headings_there_is_a_way_back(world):
    client = signed_in(world.office)
    asked = upload(client, "booth", FOREIGN.encode(), **options(world))
    lettered = answer(client, "booth", asked, no_headings="1", of_sheet="")
    assert 'name="as_headed"' in lettered.content.decode()
    back = answer(client, "booth", lettered, **columns(lettered), as_headed="1")
    assert back.context["columns"][0]["heading"] == "Ac"


def test_what_was_ticked_is_not_read_otherwise(world):
    """Columns remembered that this file refuses, and a tick that shows the preview anew."""
    client = signed_in(world.office)
    for number, name in ((1, "पंचायत भवन"), (2, "हाई स्कूल")):
        Booth.objects.filter(number=number).update(name_hi=name)
    data = "AC No,PS No,PS Name\n48,1,नया भवन\n48,2,पंचायत भवन\n".encode()
    seat = {"seat": world.here.assembly_seat.pk}
    preview = upload(client, "booth", data, **options(world, **seat))
    answer(client, "booth", preview, **columns(preview, **{"AC No": ""}))
    again = upload(client, "booth", data, **options(world))
    boxes = [box["box"] for each in again.context["renumbering"] for box in each["boxes"]]
    anew = confirm(client, "booth", again, renumber=[*boxes, "odd"])
    assert anew.context["refusal"]


def test_two_columns_cannot_hold_the_same(world):
    client = signed_in(world.staff)
    data = "assembly_seat,booth,name,Mob1,Mob2\n48,1,सीता,,5876500000\n".encode()
    preview = upload(client, "agent", data)
    asked = answer(client, "agent", preview, **columns(preview, Mob1="mobile", Mob2="mobile"))
    assert "Mob1, Mob2" in messages_of(asked)[0]
    assert not ChosenColumns.objects.exists()


@pytest.mark.parametrize("said", [{"AC No": ""}, {"PS No": ""}])
def test_columns_that_make_no_list_are_neither_kept_nor_the_end_of_it(world, said):
    client = signed_in(world.office)
    data = "AC No,PS No,PS Name\n48,31,शाला".encode()
    preview = upload(client, "booth", data, **options(world))
    again = answer(client, "booth", preview, **columns(preview, **said))
    if "plan" not in again.context:
        again = answer(client, "booth", again, **columns(again), as_headed="1")
    assert again.context["counts"]["new"] == 1
    assert not ChosenColumns.objects.exists()


def test_columns_remembered_that_make_no_list_of_this_file_are_forgotten(world):
    client = signed_in(world.office)
    data = "AC No,PS No,PS Name\n48,31,शाला".encode()
    preview = upload(client, "booth", data, name="048.csv", **options(world))
    said = columns(preview, **{"AC No": ""})
    assert answer(client, "booth", preview, **said).context["counts"]["new"] == 1
    again = upload(client, "booth", data, **options(world))
    assert (again.context["counts"]["new"], len(messages_of(again))) == (1, 1)


@pytest.mark.parametrize(
    "posted",
    [
        {"old_font": "1", "kruti_dev": "9" * 5000},
        {"old_font": "1", "kruti_dev": "-1"},
        {"headings": ["x"] * 5000, "column-0": "number"},
        {"headings": ["x"], "column-0": "no-such"},
        {"sheet": "x" * 5000},
    ],
)
def test_no_answer_breaks_the_page(world, posted):
    client = signed_in(world.office)
    preview = upload(client, "booth", MIXED.encode(), **options(world))
    assert answer(client, "booth", preview, **posted).status_code in (200, 400)
