"""The one way into the admin: rows, choices, filters, actions and history within a user's scope.

A class says with `rows` which of its rows an act covers; everything else follows from that and
from the permissions that postings give. Out of scope is 404, not permitted 403.
"""

from datetime import date

from django import forms
from django.apps import apps
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.db.models import Q, QuerySet, TextField
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from zones.admin.looking import KeepsLooks
from zones.admin.reasons import AsksWhy
from zones.scope import PERMISSIONS, Act
from zones.trail import looks

NOTHING = Q(pk__in=[])


def today(request) -> date:
    """The day of the request: taken once, then handed on."""
    if not hasattr(request, "day"):
        request.day = timezone.localdate()
    return request.day


def act_of(model, verb: str) -> Act | None:
    """The act that Django's permission means; None for one that nobody has."""
    return PERMISSIONS.get(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


class ScopedForm(forms.ModelForm):
    """Keeps every constraint of the model, also one that a read-only field is part of; shows what
    a rule refused when the row was about to be written."""

    keeps_all_constraints = True
    refusal: ValidationError | None = None
    on: date  # today, as the page that shows the form has it

    def clean(self):
        if self.refusal:
            raise self.refusal
        return super().clean()

    def _post_clean(self):
        super()._post_clean()
        if self.keeps_all_constraints and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self._update_errors(error)


class Lines(forms.CharField):
    """A list of texts, one on a line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


PHONE = UnfoldAdminTextInputWidget(attrs={"inputmode": "tel", "autocomplete": "off"})


class LabelledChoice(ModelChoiceField):
    label_of = staticmethod(str)

    def label_from_instance(self, obj):
        return self.label_of(obj)


class LabelledChoices(ModelMultipleChoiceField):
    label_of = staticmethod(str)

    def label_from_instance(self, obj):
        return self.label_of(obj)


class ScopedChoices:
    """Foreign keys offer what the user's writing act reaches, and no more."""

    form = ScopedForm
    formfield_overrides = {
        TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})},
    }

    def writing_act(self) -> Act | None:
        acts = (act_of(self.model, verb) for verb in ("change", "add", "view"))
        return next(filter(None, acts), None)

    def choices_of(self, related, request) -> QuerySet:
        related_admin = self.admin_site._registry.get(related)
        act = self.writing_act()
        if related_admin is None or act is None:
            return related._default_manager.none()
        return related_admin.choices(request, act)

    def _scoped(self, field, request, kwargs, form_class):
        related = field.remote_field.model
        kwargs.setdefault("queryset", self.choices_of(related, request))
        kwargs.setdefault("form_class", form_class)
        return self.admin_site._registry.get(related)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        related_admin = self._scoped(db_field, request, kwargs, LabelledChoice)
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if related_admin is not None:
            formfield.label_of = related_admin.label
        return formfield

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", UnfoldAdminCheckboxSelectMultipleWidget)
        related_admin = self._scoped(db_field, request, kwargs, LabelledChoices)
        formfield = super().formfield_for_manytomany(db_field, request, **kwargs)
        if formfield and related_admin is not None:
            formfield.label_of = related_admin.label
        return formfield

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        # The buttons of pop-up windows help nobody on a phone.
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            for button in ("add", "change", "delete", "view"):
                setattr(formfield.widget, f"can_{button}_related", False)
        return formfield


class ScopedAdmin(KeepsLooks, AsksWhy, ScopedChoices, ModelAdmin):
    list_per_page = 50
    list_max_show_all = 200
    list_filter_submit = True
    list_fullwidth = True
    label_select_related: tuple[str, ...] = ()

    def rows(self, request, act: Act) -> Q:
        """The rows that the act of the user covers."""
        raise NotImplementedError

    def label(self, obj) -> str:
        """How a row is called in a choice and on its own page."""
        return str(obj)

    def choices(self, request, act: Act) -> QuerySet:
        rows = self.model._default_manager.filter(self.rows(request, act))
        return rows.select_related(*self.label_select_related)

    def get_queryset(self, request):
        act = act_of(self.model, "view")
        return super().get_queryset(request).filter(self.rows(request, act) if act else NOTHING)

    # Permissions

    def granted(self, request, verb: str, obj=None) -> bool:
        act = act_of(self.model, verb)
        if act is None or not request.user.has_perm(self._permission(verb)):
            return False
        return obj is None or obj.pk is None or self.covers(request, act, obj)

    def _permission(self, verb: str) -> str:
        return f"{self.opts.app_label}.{verb}_{self.opts.model_name}"

    def covers(self, request, act: Act, obj) -> bool:
        """Whether the act covers the row; remembered, since a page asks for it many times."""
        known = request.__dict__.setdefault("covered_rows", {})
        key = (self.model, obj.pk, act)
        if key not in known:
            rows = self.model._default_manager.filter(self.rows(request, act), pk=obj.pk)
            known[key] = rows.exists()
        return known[key]

    def has_view_permission(self, request, obj=None):
        return self.granted(request, "view", obj) or self.granted(request, "change", obj)

    def has_add_permission(self, request):
        return self.granted(request, "add")

    def has_change_permission(self, request, obj=None):
        return self.granted(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.granted(request, "delete", obj)

    def has_module_permission(self, request):
        return True  # each model answers for itself

    # Pages

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal, form.on = getattr(request, "refusal", None), today(request)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A rule that refuses while the row is written says so on the form, with all typed kept."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.admin_title = self.label(found)
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["subtitle"] = self.label(obj)
            if what := self.look_at(request, obj):
                looks.keep(request, what, **looks.people_in([obj]))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def look_at(self, request, obj) -> str:
        """What kind of look at people the page of the row is; none where it is daily work."""
        return ""

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if found := self.get_object(request, unquote(object_id)):
            title = _("History of %(what)s") % {"what": self.label(found)}
            extra_context = {"title": title} | (extra_context or {})
        return super().history_view(request, object_id, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def changelist_view(self, request, extra_context=None):
        """A filter typed into the address that no database takes shows the list without it."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DatabaseError):
            if request.method == "POST" or "e" in request.GET:
                raise
            return redirect(f"{request.path}?e=1")

    def get_search_results(self, request, queryset, search_term):
        if act := self._act_of_asking_form(request):
            queryset = queryset.filter(self.rows(request, act))
        # No database takes a null character, and nobody types one.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def _act_of_asking_form(self, request) -> Act | None:
        """For an autocomplete field: the act of the form that asks, so that it is offered no more
        than it takes."""
        match = getattr(request, "resolver_match", None)
        if not match or match.url_name != "autocomplete":
            return None
        model = apps.get_model(request.GET["app_label"], request.GET["model_name"])
        asking = self.admin_site._registry.get(model)
        return asking.writing_act() if asking else None


class ReadOnly:
    """Rows that are looked at here and written elsewhere."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ScopedInline(ScopedChoices):
    """Rows of a parent that is in scope."""

    extra = 0
    hide_title = True

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.refusal = None
        return formset

    def _may(self, request, verb: str) -> bool:
        name = f"{self.opts.app_label}.{verb}_{self.opts.model_name}"
        return request.user.has_perm(name)

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view")

    def has_add_permission(self, request, obj=None):
        return self._may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change")

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "delete")


class ScopedTabularInline(ScopedInline, TabularInline):
    pass


class ScopedStackedInline(ScopedInline, StackedInline):
    pass


class InScope(RelatedDropdownFilter):
    """A filter that offers only values in scope of what the list shows."""

    def field_choices(self, field, request, model_admin):
        related_admin = model_admin.admin_site._registry[field.remote_field.model]
        rows = related_admin.choices(request, act_of(model_admin.model, "view"))
        return [(row.pk, related_admin.label(row)) for row in rows]
