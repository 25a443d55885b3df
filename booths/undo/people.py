"""Giving people back what they were before a list changed them.

What they were is not kept with the import but in the trail alone, where it can be erased.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from booths.models import Agent, ImportBatch, TeamMember
from booths.roll.apply import chunks
from booths.undo.left import Left, Undoing, differing
from zones.models import with_derived
from zones.trail import versions

Person = Agent | TeamMember


@dataclass
class PeopleBack:
    """`values` hold by person and column what they get back."""

    model: type[Person]
    label: Callable[[Any], str]
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    erase: list[Any] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def what(self) -> str:
        return "agent" if self.model is Agent else "member"

    @property
    def told(self) -> Undoing:
        found = Undoing(left=sorted(self.left, key=lambda left: (left.label, left.why)))
        found.taken[f"{self.what}s_changed"] = len(self.values)
        found.taken[f"{self.what}s_erased"] = len(self.erase)
        return found

    def leave(self, person, why: str, fields: Iterable[str] = ()) -> None:
        label = self.label(person)
        self.left.append(Left(self.what, person.pk, label, why, tuple(sorted(fields))))

    def find_changed(self, batch: ImportBatch) -> None:
        kept = versions_of(batch)
        names_by_id = {int(pk): of for pk, of in batch.differences.get("changed", {}).items()}
        said = versions.said_in(self.model, [key for pair in kept.values() for key in pair if key])
        people = self.model._default_manager.in_bulk(names_by_id)
        for pk, names in names_by_id.items():
            if person := people.get(pk):
                before, after = (said.get(key) for key in kept.get(pk, (None, None)))
                columns = [self.model._meta.get_field(name).attname for name in names]
                self._find(person, columns, before, after)

    def _find(self, person, columns: list[str], before, after) -> None:
        known = [side and versions.ERASED not in side.values() for side in (before, after)]
        if person.erased_on:
            self.leave(person, "erased", columns)
        elif not all(known):
            self.leave(person, "not_known", columns)
        else:
            others = differing(person, after, columns)
            if edited := differing(person, before, others):
                self.leave(person, "edited", edited)
            if still := [column for column in columns if column not in others]:
                fields = {column: self.model._meta.get_field(column) for column in still}
                self.values[person.pk] = {c: of.to_python(before[c]) for c, of in fields.items()}

    def find_new(self, ids: Iterable[int], stays: Collection[int]) -> None:
        """Whom the list brought in is to go, but for those who stay by another's word."""
        first = versions.first_said(self.model, ids)
        for chunk in chunks(sorted(ids)):
            rows = self.model._default_manager.filter(pk__in=chunk, erased_on=None)
            for person in rows.exclude(pk__in=stays).order_by("pk"):
                self._find_new(person, first.get(person.pk))

    def _find_new(self, person, said) -> None:
        if said is None or versions.ERASED in said.values():
            self.leave(person, "not_known")
        elif fields := differing(person, said, said):
            self.leave(person, "edited", fields)
        else:
            self.erase.append(person)

    def give_back(self) -> None:
        """Refused where what was edited since does not go with what was before, as a number that
        needs the consent which the list brought."""
        for chunk in chunks(sorted(self.values)):
            for person in self.model._default_manager.filter(pk__in=chunk).order_by("pk"):
                values = self.values[person.pk]
                for column, value in values.items():
                    setattr(person, column, value)
                try:
                    person.full_clean()
                except ValidationError:
                    self.leave(person, "edited", values)
                    del self.values[person.pk]
                else:
                    person.save(update_fields=with_derived(self.model, values))


def versions_of(batch: ImportBatch) -> dict[int, list[int | None]]:
    """Of each person that the list changed, the versions before and after."""
    return {int(pk): pair for pk, pair in batch.undo.get("versions", {}).items()}
