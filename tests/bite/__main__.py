"""Bites each call in turn and lists the test that caught it: make test-doors-bite.

python -m tests.bite [--processes 4] [zones/admin booths/forms.py:94 ...]
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.bite.calls import ROOT, Call, all_calls

# What tells soon comes first; what takes longest, last.
FIRST = ["zones/test_scope.py", "zones", "booths", "campaign"]
LAST = ["test_leaks.py", "test_doors.py"]
ORDER = [f"tests/{name}" for name in (*FIRST, *LAST)]
# A crawl reaches a hundred calls, of which short tests tell sooner: it is run for those left over.
SHORT = 20  # seconds for all that one test reaches


@dataclass
class Told:
    """What the tests told of some calls."""

    caught: dict[str, str] = field(default_factory=dict)  # by place, the test
    missed: dict[str, str] = field(default_factory=dict)  # by place, whether a test reached it
    later: list[str] = field(default_factory=list)  # tests that take too long for all they reach
    failing: set[str] = field(default_factory=set)  # with every check in its place

    def hear(self, line: str) -> None:
        kind, _space, said = line.strip().partition(" ")
        if kind in ("BITTEN", "NOT"):
            place, _space, how = said.removeprefix("CAUGHT ").partition(" ")
            (self.caught if kind == "BITTEN" else self.missed)[place] = how.strip()
        elif kind == "LATER":
            self.later.append(said)
        elif kind == "FAILS":
            self.failing.add(said)


def lines_of(places: Iterable[str], tests: list[str] = ORDER, limit: float = 0) -> Iterator[str]:
    """What tests/bite/hook.py says of these calls, as soon as it says it."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.bite.hook", "-p", "no:cacheprovider"]
    # One test runs as often as it reaches calls: no hang, and the report of one can crash it.
    command += ["-o", "faulthandler_timeout=0"]
    command += ["-p", "no:xdist", "-q", "--tb=no", "-m", "not browser", *tests]
    environment = os.environ | {"BITE": " ".join(places), "BITE_LIMIT": str(limit)}
    run = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    yield from run.stdout


def bite(calls: list[Call]) -> Told:
    names = {str(call): call.name for call in calls}
    told = _heard(names, names, ORDER, SHORT)
    if told.missed and told.later:
        rest = _heard(names, list(told.missed), told.later, 0)
        told.caught |= rest.caught
        told.missed, told.failing = rest.missed, told.failing | rest.failing
    for place, how in told.missed.items():
        print(f"! {place:40} {names[place]:18} {how}", flush=True)
    for test in sorted(told.failing):
        print(f"! FAILS {test}", flush=True)
    return told


def _heard(names: dict[str, str], places: Iterable[str], tests: list[str], limit: float) -> Told:
    told = Told()
    for line in lines_of(places, tests, limit):
        known = len(told.caught)
        told.hear(line)
        if len(told.caught) > known:
            place, how = list(told.caught.items())[-1]
            print(f"  {place:40} {names[place]:18} {how}", flush=True)
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("only", nargs="*", help="beginnings of path:line:column")
    asked = parser.parse_args()
    calls = [call for call in all_calls() if str(call).startswith(tuple(asked.only) or "")]
    shares = [share for n in range(asked.processes) if (share := calls[n :: asked.processes])]
    with ThreadPoolExecutor(asked.processes) as pool:
        found = list(pool.map(bite, shares))
    caught = sum(len(told.caught) for told in found)
    print(f"{len(calls)} calls, {caught} caught by a test, {len(calls) - caught} not")
    failing = any(told.failing for told in found)
    return 1 if failing or caught != len(calls) or not calls else 0


if __name__ == "__main__":
    sys.exit(main())
