"""The audit trail for the state office: who changed what, who looked at whom, who was affected."""

from datetime import date

import tablib
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booths.imports import CSV, XLSX
from booths.models import Agent, Appointment
from campaign import trail_pages
from campaign.trail_forms import AffectedForm, TrailForm, id_of
from zones import scope
from zones.admin import words
from zones.models import Look, Seal, User
from zones.scope import Act
from zones.trail import keeping, looks, reading

PER_PAGE = 50
MOST = 200  # rows of a kind, or people, on a page; a file has them all
FILES = {
    "csv": (CSV, "text/csv; charset=utf-8"),
    "xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _reader(request: HttpRequest) -> tuple[User, date]:
    """Who reads the trail, and today; the gate of these pages."""
    today = timezone.localdate()
    if not scope.may(request.user, Act.MANAGE_USERS, on=today):
        raise PermissionDenied
    return request.user, today


@require_safe
def trail_page(request: HttpRequest) -> HttpResponse:
    user, today = _reader(request)
    form = TrailForm(request.GET)
    seals = _chosen(form, user, today).order_by("-pk")
    if file := FILES.get(request.GET.get("format", "")):
        return _trail_file(request, form, seals, *file)
    page = Paginator(seals, PER_PAGE).get_page(request.GET.get("page"))
    found = reading.entries(page.object_list)
    _noted(request, Look.What.TRAIL, users={entry.seal.by_id for entry in found} - {None})
    context = {"form": form, "page": page, "entries": found, "query": _query(request)}
    return render(request, "trail.html", context)


def _chosen(form: TrailForm, user: User, today: date) -> QuerySet[Seal]:
    seals = Seal.objects.filter(scope.trail_read(user, today))
    if not form.is_valid():
        return seals.none()
    since, before = form.instants()
    if since:
        seals = seals.filter(at__gte=since)
    if before:
        seals = seals.filter(at__lt=before)
    if (doer := form.doer()) is not None:
        seals = seals.filter(by=doer)
    if code := form.cleaned_data["agent"]:
        agents = Agent.objects.filter(_people_seen(user, today)["agents"], code=code.upper())
        seals = seals.filter(reading.about("agents", id_of(agents)))
    if kind := form.cleaned_data["kind"]:
        seals = seals.filter(reading.of_kind(kind))
    return seals


def _people_seen(user: User, today: date) -> dict[str, Q]:
    """Which people may be named to the reader of the trail."""
    if scope.reads_whole_trail(user, today):
        return dict.fromkeys(trail_pages.PEOPLE, ~Q(pk__in=[]))
    return {
        "agents": scope.agents_seen(user, today, Appointment.objects.all()),
        "members": scope.teams_served(user, Act.SEE_PEOPLE, today),
        "users": scope.users_served(user, today),
    }


@require_safe
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    user, today = _reader(request)
    seals = Seal.objects.filter(scope.trail_read(user, today))
    [entry] = reading.entries([get_object_or_404(seals, pk=pk)])
    versions = reading.read_entries([entry], words, most=MOST).get(pk, [])
    seen = [(look, _people_of(look)) for look in entry.looks]
    shown = reading.people_read(versions)
    for look, _names in seen:
        for kind in trail_pages.PEOPLE:
            shown[kind] |= set(getattr(look, kind)[:MOST])
    shown["users"] |= {entry.seal.by_id} - {None}
    _noted(request, Look.What.TRAIL, **shown)
    rest = sum(number for _thing, number in entry.sizes) - len(versions)
    context = {"entry": entry, "versions": versions, "looks": seen, "rest": rest}
    return render(request, "trail_entry.html", context)


def _people_of(look: Look) -> list[str]:
    found: list[str] = []
    for kind, model in trail_pages.PEOPLE.items():
        if ids := getattr(look, kind)[:MOST]:
            found += sorted(words(model, set(ids)).values())
    return found


@require_safe
def affected_page(request: HttpRequest) -> HttpResponse:
    user, today = _reader(request)
    form = AffectedForm(request.GET or None)
    context = {"form": form, "query": _query(request), "most": MOST, "cut": f":{MOST}"}
    if not form.is_valid():
        return render(request, "trail_affected.html", context)
    since, before = form.instants()
    ids = reading.affected(
        doers=scope.trail_read(user, today), by=form.doer(),
        address=form.cleaned_data["address"], since=since, before=before,
    )  # fmt: skip
    found = trail_pages.people_affected(ids, _people_seen(user, today))
    if file := FILES.get(request.GET.get("format", "")):
        _noted(request, Look.What.EXPORT, **ids)
        return _file("affected", trail_pages.affected_table(found), *file)
    _noted(request, Look.What.TRAIL, **ids)
    return render(request, "trail_affected.html", context | {"found": found})


def _noted(request: HttpRequest, what: str, **people: set[int]) -> None:
    """Whoever watches is watched, also where a page named nobody."""
    keeping.note(what, looks.place_of(request.path, request.GET), **people)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    kept.pop("format", None)
    return kept.urlencode()


def _trail_file(request, form, seals: QuerySet[Seal], kind, content_type: str) -> HttpResponse:
    chosen, rows = [], 0
    for seal in seals.iterator(chunk_size=2000):
        chosen.append(seal)
        rows += sum(seal.rows.values())
        if rows > trail_pages.MOST_ROWS:
            form.add_error(None, _("This is too much for one file. Choose fewer days."))
            context = {"form": form, "entries": [], "query": _query(request)}
            return render(request, "trail.html", context, status=400)
    table, shown = trail_pages.trail_table(chosen, words)
    _noted(request, Look.What.EXPORT, **shown)
    return _file("trail", table, kind, content_type)


def _file(name: str, table: tablib.Dataset, kind, content_type: str) -> HttpResponse:
    data = kind().export_data(table)
    data = data.encode("utf-8-sig") if isinstance(data, str) else data
    file_name = f"{name}-{timezone.localdate():%Y-%m-%d}.{kind().get_extension()}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
