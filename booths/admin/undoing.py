"""Undoing an import in the admin: what would be taken back and what would be left alone, then a
button. For whoever may import what the import has touched."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booths import undo
from booths.lists import KINDS
from booths.models import Agent, Appointment, Booth, ImportBatch, TeamMember
from booths.roll.apply import chunks
from booths.undo import TAKEN, WHY, Left, Undoing
from booths.undo.touched import agents_of, booths_of, members_of
from zones.admin import today
from zones.admin.reasons import WhyForm
from zones.scope import Act, agents_kept, may, places_served, teams_served
from zones.trail import versions
from zones.trail.reading import names_of

MODELS = {"booth": Booth, "agent": Agent, "appointment": Appointment, "member": TeamMember}
SHOWN = 200


def may_undo(user, batch: ImportBatch, on) -> bool:
    """Whether all that the import touched lies where the user may import."""
    act = KINDS[batch.content].act
    if may(user, act, batch.state, on=on):
        return True
    kept = agents_kept(user, act, on, Appointment.objects)
    return (
        may(user, act, on=on)
        and _all_within(Booth, booths_of(batch), places_served(user, act, on))
        and _all_within(Agent, agents_of(batch), kept)
        and _all_within(TeamMember, members_of(batch), teams_served(user, act, on))
    )


def _all_within(model, ids: set[int], served: Q) -> bool:
    within = model._default_manager.filter(served)
    beyond = (
        model._default_manager.filter(pk__in=chunk).exclude(pk__in=within.values("pk"))
        for chunk in chunks(sorted(ids))
    )
    return not any(rows.exists() for rows in beyond)


class UndoesImports:
    """For the admin of imports."""

    change_form_outer_before_template = "admin/booths/importbatch/acts.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", view, name="booths_importbatch_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        batch = self.get_object(request, object_id)
        context = self._offered(request, batch) if batch else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _offered(self, request, batch) -> dict:
        user, on = request.user, today(request)
        offered = batch.undone_at is None and may_undo(user, batch, on)
        left = [Left(**each) for each in batch.undoing.get("left", [])]
        return {
            "undo_link": reverse("admin:booths_importbatch_undo", args=[batch.pk]) * offered,
            "gone_link": self._gone_link(request, batch),
            "taken": taken_shown(batch.undoing.get("taken", {})),
            "left": left_shown(left) if may_undo(user, batch, on) else [],
            "left_total": len(left),
            "shown": SHOWN,
        }

    def _gone_link(self, request, batch) -> str:
        """To the agents who wait since the import retired their booths."""
        retired = [] if batch.undone_at else batch.undo.get("retired", [])
        served = places_served(request.user, Act.MOVE, today(request), prefix="booth__")
        standing = Appointment.objects.standing().filter(served, booth__retired_on=batch.as_of)
        waits = any(standing.filter(booth__in=ids).exists() for ids in chunks(sorted(retired)))
        return reverse("admin:booths_appointment_gone") if waits else ""

    def undo_view(self, request, pk):
        batch = self.get_queryset(request).filter(pk=pk).first()
        if batch is None:
            if not self.has_view_permission(request):
                raise PermissionDenied
            raise Http404
        if not may_undo(request.user, batch, today(request)):
            raise PermissionDenied
        form = WhyForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self._undo(request, batch, form.cleaned_data["why"])
            return redirect("admin:booths_importbatch_change", batch.pk)
        return self._undo_page(request, batch, form)

    def _undo(self, request, batch, why) -> None:
        by = {"by": request.user, "on": today(request), "at": timezone.now()}
        try:
            told = undo.undo(batch, why=why, **by)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return
        messages.success(request, _("Undone: %(file)s") % {"file": batch.file_name})
        if told.left:
            messages.warning(
                request, _("Not all could be taken back: what is left is named below.")
            )

    def _undo_page(self, request, batch, form):
        told = Undoing() if batch.undone_at else undo.foreseen(batch)
        context = {
            **self.admin_site.each_context(request),
            "media": self.media,
            "title": _("Undo the import"),
            "batch": batch,
            "form": form,
            "does_nothing": told.does_nothing,
            "taken": taken_shown(told.taken),
            "left": left_shown(told.left),
            "left_total": len(told.left),
            "shown": SHOWN,
            "back": reverse("admin:booths_importbatch_change", args=[batch.pk]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/booths/importbatch/undo.html", context)


def taken_shown(taken: dict[str, int]) -> list[tuple]:
    return [(label, taken[name]) for name, label in TAKEN.items() if taken.get(name)]


def left_shown(left: list[Left]) -> list[dict]:
    """The first of them, each with who changed it last, and when."""
    left = left[:SHOWN]
    last = {
        (what, pk): version
        for what, model in MODELS.items()
        for pk, version in versions.last_versions(
            model, {each.pk for each in left if each.what == what}
        ).items()
    }
    names = names_of({version.history_user_id for version in last.values()})
    return [_left(each, last.get((each.what, each.pk)), names) for each in left]


def _left(each: Left, version, names: dict[int, str]) -> dict:
    model = MODELS[each.what]
    fields = [model._meta.get_field(name.removesuffix("_id")).verbose_name for name in each.fields]
    return {
        "what": model._meta.verbose_name,
        "label": each.label,
        "fields": ", ".join(map(str, fields)),
        "why": WHY[each.why],
        "who": names.get(version.history_user_id, "") if version else "",
        "when": version.history_date if version else None,
    }
