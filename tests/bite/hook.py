"""A plugin of pytest. First it runs each test once and notes which calls it reached; then it makes
one call permissive at a time, and runs the tests that reached it until one fails.

BITE_NOTES=notes.json BITE_SHARE=0/2 python -m pytest -p tests.bite.hook
BITE_NOTES=notes.json BITE="zones/scope.py:232:11" python -m pytest -p tests.bite.hook

BITE_HINTS, if any, are by path and name of a call the tests that caught such a one before.
"""

import importlib.abc
import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings

from tests.bite.calls import ROOT, all_calls, rewritten
from tests.bite.switch import NOW

MODULES = {call.module: call.path for call in all_calls()}
BITTEN = os.environ.get("BITE", "").split()
NOTES = Path(os.environ.get("BITE_NOTES") or os.devnull)
HINTS = json.loads(os.environ.get("BITE_HINTS") or "{}")
NTH, _slash, SHARES = os.environ.get("BITE_SHARE", "0/1").partition("/")
# So many likely tests are asked before those that look at everything, and these before all others.
LIKELY = 12
OF_EVERYTHING = ("tests/test_leaks.py", "tests/test_doors.py")


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


if "BITE_NOTES" in os.environ:
    install()


def pytest_collection_finish(session) -> None:
    # That a test fails is enough; what the smallest example is would take minutes.
    phases = (Phase.explicit, Phase.generate)
    hypothesis_settings.register_profile("bite", deadline=None, phases=phases)
    hypothesis_settings.load_profile("bite")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session) -> bool | None:
    if "BITE_NOTES" not in os.environ:
        return None
    if BITTEN:
        bite_all({item.nodeid: item for item in session.items}, json.loads(NOTES.read_text()))
    else:
        notes = note_all(session.items[int(NTH) :: int(SHARES)])
        NOTES.write_text(json.dumps(notes))
    session._setupstate.teardown_exact(None)
    return True


def note_all(items: list) -> dict[str, tuple[float, list[str]]]:
    """Of each test that passes with every call in its place: how long it takes and what it reached."""
    notes = {}
    for item in items:
        NOW.reached, began = set(), perf_counter()
        if has_failed(ran(item)):
            say(item, f"FAILS {item.nodeid}")
        else:
            notes[item.nodeid] = (perf_counter() - began, sorted(NOW.reached))
    return notes


def bite_all(items: dict, notes: dict[str, tuple[float, list[str]]]) -> None:
    names = {str(call): call.name for call in all_calls()}
    for place in BITTEN:
        hints = HINTS.get(f"{place.partition(':')[0]} {names[place]}", ())
        reach = {name: took for name, (took, places) in notes.items() if place in places}
        told = next(
            (t for name in in_order(place, reach, hints) if (t := bite(items[name], place))), ""
        )
        # On a line of its own, whatever a test printed before.
        print(f"\n{told or f'NOT CAUGHT {place} by any of {len(reach)} tests'}", flush=True)


def in_order(place: str, reach: dict[str, float], hints: Sequence[str] = ()) -> Iterator[str]:
    """The tests that reach a call, the likeliest first: soon done, and named as the call's module;
    before them those of the hints."""
    words = set(re.findall(r"[a-z]+", place.removesuffix(".py")))

    def cost(name: str) -> float:
        shared = words & set(re.findall(r"[a-z]+", name.partition("::")[0]))
        return reach[name] / 4 ** len(shared)

    ordered = sorted(reach, key=cost)
    likely = sorted((name for name in hints if name in reach), key=reach.__getitem__)
    likely += [name for name in ordered if name not in likely][:LIKELY]
    yield from likely
    rest = [name for name in ordered if name not in likely]
    yield from sorted(rest, key=lambda name: not name.startswith(OF_EVERYTHING))


def bite(item, place: str) -> str:
    """What is said where the test fails without the call."""
    NOW.bitten = place
    failed = has_failed(ran(item))
    NOW.bitten = ""
    # A test that could not begin has caught nothing.
    if not failed or failed.when != "call":
        return ""
    why = str(failed.longrepr.reprcrash.message).splitlines()[0]
    return f"BITTEN {place} {item.nodeid}  ({why[:60]})"


def ran(item) -> list:
    """The reports of one run, after which only what is the test's own is torn down."""
    item.session._setupstate.teardown_exact(item)
    parents = SimpleNamespace(listchain=lambda: item.listchain()[:-1])
    return runtestprotocol(item, log=False, nextitem=parents)


def has_failed(reports: list):
    return next((report for report in reports if report.failed), None)


def say(item, line: str) -> None:
    item.config.get_terminal_writer().line(line)
