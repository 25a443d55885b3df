"""Measures how soon the page of the state can be read on a slow phone, and what it weighs.

    python -m tests.bench_phone [--rounds 5]

The whole demo behind a server of its own; Chromium with an empty cache, a line of 400 kbit/s and
400 ms, and a processor slowed four times. Readable is the first picture that has the sentence which
says how it stands. On a busy machine the processor is slower than that: measure on a quiet one.
"""

import argparse
import os
import statistics
from collections.abc import Callable

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
CPU_SLOWED = 4
WHEN_READABLE = """
const look = () => document.querySelector(".say")
    ? requestAnimationFrame((now) => { window.readableAt = now; })
    : requestAnimationFrame(look);
requestAnimationFrame(look);
"""


def bench(say: Callable[[str], object], *, rounds: int = 5) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright has a loop in this thread
    import django

    django.setup()
    from django.test.runner import DiscoverRunner
    from django.utils import timezone
    from pytest_django.live_server_helper import LiveServer

    from campaign import demo

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    server = None
    try:
        demo.build(timezone.localdate(), say=lambda line: None)
        server = LiveServer("localhost:0")
        _bench(say, rounds, server.url)
    finally:
        if server:
            server.stop()
        runner.teardown_databases(databases)


def _bench(say: Callable[[str], object], rounds: int, url: str) -> None:
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, PHONE, cookies_of
    from zones.models import User

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(viewport={"width": PHONE, "height": 844}, is_mobile=True)
        context.add_cookies(cookies_of(url, User.objects.get(username="incharge"), "hi"))
        context.add_init_script(WHEN_READABLE)
        found = [_look(context, f"{url}/cg/") for _round in range(rounds + 1)][1:]
        browser.close()
    readable, weights = zip(*found, strict=True)
    say(f"State page on a slow phone, medians of {rounds}")
    say(f"  readable after {statistics.median(readable) / 1000:.2f} s (limit 1.5)")
    say(f"  over the wire  {statistics.median(weights) / 1000:.0f} kB (limit 150)")


def _look(context, address: str) -> tuple[float, int]:
    """Milliseconds until it can be read, and bytes of all that it loads."""
    page = context.new_page()
    devtools, bytes_of = context.new_cdp_session(page), {}
    devtools.on(
        "Network.loadingFinished",
        lambda said: bytes_of.update({said["requestId"]: said["encodedDataLength"]}),
    )
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWED})
    page.goto(address, wait_until="networkidle")
    readable = page.evaluate("window.readableAt")
    page.close()
    return readable, sum(bytes_of.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    bench(print, **vars(parser.parse_args()))
