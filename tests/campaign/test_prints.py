"""Sheets for paper: what stands on them, for whom, and that each print is recorded."""

import re
from datetime import date

import pytest

from booths import bookkeeping, lifecycle
from booths.models import BlaAuthorisation
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import on, signed_in, text_of
from tests.makers import make_agent, make_assembly_seat, make_booth, make_sector, make_user
from zones.models import District, Look, Zone

pytestmark = pytest.mark.django_db
SEAT = "seat/1/"
OF_PEOPLE = {
    f"{SEAT}rosters/": {"रामकुमार साहू", "लक्ष्मी वर्मा"},
    f"{SEAT}letters/": {"रामकुमार साहू"},
    f"{SEAT}booth/1/letter/": {"रामकुमार साहू"},
}
NAMES = {"रामकुमार साहू", "लक्ष्मी वर्मा"}


@pytest.fixture
def land():
    return make_land()


@pytest.fixture
def user_as(land):
    def make(who: str):
        role, area = {
            "state_office": ("state_office", land.state),
            "state_in_charge": ("state_in_charge", land.state),
            "zone_1": ("zone_in_charge", Zone.objects.get(number=1)),
            "zone_2": ("zone_in_charge", Zone.objects.get(number=2)),
            "seat_in_charge": ("seat_in_charge", land.seats[0]),
            "raipur_staff": ("district_staff", District.objects.get(slug="raipur")),
            "durg_staff": ("district_staff", District.objects.get(slug="durg")),
            "observer": ("observer", land.state),
            "elsewhere": ("seat_in_charge", land.seats[3]),
        }[who]
        return make_user(who, role, area)

    return make


def authorise(
    seat, person="डेमो प्रतिनिधि", signed_on=date(2018, 8, 1), until=None, by_district=False
):
    row = BlaAuthorisation.objects.create(
        state=seat.state, person=person, signed_on=signed_on, until=until
    )
    if by_district:
        row.districts.add(seat.district)
    else:
        row.assembly_seats.add(seat)
    return row


def make_bla_2(land, number=2, name="सीता बाई", **fields):
    booth = land.booth(1, number)
    agent = make_agent(name, mobile="5000000002", epic_no="ABC1234567", **fields)
    return lifecycle.propose(booth, agent, kind="bla2", on=date(2018, 8, 5), by=land.office)


# Who may print


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("state_office", 200),
        ("state_in_charge", 200),
        ("zone_1", 200),
        ("seat_in_charge", 200),
        ("raipur_staff", 200),
        ("zone_2", 403),
        ("observer", 403),
        ("elsewhere", 404),
    ],
)
@pytest.mark.parametrize("path", OF_PEOPLE)
def test_people_are_printed_by_whoever_serves_the_seat_and_reads_people(user_as, path, who, status):
    response = signed_in(user_as(who)).get(on(path))
    assert response.status_code == status
    html = response.content.decode()
    expected = OF_PEOPLE[path] if status == 200 else set()
    assert {name for name in NAMES if name in html} == expected


def test_staff_of_a_neighbouring_district_print_only_the_booths_of_their_own(user_as, land):
    far = lifecycle.appoint_at(
        land.booth(1, 3), make_agent("दुर्ग वाला"), on=date(2018, 8, 8), by=land.office
    )
    client = signed_in(user_as("durg_staff"))
    for path in ("rosters/", "letters/"):
        html = client.get(on(f"{SEAT}{path}")).content.decode()
        assert far.agent.name in html
        assert not any(name in html for name in NAMES)
    assert client.get(on(f"{SEAT}booth/1/letter/")).status_code == 403


@pytest.mark.parametrize("who", ["observer", "zone_2"])
def test_the_summary_of_a_zone_names_nobody_but_its_in_charges_and_is_open_with_the_numbers(
    user_as, who
):
    user_as("zone_1")
    user = make_user("looks", "observer", Zone.objects.get(number=1).scheme.state)
    response = signed_in(user if who == "observer" else user_as(who)).get(on("zone/1/summary/"))
    assert response.status_code == 200
    assert "Zone in-charge: zone_1" in text_of(response)
    assert not any(name in response.content.decode() for name in NAMES)
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    ("who", "in_full"), [("seat_in_charge", True), ("raipur_staff", True), ("zone_1", False)]
)
def test_the_roster_masks_mobiles_for_whoever_does_not_call_there(user_as, who, in_full):
    html = signed_in(user_as(who)).get(on(f"{SEAT}rosters/")).content.decode()
    assert ("5000000001" in html, "50•••••001" in html) == (in_full, not in_full)


@pytest.mark.parametrize("path", OF_PEOPLE)
def test_every_print_leaves_a_look_with_whom_it_showed(land, path):
    signed_in(land.office).get(on(path))
    look = Look.objects.get()
    assert (look.what, look.count, look.by) == ("print", len(OF_PEOPLE[path]), land.office)
    assert look.where.startswith(f"/cg/{path}")


# Rosters


def rows_of(sheet) -> list[tuple[str, list[str | None]]]:
    return [(row.booth.label, [line and line.name for line in row.lines]) for row in sheet.rows]


def test_a_roster_has_a_row_a_booth_and_blank_lines_for_the_vacant_ones(land):
    printed = signed_in(land.office).get(on(f"{SEAT}rosters/")).context["printed"]
    of_sector, without = printed.sheets
    assert of_sector.sector.name_hi == "सेक्टर 1"
    assert rows_of(of_sector) == [("1", ["रामकुमार साहू"])]
    assert without.sector is None
    assert rows_of(without) == [("2", ["लक्ष्मी वर्मा"]), ("2A", [None]), ("3", [None])]


def test_a_roster_has_as_many_lines_as_a_booth_needs_agents(land):
    land.state.agent_needs.update(per_booth=2)
    printed = signed_in(land.office).get(on(f"{SEAT}rosters/")).context["printed"]
    assert rows_of(printed.sheets[0]) == [("1", ["रामकुमार साहू", None])]


def test_the_roster_of_one_sector_holds_no_other_booth(land):
    sector = land.booth(1, 1).sector
    client = signed_in(land.office)
    printed = client.get(on(f"{SEAT}sector/{sector.pk}/roster/")).context["printed"]
    assert [rows_of(sheet) for sheet in printed.sheets] == [[("1", ["रामकुमार साहू"])]]
    other = make_sector(land.seats[1], "पराया")
    assert client.get(on(f"{SEAT}sector/{other.pk}/roster/")).status_code == 404


def test_sectors_come_in_the_order_in_which_one_counts(land):
    seat = land.seats[0]
    for number in (10, 2):
        land.booth(1, 2 if number == 2 else 3)
        booth = make_booth(number * 10, seat=seat, sector=make_sector(seat, f"सेक्टर {number}"))
        assert booth.sector
    printed = signed_in(land.office).get(on(f"{SEAT}rosters/")).context["printed"]
    names = [sheet.sector and sheet.sector.name_hi for sheet in printed.sheets]
    assert names == ["सेक्टर 1", "सेक्टर 2", "सेक्टर 10", None]


# Letters


def test_a_letter_says_who_is_appointed_where_by_which_party_and_from_when(land):
    agent = land.booth(1, 1).appointments.get().agent
    text = text_of(signed_in(land.office).get(on(f"{SEAT}booth/1/letter/")))
    for part in (
        "दल",
        "Campaign 2018",
        "Date : 11 August 2018".replace(" :", ":"),
        "रामकुमार साहू",
        f"code {agent.code}",
        "the party appoints you Booth agent at polling station 1 प्राथमिक शाला 1",
        "holds from 6 August 2018",
    ):
        assert part in text, part


def test_a_letter_is_in_formal_hindi_for_a_reader_of_hindi(land):
    text = text_of(signed_in(land.office, "hi").get(on(f"{SEAT}booth/1/letter/")))
    assert "नियुक्ति पत्र" in text
    assert "बूथ एजेंट नियुक्त करती है" in text


@pytest.mark.parametrize(
    ("query", "number"), [("", 1), ("&sector=none", 0), ("&sector={sector}", 1)]
)
def test_letters_go_to_those_in_office_on_the_day_of_the_sector_asked_for(land, query, number):
    query = query.format(sector=land.booth(1, 1).sector_id)
    response = signed_in(land.office).get(on(f"{SEAT}letters/") + query)
    assert response.content.decode().count('class="sheet letter"') == number


@pytest.mark.parametrize("sector", ["x", "0", "9" * 30, "٣"])
def test_a_sector_that_the_seat_has_not_is_not_found(land, sector):
    response = signed_in(land.office).get(on(f"{SEAT}letters/") + f"&sector={sector}")
    assert response.status_code == 404


def test_nobody_gets_a_letter_before_the_appointment_or_after_its_end(land):
    client = signed_in(land.office)
    booth = f"{SEAT}booth/1/letter/"
    assert "Nobody is appointed here" in text_of(client.get(on(booth, date(2018, 8, 5))))
    standing = land.booth(1, 1).appointments.get()
    lifecycle.end(standing, on=date(2018, 8, 10), reason="resigned", by=land.office)
    assert "रामकुमार" in text_of(client.get(on(booth, date(2018, 8, 9))))
    assert "Nobody is appointed here" in text_of(client.get(on(booth)))
    assert "Nobody is appointed here" in text_of(client.get(on(f"{SEAT}booth/2/letter/")))


def test_a_booth_written_otherwise_leads_to_its_letter(land):
    response = signed_in(land.office).get("/cg/seat/1/booth/२क/letter/")
    assert response.status_code == 302
    assert response["Location"] == "/cg/seat/1/booth/2A/letter/"


# BLA-2


@pytest.mark.parametrize(
    ("given", "is_printed"),
    [
        ({}, True),
        ({"by_district": True}, True),
        ({"signed_on": date(2018, 8, 12)}, False),
        ({"until": TODAY}, False),
        ({"until": date(2018, 8, 12)}, True),
    ],
)
def test_a_form_is_printed_only_where_an_authorisation_covers_the_seat_on_the_day(
    land, given, is_printed
):
    make_bla_2(land)
    authorise(land.seats[0], **given)
    text = text_of(signed_in(land.office).get(on(f"{SEAT}bla-2/")))
    assert ("सीता बाई" in text) is is_printed
    assert ("No form BLA-2 can be printed" in text) is not is_printed


def test_an_authorisation_of_another_seat_or_of_nowhere_does_not_cover_this_one(land):
    make_bla_2(land)
    authorise(land.seats[1])
    BlaAuthorisation.objects.create(state=land.state, person="ख", signed_on=date(2018, 8, 1))
    text = text_of(signed_in(land.office).get(on(f"{SEAT}bla-2/")))
    assert "No form BLA-2 can be printed" in text
    assert not Look.objects.exists()


def test_a_form_is_filled_from_what_is_known_and_marked_in_both_languages(land):
    make_bla_2(land, relation_name="मोहन", elector_part="12", elector_serial="345")
    authorise(land.seats[0])
    text = text_of(signed_in(land.office).get(on(f"{SEAT}booth/2/bla-2/")))
    for part in (
        "वर्तमान प्रपत्र से मिला लें · Check against the current form",
        "1 Seat 1",
        "2 प्राथमिक शाला 2",
        "सीता बाई",
        "मोहन",
        "5000000002",
        "ABC1234567",
        "1 / 12 / 345",
        "Name: डेमो प्रतिनिधि",
    ):
        assert part in text, part
    assert Look.objects.get().count == 1


def test_of_several_representatives_none_is_named(land):
    make_bla_2(land)
    for person in ("डेमो क", "डेमो ख"):
        authorise(land.seats[0], person)
    text = text_of(signed_in(land.office).get(on(f"{SEAT}bla-2/")))
    assert "सीता बाई" in text and "डेमो क" not in text and "डेमो ख" not in text


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("raipur_staff", {"5000000002", "ABC1234567"}),
        ("seat_in_charge", {"5000000002"}),
        ("zone_1", set()),
    ],
)
def test_numbers_that_the_reader_has_not_in_full_stay_blank_on_the_form(land, user_as, who, shown):
    make_bla_2(land)
    authorise(land.seats[0])
    html = signed_in(user_as(who)).get(on(f"{SEAT}bla-2/")).content.decode()
    assert "सीता बाई" in html
    assert {number for number in ("5000000002", "ABC1234567") if number in html} == shown


def test_a_booth_without_a_bla_2_has_a_form_to_be_filled_by_hand(land):
    authorise(land.seats[0])
    response = signed_in(land.office).get(on(f"{SEAT}booth/1/bla-2/"))
    (form,) = response.context["printed"].sheets
    assert (form.booth.label, form.agent) == ("1", None)
    in_one_go = signed_in(land.office).get(on(f"{SEAT}bla-2/"))
    assert "No BLA-2 stands here" in text_of(in_one_go)


# The summary


def test_the_summary_has_the_numbers_of_the_zone_and_a_row_a_seat(land):
    text = text_of(signed_in(land.office).get(on("zone/1/summary/")))
    assert "Agents at booths 3 / 6 50%" in text
    rows = re.findall(r"(Lok Sabha seat 1 \S+ \S+ \d|\d Seat \d|Total) (\d+) (\d+) (\d+%)", text)
    assert [row[1:] for row in rows[-3:]] == [
        ("4", "1", "25%"),
        ("2", "2", "100%"),
        ("6", "3", "50%"),
    ]
    assert "3 Seat 3" not in text


# All sheets


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("path", [*OF_PEOPLE, f"{SEAT}bla-2/", "zone/1/summary/"])
def test_sheets_have_nothing_inline_and_lead_back(land, path, language):
    make_bla_2(land)
    authorise(land.seats[0])
    html = signed_in(land.office, language).get(on(path)).content.decode()
    assert " style=" not in html and "<script" not in html and "<style" not in html
    place = path.removesuffix("rosters/").removesuffix("letters/").removesuffix("bla-2/")
    place = place.removesuffix("letter/").removesuffix("summary/")
    assert f'href="/cg/{place}?on=2018-08-11"' in html


@pytest.mark.parametrize("booths", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("rosters/", 13), ("letters/", 7), ("bla-2/", 10)])
def test_a_print_asks_as_often_for_thirty_as_for_one(
    django_assert_num_queries, path, queries, booths
):
    land = make_land()
    seat = make_assembly_seat(5, land.seats[0].lok_sabha_seat, land.seats[0].district)
    made = [make_booth(number + 1, seat=seat) for number in range(booths)]
    bookkeeping.recount(land.state)
    for booth in made:
        agent = make_agent(f"एजेंट {booth.number}")
        for kind in ("booth_agent", "bla2"):
            lifecycle.propose(booth, agent, kind=kind, on=date(2018, 8, 5), by=land.office)
        standing = booth.appointments.get(kind="booth_agent")
        lifecycle.appoint(standing, on=date(2018, 8, 6), by=land.office)
    authorise(seat)
    client = signed_in(land.office)
    with django_assert_num_queries(queries):
        response = client.get(on(f"seat/5/{path}"))
    assert response.content.decode().count("एजेंट ") >= booths
