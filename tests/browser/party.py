"""A small party at work, for the browser: two zones, three seats, and as many agents on each day of
the campaign as the test says."""

from dataclasses import dataclass
from datetime import date, timedelta

from booths import bookkeeping, lifecycle
from booths.models import Booth
from campaign import snapshots
from campaign.models import ReviewMeeting
from tests.campaign.land import make_campaign, make_directive
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_posting,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import State, User, Zone

LONGEST_NAME = "रायपुर शहर पश्चिम"
LONGEST_WORD = "Bhanupratappur"
BOOTHS = 20


@dataclass
class Party:
    state: State
    start: date
    office: User
    in_charge: User
    staff: User

    def day(self, number: int) -> date:
        return self.start + timedelta(days=number)


def make_party(start: date, appointed_on: list[int], *, due: int) -> Party:
    """Seat 48 with twelve booths in two sectors and seat 80 with eight; seat 81 has none yet.
    `appointed_on`: for each booth in turn the day of the campaign on which it gets its agent."""
    state = make_state()
    raipur = make_district(state)
    bastar = make_district(state, "bastar", name_hi="बस्तर")
    here, far = (
        make_lok_sabha_seat(state, number, name_hi=name)
        for number, name in ((8, "रायपुर"), (10, "बस्तर"))
    )
    make_scheme(state, zones={1: [here], 2: [far]}, from_on=start)
    seat = make_assembly_seat(48, here, raipur, name_hi=LONGEST_NAME, name_en=LONGEST_WORD)
    other = make_assembly_seat(
        80, far, bastar, name_hi="भानुप्रतापपुर", name_en="Antagarh", reservation="ST"
    )
    make_assembly_seat(81, far, bastar, name_hi="कांकेर", name_en="Bindranawagarh", reservation="ST")
    sectors = [make_sector(seat, f"सेक्टर {n}") for n in (1, 2)]
    for n in range(1, 13):
        make_booth(n, seat=seat, sector=sectors[n // 7], listed_on=start)
    for n in range(1, 9):
        make_booth(n, seat=other, listed_on=start)
    bookkeeping.recount(state)
    campaign = make_campaign(state, starts_on=start)
    days = {"issued_on": start, "due_on": start + timedelta(days=due)}
    make_directive(campaign, text_hi="सभी बूथों पर एजेंट", **days)
    make_directive(campaign, 2, "sector_teams", text_hi="सेक्टर चुनावी टीम", **days)
    office = make_user("office", "state_office", state, since=start, first_name="डेमो कार्यालय")
    in_charge = make_user(
        "incharge", "state_in_charge", state, since=start, first_name="डेमो प्रभारी"
    )
    zone = Zone.objects.get(number=1)
    make_posting(in_charge, "state_in_charge", zone, since=start)
    make_user(
        "zone1",
        "zone_in_charge",
        zone,
        since=start,
        first_name="डेमो ज़ोन प्रभारी",
        mobile="5000000091",
    )
    staff = make_user("staff", "district_staff", raipur, since=start, first_name="डेमो कर्मचारी")
    booths = Booth.objects.order_by("number", "assembly_seat__number")
    for n, (booth, day) in enumerate(zip(booths, appointed_on, strict=False)):
        agent = make_agent(f"डेमो एजेंट {n + 1}", mobile=f"50000001{n:02d}")
        lifecycle.appoint_at(booth, agent, on=start + timedelta(days=day), by=office)
    return Party(state, start, office, in_charge, staff)


def hold_review(party: Party, day: int, today: date) -> None:
    """The first one, with the numbers of that day; the second is planned for next week."""
    campaign = party.state.campaigns.get()
    first = ReviewMeeting.objects.create(campaign=campaign, number=1)
    snapshots.hold(first, day=party.day(day), by=party.office, on=today)
    ReviewMeeting.objects.create(
        campaign=campaign,
        number=2,
        window_start=today + timedelta(days=7),
        window_end=today + timedelta(days=12),
    )
