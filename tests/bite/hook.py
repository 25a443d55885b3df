"""A plugin of pytest: imports one module with one call made permissive.

BITE=zones/scope.py:232:11 python -m pytest -p tests.bite.hook
"""

import importlib.abc
import importlib.util
import os
import sys
from pathlib import Path

from tests.bite.calls import ROOT, Call, rewritten

DONE: list[str] = []


class Biting(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, call: Call):
        self.call = call

    def find_spec(self, name, path, target=None):
        if name != self.call.module:
            return None
        file = ROOT / self.call.path
        is_package = file.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            name,
            file,
            loader=self,
            submodule_search_locations=[str(file.parent)] if is_package else None,
        )

    def exec_module(self, module):
        file = Path(module.__spec__.origin)
        tree = rewritten(file.read_text(encoding="utf-8"), self.call.line, self.call.column)
        DONE.append(str(self.call))
        exec(compile(tree, str(file), "exec"), module.__dict__)


def install(place: str) -> None:
    path, line, column = place.rsplit(":", 2)
    call = Call(path, int(line), int(column), "")
    if call.module in sys.modules:
        raise RuntimeError(f"{call.module} is imported already: the bite would do nothing")
    sys.meta_path.insert(0, Biting(call))


def pytest_terminal_summary(terminalreporter) -> None:
    terminalreporter.write_line(f"bitten: {' '.join(DONE)}")


if "BITE" in os.environ:
    install(os.environ["BITE"])
