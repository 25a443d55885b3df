"""Measures the search over 30,000 booths and as many agents.

    python -m tests.bench_search [--rounds 20]

Each time is that of the whole answer, session, access and its record included, without network;
the aim of a search is 100 ms. Beside it stands the time of the search itself, without what is
around it.
"""

import argparse
import os
import statistics
from collections.abc import Callable

from tests.bench_pages import timed

BOOTHS = AGENTS = 30_000
TYPED = {
    "booth of a seat": "33/125A",
    "number": "125",
    "agent, Latin": "laxmi",
    "agent, Hindi": "रामकुमार साहू",
    "place": "navagaon",
    "seat": "raipur",
    "in every booth": "shala",
    "two letters": "रा",
    "nothing found": "xyzzy",
}
WHO = ("incharge", "raipur", "observer")


def bench(say: Callable[[str], object], *, rounds: int = 20) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _bench(say, rounds)
    finally:
        runner.teardown_databases(databases)


def fill() -> None:
    from django.utils import timezone

    from booths.models import Agent, Appointment, Booth, Kind
    from campaign import demo

    today = timezone.localdate()
    demo.build(today, say=lambda line: None, size=BOOTHS)
    names = Agent.objects.values_list("name", flat=True)
    more = AGENTS - len(names)
    agents = Agent.objects.bulk_create(
        Agent(name=name.removeprefix("डेमो "), code=f"Z{number:05}")
        for number, name in zip(range(more), [*names, *names], strict=False)
    )
    Appointment.objects.bulk_create(
        Appointment(booth_id=booth, agent=agent, kind=Kind.RELIEF_AGENT, proposed_on=today)
        for booth, agent in zip(Booth.objects.values_list("pk", flat=True), agents, strict=False)
    )


def _bench(say: Callable[[str], object], rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from booths import finding
    from booths.models import Agent, Booth
    from campaign import frames, search
    from zones.models import User

    fill()
    connection.cursor().execute("ANALYZE")
    today = timezone.localdate()
    frame = frames.find_frame("cg", today, "")
    say(f"{connection.vendor}: {Booth.objects.count()} booths, {Agent.objects.count()} agents")
    for name in WHO:
        user = User.objects.get(username=name)
        client = Client()
        client.force_login(user)
        seats = frames.seats_shown(user, frame.state, today=today)
        say(f"  {name}, medians of {rounds}: the search, the whole answer")
        for what, typed in TYPED.items():
            asked = search.Asked(frame, user, today, seats, finding.read(typed))

            def answer(typed=typed, client=client):
                page = client.get("/cg/search/", {"q": typed}, headers={"HX-Request": "true"})
                assert page.status_code == 200

            times = [
                statistics.median(timed(act) for _round in range(rounds))
                for act in (lambda asked=asked: search.found(asked), answer)
            ]
            say(f"    {what:18} {typed:14} {times[0]:7.1f} ms {times[1]:7.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    bench(print, **vars(parser.parse_args()))
