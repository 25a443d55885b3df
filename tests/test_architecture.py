"""The rules of where code goes, kept by reading it: each check names file, line and fault.

Every check is proved able to fail, on a planted piece of code.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("zones", "booths", "campaign")  # from the lowest to the highest
VAGUE_NAMES = {"services", "utils", "helpers", "core", "common"}
LONGEST_FILE = 400

# Where a request, a command or a sign-in begins: only there may anybody ask what day it is.
EDGES = (
    "*/admin.py",
    "*/admin/*",
    "*/management/commands/*",
    "campaign/api/*",
    "campaign/middleware.py",
    "campaign/prints.py",
    "campaign/sign_in/adapter.py",  # the library calls it in a sign-in, without a time
    "campaign/views.py",
    "campaign/views/*",
)
# An instant in the audit trail is the clock's, as in any log: no rule of the field depends on it.
EDGES += ("zones/trail/keeping.py",)
EDGES += ("booths/tasks.py",)  # what the worker does begins there
EDGE_CLASSES = {("zones/scope.py", "PostingBackend")}  # Django asks it without a day
CLOCK = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "timezone": {"now", "localdate", "localtime"},
    "time": {"time"},
}
CLOCK_IMPORTS = {"django.utils.timezone": CLOCK["timezone"], "time": CLOCK["time"]}
CLOCK_IMPORTS["django.db.models.functions"] = {"Now"}

COUNTING = {"Count", "Sum"}
# Counts that are no numbers of a page, each with its reason.
MAY_COUNT: dict[str, str] = {
    "booths/tallies.py": "it is the place that counts",
    "booths/attention.py": "it counts what is stuck, for one page and the link that leads to it",
    "zones/management/commands/verify_audit.py": "it says how many seals of the trail there are",
}
STATUS_OF_AN_APPOINTMENT = {"status", "appointed_on", "verified_on", "ended_on", "end_reason"}
MAY_WRITE_STATUS: dict[str, str] = {
    "booths/lifecycle.py": "it is the place that writes a status",
}
WRITERS = {"update", "create", "get_or_create", "update_or_create", "Appointment"}

Fault = tuple[int, str]  # line, what is wrong there
Check = Callable[[str, ast.Module], Iterator[Fault]]


def project_files(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def faults_in(check: Check, *folders: str) -> list[str]:
    found = []
    for path in project_files(*folders):
        name = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{name}:{line}: {fault}" for line, fault in check(name, tree)]
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def last_name(node: ast.AST) -> str:
    """`update` of `Booth.objects.update`, `Count` of `Count`."""
    return getattr(node, "attr", getattr(node, "id", ""))


def root_name(node: ast.AST) -> str:
    """The class at the root of `Booth.objects.filter().update`; empty if it is a variable."""
    while not isinstance(node, ast.Name):
        node = getattr(node, "func", getattr(node, "value", None)) or ast.Name("")
    return node.id if node.id[:1].isupper() else ""


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    return (
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def imported(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that is imported, relative imports spelt out."""
    package = name.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


# --- the checks -------------------------------------------------------------------------------

BY_NAME = {"get_model", "get_app_config", "import_module", "import_string", "__import__"}
BY_NAME |= {"ForeignKey", "OneToOneField", "ManyToManyField"}


def looks_upward(name: str, tree: ast.Module) -> Iterator[Fault]:
    """campaign -> booths -> zones, never back; nor by a name in quotes."""
    above = APPS[APPS.index(name.split("/")[0]) + 1 :]
    found = list(imported(name, tree))
    for call in calls(tree):
        if last_name(call.func) in BY_NAME:
            arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
            found += [(call.lineno, text) for text in texts(arguments)]
    for line, target in found:
        if target.split(".")[0] in above:
            yield line, f"{name.split('/')[0]} may not know {target}"


def is_vague(name: str, _tree: ast.Module) -> Iterator[Fault]:
    for part in Path(name).with_suffix("").parts:
        if part in VAGUE_NAMES:
            yield 1, f"“{part}” does not say what it is"


def overrides_writing(name: str, tree: ast.Module) -> Iterator[Fault]:
    if "models" not in Path(name).with_suffix("").parts:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if getattr(member, "name", "") in {"save", "asave", "delete", "adelete"}:
                    yield member.lineno, f"{node.name} overrides {member.name}()"


def hears_signals(name: str, tree: ast.Module) -> Iterator[Fault]:
    for line, target in imported(name, tree):
        if target.startswith("django.dispatch") or "signals" in target.split("."):
            yield line, f"imports {target}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and last_name(node) == "receiver":
            yield node.lineno, "a receiver"


def asks_the_day(name: str, tree: ast.Module) -> Iterator[Fault]:
    if any(Path(name).match(edge) for edge in EDGES):
        return
    for line, target in imported(name, tree):
        module, _dot, what = target.rpartition(".")
        if what in CLOCK_IMPORTS.get(module, ()):
            yield line, f"imports {target}"
    # timezone.localdate(instant) asks what day an instant was, not what day it is.
    converted = {id(call.func) for call in calls(tree) if call.args}
    at_an_edge = {id(node) for part in edge_classes(name, tree) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or id(node) in converted | at_an_edge:
            continue
        if node.attr in CLOCK.get(last_name(node.value), ()):
            yield node.lineno, f"asks {last_name(node.value)}.{node.attr}"


def edge_classes(name: str, tree: ast.Module) -> Iterator[ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and (name, node.name) in EDGE_CLASSES:
            yield node


def counts(name: str, tree: ast.Module) -> Iterator[Fault]:
    if name in MAY_COUNT:
        return
    for call in calls(tree):
        called = last_name(call.func)
        of_a_queryset = isinstance(call.func, ast.Attribute) and (
            called in {"aggregate", "acount"}
            or (called == "count" and not (call.args or call.keywords))  # [].count(x) has one
        )
        if of_a_queryset or called in COUNTING:
            yield call.lineno, f"counts with {called}()"


def writes_a_status(name: str, tree: ast.Module) -> Iterator[Fault]:
    if name in MAY_WRITE_STATUS:
        return
    for node in ast.walk(tree):
        for target in assigned(node):
            if isinstance(target, ast.Attribute) and target.attr in STATUS_OF_AN_APPOINTMENT:
                yield node.lineno, f"sets .{target.attr}"
    for call in calls(tree):
        called = last_name(call.func)
        if called in WRITERS and root_name(call.func) in {"Appointment", ""}:
            written = {keyword.arg or "" for keyword in call.keywords}
        elif called in {"setattr", "bulk_update"}:
            fields = [node for node in ast.walk(call) if isinstance(node, ast.Constant)]
            written = set(texts(fields))
        else:
            continue
        for field in sorted(written & STATUS_OF_AN_APPOINTMENT):
            yield call.lineno, f"writes {field} by {called}()"


def assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


PURE = "campaign/progress.py"
IMPURE = {"django", "booths", "zones", "campaign", "time"}


def is_impure(name: str, tree: ast.Module) -> Iterator[Fault]:
    if name == PURE:
        for line, target in imported(name, tree):
            if target.split(".")[0] in IMPURE:
                yield line, f"imports {target}"
        yield from asks_the_day(name, tree)


# --- the project ------------------------------------------------------------------------------

IN_THE_APPS = [
    looks_upward,
    overrides_writing,
    hears_signals,
    asks_the_day,
    counts,
    writes_a_status,
    is_impure,
]


@pytest.mark.parametrize("check", IN_THE_APPS, ids=lambda check: check.__name__)
def test_no_file_of_the_apps(check):
    assert faults_in(check, *APPS) == []


def test_every_module_is_named_for_what_it_is():
    assert faults_in(is_vague, *APPS, "tests") == []


def test_no_file_is_too_long_to_read():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in project_files(*APPS, "tests")
    }
    assert len(lengths) > 40
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


def test_what_the_rules_name_is_there():
    named = [*MAY_COUNT, *MAY_WRITE_STATUS, *(name for name, _class in EDGE_CLASSES), PURE]

    assert [name for name in named if not (ROOT / name).is_file()] == []


# --- every check can fail ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (looks_upward, "zones/scope.py", "from booths.models import Booth"),
        (looks_upward, "zones/models/people.py", "import campaign.settings"),
        (looks_upward, "booths/tallies.py", "def f():\n    from campaign import progress"),
        (looks_upward, "booths/roll/apply.py", "from ...campaign import progress"),
        (looks_upward, "zones/scope.py", "apps.get_model('booths', 'Booth')"),
        (looks_upward, "zones/scope.py", "apps.get_model('booths.Booth')"),
        (looks_upward, "zones/models/people.py", "models.ForeignKey(to='campaign.Campaign')"),
        (looks_upward, "booths/models/booths.py", "import_string('campaign.progress.pace')"),
        (is_vague, "booths/utils.py", ""),
        (is_vague, "campaign/core/pages.py", ""),
        (overrides_writing, "zones/models/people.py", "class User:\n    def save(self): ..."),
        (overrides_writing, "zones/models.py", "class User:\n    async def adelete(self): ..."),
        (hears_signals, "zones/apps.py", "from django.db.models.signals import post_save"),
        (hears_signals, "zones/apps.py", "from booths import signals"),
        (hears_signals, "zones/apps.py", "from django.dispatch import Signal"),
        (hears_signals, "zones/apps.py", "@receiver(saved)\ndef f(): ..."),
        (asks_the_day, "booths/lifecycle.py", "day = date.today()"),
        (asks_the_day, "booths/lifecycle.py", "day = datetime.date.today()"),
        (asks_the_day, "booths/lifecycle.py", "at = datetime.now(tz=UTC)"),
        (asks_the_day, "booths/lifecycle.py", "day = timezone.localdate()"),
        (asks_the_day, "booths/models/agents.py", "DateField(default=timezone.localdate)"),
        (asks_the_day, "booths/lifecycle.py", "from django.utils.timezone import now"),
        (asks_the_day, "booths/tallies.py", "from django.db.models.functions import Now"),
        (asks_the_day, "zones/scope.py", "def may():\n    return timezone.localdate()"),
        (counts, "campaign/dashboards.py", "booths.count()"),
        (counts, "campaign/dashboards.py", "booths.aggregate(Max('number'))"),
        (counts, "campaign/views.py", "seats.annotate(n=Count('booths'))"),
        (counts, "campaign/views.py", "seats.annotate(n=models.Sum('booths'))"),
        (writes_a_status, "booths/admin.py", "appointment.status = 'ended'"),
        (writes_a_status, "booths/admin.py", "appointment.appointed_on = on"),
        (writes_a_status, "booths/imports.py", "rows.update(status='ended')"),
        (writes_a_status, "booths/imports.py", "rows.filter(a=1).update(status='ended')"),
        (writes_a_status, "booths/imports.py", "rows[0].appointments.update(status='ended')"),
        (writes_a_status, "booths/imports.py", "Appointment(booth=booth, status='ended')"),
        (writes_a_status, "booths/imports.py", "Appointment.objects.create(verified_on=on)"),
        (writes_a_status, "booths/imports.py", "setattr(appointment, 'status', new)"),
        (writes_a_status, "booths/imports.py", "rows.bulk_update(rows, ['status'])"),
        (is_impure, PURE, "from django.utils import timezone"),
        (is_impure, PURE, "from booths import tallies"),
        (is_impure, PURE, "from datetime import date\nday = date.today()"),
    ],
)
def test_a_check_finds_what_it_looks_for(check, name, code):
    assert list(check(name, ast.parse(code)))


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (looks_upward, "campaign/views.py", "from booths.models import Booth"),
        (looks_upward, "booths/models/booths.py", "from zones.models import State"),
        (looks_upward, "zones/imports.py", "from zones.models import State"),
        (looks_upward, "zones/scope.py", "PERMISSIONS = {'booths.add_agent': Act.PROPOSE}"),
        (looks_upward, "campaign/formats/hi/formats.py", "from .. import en"),
        (overrides_writing, "booths/admin.py", "class Form:\n    def save(self): ..."),
        (asks_the_day, "campaign/views.py", "today = timezone.localdate()"),
        (asks_the_day, "booths/management/commands/import_booths.py", "date.today()"),
        (asks_the_day, "zones/scope.py", "class PostingBackend:\n    day = timezone.localdate()"),
        (asks_the_day, "booths/lifecycle.py", "day = timezone.localdate(event.at)"),
        (asks_the_day, "booths/lifecycle.py", "day = date(2018, 8, 1)"),
        (counts, "booths/tallies.py", "booths.count()"),
        (counts, "campaign/views.py", "'a,b'.count(',')"),
        (writes_a_status, "booths/lifecycle.py", "appointment.status = 'ended'"),
        (writes_a_status, "campaign/views.py", "HttpResponse(status=403)"),
        (writes_a_status, "campaign/demo.py", "ReviewMeeting.objects.create(status='held')"),
        (is_impure, PURE, "from datetime import date\nfrom dataclasses import dataclass"),
        (is_impure, "campaign/dashboards.py", "from booths import tallies"),
    ],
)
def test_a_check_leaves_alone_what_is_right(check, name, code):
    assert list(check(name, ast.parse(code))) == []
