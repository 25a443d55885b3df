"""No look of anybody shows a value of a stranger's area: every list, filter, search, choice,
export and message of error is asked for it."""

import re
from urllib.parse import quote_plus, unquote_plus

import pytest

from tests.admin_world import signed_in
from tests.doors.abroad import WORD, make_abroad
from tests.doors.crawl import (
    THEIRS,
    Look,
    addresses,
    autocompletes,
    lists,
    looks,
    searches,
    text_of,
)
from tests.doors.knocks import nothing_remains
from tests.doors.planted import PEOPLE, PLACES, plant
from tests.doors.world import make_doorstep
from tests.makers import make_user

pytestmark = pytest.mark.crawl
PLANTED = PEOPLE | PLACES | {"abroad": WORD}
# What is another at each look: the last is how long a search took.
SECRETS = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken\W+\w+|nonce="[^"]*"|\d+[.,]\d+ सेकंड'
)


@pytest.fixture
def doorstep(db):
    doorstep = make_doorstep()
    plant(doorstep)
    make_abroad(doorstep)
    doorstep.actors["root"] = signed_in(make_user("root", is_superuser=True))
    for role, area in (("zone_in_charge", "zone"), ("lok_sabha_in_charge", "loksabhaseat")):
        doorstep.actors[role] = signed_in(make_user(role, role, doorstep.rows[area]))
    return doorstep


def shown(doorstep, actor: str, asked) -> dict[str, set[str]]:
    """The addresses that show a planted value to the actor, by what the value is."""
    found: dict[str, set[str]] = {}
    for look in asked:
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


@pytest.mark.parametrize("actor", ["staff", "in_charge", "lok_sabha_in_charge", "observer"])
def test_nothing_of_a_stranger_is_shown(doorstep, actor):
    assert shown(doorstep, actor, looks(doorstep)) == {}


def test_with_the_numbers_of_another_zone_only_its_office_bearers_are_named(doorstep):
    found = shown(doorstep, "zone_in_charge", looks(doorstep))
    assert set(found) <= {"user", "team member", "zone member", *PLACES}
    assert set(PLACES) & set(found)


def abroad(doorstep) -> dict[str, str]:
    names = [name for name in doorstep.rows if name.startswith("abroad_")]
    return {name.removeprefix("abroad_"): name for name in names}


def test_nothing_of_another_state_is_shown_even_to_the_office(doorstep):
    found = shown(doorstep, "office", looks(doorstep, abroad(doorstep)))
    assert found.pop("abroad", set()) == set()
    assert {"name", "mobile", "team mobile", "user", "file", *PLACES} <= set(found)


def test_all_of_it_would_be_seen_if_it_were_shown(doorstep):
    rows = doorstep.rows
    addressed = {*addresses(doorstep, abroad(doorstep)), *addresses(doorstep, THEIRS)}
    seen = shown(doorstep, "root", [Look(address) for address in sorted(addressed)])
    assert set(PLANTED) - set(seen) == set()
    found = seen["abroad"]
    unseen = [
        name
        for name in abroad(doorstep)
        if f"/admin/{rows[name]._meta.app_label}/{name}/" not in found
        or f"/admin/{rows[name]._meta.app_label}/{name}/{rows['abroad_' + name].pk}/change/"
        not in found
    ]
    assert unseen == []


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
