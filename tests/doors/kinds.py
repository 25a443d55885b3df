"""One address of each kind of page that the office opens: for what looks at pages one by one in a
browser, where all the pages of the door table would take long."""

import re
from collections.abc import Iterator

from django.urls import resolve

from tests.doors.table import doors
from tests.doors.world import Doorstep

NO_PAGES = {"theme", "offline_worker", "admin:jsi18n", "admin:autocomplete", "admin:search"}
NO_PAGES |= {"admin:booths_importjob_progress"}
# Of every model the admin has such a page, all from one template; its forms differ.
ALIKE = re.compile(r"^admin:\w+(?=_(changelist|add|delete|history)$)")


def pages(doorstep: Doorstep, *, of_admin: bool) -> Iterator[str]:
    kinds = set(NO_PAGES)
    for door, answers in doors().items():
        if door.method != "GET" or answers[-1] != "200" or door.path.startswith("/api/"):
            continue
        address = doorstep.address(door.query)
        name = resolve(address.partition("?")[0]).view_name
        kind = ALIKE.sub("", name)
        if door.path.startswith("/admin/") == of_admin and kind not in kinds:
            kinds.add(kind)
            yield address
