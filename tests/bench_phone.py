"""Measures how soon the page of the state can be read on a slow phone, and what it weighs.

    python -m tests.bench_phone [--rounds 5]

The whole demo behind the server of `make run`; Chromium with an empty cache, a line of 400 kbit/s and
400 ms, and a processor slowed four times. Readable is the first picture that has the sentence which
says how it stands. On a busy machine the processor is slower than that: measure on a quiet one.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from playwright.sync_api import Error

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
CPU_SLOWED = 4
SCREEN = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
WHEN_READABLE = """
const look = () => document.querySelector(".say")
    ? requestAnimationFrame((now) => { window.readableAt = now; })
    : requestAnimationFrame(look);
requestAnimationFrame(look);
"""


def bench(say: Callable[[str], object], *, rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        _bench(say, rounds, url)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the demo, served as `make run` serves it, its files compressed."""
    os.environ |= {"DEMO": "1", "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}"}
    for command in ("migrate --verbosity 0", "demo", "collectstatic --no-input --verbosity 0"):
        words = [sys.executable, "manage.py", *command.split()]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("localhost", 0))
        host = f"localhost:{free.getsockname()[1]}"
    words = [sys.executable, "-m", "gunicorn", "campaign.wsgi", "--bind", host]
    words += ["--workers", "2", "--threads", "4", "--log-level", "error"]
    server = subprocess.Popen(words)
    try:
        yield f"http://{host}"
    finally:
        server.terminate()
        server.wait()


def _bench(say: Callable[[str], object], rounds: int, url: str) -> None:
    import django
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    django.setup()
    from campaign.demo import PASSWORD
    from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(**SCREEN)
        page = context.new_page()
        while not _answers(page, url):
            sleep(0.2)
        page.locator('input[autocomplete*="username"]').fill("incharge")
        page.locator('input[type="password"]').fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "sign-in" not in address)
        signed_in = context.storage_state()
        found = [_look(browser, signed_in, f"{url}/cg/") for _round in range(rounds + 1)][1:]
        browser.close()
    readable, weights = zip(*found, strict=True)
    say(f"State page on a slow phone, medians of {rounds}")
    say(f"  readable after {statistics.median(readable) / 1000:.2f} s (limit 1.5)")
    say(f"  over the wire  {statistics.median(weights) / 1000:.0f} kB (limit 150)")


def _answers(page, url: str) -> bool:
    """Whether the server has begun."""
    try:
        return page.goto(url).ok
    except Error:
        return False


def _look(browser, signed_in, address: str) -> tuple[float, int]:
    """Milliseconds until it can be read, and bytes of all that it loads: a new context has nothing
    in its caches, not even what the page of sign-in brought."""
    context = browser.new_context(storage_state=signed_in, **SCREEN)
    context.add_init_script(WHEN_READABLE)
    page = context.new_page()
    devtools, bytes_of = context.new_cdp_session(page), {}
    devtools.on(
        "Network.loadingFinished",
        lambda said: bytes_of.update({said["requestId"]: said["encodedDataLength"]}),
    )
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWED})
    page.goto(address, wait_until="networkidle")
    readable = page.evaluate("window.readableAt")
    context.close()
    return readable, sum(bytes_of.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    bench(print, **vars(parser.parse_args()))
