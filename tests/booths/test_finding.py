"""What somebody typed finds, and that the column it is sought in never lags behind."""

import pytest

from booths import erasure, finding, lifecycle
from booths.finding import Sought, Term, read
from booths.models import Agent, Booth
from booths.roll.numbers import Number
from booths.sounds import sounds_of
from tests.admin_world import DAY, make_world, signed_in
from tests.doors.pages import filled
from tests.makers import make_agent, make_assembly_seat, make_booth
from zones import rows_in_bulk
from zones.models import with_derived


def term(*keys, number=None) -> Term:
    return Term(keys, number)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("", Sought()),
        (" . , ", Sought()),
        ("स", Sought()),
        ("7", Sought(number=Number(7, ""))),
        ("125", Sought(number=Number(125, ""))),
        ("१२५क", Sought(number=Number(125, "A"))),
        ("125-a", Sought(number=Number(125, "A"))),
        ("33/125A", Sought(number=Number(125, "A"), seat=33)),
        ("33 125", Sought(number=Number(125, ""), seat=33)),
        ("33-A", Sought(number=Number(33, "A"))),
        ("Laxmi", Sought((term("lksmi"),))),
        ("श्रीमती लक्ष्मी जी", Sought((term("lksmi"),))),
        ("राम कुमार", Sought((term("rm"), term("kumr", "rmkumr")))),
        ("शाला 12", Sought((term("sl"), term("12", number=Number(12, ""))))),
    ],
)
def test_what_is_typed_is_read_as_a_number_or_as_words(typed, means):
    assert read(typed) == means


@pytest.mark.django_db
def test_words_find_what_begins_so_in_any_order_and_in_either_script():
    raipur = make_assembly_seat(50, name_hi="रायपुर शहर उत्तर", name_en="Raipur City North")
    names = {
        1: {"name_hi": "शासकीय प्राथमिक शाला नवा गांव", "building": "कक्ष 7"},
        2: {"name_hi": "सामुदायिक भवन", "locality": "लक्ष्मी नगर"},
        3: {"name_en": "Govt. Middle School Laxmipur"},
    }
    for number, given in names.items():
        make_booth(number, seat=raipur, **{"name_hi": ""} | given)
    make_booth(12, "A", seat=raipur)

    def found(typed: str) -> list[str]:
        """Alike in the database and among booths that are at hand."""
        sought = read(typed)
        own = list(Booth.objects.filter(sought.booths({})).order_by("number"))
        assert own == [booth for booth in Booth.objects.order_by("number") if sought.fits(booth)]
        with_seat = sought.booths({raipur.pk: sounds_of("रायपुर शहर उत्तर")})
        return [booth.label for booth in Booth.objects.filter(with_seat).order_by("number")]

    assert found("nawagaon") == ["1"]
    assert found("gaon shala nava") == ["1"]
    assert found("Lakshmi") == ["2", "3"]
    assert found("lakshmi nagar") == ["2"]
    assert found("रायपुर लक्ष्मी") == ["2", "3"]
    assert found("12") == found("raipur 12") == ["12A"]
    assert found("kaksh 7") == ["1"]
    assert found("raipur") == []  # the seat alone is not each of its booths
    assert found("axmi") == []  # within a word


@pytest.mark.django_db
def test_agents_are_found_by_each_others_spelling_and_not_once_erased():
    make_agent("रामकुमार साहू")
    make_agent("Ram Kumar Verma")
    make_agent("हटाया गया व्यक्ति", erased_on=DAY)

    def found(typed: str) -> list[str]:
        return [agent.name for agent in Agent.objects.filter(read(typed).agents()).order_by("pk")]

    for typed in ("Ramkumar", "रामकुमार", "ram kumar", "राम कुमार"):
        assert found(typed) == ["रामकुमार साहू", "Ram Kumar Verma"], typed
    assert found("sahoo ram") == ["रामकुमार साहू"]
    assert found("हटाया") == []
    assert found("125") == []


# The column follows the names, whoever writes them; after imports and undoing their own tests look.


@pytest.mark.django_db
def test_the_column_follows_a_form_an_erasure_and_saving_a_part():
    world = make_world()
    agent = world.mine.agent
    path = f"/admin/booths/agent/{agent.pk}/change/"
    client = signed_in(world.office)
    client.post(path, filled(client.get(path).content.decode()) | {"name": "लक्ष्मी नई"})
    agent.refresh_from_db()
    assert (agent.name, agent.sounds) == ("लक्ष्मी नई", " lksmi ni lksmini ")
    agent.name = "राम"
    agent.save(update_fields=with_derived(Agent, ["name"]))
    assert Agent.objects.get(pk=agent.pk).sounds == " rm "
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=world.office)
    erasure.erase(agent, on=DAY, by=world.office, reason="asked")
    kept = Agent.objects.get(pk=agent.pk)
    assert kept.sounds == sounds_of(kept.name) and " rm " not in kept.sounds
    assert finding.stale(Agent) == []


@pytest.mark.django_db
def test_the_column_follows_what_is_written_past_the_models():
    seat = make_assembly_seat()
    own = {
        "number": [1, 2],
        "name_hi": ["नवागांव", "कोटा"],
        "as_written": [{}, {}],
        "flags": [{}, {}],
    }
    own |= {name: ["", ""] for name in ("suffix", "number_as_written", "name_en", "locality")}
    same = {"assembly_seat_id": seat.pk, "building": "शाला", "listed_on": DAY}
    first, second = rows_in_bulk.insert_columns(Booth, own, same)
    assert Booth.objects.get(pk=first).sounds == " nbgnb sl "
    rows_in_bulk.update(Booth, [(first, {"name_hi": "रायपुर"}), (second, {"number": 3})])
    sounds = dict(Booth.objects.values_list("pk", "sounds"))
    assert sounds == {first: " ripur sl ", second: " kot sl "}
    Booth.objects.filter(pk=second).update(sounds="")
    assert finding.stale(Booth) == [second]
    assert (finding.sound_anew(Booth), finding.stale(Booth)) == (1, [])
