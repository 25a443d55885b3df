"""What ships with the project is true to its sources and loads on an empty database."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import serializers
from django.core.management import call_command

from booths.models import AgentNeed, Kind, Post
from campaign.models import Campaign, Directive, ReviewMeeting
from zones.boundaries import digest_of
from zones.models import (
    AssemblySeat,
    District,
    LokSabhaSeat,
    SchemeTerm,
    SeatMap,
    State,
    Zone,
    ZoneScheme,
    ZoneSeat,
)

pytestmark = pytest.mark.django_db

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
# Each with those that it needs before it.
IN_ORDER = ["chhattisgarh", "chhattisgarh_map", "agent_needs", "posts", "campaign_2018"]
TERRITORY = (State, District, LokSabhaSeat, AssemblySeat, ZoneScheme, Zone, ZoneSeat, SchemeTerm)
AUGUST = date(2018, 8, 18)


def load(*names):
    call_command("loaddata", *names, verbosity=0)


def import_files():
    call_command("import_territory", FIXTURES / "cg", "--state", "CG", stdout=StringIO())


def territory():
    """All rows of the territory by natural keys, in an order of their own."""
    rows = [row for model in TERRITORY for row in model.objects.all()]
    text = serializers.serialize(
        "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    found = [(row["model"], row["fields"]) for row in json.loads(text)]
    return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))


def test_every_fixture_is_in_the_list_and_holds_no_database_ids():
    found = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FIXTURES.glob("*.json")
    }

    assert sorted(found) == sorted(IN_ORDER)
    assert {key for rows in found.values() for row in rows for key in row} == {"model", "fields"}


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_fixture_loads_after_those_that_it_needs(name):
    load(*IN_ORDER[: IN_ORDER.index(name) + 1])


def test_the_territory_of_the_fixture_is_what_the_files_make():
    load("chhattisgarh")
    of_the_fixture = territory()
    for model in reversed(TERRITORY):
        model.objects.all().delete()
    assert territory() == []

    import_files()

    assert territory() == of_the_fixture


def test_chhattisgarh_has_its_four_zones_of_33_16_25_and_16_seats():
    load("chhattisgarh")
    state = State.objects.get()
    zone_of = dict(
        ZoneSeat.objects.in_force(state, AUGUST).values_list("lok_sabha_seat", "zone__number")
    )
    seats = [zone_of[seat.lok_sabha_seat_id] for seat in AssemblySeat.objects.all()]

    assert [seats.count(number) for number in (1, 2, 3, 4)] == [33, 16, 25, 16]
    assert [str(zone.name_hi) for zone in Zone.objects.all()] == [
        "ज़ोन 1",
        "ज़ोन 2",
        "ज़ोन 3",
        "ज़ोन 4",
    ]


def test_every_lok_sabha_seat_is_in_exactly_one_zone():
    load("chhattisgarh")

    zones = {}
    for zone, seat in ZoneSeat.objects.values_list("zone__number", "lok_sabha_seat__name_en"):
        zones.setdefault(zone, set()).add(seat)

    assert zones == {
        1: {"Raipur", "Bilaspur", "Raigarh", "Janjgir-Champa"},
        2: {"Korba", "Surguja"},
        3: {"Mahasamund", "Durg", "Rajnandgaon"},
        4: {"Bastar", "Kanker"},
    }
    assert ZoneSeat.objects.count() == LokSabhaSeat.objects.count() == 11


def test_the_seats_and_districts_are_all_there_in_both_languages():
    load("chhattisgarh")
    reservations = list(AssemblySeat.objects.values_list("reservation", flat=True))
    named = (District, LokSabhaSeat, AssemblySeat, Zone)

    assert [reservations.count(kind) for kind in ("GEN", "SC", "ST")] == [51, 10, 29]
    assert sorted(AssemblySeat.objects.values_list("number", flat=True)) == list(range(1, 91))
    assert District.objects.count() == 33
    assert [row for model in named for row in model.objects.all() if not row.name_en] == []
    hindi = "".join(row.name_hi for model in named for row in model.objects.all())
    assert not any(letter.isascii() and letter.isalpha() for letter in hindi)


@pytest.mark.parametrize(
    ("file", "column", "total"),
    [
        ("assembly_electors_2014", "electors_total", 17_521_563),
        ("assembly_seats", "ac_number", 4095),
    ],
)
def test_the_tables_of_seats_have_a_row_for_each_of_the_90(file, column, total):
    with (FIXTURES / "cg" / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert [int(row["ac_number"]) for row in rows] == list(range(1, 91))
    assert sum(int(row[column]) for row in rows) == total


def test_the_stations_of_2018_are_the_sum_of_the_two_phases():
    with (FIXTURES / "cg" / "polling_station_counts.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        counts = {row["election"]: int(row["polling_stations"]) for row in csv.DictReader(lines)}

    phases = [number for name, number in counts.items() if name.startswith("Assembly 2018 phase")]
    assert sum(phases) == counts["Assembly 2018 total (90 ACs)"] == 23_632


def test_the_campaign_of_2018_has_its_directives_and_meetings():
    load(*IN_ORDER)
    campaign = Campaign.objects.get()
    due = date(2018, 8, 31)

    assert (campaign.state.code, campaign.slug, campaign.is_current) == ("CG", "2018", False)
    assert list(
        Directive.objects.in_force(AUGUST).values_list("number", "measure", "kind", "due_on")
    ) == [
        (1, "agents", "booth_agent", due),
        (2, "sector_teams", "", due),
        (3, "block_teams", "", due),
        (4, "zone_teams", "", due),
    ]
    meetings = ReviewMeeting.objects.order_by("number").values_list(
        "number", "kind", "status", "window_start", "window_end"
    )
    assert list(meetings) == [
        (1, "president", "possible", None, None),
        (3, "review", "planned", date(2018, 9, 1), date(2018, 9, 14)),
    ]


def test_the_rows_of_the_fixtures_pass_the_checks_of_their_models():
    load(*IN_ORDER)

    for model in (*TERRITORY, SeatMap, AgentNeed, Post, Campaign, Directive, ReviewMeeting):
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            row.full_clean()


def test_a_booth_needs_one_booth_agent():
    load("chhattisgarh", "agent_needs")

    need = AgentNeed.objects.get()
    assert (need.state.code, need.kind, need.per_booth) == ("CG", Kind.BOOTH_AGENT, 1)


def test_the_map_draws_every_seat_and_says_whom_it_is_from():
    load("chhattisgarh", "chhattisgarh_map")

    found = SeatMap.objects.get()
    sources = {"source_en": found.source_en, "source_hi": found.source_hi}
    assert found.digest == digest_of(found.figures, sources)
    assert {int(number) for number in found.figures["seats"]} == set(range(1, 91))
    for source in sources.values():
        assert "DataMeet India" in source and "CC BY 2.5 IN" in source
        assert "Hindustan Times Labs (MIT)" in source


def test_every_level_of_team_has_one_lead():
    load("posts")

    leads = Post.objects.filter(is_lead=True).order_by("level").values_list("level", flat=True)
    assert list(leads) == ["block", "sector", "zone"]
