"""Nothing that somebody typed is run by the spreadsheet of who opens an export: each text that could
be, through every export that the office has; and what comes back is what was typed."""

import csv
import io

import openpyxl
import pytest
from django.contrib import admin
from django.urls import reverse
from import_export.admin import ExportMixin

from booths import bookkeeping, roll
from booths.imports import FORMATS, AgentResource, Harmless, dataset_of
from booths.models import Agent, Booth, Post, TeamMember
from booths.spreadsheets import as_typed, harmless
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world, signed_in
from tests.makers import make_sector

pytestmark = pytest.mark.django_db
FORMULAS = {
    "equals": "=HYPERLINK(1)राम",
    "a command": "=cmd|' /C calc'!A0 राम",
    "plus": "+91 राम",
    "minus": "-राम",
    "at": "@SUM(1+1)राम",
    "tab": "\t=1+1 राम",
    "carriage return": "\r=1+1 राम",
    "end of line": "\n=1+1 राम",
    "wide equals": "＝1+1 राम",
    "wide plus": "＋1 राम",
    "wide minus": "－1 राम",
    "wide at": "＠SUM राम",
    "blanks": "   =1+1 राम",
    "a blank that does not break": "\u00a0=1+1 राम",
    "nothing to be seen": "\u200b=1+1 राम",
    "a quotation mark": '"=1+1 राम',
    "quoted as we do": "'=1+1 राम",
    "quoted twice": "''-राम",
    "a sign in the way": "\x01=1+1 राम",
}
# What our forms and imports tidy away when it is typed.
UNTIDY = {"nothing to be seen", "a sign in the way"}
PLAIN = ("राम", "राम-श्याम", "'राम", '"राम"', "1+1", "a@b", "", " राम")
EXPORTS = [
    (model, number)
    for model, options in admin.site._registry.items()
    if isinstance(options, ExportMixin)
    for number in range(len(options.get_export_formats()))
]


def first_signs(text: str) -> str:
    """What a spreadsheet sees first: past blanks, what is not seen, and double quotation marks."""
    return text.lstrip(' \t\r\n"\u00a0\u00ad\u200b\u200c\u200d\ufeff')[:1]


@pytest.fixture
def world():
    return make_world()


def exported(user, model, number) -> bytes:
    """Through the page that the office uses, with all of its fields."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
    client = signed_in(user)
    form = client.get(reverse(name)).context["form"]
    chosen = {"format": number, "resource": 0, "export_items": []}
    fields = {field: "on" for field in form.fields if field not in chosen}
    response = client.post(reverse(name), chosen | fields)
    assert "attachment" in response.headers["Content-Disposition"]
    return response.content


def cells_of(data: bytes) -> list:
    if data.startswith(b"PK"):
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert "f" not in {cell.data_type for row in sheet for cell in row}
        return [cell.value for row in sheet for cell in row]
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]


def plant(world, *texts: str) -> None:
    sector = make_sector(world.here.assembly_seat)
    post = Post.objects.get_or_create(level="sector", name_hi="अध्यक्ष", is_lead=True)[0]
    for text in texts:
        TeamMember.objects.create(sector=sector, post=post, name=text, since=DAY)
    for number, text in enumerate(texts, 7):
        booth = make_listed_booth(number, seat=world.here.assembly_seat)
        make_appointed(booth, text, relation_name=text)
        names = dict.fromkeys(("name_hi", "name_en", "building", "locality"), text)
        Booth.objects.filter(pk=booth.pk).update(**names)


@pytest.mark.parametrize(("model", "number"), EXPORTS)
def test_no_cell_of_an_export_is_run(world, model, number):
    plant(world, *FORMULAS.values())
    texts = [str(cell) for cell in cells_of(exported(world.office, model, number)) if cell]
    assert [text for text in texts if first_signs(text) in tuple("=+-@＝＋－＠")] == []
    # A workbook knows one end of a line.
    written = {text.replace("\r", "\n") for text in texts}
    assert {harmless(text).replace("\r", "\n") for text in FORMULAS.values()} <= written


def test_every_export_of_the_admin_goes_through_the_harmless_formats():
    found = [
        options.get_export_formats()
        for options in admin.site._registry.values()
        if isinstance(options, ExportMixin)
    ]
    assert found == [FORMATS] * len(found)
    assert len(found) >= 2
    assert all(issubclass(form, Harmless) for form in FORMATS)


@pytest.mark.parametrize("text", [*FORMULAS.values(), *PLAIN])
def test_what_is_made_harmless_is_read_as_it_was_typed(text):
    assert as_typed(harmless(text)) == text.replace("\x01", "")


def test_what_runs_nowhere_is_left_as_it_is():
    assert [harmless(text) for text in PLAIN] == list(PLAIN)


@pytest.mark.parametrize("number", range(len(FORMATS)))
def test_an_export_comes_back_as_it_was(world, number):
    typed = [f"{text.strip()} {name}" for name, text in FORMULAS.items() if name not in UNTIDY]
    plant(world, *typed)
    bookkeeping.recount(world.state)
    unchanged = 2 + len(typed)
    agents = dataset_of(exported(world.office, Agent, number))
    result = AgentResource(user=world.office, on=DAY).import_data(agents)
    assert (result.problems, result.counts["unchanged"]) == ([], unchanged)
    booths = roll.read(exported(world.office, Booth, number), "list", state=world.state)
    plan = roll.compare(booths, as_of=DAY)
    assert (booths.problems, plan.counts["unchanged"]) == ([], unchanged)
