"""What the project has and the table lacks: routes with their methods, actions, models, rows."""

import re
from collections.abc import Iterable

from django.contrib import admin
from django.urls import resolve
from rest_framework.views import APIView

from tests.doors.table import Door

# Answers whatever nobody else answers; a test of its own knocks there.
ELSEWHERE = {"admin/(?P<url>.*)$"}
PAGE = {"GET", "POST"}
API = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Where the library for the admin looks for actions besides those of the list.
OTHER_ACTIONS = ("actions_list", "actions_row", "actions_detail", "actions_submit_line")


def routes(patterns, before="") -> list[tuple[str, set[str]]]:
    """Every route with the methods that the table has to tell of."""
    found = []
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")  # as resolve() joins them
        if hasattr(pattern, "url_patterns"):
            found += routes(pattern.url_patterns, route)
        else:
            found.append((route, API if is_api(pattern.callback) else PAGE))
    return found


def is_api(view) -> bool:
    made_from = getattr(view, "cls", getattr(view, "view_class", None))
    return made_from is not None and issubclass(made_from, APIView)


def knocked(table: Iterable[Door], urlconf=None) -> set[tuple[str, str]]:
    return {
        (door.method, resolve(re.sub(r"\{\w+\}", "1", door.path), urlconf).route) for door in table
    }


def missing_routes(patterns, table: Iterable[Door]) -> list[tuple[str, str]]:
    known = knocked(table)
    wanted = [(method, route) for route, methods in routes(patterns) for method in sorted(methods)]
    return [each for each in wanted if each[1] not in ELSEWHERE and each not in known]


def missing_actions(site: admin.AdminSite, table: Iterable[Door]) -> list[Door]:
    return [door for door in action_doors(site) if door not in set(table)]


def action_doors(site: admin.AdminSite) -> list[Door]:
    """Every action that any user could ask of any list, whatever the list offers to whom."""
    found = []
    for model, model_admin in site._registry.items():
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        names = {name for _function, name, _text in model_admin._get_base_actions()}
        for attribute in OTHER_ACTIONS:
            names |= {str(name) for name in getattr(model_admin, attribute, ())}
        found += [Door("POST", f"{address}#{name}") for name in sorted(names)]
    return found


def models_without_row(site: admin.AdminSite, rows: dict[str, object]) -> list[str]:
    names = [model._meta.model_name for model in site._registry]
    return [name for name in names if name not in rows]
