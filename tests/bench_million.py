"""Measures the import of a list of all booths of the nation, beside the database alone.

    python -m tests.bench_million [--rows 1050000]

It works on a test database of its own, beside the one that DATABASE_URL names; the import runs in a
process of its own, whose memory is measured with all that Python and Django take.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random
from time import process_time

from tests import bench_roll
from tests.bench_roll import DAY, HEADINGS, MEGABYTE, WAYS
from tests.databases import address_of_test_database

BOOTHS_OF_A_SEAT = 1200
SECONDS, MEMORY = 75, 400  # of PostgreSQL


def write_list(path: Path, rows: int) -> None:
    """An invented list, seat after seat."""
    random = Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for n in range(rows):
            seat, number = n // BOOTHS_OF_A_SEAT + 1, n % BOOTHS_OF_A_SEAT + 1
            men, women = random.randint(300, 700), random.randint(300, 700)
            name = f"{seat}-{number} प्राथमिक शाला देवगढ़"
            building = f"शासकीय प्राथमिक शाला, कक्ष क्रमांक {n % 4 + 1}"
            writer.writerow([seat, number, name, building, men, women, 1, men + women + 1])


def load(path: Path) -> dict[str, int]:
    from booths import roll
    from zones.models import State

    with roll.in_groups(path, state=State.objects.get(), as_of=DAY) as listed:
        return listed.apply(by_name="bench").counts


def _measure(path: Path) -> dict[str, float]:
    """In a process that has only greeted the database; memory in kilobytes."""
    bench_roll._set_up()
    from booths.models import Booth

    Booth.objects.exists()
    counts: dict[str, int] = {}
    began = process_time()
    seconds = bench_roll.timed(lambda: counts.update(load(path)))
    processor = process_time() - began
    return {**counts, "seconds": seconds, "processor": processor, "peak": bench_roll._peak()}


def measured(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench_million", "--load", str(path)]
    environment = {**os.environ, "DATABASE_URL": address_of_test_database()}
    result = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def _bench(state, rows: int, path: Path) -> None:
    from django.db import connection

    from tests import bench_bare
    from tests.makers import make_assembly_seat

    for number in range(1, -(-rows // BOOTHS_OF_A_SEAT) + 1):
        make_assembly_seat(number)
    write_list(path, rows)
    before = bench_bare.counts()
    first = measured(path)
    after = bench_bare.counts()
    again = measured(path)
    assert (first["new"], again["unchanged"]) == (rows, rows)
    filled = [table for table, n in after.items() if n > before[table]]
    written = bench_bare.taken(filled)
    bench_bare.empty(filled)
    way, _limit = WAYS[connection.vendor]
    floor = bench_roll.timed(partial(bench_bare.write, written))
    print(f"Booth list of {rows} rows, {path.stat().st_size // 2**20} MiB, {connection.vendor}")
    print(f"  {way + ' of the rows it wrote':<32}{floor:8.1f} s")
    for name, of in (("first load", first), ("the same file again", again)):
        print(f"  {name:<32}{of['seconds']:8.1f} s, {of['seconds'] / floor:.2f} times {way}")
        print(f"    of the processor              {of['processor']:8.1f} s")
        print(f"    memory of the process         {of['peak'] / MEGABYTE:8.0f} MiB")
    if connection.vendor == "postgresql":
        memory = max(first["peak"], again["peak"]) / MEGABYTE
        for word, found, most in (("s", first["seconds"], SECONDS), ("MiB", memory, MEMORY)):
            said = "kept" if found <= most else "MISSED"
            print(f"  {found:.0f} {word}, at most {most}: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_050_000)
    parser.add_argument("--load", type=Path, help="only load a list, and print what it took")
    options = parser.parse_args()
    if options.load:
        print(json.dumps(_measure(options.load)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nation.csv"
        bench_roll._on_a_test_database(lambda state: _bench(state, options.rows, path))


if __name__ == "__main__":
    os.environ["DEMO"] = "1"
    main()
