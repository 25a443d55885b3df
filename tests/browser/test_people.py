"""The office makes an account, hands over the link, and the person comes in; in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.admin_world import make_world
from tests.browser.looks import fits
from zones.models import User

PASSWORD = "mahanadi-river-27"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_a_person_is_made_handed_a_link_and_sees_their_district(open_page, width, world):
    office = open_page("/people/", user=world.office, width=width)
    assert office.locator("html").get_attribute("lang") == "hi"
    assert fits(office)
    office.locator("a[href='/people/new/']").click()
    office.locator("input[name=name]").fill("सीता साहू")
    office.locator("input[name=mobile]").fill("58765 00001")
    office.locator("select[name=area]").select_option(label="रायपुर")
    assert fits(office)
    office.locator("form.narrow button").click()
    link = office.locator("#link").input_value()
    assert fits(office)

    person = open_page(link, width=width)
    expect(person.get_by_text("सीता साहू")).to_be_visible()
    assert fits(person)
    for field in ("new_password1", "new_password2"):
        person.locator(f"input[name={field}]").fill(PASSWORD)
    person.locator("form.narrow button, .narrow form button").last.click()
    person.wait_for_url("**/sign-in/**")
    expect(person.get_by_role("status")).to_contain_text("sita.sahu")
    person.locator("input[type=password]").fill(PASSWORD)
    person.locator("input[type=text]:visible").first.fill("sita.sahu")
    person.locator("input[type=password]").press("Enter")
    person.wait_for_url("**/cg/district/raipur/")
    expect(person.get_by_role("heading", level=1)).to_contain_text("रायपुर")
    assert User.objects.get(username="sita.sahu").mobile == "5876500001"

    person.goto(link)
    expect(person.locator("input[name=new_password1]")).to_have_count(0)
    office.reload()
    expect(office.locator("#link")).to_have_count(0)


def test_a_list_of_staff_becomes_slips_without_javascript(open_page, width, world, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text("name,mobile,area\nगीता,5876500002,रायपुर\nमीरा,5876500003,62\nखराब,1,62\n")
    page = open_page("/people/file/", user=world.office, width=width, javascript=False)
    page.locator("input[name=file]").set_input_files(str(file))
    page.locator("form.narrow button").click()
    expect(page.locator(".sums dd")).to_have_text(["3", "2", "0", "0", "1"])
    page.locator("form.after button").click()
    page.wait_for_url("**/people/slips/")
    expect(page.locator("input[name=person]")).to_have_count(2)
    page.locator("main form > button").click()
    expect(page.locator(".slip")).to_have_count(2)
    expect(page.locator(".slip svg.qr")).to_have_count(2)


@pytest.mark.parametrize("page", ["", "edit/", "link/", "post/", "do/close/"])
def test_a_page_of_a_person_fits_the_screen(open_page, width, world, page):
    shown = open_page(f"/people/{world.staff.pk}/{page}", user=world.office, width=width)

    assert fits(shown)
