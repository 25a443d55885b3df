"""Quick entry: seat, booth number, name, mobile, save and next."""

import secrets

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import enrolment, lifecycle
from booths.admin.duplicates import duplicate_warning
from booths.forms import BoothPicker, QuickEntry, seats_with_booths
from booths.matching import namesakes, standing_at
from booths.models import Appointment, AppointmentEvent, Booth, Kind
from zones.admin import today
from zones.scope import Act, may

SEAT, DONE, CONSENT = "quick_entry_seat", "quick_entry_done", "quick_entry_consent"
REMEMBERED = 20
RECENT = 5


def quick_entry(model_admin, request):
    on = today(request)
    if not may(request.user, Act.APPOINT, on=on):
        raise PermissionDenied
    if request.method != "POST":
        return _page(model_admin, request, QuickEntry(initial=_initial(request), **_given(request)))
    if made := _made_before(request):
        return _saved(model_admin, request, made)
    form = QuickEntry(request.POST, **_given(request))
    if form.is_valid():
        try:
            return _saved(model_admin, request, _enter(request, form))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    return _page(model_admin, request, form)


def _given(request) -> dict:
    return {"user": request.user, "on": today(request)}


def _initial(request) -> dict:
    """The seat and booth of the link, else the seat of the last entry; no other seat than served.
    How consent was given stays as it was in the last entry."""
    seats = seats_with_booths(request.user, Act.APPOINT, today(request))
    number, seat = request.GET.get("seat", ""), None
    if number.isdecimal() and len(number) < 5:
        seat = seats.filter(number=int(number)).first()
    seat = seat or seats.filter(pk=request.session.get(SEAT)).first()
    if seat is None and len(served := list(seats[:2])) == 1:
        seat = served[0]
    return {
        "seat": seat and seat.pk,
        "booth": request.GET.get("booth", "")[:20],
        "day": today(request),
        "consent": request.session.get(CONSENT),
        "token": secrets.token_urlsafe(16),
    }


def _enter(request, form: QuickEntry) -> Appointment:
    """Once for each token: whoever comes second with it waits for the booth, then finds it done."""
    data, on = form.cleaned_data, today(request)
    booth = data["booth"]
    with transaction.atomic():
        list(Booth.objects.select_for_update().filter(pk=booth.pk).values("pk"))
        if made := _made_before(request, fresh=True):
            return made
        _refuse_namesake(booth, data)
        agent = enrolment.enrol(**form.person, by=request.user)
        made = lifecycle.appoint_at(booth, agent, on=data["day"] or on, by=request.user)
        _remember(request, data, made)
    return made


def _refuse_namesake(booth: Booth, data: dict) -> None:
    standing = standing_at(booth, Kind.BOOTH_AGENT)
    if same := namesakes(standing, data["name"], data["relation_name"]):
        raise ValidationError(
            _("%(agent)s already stands at booth %(booth)s."),
            params={"agent": same[0].agent, "booth": booth},
        )


def _remember(request, data: dict, made: Appointment) -> None:
    session = request.session
    done = dict(list(session.get(DONE, {}).items())[1 - REMEMBERED :])
    session[DONE] = done | {data["token"]: made.pk}
    session[SEAT], session[CONSENT] = made.booth.assembly_seat_id, data["consent"]
    session.save()  # within the transaction: the entry and its token stand or fall together


def _made_before(request, fresh: bool = False) -> Appointment | None:
    """The appointment that this very form has already made: a double click, a page sent again."""
    session: SessionBase = request.session
    if fresh and session.session_key:
        session = type(session)(session.session_key)
    pk = session.get(DONE, {}).get(request.POST.get("token", ""))
    if pk is None:
        return None
    return Appointment.objects.select_related("agent", "booth__assembly_seat").get(pk=pk)


def _saved(model_admin, request, made: Appointment):
    link = reverse("admin:booths_appointment_change", args=[made.pk])
    said = _("Booth %(booth)s: %(agent)s is appointed (%(code)s).") % {
        "booth": made.booth,
        "agent": made.agent.name,
        "code": made.agent.code,
    }
    messages.success(
        request,
        format_html(
            '{} <a class="font-semibold underline" href="{}">{}</a>', said, link, _("Look, correct")
        ),
    )
    if warning := duplicate_warning(made.agent, model_admin.rows(request, Act.SEE_PEOPLE)):
        messages.warning(request, warning)
    seat = {"seat": made.booth.assembly_seat.number}
    return redirect(f"{reverse('admin:quick_entry')}?{urlencode(seat)}")


def _page(model_admin, request, form):
    _focus(form)
    return TemplateResponse(
        request,
        "admin/booths/agent/quick_entry.html",
        {
            **model_admin.admin_site.each_context(request),
            "title": gettext_lazy("Add agent"),
            "media": model_admin.media + form.media,
            "form": form,
            "booth": _booth_meant(request, form),
            "day": form["day"].value() or today(request),
            "is_today": not form.is_bound or str(form["day"].value()) == _shown(today(request)),
            "day_open": bool(form.errors.get("day")),
            "recent": _recent(model_admin, request),
        },
    )


def _booth_meant(request, form) -> Booth | None:
    """The booth that number and seat name, so that its name can be shown beside them."""
    if not form.is_bound:
        named = {name: form[name].value() for name in ("seat", "booth")}
        form = BoothPicker(named, **_given(request)) if all(named.values()) else form
        form.full_clean()
    return getattr(form, "cleaned_data", {}).get("booth")


def _shown(day) -> str:
    return day.strftime("%d/%m/%Y")


def _focus(form) -> None:
    """The first field at fault; else the booth number, or the seat while none is chosen; the name
    where the link brought a booth."""
    wrong = [name for name in form.fields if name in form.errors]
    if wrong:
        first = wrong[0]
    elif not form["seat"].value():
        first = "seat"
    else:
        first = "name" if form["booth"].value() and not form.is_bound else "booth"
    form.fields[first].widget.attrs["autofocus"] = True


def _recent(model_admin, request) -> list[Appointment]:
    """What this user entered last, today, and may still see."""
    events = AppointmentEvent.objects.filter(
        by=request.user, verb=AppointmentEvent.Verb.APPOINTED, at__date=today(request)
    )
    rows = Appointment.objects.filter(pk__in=events.values("appointment"))
    appointments = model_admin.admin_site._registry[Appointment]
    rows = rows.filter(appointments.rows(request, Act.SEE_PEOPLE)).order_by("-pk")
    return list(rows.select_related("agent", "booth__assembly_seat")[:RECENT])
