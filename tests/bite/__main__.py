"""Bites each call in turn and lists the test that caught it: make test-doors-bite.

python -m tests.bite [--processes 4] [zones/admin booths/forms.py:94 ...]
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.bite.calls import ROOT, Call, all_calls

# What tells soon comes first; what takes longest, last.
FIRST = ["zones/test_scope.py", "zones", "booths", "campaign"]
LAST = ["test_leaks.py", "test_doors.py"]
ORDER = [f"tests/{name}" for name in (*FIRST, *LAST)]


def lines_of(calls: list[Call], tests: list[str] = ORDER) -> Iterator[str]:
    """What tests/bite/hook.py says of these calls, as soon as it says it."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.bite.hook", "-p", "no:cacheprovider"]
    # One test runs as often as it reaches calls: no hang, and the report of one can crash it.
    command += ["-o", "faulthandler_timeout=0"]
    command += ["-p", "no:xdist", "-q", "--tb=no", "-m", "not browser", *tests]
    environment = os.environ | {"BITE": " ".join(map(str, calls))}
    run = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    yield from run.stdout


def bite(calls: list[Call]) -> tuple[int, int]:
    """How many of the calls were caught, and how many tests fail with every check in its place:
    these would catch whatever is left out."""
    names = {str(call): call.name for call in calls}
    caught = failing = 0
    for line in lines_of(calls):
        kind, _space, said = line.strip().partition(" ")
        if kind in ("BITTEN", "NOT"):
            place = next(word for word in said.split() if word in names)
            told = said.removeprefix("CAUGHT ").removeprefix(place).strip()
            sign = " " if kind == "BITTEN" else "!"
            print(f"{sign} {place:40} {names[place]:18} {told}", flush=True)
            caught += kind == "BITTEN"
        elif kind == "FAILS":
            print(f"! {line.strip()}", flush=True)
            failing += 1
    return caught, failing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("only", nargs="*", help="beginnings of path:line:column")
    asked = parser.parse_args()
    calls = [call for call in all_calls() if str(call).startswith(tuple(asked.only) or "")]
    shares = [share for n in range(asked.processes) if (share := calls[n :: asked.processes])]
    with ThreadPoolExecutor(asked.processes) as pool:
        found = list(pool.map(bite, shares))
    caught, failing = map(sum, zip(*found, strict=True)) if found else (0, 0)
    print(f"{len(calls)} calls, {caught} caught by a test, {len(calls) - caught} not")
    return 1 if failing or caught != len(calls) or not calls else 0


if __name__ == "__main__":
    sys.exit(main())
