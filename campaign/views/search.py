"""Searching a state, in a page of its own and as one types in the head of every page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from booths import finding
from campaign import frames, search
from campaign.search import Asked
from campaign.views.fragments import fragment_or_page
from campaign.views.visits import NotHere, Visit, in_state
from zones.models import Look
from zones.trail import looks

LAST_PAGE = 500


@require_safe
@in_state
def search_page(visit: Visit) -> HttpResponse:
    seats = frames.seats_shown(visit.user, visit.frame.state, today=visit.today)
    if not seats:
        raise NotHere
    text = finding.tidied(visit.query.get("q", ""))
    kind = visit.query.get("kind", "")
    found = search.found(
        Asked(
            visit.frame,
            visit.user,
            visit.today,
            seats,
            finding.read(text),
            kind if kind in search.KINDS else "",
            _page(visit.query.get("page", "")),
        )
    )
    looks.keep(visit.request, Look.What.LIST, agents=found.people)
    return fragment_or_page(
        visit,
        "search.html",
        "_found.html",
        is_search=True,
        sought_text=text,
        found=found,
        crumbs=visit.crumbs(up_to_here=False),
        kind_query=visit.with_query("kind", "page"),
        page_query=visit.with_query("page"),
    )


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 5
    return min(max(int(text), 1), LAST_PAGE) if is_number else 1
