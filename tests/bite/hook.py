"""A plugin of pytest: after each test, runs it again with every call that it reached made
permissive in turn, until some test has failed for each.

BITE="zones/scope.py:232:11 zones/scope.py:240:4" python -m pytest -p tests.bite.hook
"""

import importlib.abc
import importlib.util
import os
import sys
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

import pytest
from _pytest.runner import runtestprotocol

from tests.bite.calls import ROOT, all_calls, rewritten
from tests.bite.switch import NOW

MODULES = {call.module: call.path for call in all_calls()}
WAITING = set(os.environ.get("BITE", "").split())  # no test has told of these yet
REACHED: set[str] = set()
# Seconds that one test may take for all the calls that it reaches; 0 is no end.
LIMIT = float(os.environ.get("BITE_LIMIT", "0"))


class Switching(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name not in MODULES:
            return None
        file = ROOT / MODULES[name]
        folder = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, file, loader=self, submodule_search_locations=folder
        )

    def exec_module(self, module):
        file = Path(module.__spec__.origin)
        tree = rewritten(file.read_text(encoding="utf-8"), MODULES[module.__name__])
        exec(compile(tree, str(file), "exec"), module.__dict__)


def install() -> None:
    if early := MODULES.keys() & sys.modules.keys():
        raise RuntimeError(f"imported already, so that a bite would do nothing: {early}")
    sys.meta_path.insert(0, Switching())


if WAITING:
    install()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    if not WAITING:
        return None
    NOW.reached, began = set(), perf_counter()
    if has_failed(ran(item)) is None:
        reached = sorted(NOW.reached & WAITING)
        REACHED.update(reached)
        if LIMIT and (perf_counter() - began) * len(reached) > LIMIT:
            say(item, f"LATER {item.nodeid}")
            reached = []
        for place in reached:
            bite(item, place)
    else:
        say(item, f"FAILS ANYWAY: {item.nodeid}")
    item.session._setupstate.teardown_exact(nextitem)
    if not WAITING:
        item.session.shouldstop = "a test has told of every call"
    return True


def bite(item, place: str) -> None:
    NOW.bitten = place
    failed = has_failed(ran(item))
    NOW.bitten = ""
    # A test that could not begin has caught nothing.
    if failed and failed.when == "call":
        WAITING.discard(place)
        why = str(failed.longrepr.reprcrash.message).splitlines()[0]
        say(item, f"BITTEN {place} {item.nodeid}  ({why[:60]})")


def ran(item) -> list:
    """The reports of one run, after which only what is the test's own is torn down."""
    parents = SimpleNamespace(listchain=lambda: item.listchain()[:-1])
    return runtestprotocol(item, log=False, nextitem=parents)


def has_failed(reports: list):
    return next((report for report in reports if report.failed), None)


def say(item, line: str) -> None:
    item.config.get_terminal_writer().line(line)


def pytest_unconfigure(config) -> None:
    for place in sorted(WAITING):
        reached = "no test failed" if place in REACHED else "no test reached it"
        config.get_terminal_writer().line(f"NOT CAUGHT {place} {reached}")
