"""What many tests ask for. Rows are made by the functions of tests/makers.py, in sight of the test.

Browser tests ask for `open_page`, and for `width` to run at both widths:

    def test_the_state_page_shows_the_big_number(open_page, width):
        page = open_page("/cg/", user=make_user(), width=width)
        expect(page.get_by_role("heading", level=1)).to_have_text("छत्तीसगढ़")
"""

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.transaction import atomic
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.browser.looks import ALL_DRAWN
from zones.scope import ROLE_ACTS, Act

GUARD = "CREATE TRIGGER%BEFORE DELETE%"
PHONE, DESK = 390, 1280
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What would leave for another host is told by open_page, and must not leave.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]

# A busy machine is no fault, and CI tries the same examples each time.
hypothesis_settings.register_profile("here", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("here")


def pytest_configure() -> None:
    """Tests make much and keep all that was imported: looking for garbage as often as Python does
    takes a tenth of their time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_report_header() -> str:
    return f"database: {connection.vendor}, browser: {CHROMIUM or 'none'}"


# What pages, forms and prints say is looked at on SQLite. What they ask of the database PostgreSQL is
# asked too: tests/test_doors.py opens each of them there, and posts each form. WHOLE_SUITE=1: these too.
PAGES = {
    "tests/booths": (
        "acts_in_admin admin admin_jobs admin_quick_entry masking seen_in_admin reading_choices"
    ),
    "tests/campaign": (
        "acts_on_pages admin consent_page contacts draw_sectors failures headers maps"
        " meeting_pages pages pages_people passkeys patterns people print_zone prints"
        " second_factor sign_in slips staff_file teams welcome"
    ),
}
ON_SQLITE_ONLY = {
    f"{folder}/test_{name}.py" for folder, names in PAGES.items() for name in names.split()
}


@pytest.hookimpl(tryfirst=True)  # before pytest picks by marker
def pytest_collection_modifyitems(config, items: list[pytest.Item]) -> None:
    for item in items:
        if "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if connection.vendor == "postgresql":
        # What asks no database, looks at a page in a browser or at all of them has been seen on SQLite.
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = filter(asks_database, items)


def asks_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser") or item.get_closest_marker("crawl"):
        return False
    if "WHOLE_SUITE" not in os.environ and item.nodeid.split("::")[0] in ON_SQLITE_ONLY:
        return False
    named = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(named or item.get_closest_marker("django_db"))


def has_real_transactions(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(named or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def each_test_begins_in_hindi() -> Iterator[None]:
    """A page that was asked for in English leaves the thread in English."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def shared_cache_is_emptied(request) -> Iterator[None]:
    """Of its table, which is no model's, Django knows nothing."""
    if has_real_transactions(request):
        request.getfixturevalue("transactional_db")  # so that this ends before it does
    yield
    if has_real_transactions(request):
        cache.clear()


@pytest.fixture(autouse=True)
def append_only_rows_can_be_emptied(request) -> Iterator[None]:
    """Django empties the tables after a test with real transactions in an order of chance, and on
    SQLite by DELETE, which the guards of append-only tables refuse while their parents stand."""
    if not has_real_transactions(request) or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this ends before it does
    yield
    with atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE sql LIKE %s", [GUARD])
        for name, table, sql in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(sql)


@pytest.fixture
def without(monkeypatch) -> Callable:
    """Takes acts from a role of the table, where no role of today is without them."""

    def without(role: str, *acts: Act) -> None:
        monkeypatch.setitem(ROLE_ACTS, role, ROLE_ACTS[role] - {*acts})

    return without


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    if not CHROMIUM:
        # CI must not pass by leaving out what it should have looked at.
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("no Chromium here: install chromium, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[PHONE, DESK])
def width(request) -> int:
    return request.param


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable]:
    """Opens pages in a browser; at the end no console may hold an error and no request may have
    gone to another host."""
    opened, faults = ExitStack(), []

    def open_page(
        path: str, *, user=None, width: int = DESK, lang: str = "hi", javascript=True, keeps=False
    ):
        """`keeps`: whether the device keeps what it shows without a network."""
        context = chromium.new_context(
            base_url=live_server.url,
            service_workers="allow" if keeps else "block",
            locale=f"{lang}-IN",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 844 if width < 600 else 800},
            is_mobile=width < 600,
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        opened.callback(_close, context)
        context.set_default_timeout(10_000)
        context.add_cookies(cookies_of(live_server.url, user, lang))
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda said: faults.extend(_errors(said)))
        page.on("request", lambda asked: faults.extend(_elsewhere(asked.url, live_server.url)))
        page.goto(path)
        return page

    with opened:
        opened.callback(_none_of, faults)  # last, and whatever else went wrong
        opened.callback(wait_for_answers)
        yield open_page


def _none_of(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def _close(context) -> None:
    """A context left open would load on, and the tests after this one would wait for its answers."""
    try:
        for page in context.pages:
            page.wait_for_load_state()
    finally:
        context.close()


def wait_for_answers() -> None:
    """An answer whose asker left is still being written: it must end before the tables are emptied."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=20)
            assert not thread.is_alive(), f"{thread.name} still answers a page that was closed"


@pytest.fixture
def shot(request) -> Callable:
    """Keeps a picture of a whole page in the folder that SCREENSHOTS names, for people to look at."""

    def shot(page, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            width = page.viewport_size["width"]
            page.evaluate(ALL_DRAWN)
            file = Path(folder) / request.path.stem.removeprefix("test_") / f"{name}-{width}.png"
            page.screenshot(path=file, full_page=True)

    return shot


def _errors(said) -> list[str]:
    return [f"console: {said.text} ({said.location['url']})"] if said.type == "error" else []


def cookies_of(url: str, user, lang: str) -> list[dict]:
    cookies = {settings.LANGUAGE_COOKIE_NAME: lang}
    if user is not None:
        client = Client()
        client.force_login(user)
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": name, "value": value, "url": url} for name, value in cookies.items()]


def _elsewhere(asked: str, ours: str) -> list[str]:
    split = urlsplit(asked)
    known = split.scheme in {"data", "blob"} or split.netloc == urlsplit(ours).netloc
    return [] if known else [f"request to another host: {asked}"]
