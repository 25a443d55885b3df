"""A list as an office has it, from the file to the report and back: sheets, columns, an old font, a
faulty row, ticks, progress, undoing."""

import openpyxl
import pytest
from playwright.sync_api import expect

from booths.models import Booth, ImportBatch
from tests.admin_world import make_listed_booth, make_world
from tests.browser.looks import fits

pytestmark = pytest.mark.django_db(transaction=True)
# Two schools and a hall as Kruti Dev 010 is typed.
SCHOOL, HIGH, HALL = "izkFkfed 'kkyk nsox<+", "'kkldh; mPprj ek/;fed fo|ky;", "lkeqnkf;d Hkou"
LIST = [
    ["मतदान केन्द्रों की सूची 2018"],
    ["AC No", "PS No", "Kahaan", "Remarks"],
    [48, 1, SCHOOL, "x"],
    [48, 21, HIGH, ""],
    [48, "", HALL, "no number"],
]


@pytest.fixture
def world(transactional_db):
    world = make_world()
    for number in range(2, 5):
        make_listed_booth(number, seat=world.here.assembly_seat, name_hi=f"पंचायत भवन {number}")
    return world


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    for row in LIST:
        book.active.append(row)
    book.active.title = "2018"
    old = book.create_sheet("2013")
    for row in LIST[1:3]:
        old.append(row)
    book.save(path := tmp_path / "booths.xlsx")
    return path


def go_on(page) -> None:
    page.locator(".entry form .entry-button[type=submit]").first.click()


def test_a_list_is_read_mapped_converted_ticked_imported_and_undone(
    open_page, width, world, file, shot, tmp_path
):
    before = list(Booth.objects.order_by("pk").values())
    page = open_page("/admin/booths/booth/import/", user=world.office, width=width)

    def looked_at(name: str) -> None:
        assert fits(page), name
        shot(page, name)

    page.locator("input[name=import_file]").set_input_files(str(file))
    page.locator("label:has(> input[name=is_full][value=full])").click()
    page.locator("button.entry-save").click()
    sheets = page.locator("input[name=sheet]")
    expect(sheets).to_have_count(2)
    expect(sheets.first).to_be_checked()
    looked_at("1-sheets")
    go_on(page)
    columns = page.locator("form.columns select")
    expect(columns).to_have_count(4)
    looked_at("2-columns")
    page.locator("select[name=column-2]").select_option("name")
    looked_at("3-columns-chosen")
    page.locator("form.columns .entry-button").first.click()
    fonts = page.locator("input[name=kruti_dev]")
    expect(fonts).to_have_count(1)
    expect(page.locator("ins", has_text="प्राथमिक शाला देवगढ़")).to_have_count(1)
    looked_at("4-kruti-dev")
    go_on(page)
    expect(page.locator("input[name=leave_out]")).to_be_visible()
    looked_at("5-preview")
    with page.expect_download() as fetched:
        page.locator("a[href$='/faulty/']").click()
    fetched.value.save_as(faulty := tmp_path / fetched.value.suggested_filename)
    assert openpyxl.load_workbook(faulty).active.max_row == 2
    page.locator("input[name=leave_out]").check()
    page.locator("#confirm .entry-button[type=submit]").click()
    page.locator(".job-done").wait_for()
    looked_at("6-report")
    assert Booth.objects.get(
        number=1, retired_on=None, assembly_seat=world.here.assembly_seat
    ).name_hi == ("प्राथमिक शाला देवगढ़")
    batch = ImportBatch.objects.get()
    page.goto(f"/admin/booths/importbatch/{batch.pk}/undo/")
    looked_at("7-undo")
    page.locator(".entry-button[type=submit]").click()
    page.wait_for_url("**/change/")
    looked_at("8-undone")
    assert list(Booth.objects.order_by("pk").values()) == before
