"""A column that follows from other columns of its row, kept so that the database can search it."""

from collections.abc import Callable, Iterable

from django.db import models


class Derived(models.TextField):
    """Made by `by` of the values of the fields `sources`, whenever the row is written: by save() and
    bulk_create() here, past the models by zones/rows_in_bulk.py. Where only some fields are saved,
    with_derived() names it too; QuerySet.update() does not reach it, so no source is written so.
    """

    def __init__(self, *args, by: Callable[..., str] = "".join, sources=(), **options):
        self.by, self.sources = by, tuple(sources)
        super().__init__(*args, **{"default": "", "editable": False} | options)

    def deconstruct(self):
        """For migrations it is a text like any other: they write it without the model."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def pre_save(self, model_instance, add):
        made = self.by(*(getattr(model_instance, name) for name in self.sources))
        setattr(model_instance, self.attname, made)
        return made


def derived_fields(model: type[models.Model]) -> list[Derived]:
    return [field for field in model._meta.concrete_fields if isinstance(field, Derived)]


def with_derived(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The fields to be saved, and those that follow from any of them."""
    names = set(names)
    follow = {field.name for field in derived_fields(model) if not names.isdisjoint(field.sources)}
    return sorted(names | follow)
