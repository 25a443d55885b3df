"""Bites each call in turn and lists the test that caught it: make test-doors-bite.

python -m tests.bite [--processes 4] [--notes FILE] [--again FILE] [zones/admin booths/forms.py:94 ...]
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bite.calls import ROOT, all_calls

CAUGHT = re.compile(r"^  ([\w/]+\.py):\d+:\d+ +(\w+) +(\S+?::.*?)  \(", re.MULTILINE)

# Only for the order in which tests are asked; lines that moved since matter nothing.
CAUGHT_BEFORE = Path(__file__).parent / "caught.txt"


def lines_of(tests: list[str], **asked: str) -> Iterator[str]:
    """What tests/bite/hook.py says, as soon as it says it."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.bite.hook", "-p", "no:cacheprovider"]
    # One test runs as often as it reaches calls: no hang, and the report of one can crash it.
    command += ["-o", "faulthandler_timeout=0", "-s"]
    command += ["-p", "no:xdist", "-q", "--tb=no", "-m", "not browser", *tests]
    environment = {**os.environ, **asked}
    run = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    for line in run.stdout:
        if line.startswith(("BITTEN", "NOT CAUGHT", "FAILS")):
            yield line.strip()


def noted(folder: Path, processes: int, tests: list[str]) -> tuple[Path, list[str]]:
    """What every test reaches, and the tests that fail with every call in its place: these would
    catch whatever is left out."""
    files = [folder / f"{n}.json" for n in range(processes)]

    def note(n: int) -> list[str]:
        share = f"{n}/{processes}"
        return [*lines_of(tests, BITE="", BITE_NOTES=str(files[n]), BITE_SHARE=share)]

    with ThreadPoolExecutor(processes) as pool:
        failing = [line for lines in pool.map(note, range(processes)) for line in lines]
    notes = {name: of for file in files for name, of in json.loads(file.read_text()).items()}
    (whole := folder / "notes.json").write_text(json.dumps(notes))
    return whole, failing


def caught_before(output: str) -> dict[str, list[str]]:
    """From what a former run said: by path and name of a call, the tests that caught such a one."""
    found: dict[str, list[str]] = {}
    for path, name, test in CAUGHT.findall(output):
        tests = found.setdefault(f"{path} {name}", [])
        tests += [test] * (test not in tests)
    return found


def bite(
    places: list[str], notes: Path, tests: list[str], hints: dict[str, list[str]] | None = None
) -> Iterator[str]:
    """For each call the line that names the test that caught it, or says that none did."""
    if places:
        asked = {"BITE": " ".join(places), "BITE_NOTES": str(notes)}
        yield from lines_of(tests, **asked, BITE_HINTS=json.dumps(hints or {}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--notes", type=Path, help="kept here, or taken from here if there are any")
    parser.add_argument(
        "--again",
        type=Path,
        default=CAUGHT_BEFORE,
        help="what a former run said: asks its tests first",
    )
    parser.add_argument("only", nargs="*", help="beginnings of path:line:column")
    asked = parser.parse_args()
    calls = [call for call in all_calls() if str(call).startswith(tuple(asked.only) or "")]
    names, caught = {str(call): call.name for call in calls}, 0

    def show(line: str) -> bool:
        place, _space, how = line.removeprefix("NOT CAUGHT ").removeprefix("BITTEN ").partition(" ")
        is_caught = line.startswith("BITTEN")
        print(f"{' ' if is_caught else '!'} {place:40} {names[place]:18} {how}", flush=True)
        return is_caught

    with TemporaryDirectory() as folder, ThreadPoolExecutor(asked.processes) as pool:
        if asked.notes and asked.notes.exists():
            notes, failing = asked.notes, []
        else:
            notes, failing = noted(Path(folder), asked.processes, ["tests"])
            if asked.notes:
                asked.notes.write_bytes(notes.read_bytes())
        for line in failing:
            print(f"! {line}", flush=True)
        places = [*names]
        shares = [places[n :: asked.processes] for n in range(asked.processes)]
        hints = caught_before(asked.again.read_text())
        told = pool.map(lambda its: sum(map(show, bite(its, notes, ["tests"], hints))), shares)
        caught = sum(told)
    print(f"{len(calls)} calls, {caught} caught by a test, {len(calls) - caught} not")
    return 1 if failing or caught != len(calls) or not calls else 0


if __name__ == "__main__":
    sys.exit(main())
