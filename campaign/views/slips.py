"""Sign-in slips on paper, eight to a page, each with a link of its own."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from campaign.views.desk import Desk, of_office
from zones.models import Look
from zones.people import people, waiting

PER_PRINT = 80  # ten pages


@require_http_methods(["GET", "HEAD", "POST"])
@of_office
def slips(desk: Desk) -> HttpResponse:
    if desk.request.method == "POST":
        return _printed(desk)
    rows = waiting(desk.user, desk.today).exclude(pk=desk.user.pk)
    paged = Paginator(rows, PER_PRINT).get_page(desk.request.GET.get("page"))
    desk.keep_look(Look.What.LIST, paged)
    # Who was made earlier may hold a link already, which a slip would end.
    fresh = {each.pk for each in paged if timezone.localdate(each.date_joined) == desk.today}
    return desk.page("choose_slips.html", paged=paged, fresh=fresh)


def _printed(desk: Desk) -> HttpResponse:
    """Who has a password gets a slip only where `reset` says that a new one is meant."""
    chosen = [pk for pk in desk.request.POST.getlist("person") if pk.isascii() and pk.isdecimal()]
    chosen = [int(pk) for pk in chosen[:PER_PRINT] if len(pk) < 19]
    letters, left_out = [], []
    for person in people(desk.user, desk.today).filter(pk__in=chosen):
        if person.has_usable_password() and "reset" not in desk.request.POST:
            left_out.append(person)
            continue
        try:
            letters.append(desk.letter(person))
        except ValidationError:
            left_out.append(person)
    desk.keep_look(Look.What.PRINT, [letter.person for letter in letters])
    return desk.page("slips.html", letters=letters, left_out=left_out)
