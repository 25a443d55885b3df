"""The lines that the door table lacks, or holds otherwise than the doors answer."""

import re
from collections.abc import Iterator

from django.contrib import admin
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


def differing() -> Iterator[str]:
    knocker = Knocker(make_doorstep())
    for door, said in [*doors().items(), *((door, None) for door in lacking())]:
        found = knocker.answers(door)
        if found != said:
            yield door.line(found) + (f"  # the table: {' '.join(said)}" if said else "")
