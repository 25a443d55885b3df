"""The map on the pages of places: its colours, its numbers, its links, and how it is chosen."""

import re
from datetime import date
from hashlib import sha256

import pytest
from django.test import Client

from campaign import snapshots
from campaign.models import ReviewMeeting
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import signed_in
from tests.makers import make_assembly_seat, make_lok_sabha_seat, make_scheme
from zones.boundaries import digest_of, figures_of
from zones.models import LokSabhaSeat, SeatMap

pytestmark = pytest.mark.django_db

SEAT = re.compile(
    r'<a href="(?P<href>[^"]*)"><title>(?P<title>[^<]*)</title>'
    r'<(?:use|path) id="seat-\d+" class="(?P<css>\w+)"'
)


def make_seat_map(state, numbers=range(1, 5)):
    """A square of a degree for each seat, in a row from the west to the east."""
    figures = figures_of(
        {n: [[[(n, 0), (n + 1, 0), (n + 1, 1), (n, 1)]]] for n in numbers}  # on the equator
    )
    source = {"source_en": "Borders: somebody", "source_hi": "सीमाएँ: कोई"}
    digest = digest_of(figures, source)
    return SeatMap.objects.create(state=state, figures=figures, digest=digest, **source)


@pytest.fixture
def land():
    land = make_land()
    make_seat_map(land.state)
    return land


def page_of(land, path="", language="en", **query):
    asked = {"on": TODAY} | query
    return signed_in(land.office, language).get(f"/cg/{path}", asked)


def text_of(page):
    assert page.status_code == 200
    return page.content.decode()


def seats_on(page):
    return [tuple(found.groups()) for found in SEAT.finditer(text_of(page))]


def test_every_seat_is_a_link_in_its_colour_with_its_figures(land):
    keep = f"?on={TODAY}"
    assert seats_on(page_of(land)) == [
        (f"/cg/seat/1/{keep}", "1 Seat 1: 25% · 1 / 4", "m1"),
        (f"/cg/seat/2/{keep}", "2 Seat 2: 100% · 2 / 2", "m5"),
        (f"/cg/seat/3/{keep}", "3 Seat 3: no booths yet", "none"),
        (f"/cg/seat/4/{keep}", "4 Seat 4: 0% · 0 / 1", "m0"),
    ]


def test_the_legend_says_how_many_seats_are_in_each_class(land):
    legend = [(its.css, its.label, its.seats) for its in page_of(land).context["map"].legend]

    assert legend == [
        ("m0", "0–19%", 1),
        ("m1", "20–39%", 1),
        ("m2", "40–59%", 0),
        ("m3", "60–79%", 0),
        ("m4", "80–99%", 0),
        ("m5", "100%", 1),
        ("none", "no booths yet", 1),
    ]


def test_a_seat_without_a_number_is_hatched(land):
    assert text_of(page_of(land)).count('class="none" fill="url(#hatched)"') == 2  # and its legend


@pytest.mark.parametrize(
    ("measure", "titles"),
    [
        (
            "verified",
            ["0% · 0 / 4", "50% · 1 / 2", "no booths yet", "0% · 0 / 1"],
        ),
        (
            "pace",
            [
                "0.1 a day, 1 needed",
                "done",
                "no pace to be told",
                "0 a day, 1 needed",
            ],
        ),
        (
            "teams",
            ["0% · 0 / 1", "no sector drawn", "no sector drawn", "no sector drawn"],
        ),
        ("vote", ["25% · 1 / 4", "100% · 2 / 2", "no booths yet", "0% · 0 / 1"]),
    ],
)
def test_the_measure_is_chosen_in_the_address(land, measure, titles):
    shown = [title.split(": ")[1] for _href, title, _css in seats_on(page_of(land, map=measure))]
    assert shown == titles


def test_a_choice_keeps_the_rest_of_the_address(land):
    choices = page_of(land, sort="-remaining", map="pace").context["map"].choices

    assert [(choice.href, choice.is_chosen) for choice in choices] == [
        (f"?on={TODAY}&sort=-remaining&map=covered#map", False),
        (f"?on={TODAY}&sort=-remaining&map=verified#map", False),
        (f"?on={TODAY}&sort=-remaining&map=pace#map", True),
        (f"?on={TODAY}&sort=-remaining&map=teams#map", False),
    ]


def test_since_the_last_review_is_offered_once_one_was_held(land):
    meeting = ReviewMeeting.objects.create(campaign=land.campaign, number=1)
    snapshots.hold(meeting, day=date(2018, 8, 7), by=land.office, on=TODAY)

    def keys(path, **query):
        return [choice.label for choice in page_of(land, path, **query).context["map"].choices]

    # Since then the second booth of seat 2 was covered.
    assert [title for _href, title, _css in seats_on(page_of(land, map="since"))] == [
        "1 Seat 1: +0, now 1 / 4 booths",
        "2 Seat 2: +1, now 2 / 2 booths",
        "3 Seat 3: not counted then",
        "4 Seat 4: +0, now 0 / 1 booths",
    ]
    assert "Since the review" in keys("zone/1/")
    assert "Since the review" not in keys("", on="2018-08-06")
    assert "Since the review" not in keys("district/durg/")  # where seats are but parts


def test_zones_are_outlined_and_numbered_as_they_were_on_the_day(land):
    drawing = page_of(land).context["map"].drawing
    # Of the four squares 1 and 2 are zone 1, 3 is zone 2, 4 is in none.
    assert drawing.outline == "M2048 0l0 1024M3072 0l0 1024"
    assert [(spot.text, spot.x) for spot in drawing.zones] == [("1", 512), ("2", 2560)]

    everything = list(LokSabhaSeat.objects.all())
    make_scheme(land.state, {1: everything}, from_on=date(2018, 8, 12), name="One zone")
    assert page_of(land).context["map"].drawing.outline == drawing.outline
    later = signed_in(land.office).get("/cg/", {"on": "2018-08-13"}).context["map"].drawing
    assert (later.outline, len(later.zones)) == ("", 1)


@pytest.mark.parametrize(
    ("path", "own", "around"),
    [
        ("zone/1/", [1, 2], [3]),
        ("ls/2/", [3], [2, 4]),
        ("district/durg/", [1, 2, 4], [3]),
        ("seat/2/", [2], [1, 3]),
    ],
)
def test_a_place_shows_its_own_seats_and_pale_those_around(land, path, own, around):
    shown = page_of(land, path).context["map"]

    assert (list(shown.seats), shown.drawing.around) == (own, around)
    assert 'class="map-around"' in text_of(page_of(land, path))


def test_on_its_own_page_a_seat_is_no_link_and_says_its_figures(land):
    page = page_of(land, "seat/2/", map="verified")

    assert seats_on(page) == []
    assert "Booths whose agent is verified: <b>50% · 1 / 2</b>" in text_of(page)


@pytest.mark.parametrize(
    ("language", "source"), [("en", "Borders: somebody"), ("hi", "सीमाएँ: कोई")]
)
def test_whom_the_borders_are_from_stands_under_the_map(land, language, source):
    assert f'<p class="map-source">{source}</p>' in text_of(page_of(land, language=language))


def test_a_seat_that_the_map_does_not_know_is_named_under_it(land):
    make_assembly_seat(5, make_lok_sabha_seat(land.state, 3))

    assert "Not on the map: 5 Seat 5</p>" in text_of(page_of(land))


def test_a_state_without_borders_shows_tiles_by_zone_with_the_same_links(land):
    drawn = seats_on(page_of(land))
    SeatMap.objects.all().delete()
    page = page_of(land)

    assert seats_on(page) == drawn
    headings = [spot.text for spot in page.context["map"].drawing.zones]
    assert headings == ["Zone 1", "Zone 2", "Without zone"]
    assert "map-source" not in text_of(page)
    of_zone = page_of(land, "zone/1/").context["map"].drawing
    assert [spot.text for spot in of_zone.zones] == ["Lok Sabha 1"]
    assert page_of(land, "seat/1/").context["map"] is None  # a tile alone says nothing


def test_the_borders_are_in_a_file_of_their_own_that_a_browser_keeps(land):
    named = re.findall(
        r'<use id="seat-(\d+)" class="\w+"[^>]* href="([^"#]*)#s\1"/>', text_of(page_of(land))
    )
    assert [number for number, _address in named] == ["1", "2", "3", "4"]
    (address,) = {address for _number, address in named}

    file = Client().get(address)

    assert file.headers["Content-Type"] == "image/svg+xml"
    assert file.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert "cookie" not in file.headers.get("Vary", "").lower()  # else once for each session
    assert address.endswith(sha256(file.content).hexdigest()[:8])  # drawn otherwise, fetched anew
    drawn = re.findall(r'<path id="s(\d)" [^>]*d="([^"]*)"', file.content.decode())
    assert [number for number, _path in drawn] == ["1", "2", "3", "4"]
    assert drawn[0][1] == "M1024 0l0 1024-1024 0 0-1024z"
    assert Client().get(address.replace(".svg", "0.svg")).status_code == 404


def test_there_is_no_map_before_there_is_a_directive(land):
    land.directive.delete()

    assert page_of(land).context["map"] is None


def test_names_are_escaped(land):
    land.seats[0].name_en = "<b>Raipur</b>"
    land.seats[0].save()

    assert "1 &lt;b&gt;Raipur&lt;/b&gt;: 25%" in text_of(page_of(land))


def test_a_map_seen_before_is_not_asked_for_again(land, django_assert_num_queries):
    client = signed_in(land.office)
    client.get("/cg/", {"on": TODAY})
    with django_assert_num_queries(11):  # as without a map
        client.get("/cg/", {"on": TODAY})


def test_another_map_is_shown_at_once(land):
    page_of(land)
    SeatMap.objects.all().delete()
    make_seat_map(land.state, [4, 1])

    assert list(page_of(land).context["map"].seats) == [1, 4]
