"""What the colours of the map stand for: of each measure the classes, and the words of a seat.

A number is never rounded up into a better class. A seat without a number has none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from booths.tallies import Teams
from campaign import wording
from campaign.measures import Part
from campaign.progress import Standing, percent

DONE = inf  # of the pace: nothing is left to do
OUT_OF = gettext_lazy("%(pace)s a day, %(needed)s needed")
SINCE = gettext_lazy("%(number)s, now %(done)s / %(total)s booths")


@dataclass(frozen=True)
class Class:
    """Holds numbers from `least` up to the next class."""

    least: float
    label: str | Promise


def by_fifths() -> tuple[Class, ...]:
    fifths = [Class(least, f"{least}–{least + 19}%") for least in range(0, 100, 20)]
    return (*fifths, Class(100, "100%"))


PERCENTS = by_fifths()
OF_NEED = (
    Class(-inf, "≤ 0%"),
    Class(1, "1–49%"),
    Class(50, "50–99%"),
    Class(100, "≥ 100%"),
    Class(DONE, pgettext_lazy("standing", "done")),
)
GROWTH = (
    Class(-inf, "< 0%"),
    Class(0, "0%"),
    Class(1, "+1–4%"),
    Class(5, "+5–9%"),
    Class(10, "+10–19%"),
    Class(20, "≥ +20%"),
)


TeamsOf = Mapping[int, Teams]  # of the sectors of a seat, by its key


@dataclass(frozen=True)
class MapMeasure:
    label: Promise
    says: Promise  # what its numbers are
    classes: tuple[Class, ...]
    number: Callable[[Part, TeamsOf], float | None]
    words: Callable[[Part, TeamsOf], str]
    without: Promise  # what a seat without a number is called
    short: Callable[[float], str] = "{:.0f}%".format

    def place(self, number: float) -> int:
        """Which of the classes the number is in, counted from 0."""
        return sum(number >= each.least for each in self.classes[1:])


def _covered(part: Part, teams: TeamsOf) -> int | None:
    return part.progress.percent


def _covered_words(part: Part, teams: TeamsOf) -> str:
    return _of(part.progress.percent, part.progress.done, part.progress.total)


def _verified(part: Part, teams: TeamsOf) -> int | None:
    return part.verified_percent


def _verified_words(part: Part, teams: TeamsOf) -> str:
    return _of(part.verified_percent, part.tally.verified, part.tally.booths)


def _pace(part: Part, teams: TeamsOf) -> float | None:
    """The recent pace out of what each day left must bring."""
    its = part.progress
    if its.standing == Standing.DONE:
        return DONE
    if its.pace is None or not part.needed_per_day:
        return None
    return (its.pace * 100 / part.needed_per_day).__floor__()


def _pace_words(part: Part, teams: TeamsOf) -> str:
    if part.progress.standing == Standing.DONE:
        return wording.standing(part.progress)
    return OUT_OF % {
        "pace": wording.pace(part.progress.pace),
        "needed": wording.indian(part.needed_per_day),
    }


def _teams(part: Part, teams: TeamsOf) -> int | None:
    its = _teams_of(part, teams)
    return percent(its.ready[0], its.total)


def _teams_words(part: Part, teams: TeamsOf) -> str:
    its = _teams_of(part, teams)
    return _of(percent(its.ready[0], its.total), its.ready[0], its.total)


def _teams_of(part: Part, teams: TeamsOf) -> Teams:
    return teams.get(part.place.pk) or Teams(0, (0,))


def _since(part: Part, teams: TeamsOf) -> int | None:
    """What was won of all booths of the seat."""
    then, total = _then(part), part.progress.total
    return None if then is None else percent(part.progress.done - then, total)


def _since_words(part: Part, teams: TeamsOf) -> str:
    its = part.progress
    return SINCE % {
        "number": f"{its.done - part.place.done_then:+d}",
        "done": wording.indian(its.done),
        "total": wording.indian(its.total),
    }


def _then(part: Part) -> int | None:
    """Covered at the last review, where the page asked for that."""
    return getattr(part.place, "done_then", None)


def _of(share: int | None, done: int, total: int) -> str:
    return f"{wording.percent(share)} · {wording.indian(done)} / {wording.indian(total)}"


def _short_pace(number: float) -> str:
    return "✓" if number == DONE else f"{number:.0f}%"


MEASURES = {
    "covered": MapMeasure(
        gettext_lazy("Agents"),
        gettext_lazy("Booths with an agent"),
        PERCENTS,
        _covered,
        _covered_words,
        gettext_lazy("no booths yet"),
    ),
    "verified": MapMeasure(
        gettext_lazy("Verified"),
        gettext_lazy("Booths whose agent is verified"),
        PERCENTS,
        _verified,
        _verified_words,
        gettext_lazy("no booths yet"),
    ),
    "pace": MapMeasure(
        gettext_lazy("Pace"),
        gettext_lazy("Pace of the last days, of what is needed a day"),
        OF_NEED,
        _pace,
        _pace_words,
        gettext_lazy("no pace to be told"),
        _short_pace,
    ),
    "teams": MapMeasure(
        gettext_lazy("Sector teams"),
        gettext_lazy("Sector teams that are ready"),
        PERCENTS,
        _teams,
        _teams_words,
        gettext_lazy("no sector drawn"),
    ),
    "since": MapMeasure(
        gettext_lazy("Since the review"),
        gettext_lazy("Booths won since the last review, of all"),
        GROWTH,
        _since,
        _since_words,
        gettext_lazy("not counted then"),
        "{:+.0f}%".format,
    ),
}


def offered(parts: Iterable[Part], teams: TeamsOf | None) -> list[str]:
    """Those measures of which there are numbers; `teams` is None where they were not counted."""
    left_out = {"teams": teams is None, "since": all(_then(part) is None for part in parts)}
    return [key for key in MEASURES if not left_out.get(key)]
