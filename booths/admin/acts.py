"""The acts on appointments: each shown only where the user's posting grants it at that booth, each
done by the lifecycle, whose sentences are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booths import enrolment, forms, lifecycle
from booths.admin.doing import doing_page
from booths.admin.quick_entry import CONSENT
from booths.models import Appointment
from zones.admin import today
from zones.scope import Act, may

Status = Appointment.Status
AT_ONCE = 500  # more at a time would keep the browser waiting


@dataclass(frozen=True)
class Doing:
    acts: tuple[Act, ...]
    statuses: tuple[str, ...]
    title: str
    icon: str
    form: type[forms.Dated]
    do: Callable
    said: str


def _replace(appointment, data, by):
    with transaction.atomic():
        agent = enrolment.enrol(**data["person"], by=by)
        return lifecycle.replace(appointment, agent, on=data["day"], by=by, note=data["note"])


DOINGS = {
    "appoint": Doing(
        (Act.APPOINT,),
        (Status.PROPOSED,),
        gettext_lazy("Appoint"),
        "how_to_reg",
        forms.OnADay,
        lambda appointment, data, by: lifecycle.appoint(appointment, on=data["day"], by=by),
        gettext_lazy("%(agent)s is appointed at booth %(booth)s."),
    ),
    "verify": Doing(
        (Act.VERIFY,),
        (Status.APPOINTED,),
        gettext_lazy("Verify"),
        "verified",
        forms.OnADay,
        lambda appointment, data, by: lifecycle.verify(appointment, on=data["day"], by=by),
        gettext_lazy("%(agent)s at booth %(booth)s is verified."),
    ),
    "replace": Doing(
        (Act.END, Act.APPOINT),
        (Status.PROPOSED, Status.APPOINTED, Status.VERIFIED),
        gettext_lazy("Replace"),
        "swap_horiz",
        forms.Replacing,
        _replace,
        gettext_lazy("%(agent)s is now the agent at booth %(booth)s."),
    ),
    "move": Doing(
        (Act.MOVE,),
        (Status.PROPOSED, Status.APPOINTED, Status.VERIFIED),
        gettext_lazy("Move to another booth"),
        "move_down",
        forms.Moving,
        lambda appointment, data, by: lifecycle.move(
            appointment, data["booth"], on=data["day"], by=by, note=data["note"]
        ),
        gettext_lazy("%(agent)s now stands at booth %(booth)s."),
    ),
    "end": Doing(
        (Act.END,),
        (Status.PROPOSED, Status.APPOINTED, Status.VERIFIED),
        gettext_lazy("End"),
        "person_off",
        forms.Ending,
        lambda appointment, data, by: lifecycle.end(
            appointment, on=data["day"], reason=data["reason"], by=by, note=data["note"]
        ),
        gettext_lazy("%(agent)s no longer stands at booth %(booth)s."),
    ),
    "correct": Doing(
        (Act.CORRECT,),
        tuple(Status),
        gettext_lazy("Correct a mistake"),
        "edit_calendar",
        forms.Correcting,
        lambda appointment, data, by: lifecycle.correct(
            appointment, by=by, on=data["on"], reason=data["reason"], **data["values"]
        ),
        gettext_lazy("Corrected: %(agent)s at booth %(booth)s."),
    ),
}


def allowed(user, doing: Doing, appointment: Appointment, on) -> bool:
    return appointment.status in doing.statuses and all(
        may(user, act, appointment.booth, on=on) for act in doing.acts
    )


def sentence(doing: Doing, appointment: Appointment) -> str:
    return str(doing.said) % {
        "agent": appointment.agent.name,
        "booth": appointment.booth.label,
    }


class ActsOnAppointments:
    """The pages of the acts, for the admin of appointments."""

    actions = ("appoint_chosen", "verify_chosen", "end_chosen")
    change_form_outer_before_template = "admin/booths/appointment/acts.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.doing_view)
        name = "booths_appointment_do"
        return [path("<int:pk>/do/<str:name>/", view, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        appointment = self.get_object(request, object_id)
        context = {"doings": self.offered(request, appointment) if appointment else []}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def offered(self, request, appointment) -> list[dict]:
        on = today(request)
        return [
            {
                "title": doing.title,
                "icon": doing.icon,
                "link": reverse("admin:booths_appointment_do", args=[appointment.pk, name]),
            }
            for name, doing in DOINGS.items()
            if allowed(request.user, doing, appointment, on)
        ]

    def doing_view(self, request, pk, name):
        doing = DOINGS.get(name)
        appointment = self.get_queryset(request).filter(pk=pk).first()
        if doing is None or appointment is None:
            raise Http404
        if not all(may(request.user, a, appointment.booth, on=today(request)) for a in doing.acts):
            raise PermissionDenied
        form = self._form(request, doing, appointment)
        if form.is_valid() and (made := self._done(request, doing, appointment, form)):
            messages.success(request, sentence(doing, made))
            return redirect("admin:booths_appointment_change", made.pk)
        return doing_page(
            self,
            request,
            form,
            title=doing.title,
            about=self.label(appointment),
            back=reverse("admin:booths_appointment_change", args=[pk]),
        )

    def _form(self, request, doing, appointment=None, posted=True):
        data = request.POST if request.method == "POST" and posted else None
        given = {"user": request.user, "on": today(request)}
        if doing.form is forms.Correcting:
            return doing.form(data, appointment=appointment, **given)
        initial = {"day": given["on"], "consent": request.session.get(CONSENT)}
        return doing.form(data, initial=initial, **given)

    def _done(self, request, doing, appointment, form) -> Appointment | None:
        data = form.cleaned_data | {"on": today(request)}
        data |= {name: getattr(form, name, {}) for name in ("values", "person")}
        try:
            return doing.do(appointment, data, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return None

    # Many at once

    @admin.action(description=gettext_lazy("Appoint"), permissions=["appoint"])
    def appoint_chosen(self, request, queryset):
        return self._many(request, queryset, "appoint")

    @admin.action(description=gettext_lazy("Verify"), permissions=["verify"])
    def verify_chosen(self, request, queryset):
        return self._many(request, queryset, "verify")

    @admin.action(description=gettext_lazy("End"), permissions=["end"])
    def end_chosen(self, request, queryset):
        return self._many(request, queryset, "end")

    def has_appoint_permission(self, request):
        return may(request.user, Act.APPOINT, on=today(request))

    def has_verify_permission(self, request):
        return may(request.user, Act.VERIFY, on=today(request))

    def has_end_permission(self, request):
        return may(request.user, Act.END, on=today(request))

    def _many(self, request, queryset, name):
        doing = DOINGS[name]
        rows = list(queryset[: AT_ONCE + 1])
        if len(rows) > AT_ONCE:
            messages.error(request, _("Choose at most %(count)s at a time.") % {"count": AT_ONCE})
            return None
        form = self._form(request, doing, posted="confirm" in request.POST)
        if form.is_valid():
            self._do_each(request, doing, rows, form)
            return None
        action = f"{name}_chosen"
        return doing_page(self, request, form, title=doing.title, action=action, rows=rows)

    def _do_each(self, request, doing, rows, form):
        """Each is an act of its own: what is refused is told, the others are done."""
        done, refused = 0, []
        for row in rows:
            form.errors.pop("__all__", None)
            if not all(may(request.user, a, row.booth, on=today(request)) for a in doing.acts):
                refused.append((row, _("Your posting does not allow this at this booth.")))
            elif self._done(request, doing, row, form):
                done += 1
            else:
                refused.append((row, " ".join(form.non_field_errors())))
        if done:
            said = ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done}
            messages.success(request, f"{doing.title}: {said}")
        for row, reason in refused[:20]:
            messages.error(request, f"{self.label(row)}: {reason}")
        if more := len(refused[20:]):
            left = ngettext("%(count)s more not done.", "%(count)s more not done.", more)
            messages.error(request, left % {"count": more})
