"""What is sent on by WhatsApp of a page: numbers only, never a person, in Hindi as the party writes."""

from collections.abc import Iterator
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaign import wording
from campaign.dashboards import Dashboard
from campaign.measures import Part
from campaign.progress import Progress, Standing


def whatsapp(page: Dashboard, address: str) -> str:
    return f"https://wa.me/?text={quote(text(page, address))}"


def text(page: Dashboard, address: str) -> str:
    with override("hi"):
        paragraphs = [_whole(page), _zones(page), _seats(page), [address]]
        return "\n\n".join("\n".join(map(str, lines)) for lines in map(list, paragraphs) if lines)


def _whole(page: Dashboard) -> Iterator[str]:
    its = page.whole.progress
    yield f"*{page.place}* · {wording.day_and_year(page.frame.on)}"
    done = {"done": wording.indian(its.done), "total": wording.indian(its.total)}
    yield (
        f"*{wording.percent(its.percent)}* · " + _("agents at %(done)s of %(total)s booths") % done
    )
    if its.standing == Standing.DONE:
        yield wording.standing(its)
        return
    if its.days_left and its.standing != Standing.NOT_YET:
        yield _("Should be by today: %(percent)s") % {
            "percent": wording.percent(its.expected_percent)
        }
    yield f"{_remaining(its)} · {wording.standing(its)}"
    if rate := _rate(page.whole):
        yield rate
    if page.grown_since_review is not None:
        yield _("Since the last review: %(number)s") % {
            "number": wording.signed(page.grown_since_review)
        }


def _remaining(its: Progress) -> str:
    text = _("Remaining: %(booths)s booths") % {"booths": wording.indian(its.remaining)}
    if its.days_left:
        text += " · " + _("days left: %(days)s") % {"days": wording.indian(its.days_left)}
    return text


def _rate(part: Part) -> str:
    if part.needed_per_day is None or part.progress.pace is None:
        return ""
    return _("%(needed)s a day needed, %(pace)s done") % {
        "needed": wording.indian(part.needed_per_day),
        "pace": wording.pace(part.progress.pace),
    }


def _zones(page: Dashboard) -> Iterator[str]:
    for card in page.zones:
        its = card.part.progress
        name = card.part.place or _("Without zone")
        yield f"{name}: {wording.percent(its.percent)} ({wording.standing(its)})"


def _seats(page: Dashboard) -> Iterator[str]:
    if page.holding_back:
        yield f"*{_('Seats that hold it back most')}*"
    for part in page.holding_back:
        rate = _rate(part)
        yield f"{part.place}: {wording.percent(part.progress.percent)}" + (rate and f", {rate}")
