"""A state comes from CSV files: all of it or nothing, and the same files again change nothing."""

import unicodedata
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.zones.territory import LOK_SABHA_SEATS, everything, load, refusal, rewrite
from zones.imports import FIRST_SCHEME_FROM
from zones.models import AssemblySeat, District, LokSabhaSeat, SchemeTerm, State, Zone, ZoneSeat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_new_state_is_loaded_whole(folder):
    said = load(folder)

    assert said == [
        "XY New State",
        "districts: 2 new, 0 changed, 0 unchanged",
        "Lok Sabha seats: 2 new, 0 changed, 0 unchanged",
        "assembly seats: 2 new, 0 changed, 0 unchanged",
        "zones: 2 new, 0 changed, 0 unchanged",
        "seats of zones: 2 new, 0 changed, 0 unchanged",
        "terms of zone schemes: 1 new, 0 changed, 0 unchanged",
    ]
    state = State.objects.get()
    assert (state.code, state.name_hi, state.name_en) == ("XY", "नया प्रदेश", "New State")
    assert list(
        AssemblySeat.objects.values_list(
            "number", "name_hi", "reservation", "lok_sabha_seat__number", "district__slug"
        )
    ) == [(1, "रामपुर शहर", "GEN", 1, "rampur"), (2, "किला ग्रामीण", "ST", 2, "old-fort")]
    assert District.objects.get(slug="rampur").aliases == ["Rampoor", "Rampur Nagar", "रामपूर"]
    scheme = state.zone_schemes.get()
    assert (scheme.name_en, scheme.name_hi) == ("Two zones", unicodedata.normalize("NFC", "दो ज़ोन"))
    assert [str(zone) for zone in scheme.zones.all()] == ["Zone 1", "Zone 2"]
    in_force = ZoneSeat.objects.in_force(state, date(2018, 8, 18))
    assert dict(in_force.values_list("lok_sabha_seat__number", "zone__number")) == {1: 1, 2: 2}


def test_the_same_files_again_change_nothing(folder):
    load(folder)
    before = everything()

    said = load(folder)

    assert everything() == before
    assert said[1:] == [
        "districts: 0 new, 0 changed, 2 unchanged",
        "Lok Sabha seats: 0 new, 0 changed, 2 unchanged",
        "assembly seats: 0 new, 0 changed, 2 unchanged",
        "zones: 0 new, 0 changed, 2 unchanged",
        "seats of zones: 0 new, 0 changed, 2 unchanged",
        "terms of zone schemes: 0 new, 0 changed, 1 unchanged",
    ]


def test_a_corrected_name_is_taken_and_a_row_that_is_gone_stays(folder):
    load(folder)
    rewrite(folder / "districts.csv", "पुराना किला", "पुराना क़िला")
    (folder / "lok_sabha_seats.csv").write_text(
        LOK_SABHA_SEATS.replace("2,Old Fort", "3,Old Fort"), encoding="utf-8"
    )
    rewrite(folder / "assembly_seats.csv", "ST,2", "ST,3")

    said = load(folder)

    assert said[1:4] == [
        "districts: 0 new, 1 changed, 1 unchanged",
        "Lok Sabha seats: 1 new, 0 changed, 1 unchanged; 1 not in the files are left as they are",
        "assembly seats: 0 new, 1 changed, 1 unchanged",
    ]
    corrected = District.objects.get(slug="old-fort").name_hi
    assert corrected == unicodedata.normalize("NFC", "पुराना क़िला")


def test_a_seat_of_another_main_district_asks_for_a_recount(folder):
    load(folder)
    rewrite(folder / "assembly_seats.csv", "ST,2,Old Fort", "ST,2,Rampur")

    assert load(folder)[-1] == (
        "The main district of these seats changed: 2. Run manage.py recount if they have booths."
    )


def test_known_states_need_no_name(folder):
    call_command("import_territory", folder, "--state", "mp", stdout=StringIO())

    assert str(State.objects.get(code="MP").name_hi) == "मध्य प्रदेश"


def test_names_edited_since_are_kept_unless_a_file_gives_them(folder):
    load(folder)
    State.objects.update(name_hi="हमारा प्रदेश")
    Zone.objects.filter(number=1).update(name_hi="उत्तर")

    call_command("import_territory", folder, "--state", "XY", stdout=StringIO())

    assert State.objects.get().name_hi == "हमारा प्रदेश"
    assert Zone.objects.get(number=1).name_hi == "उत्तर"


def test_optional_files_name_the_state_the_zones_and_their_scheme(folder):
    (folder / "state.csv").write_text("code,name_hi,name_en\nXY,प्रदेश,State\n", encoding="utf-8")
    (folder / "zones.csv").write_text(
        "number,name_hi,name_en\n1,उत्तर,North\n2,दक्षिण,South\n", encoding="utf-8"
    )
    (folder / "zone_scheme.csv").write_text(
        "name_hi,name_en,from_on\nनया बँटवारा,New cut,2018-08-01\n", encoding="utf-8"
    )

    call_command("import_territory", folder, "--state", "XY", stdout=StringIO())

    term = SchemeTerm.objects.get()
    assert (term.scheme.name_en, term.from_on) == ("New cut", date(2018, 8, 1))
    assert [zone.name for zone in term.scheme.zones.all()] == ["North", "South"]
    assert State.objects.get().name == "State"


def test_a_state_without_zones_has_seats_without_a_zone(folder):
    (folder / "lok_sabha_seats.csv").write_text(
        "ls_number,name_en,name_hi\n1,Rampur,रामपुर\n2,Old Fort,पुराना किला\n", encoding="utf-8"
    )

    said = load(folder)

    assert said[-1] == (
        "The files name no zones: all seats stand without a zone unless a scheme has them."
    )
    assert (LokSabhaSeat.objects.count(), ZoneSeat.objects.count()) == (2, 0)


def test_a_lok_sabha_seat_may_be_without_a_zone_and_may_leave_one(folder):
    load(folder)
    rewrite(folder / "lok_sabha_seats.csv", "SC,2,1", "SC,,1")

    said = load(folder, "--scheme", "Two zones")

    assert said[4:6] == [
        "zones: 0 new, 0 changed, 1 unchanged; 1 not in the files are left as they are",
        "seats of zones: 0 new, 1 changed, 1 unchanged",
    ]
    assert list(ZoneSeat.objects.values_list("lok_sabha_seat__number", flat=True)) == [1]


# --- zone schemes -----------------------------------------------------------------------------


def terms():
    found = SchemeTerm.objects.order_by("from_on").values_list("scheme__name_en", "from_on")
    return [(name, day.isoformat()) for name, day in found]


def test_the_first_scheme_holds_from_the_beginning_unless_a_day_is_given(folder):
    load(folder, "--from", "2018-08-01")
    load(folder, "--name-hi", "दूसरा", state="ZZ")

    assert terms() == [
        ("Two zones", FIRST_SCHEME_FROM.isoformat()),
        ("Two zones", "2018-08-01"),
    ]


def test_a_later_scheme_needs_its_first_day_and_leaves_the_past_as_it_was(folder):
    load(folder)
    rewrite(folder / "lok_sabha_seats.csv", "SC,2,1", "SC,1,1")
    assert refusal(folder, "--scheme", "One cut") == [
        "Say with --from from which day the zone scheme “One cut” is in force."
    ]

    load(folder, "--scheme", "One cut", "--scheme-hi", "एक", "--from", "2018-08-01")

    assert terms() == [("Two zones", "2008-01-01"), ("One cut", "2018-08-01")]
    state = State.objects.get()
    for day, zones in ((date(2018, 7, 31), [1, 2]), (date(2018, 8, 1), [1, 1])):
        in_force = ZoneSeat.objects.in_force(state, day).order_by("lok_sabha_seat__number")
        assert list(in_force.values_list("zone__number", flat=True)) == zones


def test_going_back_to_a_scheme_adds_a_term(folder):
    load(folder, "--from", "2018-01-01")
    load(folder, "--scheme", "Other", "--from", "2018-08-01")
    load(folder, "--from", "2018-10-01")

    assert [name for name, _day in terms()] == ["Two zones", "Other", "Two zones"]


def test_two_schemes_cannot_come_into_force_on_one_day(folder):
    load(folder, "--from", "2018-08-01")

    assert refusal(folder, "--scheme", "Other", "--from", "2018-08-01") == [
        "From 2018-08-01 the zone scheme “Two zones” is in force: give another day with --from."
    ]


# --- refusals ---------------------------------------------------------------------------------


def test_an_unknown_state_needs_a_name(folder):
    with pytest.raises(CommandError, match="The state XY is not known: give its name"):
        call_command("import_territory", folder, "--state", "XY")
    assert not State.objects.exists()


def test_a_fault_found_late_undoes_what_was_written_before(folder):
    load(folder)
    rewrite(folder / "districts.csv", "रामपुर", "रामनगर")

    assert refusal(folder, "--scheme", "New") != []


@pytest.mark.parametrize("options", [("--state", "C1"), ("--state", "XY", "--from", "2018")])
def test_wrong_options_are_refused(folder, options):
    with pytest.raises(CommandError):
        call_command("import_territory", folder, *options)
