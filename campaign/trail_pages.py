"""Gathers what the pages of the audit trail show: tables for files, and people to write to.

No HTTP; `seen` says which people may be named to the reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import tablib
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from booths.models import Agent, TeamMember
from zones.models import Seal, User
from zones.trail.reading import Entry, entries, people_read, read_entries
from zones.trail.versions import ReadVersion, Words

PEOPLE: dict[str, type[models.Model]] = {"agents": Agent, "members": TeamMember, "users": User}
MOST_ROWS = 50_000  # of the trail in one file
CHUNK = 500  # entries read at once


@dataclass
class Person:
    kind: str
    code: str  # of an agent; the user name of an account
    name: str
    mobile: str


@dataclass
class Affected:
    numbers: list[tuple[str, int]]  # how many of each kind
    people: list[Person]
    unnamed: int  # beyond the reader's reach, or no longer kept

    @property
    def total(self) -> int:
        return sum(number for _kind, number in self.numbers)


def people_affected(ids: dict[str, set[int]], seen: dict[str, Q]) -> Affected:
    people: list[Person] = []
    for kind, model in PEOPLE.items():
        rows = model._default_manager.filter(seen[kind], pk__in=ids[kind])
        people += sorted(map(_person, rows), key=lambda person: (person.name, person.code))
    numbers = [(str(PEOPLE[kind]._meta.verbose_name_plural), len(ids[kind])) for kind in PEOPLE]
    return Affected(numbers, people, sum(map(len, ids.values())) - len(people))


def _person(row: models.Model) -> Person:
    code = getattr(row, "code", "") or getattr(row, "username", "")
    return Person(str(row._meta.verbose_name), code, row.name, row.mobile)


def affected_table(found: Affected) -> tablib.Dataset:
    table = tablib.Dataset(headers=[_("who"), _("code"), _("name"), _("mobile")])
    for person in found.people:
        table.append([person.kind, person.code, person.name, person.mobile])
    return table


def headers() -> list[str]:
    told = [_("entry"), _("when"), _("who"), _("from where"), _("why")]
    return [*told, _("act"), _("what"), _("row"), _("changes")]


def trail_table(seals: Sequence[Seal], words: Words) -> tuple[tablib.Dataset, dict[str, set[int]]]:
    """A line for each row that was changed and each look, and whom the table tells of."""
    table, people = tablib.Dataset(headers=headers()), {kind: set() for kind in PEOPLE}
    for start in range(0, len(seals), CHUNK):
        chunk = entries(seals[start : start + CHUNK])
        said = read_entries(chunk, words)
        for entry in chunk:
            versions = said.get(entry.seal.pk, [])
            for line in [*_changed(versions), *_looked(entry)]:
                table.append([*_told(entry), *line])
            for kind, ids in people_read(versions).items():
                people[kind] |= ids
    return table, people


def _told(entry: Entry) -> list:
    seal = entry.seal
    at = timezone.localtime(seal.at).isoformat(sep=" ", timespec="seconds")
    return [seal.pk, at, entry.who, seal.address, seal.why]


def _changed(versions: list[ReadVersion]) -> list[list[str]]:
    return [
        [
            one.verb,
            one.thing,
            one.row,
            "; ".join(f"{each.field}: {each.before} → {each.after}" for each in one.changes),
        ]
        for one in versions
    ]


def _looked(entry: Entry) -> list[list[str]]:
    return [
        [look.get_what_display(), str(look._meta.verbose_name), look.where, str(look.count)]
        for look in entry.looks
    ]
