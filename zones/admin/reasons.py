"""Why a row is changed: asked below every change form, never required, and kept in the trail."""

from django import forms
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from zones.trail import keeping


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why this is changed"),
        help_text=gettext_lazy("Kept in the audit trail. May be left empty."),
        max_length=keeping.REASON,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )


class AsksWhy:
    change_form_after_template = "admin/_why.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with keeping.acting(why=request.POST.get("why", "").strip()):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_change_permission(request, obj):
            context["why"] = WhyForm(request.POST if request.method == "POST" else None)["why"]
        return super().render_change_form(request, context, add, change, form_url, obj)
