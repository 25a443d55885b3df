"""The pages that take a person's data away: consent withdrawn, and erasure. Each asks once more."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from booths import erasure
from booths.admin.doing import doing_page
from booths.models import Agent, TeamMember
from zones.admin import today
from zones.scope import Act


class Withdrawing(forms.Form):
    """Nothing is asked: taking consent back needs no reason."""


class Erasing(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=erasure.Reason.choices,
        widget=UnfoldAdminSelectWidget,
    )


@dataclass(frozen=True)
class Removal:
    act: Act
    title: str
    icon: str
    about: str
    form: type[forms.Form]
    do: Callable
    said: str
    applies: Callable


WITHDRAW = Removal(
    Act.ENTER_PEOPLE,
    gettext_lazy("Withdraw consent"),
    "do_not_disturb_on",
    gettext_lazy(
        "Mobile, EPIC and electoral-roll details of %(person)s are removed and cannot be brought "
        "back. Name and appointments stay."
    ),
    Withdrawing,
    lambda person, data, on, by: erasure.withdraw(person, on=on, by=by),
    gettext_lazy("Consent is withdrawn: %(person)s is kept by name only."),
    lambda person: person.keeps_contact,
)
WITHDRAW_MEMBER = replace(
    WITHDRAW,
    act=Act.EDIT_TEAMS,
    about=gettext_lazy(
        "The mobile of %(person)s is removed and cannot be brought back. The name stays in the team."
    ),
)
ERASE_ABOUT = gettext_lazy(
    "The name and all personal data of %(person)s are removed and cannot be brought back. Counts "
    "stay as they are."
)
ERASE_AGENT = Removal(
    Act.ERASE_PEOPLE,
    gettext_lazy("Erase the person"),
    "person_remove",
    ERASE_ABOUT,
    Erasing,
    lambda person, data, on, by: erasure.erase(person, on=on, by=by, reason=data["reason"]),
    gettext_lazy("Erased: %(person)s."),
    lambda person: person.erased_on is None,
)
ERASE_MEMBER = Removal(
    Act.ERASE_PEOPLE,
    ERASE_AGENT.title,
    ERASE_AGENT.icon,
    ERASE_ABOUT,
    Erasing,
    lambda person, data, on, by: erasure.erase_member(person, on=on, by=by, reason=data["reason"]),
    ERASE_AGENT.said,
    ERASE_AGENT.applies,
)
REMOVALS: dict[type, dict[str, Removal]] = {
    Agent: {"withdraw": WITHDRAW, "erase": ERASE_AGENT},
    TeamMember: {"withdraw": WITHDRAW_MEMBER, "erase": ERASE_MEMBER},
}


class PersonalData:
    """For the admin of people: the pages, and the buttons that lead to them."""

    change_form_outer_before_template = "admin/booths/appointment/acts.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.removal_view)
        route = path("<int:pk>/remove/<str:name>/", view, name=self._removal_name)
        return [route, *super().get_urls()]

    @property
    def _removal_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_remove"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.erased_on)

    def get_object(self, request, object_id, from_field=None):
        """About to be written, the person is held and read anew: an erasure under way is waited
        for, and is not undone by what was read before it."""
        person = super().get_object(request, object_id, from_field)
        if person is None or request.method != "POST" or not connection.in_atomic_block:
            return person
        erasure.held(person)
        return super().get_object(request, object_id, from_field)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        context = {"doings": self.removals_offered(request, person) if person else []}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def removals_offered(self, request, person) -> list[dict]:
        return [
            {
                "title": removal.title,
                "icon": removal.icon,
                "link": reverse(f"admin:{self._removal_name}", args=[person.pk, name]),
            }
            for name, removal in REMOVALS[self.model].items()
            if removal.applies(person) and self.covers(request, removal.act, person)
        ]

    def removal_view(self, request, pk, name):
        removal = REMOVALS[self.model].get(name)
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = self.get_queryset(request).filter(pk=pk).first()
        if removal is None or person is None:
            raise Http404
        if not self.covers(request, removal.act, person):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        form = removal.form(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._removed(request, removal, person, form):
            return redirect(back)
        about = removal.about % {"person": person}
        return doing_page(self, request, form, title=removal.title, about=about, back=back)

    def _removed(self, request, removal: Removal, person, form) -> bool:
        try:
            person = removal.do(person, form.cleaned_data, today(request), request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        reason = form.cleaned_data.get("reason")
        why = f" ({erasure.Reason(reason).label})" if reason else ""
        self.log_change(request, person, f"{removal.title}{why}")
        messages.success(request, removal.said % {"person": person})
        return True
