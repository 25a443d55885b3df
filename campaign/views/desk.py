"""One look at the pages by which the office manages people: only who manages users enters, and
whoever is beyond their reach is not here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from campaign import handing_over
from campaign.handing_over import Letter
from zones import staffing
from zones.models import POSTING_AREAS, Look, Posting, User
from zones.one_time_links import make_link
from zones.people import people
from zones.scope import Act, may
from zones.trail import keeping, looks

SHOWN_ONCE = "letter_to_show"


@dataclass
class Desk:
    request: HttpRequest
    today: date

    @property
    def user(self) -> User:
        return self.request.user

    @cached_property
    def now(self) -> dict:
        """Who acts and on which day, for every rule that changes something."""
        return {"by": self.user, "on": self.today}

    @property
    def site(self) -> str:
        return self.request.build_absolute_uri("/").rstrip("/")

    def person(self, pk: int) -> User:
        person = people(self.user, self.today).filter(pk=pk).first()
        if person is None:
            raise Http404
        return person

    def posting(self, person: User, pk: int) -> Posting:
        """One of a person within reach: all postings of such a one are."""
        rows = person.postings.select_related("user", *POSTING_AREAS)
        posting = rows.filter(pk=pk).first()
        if posting is None:
            raise Http404
        return posting

    def may_change(self, person: User) -> bool:
        return staffing.may_change(person, by=self.user)

    def must_change(self, person: User) -> None:
        if not self.may_change(person):
            raise PermissionDenied

    def keep_look(self, what: str, shown: Iterable[User]) -> None:
        looks.keep(self.request, what, users=[person.pk for person in shown])

    def keep_act(self, person: User) -> None:
        """Records what the page does to an account, such as a link that is made: no row tells."""
        keeping.note(Look.What.ACCOUNT, self.request.path, users=[person.pk])

    def letter(self, person: User) -> Letter:
        """With a new one-time link."""
        return handing_over.letter(person, make_link(person, **self.now), site=self.site)

    def page(self, template: str, **context) -> HttpResponse:
        return render(self.request, f"people/{template}", {"today": self.today} | context)

    def to_person(self, person: User, said: str = "") -> HttpResponse:
        if said:
            messages.success(self.request, said)
        return redirect("person", person.pk)

    def show_once(self, letter: Letter) -> None:
        """On the person's page, the next time that this session opens it."""
        self.request.session[SHOWN_ONCE] = [
            letter.person.pk,
            letter.url,
            letter.valid_until.isoformat(),
        ]

    def letter_to_show(self, person: User) -> Letter | None:
        kept = self.request.session.get(SHOWN_ONCE)
        if kept is None or kept[0] != person.pk:
            return None
        del self.request.session[SHOWN_ONCE]
        _pk, url, until = kept
        return Letter(person, url, self.site, date.fromisoformat(until))


def of_office(view: Callable) -> Callable:
    """Gives the view a Desk."""

    @wraps(view)
    @never_cache
    def opened(request: HttpRequest, **kwargs) -> HttpResponse:
        today = timezone.localdate()
        if not may(request.user, Act.MANAGE_USERS, on=today):
            raise PermissionDenied
        with keeping.acting(why=request.POST.get("why", "").strip()):
            return view(Desk(request, today), **kwargs)

    return opened
