"""The tasks of tests/tasks.md take the taps that they say, on a phone and in Hindi."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.party import hold_review, make_party
from tests.conftest import PHONE

TASKS = Path(__file__).parents[1] / "tasks.md"
TASK = re.compile(r"^### (?P<name>.*?):? (?P<taps>\d) taps?\n(?P<steps>(?:- .*\n?)+)", re.MULTILINE)
MOST = 6


@dataclass(frozen=True)
class Task:
    name: str
    taps: int
    steps: list[str]


def tasks_of(role: str) -> list[Task]:
    text = TASKS.read_text(encoding="utf-8").partition(f"## {role}\n")[2].split("\n## ")[0]
    return [
        Task(
            found["name"],
            int(found["taps"]),
            found["steps"].strip().removeprefix("- ").split("\n- "),
        )
        for found in TASK.finditer(text)
    ]


def walk(page, step: str) -> int:
    """The taps of a step."""
    verb, _blank, what = step.partition(" ")
    main = page.locator("body")
    match verb:
        case "see":
            expect(main).to_contain_text(what)
            return 0
        case "tap":
            named = re.compile(rf"(^|\s){re.escape(what)}")
            links = main.get_by_role("link", name=named).or_(main.get_by_role("button", name=named))
            other = main.locator("summary, label").filter(has_text=what)
            links.or_(other).locator("visible=true").first.click()
        case "write":
            label, text = what.split(": ")
            if text == "a week ago":
                text = (timezone.localdate() - timedelta(days=7)).isoformat()
            main.get_by_label(label).locator("visible=true").first.fill(text)
        case "call":
            expect(main.locator(f"a[href*='{what}'][href^='tel:']").first).to_be_visible()
        case "send":
            address = main.get_by_role("link", name=what).get_attribute("href")
            assert unquote(address).startswith("https://wa.me/?text=*ज़ोन 1*")
        case _:
            raise ValueError(step)
    return 1


@pytest.mark.parametrize(
    ("role", "user"), [("In-charge", "in_charge"), ("District worker", "staff")]
)
def test_no_task_takes_more_than_six_taps(transactional_db, open_page, role, user):
    today = timezone.localdate()
    party = make_party(today - timedelta(days=20), [2, 3, 5, 7, 9, 11, 13, 15, 17, 19], due=22)
    hold_review(party, 10, today)
    found = tasks_of(role)
    assert len(found) == 10
    page = open_page("/", user=getattr(party, user), width=PHONE)
    for task in found:
        page.goto("/")
        taps = 0
        for step in task.steps:
            try:
                taps += walk(page, step)
            except Exception as fault:
                raise AssertionError(f"{task.name}: {step}, on {page.url}") from fault
        assert (task.name, taps) == (task.name, task.taps)
        assert taps <= MOST, task.name
