"""No page has a serious fault by axe (WCAG 2.2 AA): each of the door table that the office opens, in
both languages and on a dark screen too; of the admin every form, and one of each other kind."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PHONE
from tests.doors.kinds import pages
from zones.models import User

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASKED = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
GRAVE = {"serious", "critical"}


def faults(page, address: str, in_the_dark: bool) -> Iterator[str]:
    page.goto(address)
    yield from _found(page, address, ASKED)
    if in_the_dark:
        page.emulate_media(color_scheme="dark")
        yield from _found(page, f"{address}, dark", CONTRAST)
        page.emulate_media(color_scheme="light")


def _found(page, where: str, asked: dict) -> Iterator[str]:
    for each in Axe().run(page, options=asked).response["violations"]:
        if each["impact"] in GRAVE:
            for node in each["nodes"]:
                yield f"{where}: {each['id']}: {node['html'][:200]}: {node['failureSummary']}"


@pytest.mark.crawl
@pytest.mark.parametrize(
    ("lang", "of_admin"), [("hi", False), ("en", False), ("hi", True), ("en", True)]
)
def test_no_page_has_a_serious_fault(doorstep, open_page, lang, of_admin):
    office = User.objects.get(username="office")
    page = open_page("/cg/", user=office, width=PHONE, lang=lang)
    addresses = [*pages(doorstep, of_admin=of_admin)]
    assert len(addresses) > 25
    # The colours of the admin are its library's, and those of both languages are the same.
    in_the_dark = lang == "hi" and not of_admin
    found = [fault for address in addresses for fault in faults(page, address, in_the_dark)]
    assert not found, "\n".join(found)
