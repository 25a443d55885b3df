"""District staff from a file: upload, preview, confirm."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.admin_world import messages_of, signed_in
from tests.makers import make_user
from tests.zones.offices import make_offices
from zones.models import Posting, User

pytestmark = pytest.mark.django_db
PAGE = "/people/file/"
LIST = """name,mobile,username,role,area
सीता बाई,5876500001,,,Raipur
राम साहू,5876543210,,,Durg
खराब,123,,,Raipur
"""


@pytest.fixture
def world():
    return make_offices()


def english(user):
    client = signed_in(user)
    client.cookies["django_language"] = "en"
    return client


def upload(client, world, data, name="staff.csv"):
    data = data.encode() if isinstance(data, str) else data
    file = SimpleUploadedFile(name, data)
    return client.post(PAGE, {"file": file, "state": world.state.pk})


def confirm(client, preview, **kwargs):
    return client.post(PAGE, {"rows": preview.context["rows"]}, **kwargs)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (User, Posting)]


def test_a_list_is_looked_at_then_imported_then_slips_are_offered(world):
    client = english(world.office)
    before = everything()

    preview = upload(client, world, LIST)

    counts = {"rows": 3, "new": 1, "posted": 1, "unchanged": 0, "faulty": 1}
    assert preview.context["counts"] == counts
    page = preview.content.decode()
    assert "“123” is not a mobile number" in page and "known: राम साहू (staff)" in page
    assert everything() == before
    response = confirm(client, preview, follow=True)
    assert response.redirect_chain == [("/people/slips/", 302)]
    assert messages_of(response) == ["1 row was new. 1 row of somebody known gave a posting."]
    assert [person.name for person in response.context["paged"]] == ["सीता बाई"]


def test_the_same_file_twice_changes_nothing(world):
    client = english(world.office)
    confirm(client, upload(client, world, LIST))
    before = everything()

    preview = upload(client, world, LIST)

    assert "Importing this file would change nothing." in preview.content.decode()
    confirm(client, preview)
    assert everything() == before


def workbook(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_and_other_delimiters_are_read_alike(world):
    client = english(world.office)
    rows = [line.split(",") for line in LIST.splitlines()]
    rows[1][1] = 5876500001  # as a spreadsheet has it

    for data in (workbook(rows), LIST.replace(",", ";"), "\ufeff" + LIST.replace(",", "\t")):
        counts = upload(client, world, data).context["counts"]
        assert (counts["new"], counts["posted"], counts["faulty"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        ("a,b\n1,2\n", "No row with headings was found. The list needs the columns name, area."),
        (
            'name,area\n"राम,Raipur\n',
            "The file is not a CSV list: look for an open quotation mark.",
        ),
        (b"x" * (2 * 1024 * 1024 + 1), "The file is too large: at most 2 MB."),
        (
            "name,area\n" + "राम,Raipur\n" * 2001,
            "The list has 2001 rows; at most 2000 are taken at a time. Divide it.",
        ),
    ],
)
def test_what_is_no_list_is_refused(world, data, said):
    response = upload(english(world.office), world, data)

    assert response.context["form"].errors["file"] == [said]


def test_a_workbook_that_holds_more_than_it_shows_is_refused(world):
    data = workbook([["name", "area"], *[["x" * 30_000, "Raipur"]] * 40])
    assert len(data) < 100_000

    response = upload(english(world.office), world, data)

    said = "The file holds too much text for a list of staff."
    assert response.context["form"].errors["file"] == [said]


def test_a_picture_is_refused(world):
    response = upload(english(world.office), world, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    assert list(response.context["form"].errors) == ["file"]


def test_another_state_cannot_be_chosen(world):
    file = SimpleUploadedFile("staff.csv", LIST.encode())

    response = english(world.office).post(PAGE, {"file": file, "state": world.other_state.pk})

    assert list(response.context["form"].errors) == ["state"]


def test_a_preview_is_confirmed_by_who_saw_it_and_unchanged(world):
    client = english(world.office)
    preview = upload(client, world, LIST)
    second = english(make_user("second", "state_office", world.state))
    before = everything()

    for refused in (
        confirm(second, preview, follow=True),
        client.post(PAGE, {"rows": preview.context["rows"][:-3] + "abc"}, follow=True),
    ):
        assert messages_of(refused) == ["The file is no longer here. Upload it again."]
    assert everything() == before


def test_what_changed_since_the_preview_is_shown_again(world):
    client = english(world.office)
    preview = upload(client, world, LIST)
    make_user("sita", "observer", world.raipur, mobile="5876500001", first_name="सीता बाई")
    before = everything()

    response = confirm(client, preview)

    assert "Something has changed since the preview." in response.content.decode()
    assert response.context["counts"]["posted"] == 2
    assert everything() == before


def test_an_account_of_elsewhere_is_told_without_name(world):
    page = upload(
        english(world.office), world, "name,mobile,area\nराम,5999999999,Raipur\n"
    ).content.decode()

    assert "This is taken. Give another one." in page
    assert "गुप्त" not in page and "stranger" not in page
