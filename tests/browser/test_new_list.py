"""A new booth list over an old one in a real browser: looked at, ticked, imported, agents moved,
undone."""

import pytest
from playwright.sync_api import expect

from booths.models import Appointment, Booth, ImportBatch
from tests.admin_world import make_appointed, make_listed_booth, make_world
from tests.browser.looks import fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    world = make_world()
    seat = world.here.assembly_seat
    names = {2: "पंचायत भवन कोटरा", 3: "हाई स्कूल आमदी", 4: "हाई स्कूल आमदी"}
    for number, name in names.items():
        make_listed_booth(number, seat=seat, name_hi=name)
    make_appointed(Booth.objects.get(number=4, assembly_seat=seat), "गीता बाई")
    return world


LIST = """AC No,PS No,PS Name
48,1,सामुदायिक भवन
48,2,प्राथमिक शाला 1
48,3,पंचायत भवन कोटरा नवीन
48,3A,सामुदायिक भवन पाटन
48,4,हाई स्कूल आमदी
"""


def test_a_new_list_is_looked_at_ticked_imported_and_undone(open_page, width, world, tmp_path):
    before = list(Booth.objects.order_by("pk").values("pk", "number", "name_hi", "retired_on"))
    file = tmp_path / "new.csv"
    file.write_text(LIST)
    page = open_page("/admin/booths/booth/import/", user=world.office, width=width)
    page.locator("input[name=import_file]").set_input_files(str(file))
    page.locator("label:has(> input[name=is_full][value=full])").click()
    page.locator("button.entry-save").click()
    boxes = page.locator("input[name=renumber]")
    expect(boxes).to_have_count(2)
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    assert fits(page)
    boxes.nth(1).check()
    page.locator("#confirm .entry-button[type=submit]").click()
    expect(boxes.nth(1)).to_be_checked()  # with other ticks it is shown anew
    assert not ImportBatch.objects.exists()
    page.locator("input[name=retire_many]").check()
    page.locator("#confirm .entry-button[type=submit]").click()
    page.locator(".job-done").wait_for()
    assert Appointment.objects.get(pk=world.mine.pk).booth.label == "2"
    batch = ImportBatch.objects.get()
    page.goto(f"/admin/booths/importbatch/{batch.pk}/change/")
    page.locator(".acts a[href$='/undo/']").click()
    assert fits(page)
    page.locator(".entry-button[type=submit]").click()
    page.wait_for_url("**/change/")
    assert fits(page)
    after = list(Booth.objects.order_by("pk").values("pk", "number", "name_hi", "retired_on"))
    assert after == before
