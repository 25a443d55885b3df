"""A look at people beyond one's daily work is recorded: who was shown, and on which page.

The page is kept with what the list was cut to, never with a name or number that was sought.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from django.db import models

from zones.models import Look
from zones.trail.keeping import note
from zones.trail.seals import kept_models

SEARCHES = {"q", "s", "term", "who"}
# Of what else is asked by name, in pages, lists and their filters, the value is kept.
CUTS = frozenset(
    "all app_label assembly_seat booth campaign consent content directive district done election"
    " field_name format holding in_sector index is_active kind level listed lok_sabha_seat measure"
    " meeting model_name o on order origin p page phone post reservation role scheme sector seat show"
    " since sort standing stands state status until zone".split()
)
LOOKUPS = frozenset(
    "id pk exact iexact in isnull contains icontains startswith istartswith gte lte gt lt from to"
    " agent user appointments".split()
)
HIDDEN = "…"
PLAIN = re.compile(
    r"(?!.*\d{7})[\w:,.-]{0,20}", re.ASCII
)  # a choice, an id, a day: no phone number


def people_in(rows: Iterable[models.Model]) -> dict[str, set[int]]:
    """Whom the rows tell of, by the lists of a Look; nobody where their model tells of nobody."""
    found: dict[str, set[int]] = {}
    for row in rows:
        for kind, attribute in people_of(type(row)).items():
            found.setdefault(kind, set()).add(getattr(row, attribute))
    return found


def people_listed(rows: models.QuerySet) -> dict[str, set[int]]:
    """The same of a long list, without fetching its rows."""
    people = people_of(rows.model).items()
    return {kind: set(rows.values_list(attribute, flat=True)) for kind, attribute in people}


def people_of(model: type[models.Model]) -> dict[str, str]:
    return model._meta.tracked.people if hasattr(model._meta, "tracked") else {}


def keep(request, what: str, **people: Iterable[int]) -> Look | None:
    """Records that the page of the request showed these people; nothing if it showed none."""
    shown = {kind: set(ids) for kind, ids in people.items()}
    if not any(shown.values()):
        return None
    if what == Look.What.LIST and is_search(request.GET):
        what = Look.What.SEARCH
    return note(what, place_of(request.path, request.GET), **shown)


def is_search(query: Mapping[str, str]) -> bool:
    return any(value.strip() and _is_sought(name) for name, value in query.items())


def place_of(path: str, query: Mapping[str, str]) -> str:
    shown = "&".join(
        f"{_named(name)}={_shown(name, value)}" for name, value in query.items() if value
    )
    return f"{path}?{shown}" if shown else path


def _named(name: str) -> str:
    """The name, unless whoever asked made it up."""
    known = CUTS | SEARCHES | LOOKUPS | _personal_fields()
    return quote(name) if known.issuperset(name.split("__")) else HIDDEN


def _shown(name: str, value: str) -> str:
    is_cut = (CUTS | LOOKUPS).issuperset(name.split("__")) and not _is_sought(name)
    return value if is_cut and PLAIN.fullmatch(value) else HIDDEN


def _is_sought(name: str) -> bool:
    """Whether the value is sought among what is said of people."""
    return name in SEARCHES or not _personal_fields().isdisjoint(name.split("__"))


def _personal_fields() -> set[str]:
    return {name for model in kept_models() for name in model._meta.tracked.personal}
