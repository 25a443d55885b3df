"""One look at a page of a state: who asks, which campaign and day are shown, and what may be seen.

It takes the day from the clock; what lies below is handed it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import links, wording
from campaign.frames import Frame, Territory, find_frame, territory
from zones import scope
from zones.models import AssemblySeat, Named, Zone
from zones.scope import Act

form_page = require_http_methods(["GET", "HEAD", "POST"])
EARLIEST = date(2000, 1, 1)


class NotHere(Http404):
    """Not found, with a sentence for the reader; what is out of scope says no more than that."""


@dataclass
class Visit:
    request: HttpRequest
    frame: Frame
    today: date
    keep: str = ""  # the query that every link of the page carries on
    notes: list[str] = field(default_factory=list)

    @property
    def user(self):
        return self.request.user

    def may(self, act: Act, place) -> bool:
        return scope.may(self.user, act, place, on=self.today)

    def sees(self, place) -> bool:
        return self.may(Act.SEE_NUMBERS, place)

    def must_see(self, place: Named | None) -> None:
        if place is None or not self.sees(place):
            raise NotHere

    def seat(self, number: int) -> AssemblySeat:
        seats = AssemblySeat.objects.select_related("lok_sabha_seat", "district", "state")
        seat = seats.filter(state=self.frame.state, number=number).first()
        self.must_see(seat)
        return seat

    def zone(self, number: int) -> tuple[Zone, Territory]:
        """The zone of this number on the day shown, with the territory of that day."""
        land = territory(self.frame.state, self.frame.on)
        zone = land.zone(number)
        if zone is None and self.sees(self.frame.state):
            day = wording.day_and_year(self.frame.on)
            raise NotHere(
                _("There was no zone %(number)s on %(day)s.") % {"number": number, "day": day}
            )
        if zone is None or not self.sees(zone):
            raise NotHere
        return zone, land

    def crumbs(self, *places: Named | None, up_to_here: bool = True) -> list[dict]:
        """The way from the state down; a link only where the user may go. The last is this page
        itself, or with `up_to_here` false the place above it."""
        way = [self.frame.state, *[place for place in places if place]]
        return [
            {
                "name": str(place),
                "path": links.path_of(place) if self.sees(place) else None,
                "is_here": up_to_here and place is way[-1],
            }
            for place in way
        ]

    def way_to(self, seat: AssemblySeat) -> list[dict]:
        """To a page below that of the seat."""
        zone = territory(self.frame.state, self.frame.on).zone_of_seat(seat)
        return self.crumbs(zone, seat.lok_sabha_seat, seat, up_to_here=False)

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """Name and value of the query that a form of the page carries on."""
        return [(name, value) for name, value in self.query.items() if value and name in names]

    def with_query(self, *without: str) -> str:
        """The query of the page without these, ready for one more to be added: "?on=…&"."""
        kept = {name: value for name, value in self.query.items() if value and name not in without}
        return f"?{urlencode(kept)}&" if kept else "?"

    @property
    def query(self) -> QueryDict:
        return self.request.GET

    def page(self, template: str, **context) -> HttpResponse:
        context |= {
            "visit": self,
            "frame": self.frame,
            "base": f"/{self.frame.state.slug}/",
            "keep": self.keep,
            "today": self.today,
            "is_today": self.frame.on == self.today,
            "sees_state": self.sees(self.frame.state),
            "without_day": self.with_query("on").rstrip("?&") or "?",
            "kept_besides_day": self.kept("campaign"),
            "search_at": f"/{self.frame.state.slug}/search/",
            "kept_in_search": self.kept("campaign", "on"),
        }
        return render(self.request, template, context)


def in_state(view: Callable) -> Callable:
    """Gives the view a Visit for the state's code in the address."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, **kwargs) -> HttpResponse:
        if code != code.lower():
            path = request.get_full_path().replace(f"/{code}/", f"/{code.lower()}/", 1)
            return HttpResponsePermanentRedirect(path)
        return view(visit(request, code), **kwargs)

    return opened


def visit(request: HttpRequest, code: str) -> Visit:
    today = timezone.localdate()
    on, note = asked_day(request.GET.get("on", ""), today)
    slug = request.GET.get("campaign", "")
    frame = find_frame(code, on, slug)
    if frame is None:
        raise NotHere(_("There is no such campaign here.")) if slug else NotHere
    kept = {"campaign": slug} if slug else {}
    kept |= {"on": on.isoformat()} if on != today else {}
    keep = f"?{urlencode(kept)}" if kept else ""
    return Visit(request, frame, today, keep, [note] if note else [])


def asked_day(text: str, today: date) -> tuple[date, str]:
    """The day asked for, or today and a sentence that says why."""
    if not text:
        return today, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, _("“%(text)s” is not a day, so today is shown. Write it as 2018-08-31.") % {
            "text": text[:40]
        }
    if day > today:
        return today, _("%(day)s is still ahead, so today is shown.") % {
            "day": wording.day_and_year(day)
        }
    if day < EARLIEST:
        return today, _("Nothing is known of so long ago, so today is shown.")
    return day, ""
