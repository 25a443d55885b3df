"""The API imports lists by the same engine and within the same area as the pages do."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from booths.models import Appointment, Booth, ImportJob
from tests.admin_world import make_listed_booth, make_world, signed_in
from tests.booths.roll.test_workbooks import workbook
from tests.booths.test_reading_choices import SCHOOL
from tests.makers import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/imports/"
BOOTHS = "AC No,PS No,PS Name\n48,31,शाला\n48,,बिना नंबर\n".encode()


@pytest.fixture
def world():
    return make_world()


def post(user, data, content="booths", name="list.csv", **said):
    file = SimpleUploadedFile(name, data)
    return signed_in(user).post(ADDRESS, {"content": content, "file": file} | said)


def booths(world, **said):
    return {"state": world.state.pk, "as_of": "01/08/2018", "is_full": "part"} | said


def test_a_list_is_seen_first_and_imported_then(world):
    seen = post(world.office, BOOTHS, **booths(world)).json()
    assert (seen["counts"]["new"], seen["counts"]["faulty"]) == (1, 1)
    assert [each["row"] for each in seen["problems"]] == [3]
    assert seen["columns"][1] == {"index": 1, "heading": "PS No", "holds": "number"}
    assert list(seen["needed"]) == ["leave_out"]
    said = booths(world, fingerprint=seen["fingerprint"])
    lacking = post(world.office, BOOTHS, **said)
    assert (lacking.status_code, list(lacking.json()["needed"])) == (400, ["leave_out"])
    assert not ImportJob.objects.exists()
    taken = post(world.office, BOOTHS, **said, leave_out="on")
    assert taken.status_code == 202
    assert Booth.objects.get(number=31).name_hi == "शाला"
    job = signed_in(world.office).get(taken.json()["address"]).json()
    assert (job["status"], job["counts"]["new"]) == ("done", 1)
    assert [each["id"] for each in signed_in(world.office).get(ADDRESS).json()] == [job["id"]]


def test_agents_are_imported_with_the_consent_said_of_all(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = "assembly_seat,booth,name,mobile\n48,3,सीता,5876500000\n".encode()
    said = {"content": "agents", "consent": "paper", "consent_on": "10/08/2018"}
    seen = post(world.staff, data, **said).json()
    assert post(world.staff, data, **said, fingerprint=seen["fingerprint"]).status_code == 202
    assert Appointment.objects.get(booth__number=3).agent.mobile == "5876500000"


def test_what_a_file_does_not_say_is_said_beside_it(world):
    head = ["AC No", "PS No", "Kahaan"]
    data = workbook(Old=[head, [48, 30, SCHOOL]], New=[head, [48, 31, SCHOOL]])
    asked = post(world.office, data, name="list.xlsx", **booths(world))
    assert (asked.status_code, asked.json()["sheets"]) == (400, {"Old": 1, "New": 1})
    how = {"sheet": "New", "columns": json.dumps({"0": "seat", "1": "number", "2": "name"})}
    asked = post(world.office, data, name="list.xlsx", **booths(world, **how))
    assert [each["index"] for each in asked.json()["kruti_dev"]] == [2]
    how["kruti_dev"] = "[2]"
    seen = post(world.office, data, name="list.xlsx", **booths(world, **how)).json()
    said = booths(world, **how, fingerprint=seen["fingerprint"])
    assert post(world.office, data, name="list.xlsx", **said).status_code == 202
    assert Booth.objects.get(number=31).name_hi == "प्राथमिक शाला देवगढ़"


def test_who_comes_in_whose_place_is_chosen_with_the_preview(world):
    data = "assembly_seat,booth,name\n48,1,सीता\n".encode()
    seen = post(world.staff, data, content="agents").json()
    assert seen["replace"] == [{"row": 2, "agent": world.mine.agent.code}]
    seen = post(world.staff, data, content="agents", replace="on").json()
    assert seen["counts"]["replaced"] == 1
    said = {"content": "agents", "replace": "on", "fingerprint": seen["fingerprint"]}
    job = signed_in(world.staff).get(post(world.staff, data, **said).json()["address"]).json()
    assert (job["status"], job["counts"]["replaced"]) == ("done", 1)
    world.mine.refresh_from_db()
    assert world.mine.end_reason == "replaced"


def test_a_large_list_is_taken_as_a_small_one(world, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    rows = "".join(f"48,{number},शाला\n" for number in range(21, 60))
    seen = post(world.office, f"AC No,PS No,PS Name\n{rows}".encode(), **booths(world))
    assert (seen.status_code, seen.json()["counts"]["new"]) == (200, 39)


def test_what_is_sent_as_a_file_and_is_none_says_nothing(world):
    said = booths(world) | {"columns": SimpleUploadedFile("c.json", b'{"0": "number"}')}
    assert post(world.office, BOOTHS, **said).json()["counts"]["new"] == 1


def test_a_file_without_headings_is_said_to_be_one(world):
    data = "48,31,शाला\n48,32,भवन\n".encode()
    how = {"headings": "none", "columns": '{"0": "seat", "1": "number", "2": "name"}'}
    assert post(world.office, data, **booths(world, **how)).json()["counts"]["new"] == 2


def test_other_kinds_of_body_are_not_taken(world):
    client = signed_in(world.office)
    for body in ("[]", "5", '{"content": ["booths"]}'):
        assert client.post(ADDRESS, body, content_type="application/json").status_code == 415


def test_what_changed_meanwhile_is_not_imported(world):
    seen = post(world.office, BOOTHS, **booths(world)).json()
    make_listed_booth(31, seat=world.here.assembly_seat)
    said = booths(world, fingerprint=seen["fingerprint"], leave_out="on")
    job = signed_in(world.office).get(post(world.office, BOOTHS, **said).json()["address"]).json()
    assert (job["status"], bool(job["refused"])) == ("refused", True)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"content": "people"}, {"content"}),
        ({"content": "booths"}, {"state", "as_of", "is_full"}),
        ({"columns": "{"}, {"columns"}),
        ({"kruti_dev": '["a"]'}, {"refused"}),
        ({"kruti_dev": "[1e999]"}, {"refused"}),
        ({"kruti_dev": "7"}, {"kruti_dev"}),
        ({"columns": "[" * 100_000}, {"columns"}),
        ({"columns": "[" * 10_000}, {"columns"}),
        ({"columns": '{"0": ["number"]}'}, {"refused"}),
        ({"columns": '{"-40": "number"}'}, {"refused"}),
        ({"columns": '{"0": "mobile"}'}, {"refused"}),
        ({"columns": '{"0": "number", "1": "number"}'}, {"refused"}),
        ({"columns": "[1]"}, {"columns"}),
        ({"as_of": "soon"}, {"as_of"}),
        ({"headings": "None"}, {"headings"}),
    ],
)
def test_what_cannot_be_taken_is_named(world, said, names):
    posted = said if "content" in said else booths(world, **said)
    answer = post(world.office, BOOTHS, **posted)
    assert (answer.status_code, set(answer.json())) == (400, names)


def test_without_a_file_the_answer_says_so(world):
    answer = signed_in(world.office).post(ADDRESS, {"content": "booths"} | booths(world))
    assert (answer.status_code, list(answer.json())) == (400, ["file"])


def test_nobody_imports_beyond_their_posting_or_sees_anothers_import(world):
    assert post(world.staff, BOOTHS, **booths(world)).status_code == 403
    observer = make_user("observer", "observer", world.here.assembly_seat.district)
    agents = "assembly_seat,booth,name\n48,1,सीता\n".encode()
    assert post(observer, agents, content="agents").status_code == 403
    stranger = post(world.stranger, agents, content="agents").json()
    assert (stranger["counts"]["new"], stranger["counts"]["faulty"]) == (0, 1)
    seen = post(world.office, BOOTHS, **booths(world)).json()
    said = booths(world, fingerprint=seen["fingerprint"], leave_out="on")
    address = post(world.office, BOOTHS, **said).json()["address"]
    assert signed_in(world.staff).get(address).status_code == 404
    assert signed_in(world.staff).get(ADDRESS).json() == []
