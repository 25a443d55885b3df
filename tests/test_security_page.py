"""SECURITY.md and the README promise nothing that is not there: each test they name exists, each
threat has one, and each variable of the environment is explained."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
READ = re.compile(r"(?:ENVIRONMENT|self)\.(?:text|flag|words|number)\(\s*\"([A-Z_]+)\"")
READ_DIRECTLY = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")


def functions_of(path: str) -> set[str]:
    file = ROOT / path
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def missing(text: str) -> list[str]:
    return [
        f"{path}::{name}" for path, name in NAMED.findall(text) if name not in functions_of(path)
    ]


def threats() -> list[str]:
    table = SECURITY.split("## Who may attack")[1].split("\n## ")[0]
    return [line for line in table.splitlines() if line.startswith("| **")]


def test_every_test_that_the_threat_model_names_exists():
    assert missing(SECURITY) == []


def test_a_test_that_is_not_there_would_be_missed():
    here = "tests/test_security_page.py"
    named = f"`{here}::test_nowhere` `tests/test_nowhere.py::test_x` `{here}::threats`"
    assert missing(named) == [f"{here}::test_nowhere", "tests/test_nowhere.py::test_x"]


def test_every_threat_has_a_test():
    assert len(threats()) >= 9
    assert [line for line in threats() if not NAMED.search(line)] == []


def test_every_variable_of_the_environment_stands_in_the_readme():
    found = set()
    for name in ("settings.py", "environment.py"):
        source = (ROOT / "campaign" / name).read_text(encoding="utf-8")
        found |= {*READ.findall(source), *READ_DIRECTLY.findall(source)}
    assert {"SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXY_COUNT", "API_RATE_USER"} <= found
    assert sorted(name for name in found if f"| `{name}` |" not in README) == []
