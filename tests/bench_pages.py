"""Measures the server time of the pages with the whole demo, beside a SELECT of one row.

    python -m tests.bench_pages [--rounds 40]

Builds the demo (23,632 booths) in a database of its own, beside the one of DATABASE_URL. A page's
time is that of the whole stack, session and access included, without network; so is the time of
the answer that runs a SELECT of one row. The bare SELECT, without any stack, stands beside them.
All are asked in turn, so that a slow moment of the machine slows all alike.
"""

import argparse
import os
import statistics
from collections.abc import Callable
from time import perf_counter

PAGES = ["/cg/", "/cg/zone/1/", "/cg/ls/8/", "/cg/seat/48/", "/cg/district/raipur/"]
ONE_ROW = "/one-row/"


def one_row_answer(request):
    from django.http import HttpResponse

    from zones.models import State

    return HttpResponse(State.objects.get(code="CG").name)


def with_one_row_page(pages):
    """The pages of the project, and one that answers a single row."""
    from types import ModuleType

    from django.urls import include, path

    module = ModuleType("tests.bench_urls")
    module.urlpatterns = [path(ONE_ROW.strip("/") + "/", one_row_answer), path("", include(pages))]
    return module


def timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def bench(say: Callable[[str], object], *, rounds: int = 40) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.test.runner import DiscoverRunner
    from django.test.utils import override_settings

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with override_settings(ROOT_URLCONF=with_one_row_page("campaign.urls")):
            _bench(say, rounds)
    finally:
        runner.teardown_databases(databases)


def _bench(say: Callable[[str], object], rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from campaign import demo
    from zones.models import State, User

    built = timed(lambda: demo.build(timezone.localdate(), say=lambda line: None)) / 1000
    client = Client()
    client.force_login(User.objects.get(username="incharge"))

    def asked(address: str) -> Callable[[], object]:
        def ask():
            assert client.get(address).status_code == 200, address

        return ask

    acts = {"SELECT of one row, bare": lambda: State.objects.get(code="CG")}
    acts |= {address: asked(address) for address in (ONE_ROW, *PAGES)}
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(rounds + 3):
        for name, act in acts.items():
            taken = timed(act)
            if turn >= 3:  # the first turns fill caches of templates and connections
                times[name].append(taken)
    medians = {name: statistics.median(of_name) for name, of_name in times.items()}
    say(f"Demo of {demo.BOOTHS} booths built in {built:.1f} s, {connection.vendor}")
    say(f"Server time, medians of {rounds} turns")
    for name, median in medians.items():
        say(f"  {name:26} {median:7.2f} ms   {median / medians[ONE_ROW]:6.1f} x {ONE_ROW}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    bench(print, **vars(parser.parse_args()))
