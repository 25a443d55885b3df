"""The biting really bites: see tests/bite."""

from tests.bite import permissive
from tests.bite.__main__ import bite, caught_before, noted
from tests.bite.calls import all_calls, calls_in, rewritten
from tests.bite.hook import in_order
from tests.bite.switch import NOW

SOURCE = """
def shown(user, rows, request):
    if may(user, "see") and self.granted(request, "view"):
        return rows.filter(places_served(user)) | rows.filter(self.rows(request, act))
    return sheet.rows("a") or self.rows(1) or super().has_view_permission(request)
"""


def test_the_calls_that_decide_are_found_and_no_others():
    found = [(call.line, call.name) for call in calls_in(SOURCE, "a.py")]
    assert found == [(3, "may"), (3, "granted"), (4, "places_served"), (4, "rows")]


def test_a_call_asks_the_switch_and_is_itself_until_it_is_bitten(monkeypatch):
    source = "first = may('a')\nsecond = may('b')\n"
    module = compile(rewritten(source, "a.py"), "a.py", "exec")

    def answers() -> tuple:
        names = {"may": lambda *args: False}
        exec(module, names)
        return names["first"], names["second"]

    monkeypatch.setattr(NOW, "reached", set())
    assert (answers(), NOW.reached) == ((False, False), {"a.py:1:8", "a.py:2:9"})
    monkeypatch.setattr(NOW, "bitten", "a.py:2:9")
    assert answers() == (False, True)


def test_every_call_has_its_permissive_equivalent():
    calls = list(all_calls())
    assert len(calls) > 100
    assert {
        call.name for call in calls if not callable(getattr(permissive, call.name, None))
    } == set()


TESTED = """
from zones.models import User
from zones.scope import PostingBackend

def test_of_something_else():
    assert PostingBackend

def test_who_is_out_may_nothing():
    assert PostingBackend().get_all_permissions(User(is_active=False)) == set()
"""


def test_the_test_that_fails_without_a_call_tells_of_it_and_of_no_other(tmp_path):
    file = tmp_path / "test_it.py"
    file.write_text(TESTED)
    calls = [call for call in all_calls() if call.path == "zones/scope.py"]
    asked = next(call for call in calls if call.name == "granted")
    unasked = next(call for call in calls if call.name == "users_served")

    notes, failing = noted(tmp_path, 1, [str(file)])
    told, untold = bite([str(asked), str(unasked)], notes, [str(file)])

    assert failing == []
    assert told.startswith(f"BITTEN {asked} ")
    assert "test_who_is_out_may_nothing" in told
    assert untold == f"NOT CAUGHT {unasked} by any of 0 tests"


def test_a_test_that_fails_with_every_call_in_its_place_is_named_and_catches_nothing(tmp_path):
    file = tmp_path / "test_it.py"
    file.write_text(TESTED.replace("== set()", "== {1}"))
    asked = next(c for c in all_calls() if (c.path, c.name) == ("zones/scope.py", "granted"))
    notes, failing = noted(tmp_path, 1, [str(file)])
    assert [line.rpartition("::")[2] for line in failing] == ["test_who_is_out_may_nothing"]
    assert [*bite([str(asked)], notes, [str(file)])] == [f"NOT CAUGHT {asked} by any of 0 tests"]


def test_what_caught_a_call_before_is_asked_first():
    said = (
        "  booths/forms.py:246:21                   may                tests/a.py::b[c d]  (assert)\n"
        "! booths/forms.py:250:1                    may                by any of 3 tests\n"
        "  booths/forms.py:300:21                   may                tests/a.py::e  (assert)\n"
    )
    hints = caught_before(said)
    assert hints == {"booths/forms.py may": ["tests/a.py::b[c d]", "tests/a.py::e"]}
    reach = {"tests/a.py::e": 9.0, "tests/a.py::b[c d]": 8.0, "tests/booths/forms.py::f": 1.0}
    ordered = [*in_order("booths/forms.py:310:3", reach, hints["booths/forms.py may"])]
    assert ordered == [
        "tests/a.py::b[c d]",
        "tests/a.py::e",
        "tests/booths/forms.py::f",
    ]  # sooner done


def test_the_likeliest_tests_are_asked_first():
    reach = {f"tests/zones/test_n.py::{n}": float(n) for n in range(1, 21)}
    reach |= {"tests/booths/test_admin.py::a": 3.0, "tests/test_leaks.py::b": 60.0}
    ordered = [*in_order("booths/admin/agents.py:94:3", reach)]
    assert ordered[0] == "tests/booths/test_admin.py::a"
    assert ordered[12] == "tests/test_leaks.py::b"
    assert sorted(ordered) == sorted(reach)
