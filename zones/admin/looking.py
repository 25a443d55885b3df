"""What lists, histories and autocomplete fields of the admin show of people is recorded; and the
history of a row is what the trail kept of it."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models

from zones.models import Look
from zones.trail import looks
from zones.trail.reading import names_of
from zones.trail.versions import read

VERSIONS = 50  # on a page of a history


class KeepsLooks:
    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            shown = context["cl"].result_list
            looks.keep(request, Look.What.LIST, **looks.people_in(shown))
        return response

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        row = response.context_data["object"]
        looks.keep(request, Look.What.HISTORY, **looks.people_in([row]))
        if hasattr(self.opts, "tracked"):
            response.context_data |= self.kept_versions(request, row)
        return response

    def kept_versions(self, request, row) -> dict:
        """A page of what was done to the row, the last first."""
        versions = self.model.history.filter(id=row.pk).order_by("-history_id")
        page = self.get_paginator(request, versions, VERSIONS).get_page(request.GET.get("p"))
        shown = list(page.object_list)
        names = names_of(version.history_user_id for version in shown)
        read_versions = read(self.model, shown, partial(words_for, request))
        for one in read_versions:
            one.who = names.get(one.version.history_user_id, "")
        return {"versions": read_versions, "versions_page": page}


class KeptAutocomplete(AutocompleteJsonView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        looks.keep(self.request, Look.What.LIST, **looks.people_in(context["object_list"]))
        return context


def words_for(request, model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """words(), without people who are out of the reader's scope."""
    known = admin.site._registry.get(model)
    if known and {"agents", "members"} & looks.people_of(model).keys():
        ids = set(known.get_queryset(request).filter(pk__in=ids).values_list("pk", flat=True))
    return words(model, ids) if ids else {}


def words(model: type[models.Model], ids: set[int]) -> dict[int, str]:
    """How rows are called, in one query: as in the admin where it shows them."""
    rows = model._base_manager.filter(pk__in=ids)
    shown = admin.site._registry.get(model)
    if shown is None:
        return {row.pk: str(row) for row in rows}
    rows = rows.select_related(*shown.label_select_related, *(shown.list_select_related or ()))
    return {row.pk: shown.label(row) for row in rows}
