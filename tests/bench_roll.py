"""Measures the booth-list import beside the database alone, and beside django-import-export as it
ships, in one run.

    python -m tests.bench_roll [--rows 24000] [--runs 5] [--no-peer]

It works on a test database of its own, beside the one that DATABASE_URL names.
"""

import argparse
import csv
import io
import os
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter

from tests.databases import address_of_test_database

SEATS = 90
DAY = date(2018, 8, 1)
MEGABYTE = 1024  # in kilobytes
# By database: what writes the same rows, and how many times as long a first load may take.
WAYS = {"postgresql": ("COPY", 2.5), "sqlite": ("executemany", 4)}
SAME_AGAIN = 0.5  # of a first load
HEADINGS = (
    "AC No",
    "Polling Station No.",
    "Polling Station Name",
    "Building",
    "Male",
    "Female",
    "Third Gender",
    "Total Electors",
)


def booth_list(rows: int) -> bytes:
    """An invented list of the rows, spread over the seats, as CSV."""
    random = Random(1)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(HEADINGS)
    for n in range(rows):
        seat, number = n % SEATS + 1, n // SEATS + 1
        men, women = random.randint(300, 700), random.randint(300, 700)
        name = f"{seat}-{number} प्राथमिक शाला देवगढ़"
        building = f"शासकीय प्राथमिक शाला, कक्ष क्रमांक {n % 4 + 1}"
        writer.writerow([seat, number, name, building, men, women, 1, men + women + 1])
    return sheet.getvalue().encode()


def timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def import_once(data: bytes, state, expected: dict[str, int]) -> None:
    from booths import roll

    plan = roll.compare(roll.read(data, "bench.csv", state=state), as_of=DAY)
    found = {name: plan.counts[name] for name in expected}
    assert found == expected, found
    roll.apply(plan, by_name="bench")


def peer_import(data: bytes) -> None:
    """A plain ModelResource with natural keys, as its documentation shows it."""
    import tablib
    from import_export import fields, resources, widgets

    from booths.models import Booth
    from zones.models import AssemblySeat

    class BoothResource(resources.ModelResource):
        assembly_seat = fields.Field(
            attribute="assembly_seat",
            column_name="AC No",
            widget=widgets.ForeignKeyWidget(AssemblySeat, field="number"),
        )
        number = fields.Field(attribute="number", column_name="Polling Station No.")
        name_hi = fields.Field(attribute="name_hi", column_name="Polling Station Name")
        building = fields.Field(attribute="building", column_name="Building")
        electors_male = fields.Field(attribute="electors_male", column_name="Male")
        electors_female = fields.Field(attribute="electors_female", column_name="Female")
        electors_third = fields.Field(attribute="electors_third", column_name="Third Gender")
        electors_total = fields.Field(attribute="electors_total", column_name="Total Electors")

        class Meta:
            model = Booth
            import_id_fields = ("assembly_seat", "number")
            fields = (
                "assembly_seat",
                "number",
                "name_hi",
                "building",
                "electors_male",
                "electors_female",
                "electors_third",
                "electors_total",
            )

        def before_save_instance(self, instance, row, **kwargs):
            instance.listed_on = DAY

    dataset = tablib.Dataset().load(data.decode(), format="csv")
    BoothResource().import_data(dataset, raise_errors=True, use_transactions=True)


def memory_taken(rows: int) -> int:
    """MiB that an import adds to the peak of a process that has only greeted the database."""
    command = [sys.executable, "-m", "tests.bench_roll", "--memory", "--rows", str(rows)]
    environment = {**os.environ, "DATABASE_URL": address_of_test_database()}
    result = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return int(result.stdout)


def _take_memory(rows: int) -> int:
    _set_up()
    from booths.models import Booth
    from zones.models import State

    data, state = booth_list(rows), State.objects.get()
    Booth.objects.exists()
    before = _peak()
    import_once(data, state, {"rows": rows, "new": rows})
    import_once(data, state, {"rows": rows, "unchanged": rows})
    return (_peak() - before) // MEGABYTE


def _peak() -> int:
    """Kilobytes. On Linux ru_maxrss would begin with the peak of the parent process."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()


def _on_a_test_database(act: Callable):
    """Calls `act` with a state of 90 seats on a new database, which is removed afterwards."""
    _set_up()
    from django.test.runner import DiscoverRunner

    from tests.makers import make_assembly_seat, make_state

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        state = make_state()
        for number in range(1, SEATS + 1):
            make_assembly_seat(number)
        return act(state)
    finally:
        runner.teardown_databases(databases)


def bench(say: Callable[[str], object], *, rows: int = 24_000, runs: int = 5, peer: bool = True):
    """Says a small table: medians of our times beside those of the database alone, peak memory, one
    run of the peer."""
    _on_a_test_database(lambda state: _bench(say, state, rows, runs, peer))


def _bench(say, state, rows: int, runs: int, peer: bool) -> None:
    from django.db import connection

    from tests import bench_bare

    data = booth_list(rows)
    first, again, bare = [], [], []
    filled: dict[str, int] = {}
    for _ in range(runs):
        bench_bare.empty(filled)
        before = bench_bare.counts()
        first.append(timed(lambda: import_once(data, state, {"rows": rows, "new": rows})))
        after = bench_bare.counts()
        filled = {table: n - before[table] for table, n in after.items() if n > before[table]}
        written = bench_bare.taken(filled)
        again.append(timed(lambda: import_once(data, state, {"rows": rows, "unchanged": rows})))
        bench_bare.empty(filled)
        bare.append(timed(partial(bench_bare.write, written)))
        assert bench_bare.counts() == after
    bench_bare.empty(filled)
    memory = memory_taken(rows)
    way, limit = WAYS[connection.vendor]
    ours, same, floor = map(statistics.median, (first, again, bare))
    tables = ", ".join(f"{table} {n}" for table, n in filled.items())
    say(f"Booth list of {rows} rows, {connection.vendor}, medians of {runs} runs")
    say(f"  first load                      {ours:8.2f} s")
    say(f"  {way + ' of the rows it wrote':<32}{floor:8.2f} s     ({tables})")
    say(f"  first load to {way:<18}{_kept(ours / floor, limit)}")
    say(f"  the same file again             {same:8.2f} s")
    say(f"  the same file to the first load {_kept(same / ours, SAME_AGAIN)}")
    say(f"  memory above the idle process   {memory:8d} MiB")
    if peer:
        bench_bare.empty(filled)
        theirs = timed(lambda: peer_import(data))
        say(f"  first load, django-import-export as it ships {theirs:.2f} s")
        say(f"    {theirs / ours:.0f} times ours; into its one table, without versions and seal")


def _kept(ratio: float, limit: float) -> str:
    return f"{ratio:8.2f} times, at most {limit}: {'kept' if ratio <= limit else 'MISSED'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=24_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--memory", action="store_true", help="only print the memory taken")
    options = parser.parse_args()
    if options.memory:
        print(_take_memory(options.rows))
    else:
        bench(print, rows=options.rows, runs=options.runs, peer=not options.no_peer)


if __name__ == "__main__":
    main()
