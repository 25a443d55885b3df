"""Finds the calls that decide who sees or does what, and puts a switch into them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("zones", "booths", "campaign")
# Each name below has its permissive equivalent in tests/bite/permissive.py.
# Functions of zones/scope.py, and what forms, admin and pages build on them.
FUNCTIONS = """
    may enters_data places_served seats_served areas_served teams_served postings_served
    users_served agents_seen agents_kept trail_read reads_whole_trail seats_seen states_seen
    current_postings _reach seats_within seats_with_booths seats_shown allowed may_see
    may_appoint needs_second_factor
""".split()
# Methods that say yes or no; has_view_permission() and its like besides.
GATES = "granted covers has_perm _may sees may may_change".split()
# Methods of an admin class that take the request first, and the gate of the pages.
OF_REQUEST = "rows choices".split()
OF_OBJECT = "choices choices_of".split()  # whose equivalent is told of which object


@dataclass(frozen=True, order=True)
class Call:
    path: str  # from the root of the project
    line: int
    column: int
    name: str

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


def name_of(node: ast.Call) -> str:
    """The name of the permissive equivalent; "" for any other call."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="scope"), attr=name):
            return name if name in FUNCTIONS else ""
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
            return ""  # what the class adds to it is asked in a call of its own
        case ast.Attribute(attr=name):
            return _of_method(name, node)
    return ""


def _of_method(name: str, node: ast.Call) -> str:
    if name in GATES or (name.startswith("has_") and name.endswith("_permission")):
        return "granted"
    if name in OF_REQUEST:
        return name if node.args and getattr(node.args[0], "id", "") == "request" else ""
    return name if name in ("must_see", "must_change", "choices_of") else ""


def calls_in(source: str, path: str) -> list[Call]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := name_of(node)):
            found.append(Call(path, node.lineno, node.col_offset, name))
    return sorted(found)


def all_calls() -> Iterator[Call]:
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                path = file.relative_to(ROOT).as_posix()
                yield from calls_in(file.read_text(encoding="utf-8"), path)


class Switched(ast.NodeTransformer):
    """Puts a switch in place of what each call calls."""

    def __init__(self, path: str):
        self.path = path

    def visit_Call(self, node: ast.Call):
        self.generic_visit(node)
        if name := name_of(node):
            place = str(Call(self.path, node.lineno, node.col_offset, name))
            said = [ast.Constant(place), ast.Constant(name), node.func]
            node.func = ast.Call(ast.parse(SWITCH, mode="eval").body, said, [])
            ast.fix_missing_locations(node)
        return node


SWITCH = "__import__('tests.bite.switch', fromlist=['*']).called"


def rewritten(source: str, path: str) -> ast.Module:
    """The module with all its calls asking the switch."""
    return Switched(path).visit(ast.parse(source))
