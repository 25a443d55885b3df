"""No look of anybody shows a value of a stranger's area: every list, filter, search, choice,
export and message of error is asked for it."""

import re
from urllib.parse import quote_plus, unquote_plus

import pytest

from tests.doors.crawl import Look, autocompletes, lists, looks, searches, text_of
from tests.doors.knocks import nothing_remains
from tests.doors.planted import PEOPLE, PLACES, plant
from tests.doors.world import make_doorstep

PLANTED = PEOPLE | PLACES
# Whom nobody has placed yet is known to who entered them, not even to the office.
OF_WHO_ENTERED = {"unplaced", "unplaced mobile"}
SECRETS = re.compile(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken\W+\w+|nonce="[^"]*"')


@pytest.fixture
def doorstep(db):
    doorstep = make_doorstep()
    plant(doorstep)
    return doorstep


def shown(doorstep, actor: str, asked=None) -> dict[str, set[str]]:
    """The addresses that show a planted value to the actor, by what the value is."""
    found: dict[str, set[str]] = {}
    for look in looks(doorstep) if asked is None else asked:
        text, said = answer(doorstep.actors[actor], look), look.said()
        for what, value in PLANTED.items():
            if value in text and value not in said:
                found.setdefault(what, set()).add(look.address)
    return found


def answer(client, look: Look) -> str:
    with nothing_remains(client):
        if look.posted is None:
            return text_of(client.get(look.address, follow=True))
        return text_of(client.post(look.address, look.post(), follow=True))


@pytest.mark.parametrize("actor", ["staff", "in_charge", "observer"])
def test_nothing_of_a_stranger_is_shown(doorstep, actor):
    assert shown(doorstep, actor) == {}


def test_all_of_it_would_be_seen_if_it_were_shown(doorstep):
    assert set(shown(doorstep, "office")) == set(PLANTED) - OF_WHO_ENTERED
    asked = [Look("/admin/booths/agent/")]
    assert set(shown(doorstep, "outside", asked)) >= OF_WHO_ENTERED


def test_it_cannot_be_guessed_by_what_is_found(doorstep):
    """A value that a stranger has is answered as one that nobody has."""
    unknown = {PEOPLE["mobile"]: "5000000099", PEOPLE["epic"]: "ZZQ0000000"}
    unknown |= {PEOPLE["code"]: "QZQZQ9", "पराया": "अनजाना"}
    told = []
    for address in [*lists(doorstep), *autocompletes(), *searches()]:
        for known, other in unknown.items():
            if (asked := f"={quote_plus(known)}") not in address:
                continue
            likewise = address.replace(asked, f"={quote_plus(other)}")
            if plain(doorstep, address, known) != plain(doorstep, likewise, other):
                told.append(address)
    assert told == []


def plain(doorstep, address: str, value: str) -> str:
    """The answer without what was asked for and what is another each time."""
    text = answer(doorstep.actors["staff"], Look(address))
    for _twice in range(2):  # a link that leads back holds the address within its own
        text = unquote_plus(text)
    return SECRETS.sub("", text).replace(value, "@")
