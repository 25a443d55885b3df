"""Borders of seats come from GeoJSON: those of every seat of the state, or nothing changes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.makers import make_assembly_seat, make_lok_sabha_seat, make_state
from zones.boundaries import digest_of, figures_of
from zones.models import SeatMap

LEFT = [[80.0, 20.0], [81.0, 20.0], [81.0, 21.0], [80.0, 21.0], [80.0, 20.0]]
RIGHT = [[81.0, 20.0], [82.0, 20.0], [82.0, 21.0], [81.0, 21.0], [81.0, 20.0]]
# On the equator a degree is as wide as high, so that the sheet is twice as wide as high.
EQUATOR = {1: [[[(0, -1), (2, -1), (2, 1), (0, 1)]]], 2: [[[(2, -1), (4, -1), (4, 1), (2, 1)]]]}


def feature(number, ring, **fields):
    polygon = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"AC_NO": number}, "geometry": polygon} | fields


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


GOOD = collection(feature(1, LEFT), feature(2, RIGHT))


def load(folder, content, *options):
    file = folder / "seats.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    out = StringIO()
    call_command(
        "import_boundaries", file, "--state", "cg", "--source", "Someone", *options, stdout=out
    )
    return out.getvalue().strip()


@pytest.fixture
def state(db, english):
    state = make_state()
    lok_sabha = make_lok_sabha_seat(state, 1)
    for number in (1, 2):
        make_assembly_seat(number, lok_sabha)
    return state


def test_a_map_is_loaded_whole(state, tmp_path):
    assert load(tmp_path, GOOD, "--source-hi", "कोई") == "Map of 2 seats loaded: 3 lines, 0 kB."

    found = SeatMap.objects.get()
    assert (found.state, found.source_en, found.source_hi) == (state, "Someone", "कोई")
    assert found.figures["size"] == [4096, 2186]
    assert found.figures["seats"] == {"1": [[0, 1]], "2": [[2, -1]]}


def test_the_same_file_again_changes_nothing(state, tmp_path):
    load(tmp_path, GOOD)
    before = SeatMap.objects.values().get()

    assert load(tmp_path, GOOD) == "This map is loaded already: nothing was changed."
    assert SeatMap.objects.values().get() == before


def test_who_says_no_source_keeps_the_one_that_is_known(state, tmp_path):
    def load_unsaid(*options):
        load(tmp_path, GOOD, "--source", "", *options)
        found = SeatMap.objects.get()
        return found.source_en, found.source_hi

    assert load_unsaid() == ("seats.geojson", "")
    load(tmp_path, GOOD, "--source-hi", "कोई")
    assert load_unsaid() == ("Someone", "कोई")
    assert load_unsaid("--source-hi", "और कोई") == ("Someone", "और कोई")
    load(tmp_path, GOOD)
    assert load_unsaid() == ("Someone", "")


def test_another_file_takes_the_place_of_the_map(state, tmp_path):
    load(tmp_path, GOOD)
    old = SeatMap.objects.get().digest
    load(tmp_path, collection(feature(2, LEFT), feature(1, RIGHT)))

    found = SeatMap.objects.get()
    assert found.digest != old
    assert found.figures["labels"]["1"][0] > found.figures["labels"]["2"][0]


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({"properties": {"ac_number": "02"}, "id": 77}, ()),
        ({"properties": {"AC No.": 2.0}}, ()),
        ({"properties": None, "id": 2}, ()),
        ({"properties": {"name": "B"}, "id": "2"}, ()),
        ({"properties": {"ac_no": 77, "code": 2}}, ("--number-in", "code")),
    ],
)
def test_a_seat_is_known_by_its_number(state, tmp_path, fields, options):
    first = feature(1, LEFT, properties={"ac_no": 1, "code": 1})
    load(tmp_path, collection(first, feature(0, RIGHT, **fields)), *options)

    assert set(SeatMap.objects.get().figures["seats"]) == {"1", "2"}


def second(**fields):
    return collection(feature(1, LEFT), feature(2, RIGHT, **fields))


def geometry(kind, coordinates):
    return second(geometry={"type": kind, "coordinates": coordinates})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("borders", "seats.geojson is not JSON."),
        ("[" * 100_000, "seats.geojson is not JSON."),
        ([], "seats.geojson is not GeoJSON with a FeatureCollection of seats."),
        (
            {"type": "FeatureCollection"},
            "seats.geojson is not GeoJSON with a FeatureCollection of seats.",
        ),
        (collection(), "seats.geojson holds no seat."),
        (collection(feature(1, LEFT)), "These seats are not in the file: 2"),
        (collection(feature(1, LEFT), 5), "Feature 2: it is no feature"),
        (
            second(properties={"ac_no": 3}),
            "Feature 2: there is no assembly seat 3 in the state",
        ),
        (second(properties={"ac_no": 1}), "Feature 2: seat 1 is there twice"),
        (
            second(geometry={"type": "Point", "coordinates": [1, 2]}),
            "Feature 2: seat 2: its geometry is no Polygon or MultiPolygon",
        ),
        (
            second(geometry=None),
            "Feature 2: seat 2: its geometry is no Polygon or MultiPolygon",
        ),
        (geometry("Polygon", []), "Feature 2: seat 2: its coordinates are broken"),
        (geometry("MultiPolygon", [[1]]), "Feature 2: seat 2: its coordinates are broken"),
        (
            geometry("Polygon", [[[81, 20], [82, 20], [81, 20]]]),
            "Feature 2: seat 2: a ring has fewer than three points",
        ),
        (
            geometry("Polygon", [[[81, 20], [82, "x"], [82, 21]]]),
            "Feature 2: seat 2: “[82, 'x']” is no point",
        ),
        (
            geometry("Polygon", [[[500_000, 20], [82, 20], [82, 21]]]),
            "Feature 2: seat 2: 500000, 20 are no degrees: save the file in WGS 84 (EPSG:4326)",
        ),
        (
            geometry("Polygon", [[[81, 20], [81.00001, 20], [81.00001, 20.00001]]]),
            "These seats enclose nothing that could be drawn: 2",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(state, tmp_path, content, sentence):
    load(tmp_path, GOOD)
    before = SeatMap.objects.values().get()
    with pytest.raises(CommandError) as refused:
        load(tmp_path, content)

    assert str(refused.value) == f"{sentence}\nNothing was changed."
    assert SeatMap.objects.values().get() == before


def test_a_number_is_looked_for_by_name(state, tmp_path):
    with pytest.raises(CommandError, match="Feature 1: no number of a seat in code"):
        load(tmp_path, GOOD, "--number-in", "code")


def test_a_state_without_seats_has_no_map(state, tmp_path):
    with pytest.raises(CommandError, match="The state XY has no assembly seats yet"):
        load(tmp_path, GOOD, "--state", "XY")


def test_there_must_be_a_file(state, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_boundaries", tmp_path / "none", "--state", "CG", "--source", "x")


def test_degrees_become_units_of_a_sheet_with_north_above():
    figures = figures_of(EQUATOR)

    assert figures == {
        "size": [4096, 2048],
        "arcs": [
            [2048, 0, 0, 2048],
            [2048, 2048, -2048, 0, 0, -2048, 2048, 0],
            [2048, 0, 2048, 0, 0, 2048, -2048, 0],
        ],
        "seats": {"1": [[0, 1]], "2": [[2, -1]]},
        "labels": {"1": [1024, 1024, 1024], "2": [3072, 1024, 1024]},
    }
    assert digest_of(figures, {}) != digest_of(figures_of({1: EQUATOR[2], 2: EQUATOR[1]}), {})


def test_a_hole_and_a_collection_of_geometries_are_read(state, tmp_path):
    hole = [[81.4, 20.4], [81.6, 20.4], [81.6, 20.6], [81.4, 20.6], [81.4, 20.4]]
    parts = [
        {"type": "LineString", "coordinates": [[81, 20], [82, 21]]},
        {"type": "Polygon", "coordinates": [RIGHT, hole]},
    ]
    load(tmp_path, second(geometry={"type": "GeometryCollection", "geometries": parts}))

    assert [len(rings) for rings in SeatMap.objects.get().figures["seats"].values()] == [1, 2]
