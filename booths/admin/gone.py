"""The page of the agents whose booth is gone: each with a booth to go to, moved in one go."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths import gone, lifecycle
from booths.forms import Ending, OnADay, booth_named
from booths.models import Appointment, Booth
from zones.admin import today
from zones.models import Look
from zones.scope import Act, may, places_served
from zones.trail import looks

AT_ONCE = 200
TOLD = 20


class MovingMany(OnADay):
    note = Ending.base_fields["note"]


class BoothGoneQueue:
    """For the admin of appointments. `?seat=48` shows those of one seat."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.gone_view)
        return [path("gone/", view, name="booths_appointment_gone"), *super().get_urls()]

    def gone_view(self, request):
        user, on = request.user, today(request)
        if not may(user, Act.MOVE, on=on):
            raise PermissionDenied
        rows = self._waiting_rows(request)
        posted = request.POST if request.method == "POST" else None
        form = MovingMany(posted, user=user, on=on, initial={"day": on})
        if form.is_valid() and request.POST.getlist("move"):
            self._move_chosen(request, rows, form.cleaned_data)
            return redirect(request.get_full_path())
        return self._gone_page(request, rows, form)

    def _waiting_rows(self, request):
        served = places_served(request.user, Act.MOVE, today(request), prefix="booth__")
        rows = gone.at_retired_booths(today(request)).filter(served)
        seat = request.GET.get("seat", "")
        if seat.isascii() and seat.isdecimal() and len(seat) < 5:
            rows = rows.filter(booth__assembly_seat__number=int(seat))
        return rows

    def _served_booths(self, request):
        return Booth.objects.present().filter(places_served(request.user, Act.MOVE, today(request)))

    def _gone_page(self, request, rows, form):
        shown = list(rows[: AT_ONCE + 1])
        found = gone.waiting(shown[:AT_ONCE], self._served_booths(request))
        looks.keep(request, Look.What.LIST, agents={each.appointment.agent_id for each in found})
        seat_of = attrgetter("appointment.booth.assembly_seat")
        context = {
            **self.admin_site.each_context(request),
            "media": self.media + form.media,
            "title": _("Agents whose booth is gone"),
            "form": form,
            "seats": [(seat, list(each)) for seat, each in groupby(found, key=seat_of)],
            "shown": AT_ONCE,
            "more": len(shown) > AT_ONCE,
            "back": reverse("admin:booths_appointment_changelist"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/booths/appointment/gone.html", context)

    def _move_chosen(self, request, rows, data) -> None:
        chosen = {int(pk) for pk in request.POST.getlist("move") if pk.isascii() and pk.isdecimal()}
        moves, refused = [], []
        served = self._served_booths(request)
        for each in rows.filter(pk__in=sorted(chosen)[:AT_ONCE]):
            try:
                written = request.POST.get(f"to-{each.pk}", "").strip()
                moves.append((each, booth_named(written, each.booth.assembly_seat, served)))
            except ValidationError as error:
                refused.append((each, error))
        by = {"on": data["day"], "by": request.user, "note": data["note"]}
        made, others = lifecycle.move_many(moves, **by)
        if made:
            said = ngettext("%(count)s agent moved.", "%(count)s agents moved.", len(made))
            messages.success(request, said % {"count": len(made)})
        self._tell(request, refused + others)

    def _tell(self, request, refused: list[tuple[Appointment, ValidationError]]) -> None:
        for appointment, error in refused[:TOLD]:
            messages.error(request, f"{self.label(appointment)}: {' '.join(error.messages)}")
        if more := len(refused[TOLD:]):
            left = ngettext("%(count)s more not done.", "%(count)s more not done.", more)
            messages.error(request, left % {"count": more})
