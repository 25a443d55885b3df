"""One knock at a door: what it answers, and whether rows changed. Nothing of it remains."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests.doors.bodies import Bodies
from tests.doors.table import ACTORS, Door
from tests.doors.world import Doorstep
from zones.models.history import KeptVersion

SIGN_IN = ("/sign-in/", "/admin/login/")
# Rows that every request may write, whatever comes of it.
UNHEEDED = {"sessions.session", "admin.logentry", "contenttypes.contenttype"}
UNHEEDED |= {"axes.accesslog", "axes.accessattempt", "axes.accessfailurelog"}
# What the trail keeps of a change or a look is none itself.
UNHEEDED |= {f"zones.{name}" for name in ("look", "seal", "salt", "personalvalues")}
WRITES = ("INSERT", "UPDATE", "DELETE")


class Knocker:
    def __init__(self, doorstep: Doorstep):
        self.doorstep = doorstep
        self.bodies = Bodies(doorstep)
        self.before = all_rows()

    def answers(self, door: Door, actors=ACTORS) -> list[str]:
        return [self.answer(door, self.doorstep.actors[actor]) for actor in actors]

    def answer(self, door: Door, client: Client) -> str:
        with nothing_remains(client), watching_writes() as writes:
            response = self.response(door, client)
            changed = bool(writes) and all_rows() != self.before
        to_sign_in = response.status_code == 302 and response.url.startswith(SIGN_IN)
        return f"{'in' if to_sign_in else response.status_code}{'+' if changed else ''}"

    def response(self, door: Door, client: Client):
        address = self.doorstep.address(door.query)
        if door.method == "POST":
            return client.post(address, self.bodies.of(door, client))
        return client.generic(door.method, address)


@contextmanager
def nothing_remains(client: Client) -> Iterator[None]:
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


@contextmanager
def watching_writes() -> Iterator[list[str]]:
    """The statements that may have changed a row: comparing all rows is too slow for each knock."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES) and '"django_session"' not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def all_rows() -> dict[str, list[tuple]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in UNHEEDED
        and model._meta.managed
        and not issubclass(model, KeptVersion)
    }
