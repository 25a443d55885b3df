"""Bites each call in turn and lists the test that caught it: make test-doors-bite.

python -m tests.bite [--processes 4] [zones/admin booths/forms.py:94 ...]
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bite.calls import ROOT, all_calls


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


def bite(places: list[str], notes: Path, tests: list[str]) -> Iterator[str]:
    """For each call the line that names the test that caught it, or says that none did."""
    if places:
        yield from lines_of(tests, BITE=" ".join(places), BITE_NOTES=str(notes))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
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
        notes, failing = noted(Path(folder), asked.processes, ["tests"])
        for line in failing:
            print(f"! {line}", flush=True)
        places = [*names]
        shares = [places[n :: asked.processes] for n in range(asked.processes)]
        told = pool.map(lambda its: sum(map(show, bite(its, notes, ["tests"]))), shares)
        caught = sum(told)
    print(f"{len(calls)} calls, {caught} caught by a test, {len(calls) - caught} not")
    return 1 if failing or caught != len(calls) or not calls else 0


if __name__ == "__main__":
    sys.exit(main())
