"""Bites each call in turn and lists the test that caught it: make test-doors-bite.

python -m tests.bite [--processes 4] [zones/admin booths/forms.py:94 ...]
"""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.bite.calls import ROOT, Call, all_calls

# What catches most, and soon, comes first; the door table, which takes longest, last.
FIRST = {
    "zones/scope.py": ["zones/test_scope.py", "zones/test_scope_of_people.py"],
    "zones/": ["zones/test_admin.py"],
    "booths/admin/": ["booths/test_admin.py", "booths/test_admin_lists.py"],
    "booths/": ["booths/test_imports.py", "booths/test_admin.py"],
    "campaign/admin": ["campaign/test_admin.py"],
    "campaign/": [
        "campaign/test_pages_people.py",
        "campaign/test_pages.py",
        "campaign/test_api.py",
    ],
}
THEN = "scope_of_people posting_backend scope admin".split()
THEN = [f"zones/test_{name}.py" for name in THEN]
THEN += [f"booths/test_{name}.py" for name in "admin admin_lists admin_quick_entry imports".split()]
THEN += [f"campaign/test_{name}.py" for name in "admin pages_people pages api dashboards".split()]
LAST = [name for name in ("test_leaks.py", "test_doors.py") if (ROOT / "tests" / name).exists()]
OUTCOME = re.compile(r"^(FAILED|ERROR) (\S+)(?: - (.*))?$", re.MULTILINE)


def tests_for(call: Call) -> list[str]:
    first = next(names for start, names in FIRST.items() if call.path.startswith(start))
    return [f"tests/{name}" for name in dict.fromkeys([*first, *THEN, *LAST])]


def run_tests(names: list[str], *more: str, **variables: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *more]
    command += ["-x", "-q", "-rfE", "--tb=no", "-m", "not browser", *names]
    environment = os.environ | {"COLUMNS": "200"} | variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def bite(call: Call) -> tuple[str, bool]:
    """What came of it, in a line, and whether a test failed because of it."""
    run = run_tests(tests_for(call), "-p", "tests.bite.hook", BITE=str(call))
    if f"bitten: {call}" not in run.stdout:
        return f"NOT BITTEN: {(run.stdout + run.stderr)[-300:]}", False
    outcome = OUTCOME.search(run.stdout)
    if run.returncode == 0 or outcome is None:
        return "NOT CAUGHT", False
    kind, test, why = outcome.groups()
    # A test that could not begin has caught nothing.
    return f"{test}  ({(why or '')[:60]})", kind == "FAILED"


def fails_anyway(calls: list[Call]) -> str:
    """A test that fails with every check in its place would catch whatever is left out."""
    run = run_tests(sorted({name for call in calls for name in tests_for(call)}))
    return "" if run.returncode == 0 else run.stdout[-2000:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("only", nargs="*", help="beginnings of path:line:column")
    asked = parser.parse_args()
    calls = [call for call in all_calls() if str(call).startswith(tuple(asked.only) or "")]
    missed = 0
    with ThreadPoolExecutor(asked.processes) as pool:
        for call, (line, is_caught) in zip(calls, pool.map(bite, calls), strict=True):
            print(f"{call!s:40} {call.name:18} {line}", flush=True)
            missed += not is_caught
    print(f"{len(calls)} calls, {len(calls) - missed} caught by a test, {missed} not")
    return 1 if missed or not calls else 0


if __name__ == "__main__":
    sys.exit(main())
