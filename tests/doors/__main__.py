"""Prints the lines that the door table lacks, or holds otherwise: read each before you take it."""

import os
import re

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.contrib import admin
from django.db import transaction
from django.test.utils import get_runner, override_settings, setup_test_environment
from django.urls import get_resolver

from tests.doors.knocks import Knocker
from tests.doors.missing import missing_actions, missing_routes
from tests.doors.table import Door, doors
from tests.doors.world import make_doorstep


def guessed(method: str, route: str) -> Door:
    """An address for the route: a row of the model for the admin, else its parameters as names."""
    model = route.split("/")[2] if route.startswith("admin/") and route.count("/") > 2 else ""
    route = re.sub(r"\(\?P<(\w+)>.*?\)(?=/|$)", r"{\1}", route).rstrip("$")
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    return Door(method, "/" + re.sub(r"\{(object_id|id|pk)\}", f"{{{model}}}", route))


def lacking() -> list[Door]:
    table = doors()
    found = [guessed(*each) for each in missing_routes(get_resolver().url_patterns, table)]
    return found + missing_actions(admin.site, table)


def main() -> None:
    knocker = Knocker(make_doorstep())
    for door, said in [*doors().items(), *((door, None) for door in lacking())]:
        found = knocker.answers(door)
        if found != said:
            print(door.line(found), "" if said is None else "  # the table: " + " ".join(said))


if __name__ == "__main__":
    setup_test_environment()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with override_settings(DEBUG=False), transaction.atomic():
            main()
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)
