"""Numbers go with the area that a user sees, names and phones with the places they serve."""

from datetime import date

import pytest
from django.utils import timezone

from booths import lifecycle
from campaign.models import Campaign
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import on, signed_in, text_of
from tests.makers import make_agent, make_user
from zones.models import District, LokSabhaSeat, Zone

pytestmark = pytest.mark.django_db
BOOTH = "seat/1/booth/1/"
EVERYWHERE = {
    "",
    "zone/1/",
    "zone/2/",
    "ls/1/",
    "ls/2/",
    "seat/1/",
    "seat/2/",
    "seat/3/",
    BOOTH,
    "district/durg/",
    "district/raipur/",
    "districts/",
}
SEEN = {
    "nobody": set(),
    "state_office": EVERYWHERE,
    "state_in_charge": EVERYWHERE,
    "observer": EVERYWHERE,
    "zone_in_charge": EVERYWHERE,
    "lok_sabha_in_charge": {"ls/1/", "seat/1/", "seat/2/", BOOTH},
    "seat_in_charge": {"seat/1/", BOOTH},
    # A seat with a booth across the border is seen from both districts.
    "durg_staff": {"district/durg/", "seat/1/", "seat/2/", BOOTH},
    "raipur_staff": {"district/raipur/", "seat/1/", "seat/3/", BOOTH},
}


@pytest.fixture
def land():
    return make_land()


@pytest.fixture
def user_as(land):
    def make(who: str):
        area = {
            "state_office": ("state_office", land.state),
            "state_in_charge": ("state_in_charge", land.state),
            "observer": ("observer", land.state),
            "zone_in_charge": ("zone_in_charge", Zone.objects.get(number=2)),
            "lok_sabha_in_charge": ("lok_sabha_in_charge", LokSabhaSeat.objects.get(number=1)),
            "seat_in_charge": ("seat_in_charge", land.seats[0]),
            "durg_staff": ("district_staff", District.objects.get(slug="durg")),
            "raipur_staff": ("district_staff", District.objects.get(slug="raipur")),
        }
        return make_user(who, *area.get(who, (None, None)))

    return make


@pytest.mark.parametrize("who", SEEN)
def test_what_lies_outside_a_posting_is_not_there(user_as, who):
    client = signed_in(user_as(who))
    seen = {path for path in EVERYWHERE if client.get(on(path)).status_code == 200}
    assert seen == SEEN[who]


def test_a_look_at_a_past_day_opens_nothing_that_is_closed_today(land):
    user = make_user("was", "state_in_charge", land.state, until=TODAY)
    assert signed_in(user).get(on("", date(2018, 8, 5))).status_code == 404


def test_breadcrumbs_link_only_where_the_user_may_go(land, user_as):
    html = signed_in(user_as("lok_sabha_in_charge")).get(on("seat/1/")).content.decode()
    crumbs = html[html.index('class="crumbs"') : html.index("</nav>", html.index('class="crumbs"'))]
    assert 'href="/cg/ls/1/' in crumbs
    assert "Zone 1" in crumbs
    assert 'href="/cg/zone/' not in crumbs


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("state_office", True),
        ("lok_sabha_in_charge", True),
        ("seat_in_charge", True),
        ("raipur_staff", True),
        ("durg_staff", False),  # booth 1 lies in Raipur
        ("zone_in_charge", False),  # of the other zone
        ("observer", False),
    ],
)
def test_names_and_phones_are_shown_where_the_booth_is_served(user_as, who, sees):
    client = signed_in(user_as(who))
    for path in ("seat/1/", BOOTH):
        html = client.get(on(path)).content.decode()
        assert "Appointed" in html
        assert ("रामकुमार साहू" in html) is sees, path
        assert ("5000000001" in html) is sees, path


@pytest.mark.parametrize(
    ("role", "in_full"),
    [
        ("state_office", True),
        ("lok_sabha_in_charge", True),
        ("seat_in_charge", True),
        ("raipur_staff", True),
        ("state_in_charge", False),
        ("zone_1", False),
    ],
)
def test_the_booth_list_masks_mobiles_and_the_page_of_a_booth_calls(land, user_as, role, in_full):
    zone = Zone.objects.get(number=1)
    user = make_user("zone-1", "zone_in_charge", zone) if role == "zone_1" else user_as(role)
    client = signed_in(user)
    listed = client.get(on("seat/1/")).content.decode()
    assert ("5000000001" in listed, "tel:" in listed) == (in_full, in_full)
    assert ("50•••••001" in listed) is not in_full
    assert 'href="tel:+915000000001"' in client.get(on(BOOTH)).content.decode()


def test_the_booth_page_calls_and_writes_to_the_agent(land):
    html = signed_in(land.office).get(on(BOOTH)).content.decode()
    assert 'href="tel:+915000000001"' in html
    assert 'href="https://wa.me/915000000001"' in html


def test_a_booth_shows_the_agents_of_the_day_and_what_was_done_until_then(land):
    booth = land.booth(1, 1)
    first = booth.appointments.get()
    lifecycle.replace(
        first, make_agent("नया एजेंट"), on=date(2018, 8, 10), by=land.office, note="बीमार"
    )
    client = signed_in(land.office)
    before = text_of(client.get(on(BOOTH, date(2018, 8, 9))))
    assert "रामकुमार साहू Appointed" in before
    assert "नया एजेंट" not in before and "Earlier" not in before and "बीमार" not in before
    after = text_of(client.get(on(BOOTH)))
    assert after.index("नया एजेंट Appointed") < after.index("Earlier") < after.index("रामकुमार")
    assert "10 August ended by कार्यालय बीमार" in after
    assert "No agent stands at this booth." in text_of(client.get(on(BOOTH, date(2018, 8, 5))))


def test_the_history_hides_names_from_those_who_may_not_see_people(land, user_as):
    text = text_of(signed_in(user_as("observer")).get(on(BOOTH)))
    assert "6 August appointed" in text
    assert "कार्यालय" not in text


# The booth list


def booths_of(client, query=""):
    html = client.get(on("seat/1/") + query).content.decode()
    start = html.find('class="booth-rows"')
    rows = html[start : html.index("</ul>", start)] if start >= 0 else ""
    return [part.split("/")[0] for part in rows.split("/cg/seat/1/booth/")[1:]]


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["1", "2", "2A", "3"]),
        ("&show=vacant", ["2A", "3"]),
        ("&show=proposed", ["2"]),
        ("&show=appointed", ["1"]),
        ("&show=verified", []),
        ("&show=unreachable", ["2", "2A", "3"]),
        ("&q=2", ["2", "2A"]),
        ("&q=2A", ["2A"]),
        ("&q=२क", ["2A"]),
        ("&q=सामुदायिक", ["2A"]),
        ("&q=रामकुमार", ["1"]),
        ("&q=लक्ष्मी&show=vacant", []),
        ("&q=कोई नहीं", []),
        ("&sector=none", ["2", "2A", "3"]),
    ],
)
def test_the_booth_list_is_cut_and_searched(land, query, labels):
    assert booths_of(signed_in(land.office), query) == labels


def test_an_agent_is_not_found_by_name_where_people_may_not_be_seen(user_as):
    client = signed_in(user_as("observer"))
    assert booths_of(client) == ["1", "2", "2A", "3"]
    assert booths_of(client, "&q=रामकुमार") == []


def test_the_filters_count_what_they_show(land):
    text = text_of(signed_in(land.office).get(on("seat/1/")))
    assert "All 4 Vacant 2 Proposed 1 Appointed 1 Verified 0 Unreachable 3" in text


def test_sectors_and_the_booths_in_none_make_the_seat(land):
    text = text_of(signed_in(land.office).get(on("seat/1/")))
    units = text[text.rindex("Blocks and sectors") : text.rindex("Booth list")]
    assert "सेक्टर 1 100% 1 / 1" in units
    assert "not in a sector 0% 0 / 3" in units
    assert "Total 25% 1 / 4" in units


def test_a_link_to_add_an_agent_is_for_those_who_may(land, user_as):
    Campaign.objects.update(starts_on=timezone.localdate())
    for who, may in (("raipur_staff", True), ("seat_in_charge", False), ("observer", False)):
        html = signed_in(user_as(who)).get("/cg/seat/1/booth/2A/").content.decode()
        assert ("?seat=1&amp;booth=2A" in html) is may, who


def test_agents_are_added_to_a_seat_also_from_across_its_border(user_as):
    for who, may in (("durg_staff", True), ("raipur_staff", True), ("observer", False)):
        html = signed_in(user_as(who)).get(on("seat/1/")).content.decode()
        assert ('/quick/?seat=1"' in html) is may, who
