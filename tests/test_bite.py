"""The biting really bites: see tests/bite."""

import os
import subprocess
import sys

import pytest

from tests.bite import permissive
from tests.bite.calls import ROOT, all_calls, calls_in, rewritten

SOURCE = """
def shown(user, rows, request):
    if may(user, "see") and self.granted(request, "view"):
        return rows.filter(places_served(user)) | rows.filter(self.rows(request, act))
    return sheet.rows("a") or self.rows(1) or super().has_view_permission(request)
"""


def test_the_calls_that_decide_are_found_and_no_others():
    found = [(call.line, call.name) for call in calls_in(SOURCE, "a.py")]
    assert found == [(3, "may"), (3, "granted"), (4, "places_served"), (4, "rows")]


def test_one_call_is_made_permissive_and_no_other():
    source = "first = may('a')\nsecond = may('b')\n"
    names = {"may": lambda *args: False}
    exec(compile(rewritten(source, 2, 9), "a.py", "exec"), names)
    assert (names["first"], names["second"]) == (False, True)
    with pytest.raises(ValueError, match="no call"):
        rewritten(source, 1, 0)


def test_every_call_has_its_permissive_equivalent():
    calls = list(all_calls())
    assert len(calls) > 100
    assert {
        call.name for call in calls if not callable(getattr(permissive, call.name, None))
    } == set()


def test_a_bite_is_there_when_the_module_is_imported_and_only_then():
    call = next(call for call in all_calls() if (call.path, call.name) == ("zones/scope.py", "may"))
    asking = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings';"
        "import tests.bite.hook as hook, django; django.setup();"
        "from zones.models import User; from zones import scope; from booths.models import Appointment;"
        "nobody = User(is_active=False);"
        "seen = scope.agents_seen(nobody, None, Appointment.objects.all());"
        "print('pk__in' in str(seen), hook.DONE)"
    )

    def answer(**more) -> str:
        run = [sys.executable, "-c", asking]
        environment = os.environ | more
        return subprocess.check_output(run, cwd=ROOT, env=environment, text=True).strip()

    assert answer() == "True []"
    assert answer(BITE=str(call)) == f"False ['{call}']"
