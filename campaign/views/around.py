"""What stands around the pages: home, the language, the colour, the borders of maps, and what is
not there."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from booths.roll.limits import MAX_BYTES, MEGABYTE
from campaign import components, links, maps
from campaign.views.visits import NotHere
from zones import scope

YEAR = 365 * 24 * 3600  # seconds


def account(request: HttpRequest) -> dict[str, bool | str]:
    """For the head of every page: what else the reader has to do than to look, and where to search
    from a page that is in no state."""
    today = timezone.localdate()
    postings = scope.current_postings(request.user, today)
    return {
        "search_at": f"{links.home_of(postings[0].area)}search/" if postings else "",
        "enters_data": scope.enters_data(request.user, today),
        "manages_people": scope.may(request.user, scope.Act.MANAGE_USERS, on=today),
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the user's own place; a short list if there are several."""
    postings = scope.current_postings(request.user, timezone.localdate())
    postings = sorted(postings, key=lambda posting: posting.area_kind != "zone")
    places = {links.address_of(posting.area): posting for posting in postings}
    if len(places) == 1:
        return redirect(next(iter(places)))
    template = "home.html" if places else "no_posting.html"
    return render(request, template, {"places": list(places.items())})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language on this device and comes back to the same page."""
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, request.get_host(), request.is_secure())
    back = back if here and back.startswith("/") else "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


COLOURS = "accent ink soft line ground card track ok late stuck".split()


@require_safe
def component_page(request: HttpRequest) -> HttpResponse:
    """All that the pages are made of, for whoever builds another."""
    today = timezone.localdate()
    context = {
        "page": components.sample(today),
        "standings": components.standings(today),
        "colours": COLOURS,
        "frame": {"on": today},
        "today": today,
        "map": {"legend": components.shades()},
        "stuck": components.stuck(),
        "base": "#",
        "keep": "",
    }
    return render(request, "components.html", context)


# On a dark ground the same colour, lightened until it can be read.
ACCENT = (
    ":root{--accent:%(accent)s}@media screen and (prefers-color-scheme:dark)"
    "{:root{--accent:color-mix(in srgb,%(accent)s 42%%,#fff)}}"
)


@login_not_required
@require_safe
@cache_control(max_age=3600, public=True)
def theme(request: HttpRequest) -> HttpResponse:
    """The accent colour of the settings, as a style sheet so that no page needs an inline style."""
    return HttpResponse(ACCENT % {"accent": settings.ACCENT_COLOUR}, content_type="text/css")


@login_not_required
@require_safe
@cache_control(max_age=YEAR, public=True, immutable=True)
def map_shapes(request: HttpRequest, digest: str) -> HttpResponse:
    """Where the borders of seats run is no secret; another map has another address."""
    shapes = maps.shapes(digest)
    if shapes is None:
        raise Http404
    return HttpResponse(shapes, content_type="image/svg+xml")


# Why a request was not taken in, where it helps to know; any other reason is nobody's business.
TOO_MUCH = {
    RequestDataTooBig: _(
        "What was sent is too large: a file may have up to %(limit)s MB. Divide the list by "
        "assembly seats. Nothing was kept."
    ),
    TooManyFieldsSent: _("The form has too many fields. Choose fewer rows at a time."),
    TooManyFilesSent: _("Only one file can be sent at a time."),
}


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Before anybody is known, for a request may be refused as soon as it comes."""
    sentence = TOO_MUCH.get(type(exception), "")
    context = {"sentence": sentence and sentence % {"limit": MAX_BYTES // MEGABYTE}}
    return HttpResponse(render_to_string("400.html", context), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) if isinstance(exception, NotHere) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks the database for nothing, which may be what is broken."""
    return HttpResponse(render_to_string("500.html"), status=500)
