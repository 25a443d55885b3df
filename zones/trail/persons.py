"""What the trail knows of persons: beside the history, under a salt each, so that it can go."""

import secrets
from collections.abc import Sequence

from django.db import models

from zones.models import PersonalValues, Salt
from zones.trail.digests import digest, personal_digest, values_of

CHUNK = 5000


def person_key(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def personal_values(row: models.Model) -> dict:
    tracked, field = row._meta.tracked, row._meta.get_field
    values = values_of(row, [field(name) for name in tracked.personal])
    return values | {name: digest(getattr(row, name)) for name in tracked.secret}


def keep_personal(rows: Sequence[models.Model]) -> list[str]:
    """Keeps what the rows say of persons, and returns a digest for each row."""
    if not rows[0]._meta.tracked.personal:
        return [""] * len(rows)
    salts = _salts([person_key(row) for row in rows])
    made = []
    for row in rows:
        values, person = personal_values(row), person_key(row)
        of_values = personal_digest(salts[person], values)
        made.append(PersonalValues(digest=of_values, person=person, values=values))
    PersonalValues.objects.bulk_create(made, batch_size=2000, ignore_conflicts=True)
    return [beside.digest for beside in made]


def _salts(people: list[str]) -> dict[str, str]:
    salts = known_salts(people)
    if new := sorted(set(people) - set(salts)):
        fresh = [Salt(person=person, salt=secrets.token_hex(32)) for person in new]
        # Two may keep the first version of one person at once: then the first salt holds.
        Salt.objects.bulk_create(fresh, batch_size=2000, ignore_conflicts=True)
        salts |= known_salts(new)
    return salts


def known_salts(people: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(people), CHUNK):
        rows = Salt.objects.filter(person__in=people[start : start + CHUNK])
        found |= dict(rows.values_list("person", "salt"))
    return found


def forget(row: models.Model) -> None:
    """Removes all that the trail knows of the person; the history and its chain stay as they are.

    The caller writes the pseudonym after this, and a look of the kind "erasure".
    """
    PersonalValues.objects.filter(person=person_key(row)).delete()
    Salt.objects.filter(person=person_key(row)).delete()
