"""What lists, histories and autocomplete fields of the admin show of people is recorded."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from zones.models import Look
from zones.trail import looks


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
        return response


class KeptAutocomplete(AutocompleteJsonView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        looks.keep(self.request, Look.What.LIST, **looks.people_in(context["object_list"]))
        return context
