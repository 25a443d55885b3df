"""The case that the application was made for, from the directive to the printed sheet.

The president directs agents at all booths and teams in the sectors; agents and teams come in; two
reviews are held, and between them the state goes from five zones to four; the third review is
held in its window and its sheet printed. Gained and lost equal a recount by plain SQL.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from booths import bookkeeping, lifecycle
from booths.models import Appointment, Booth, Post, Sector, TeamMember
from campaign import redrawing
from campaign.models import Directive, ReviewMeeting, Snapshot
from tests.campaign.land import make_campaign
from tests.makers import make_agent, make_posting, make_sector, make_user
from zones import schemes
from zones.imports import import_territory
from zones.models import AssemblySeat, LokSabhaSeat, SchemeTerm, State, Zone, ZoneScheme
from zones.schemes import DrawnZone

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
STARTS, ISSUED, DUE = (TODAY - timedelta(days=n) for n in (60, 32, 2))
FIRST, REDRAWN, SECOND = (TODAY - timedelta(days=n) for n in (22, 17, 12))
FIVE_ZONES = ((4, 5), (2, 3), (1, 6), (7, 8, 9), (10, 11))  # Lok Sabha seats


@pytest.fixture
def office(transactional_db):
    import_territory(settings.BASE_DIR / "fixtures" / "cg", code="CG")
    state = State.objects.get(code="CG")
    office = make_user("office", "state_office", state, since=STARTS, first_name="कार्यालय")
    draw_five_zones(state, office)
    for number in range(1, 7):
        person = make_user(f"in-charge-{number}", first_name=f"डेमो प्रभारी {number}")
        make_posting(person, "state_in_charge", state, since=STARTS)
    make_booths()
    bookkeeping.recount(state)
    make_campaign(state, starts_on=STARTS, sector_team_size=1)
    return office


def draw_five_zones(state: State, office) -> None:
    SchemeTerm.objects.all().delete()
    seats = {seat.number: seat for seat in LokSabhaSeat.objects.all()}
    zones = [
        DrawnZone(number, f"ज़ोन {number}", f"Zone {number}", [seats[n].pk for n in numbers])
        for number, numbers in enumerate(FIVE_ZONES, 1)
    ]
    now = {"by": office, "on": STARTS}
    five = schemes.draw(state, name_hi="पाँच ज़ोन", name_en="Five zones", zones=zones, **now)
    schemes.put_in_force(five, from_on=STARTS, successors={}, **now)


def make_booths() -> None:
    for seat in AssemblySeat.objects.all():
        sector = make_sector(seat)
        for number in (1, 2, 3):
            Booth.objects.create(
                assembly_seat=seat, number=number, name_hi="शाला", sector=sector, listed_on=STARTS
            )


def go_to_four_zones(office) -> None:
    four = ZoneScheme.objects.exclude(name_en="Five zones").get()
    five = ZoneScheme.objects.get(name_en="Five zones")
    follow = schemes.likely_successors(five.zones.all(), four.zones.all())
    redrawing.put_in_force(
        four, from_on=REDRAWN, postings=follow, teams=follow, by=office, on=REDRAWN
    )


def let_agents_come_and_go(office) -> None:
    """Some leave, some are replaced, one twice in a day; a booth is retired between two reviews."""
    random = Random(2018)
    booths = list(Booth.objects.order_by("pk"))
    for n, booth in enumerate(random.sample(booths, 170)):
        day = ISSUED + timedelta(days=random.randrange(30))
        standing = lifecycle.appoint_at(booth, make_agent(f"डेमो {n}"), on=day, by=office)
        if n % 5 == 0:
            gone = day + timedelta(days=random.randrange(1, 12))
            if gone <= TODAY:
                lifecycle.end(standing, on=gone, reason="resigned", by=office)
        elif n % 7 == 0:
            for again in ("दूसरा", "तीसरा"):
                standing = lifecycle.replace(
                    standing,
                    make_agent(f"{again} {n}"),
                    on=max(day, SECOND + timedelta(days=1)),
                    by=office,
                )
    retired = Appointment.objects.filter(appointed_on__lt=SECOND, ended_on=None).first().booth
    with bookkeeping.keeping_day_book([retired.pk]):
        Booth.objects.filter(pk=retired.pk).update(retired_on=SECOND + timedelta(days=3))


def let_teams_come(office) -> None:
    post = Post.objects.get_or_create(level="sector", name_hi="अध्यक्ष", is_lead=True)[0]
    for sector in Sector.objects.order_by("pk")[:40]:
        TeamMember.objects.create(sector=sector, post=post, name="डेमो", since=FIRST)


def recounted() -> dict[int, Counter]:
    """Gained, lost and replaced from the second review to today, by seat number; plain SQL gives
    who stood where, a look at each booth the rest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.number, b.id, b.retired_on, a.agent_id, a.appointed_on, a.ended_on"
            " FROM booths_booth b JOIN zones_assemblyseat s ON s.id = b.assembly_seat_id"
            " LEFT JOIN booths_appointment a ON a.booth_id = b.id AND a.kind = 'booth_agent'"
        )
        rows = [[day_of(value) for value in row] for row in cursor.fetchall()]
    agents: dict[tuple[int, int], tuple[set, set]] = {}
    for seat, booth, retired, agent, appointed, ended in rows:
        sides = agents.setdefault((seat, booth), (set(), set()))
        for side, day in zip(sides, (SECOND, TODAY), strict=True):
            is_there = retired is None or retired > day
            if is_there and appointed and appointed <= day and (ended is None or ended > day):
                side.add(agent)
    found: dict[int, Counter] = {}
    for (seat, _booth), (then, now) in agents.items():
        of_seat = found.setdefault(seat, Counter())
        of_seat["gained"] += bool(now and not then)
        of_seat["lost"] += bool(then and not now)
        of_seat["replaced"] += bool(then and now and then != now)
        of_seat["done"] += bool(now)
    return found


def day_of(value):
    is_day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return date.fromisoformat(value) if is_day else value


def enter_directive(page) -> None:
    page.goto("/admin/campaign/directive/add/")
    page.locator("select[name=campaign]").select_option(index=1)
    said = {
        "number": "1",
        "text_hi": "सभी बूथों पर एजेंट",
        "text_en": "Agents at all booths",
        "issued_by_hi": "राष्ट्रीय अध्यक्ष",
        "issued_by_en": "National president",
        "issued_on": ISSUED.strftime("%d/%m/%Y"),
        "due_on": DUE.strftime("%d/%m/%Y"),
        "target_percent": "100",
    }
    for name, value in said.items():
        page.locator(f"[name={name}]").fill(value)
        page.keyboard.press("Escape")
    page.locator("select[name=measure]").select_option("agents")
    page.locator("select[name=kind]").select_option("booth_agent")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/campaign/directive/")


def plan(page, start: date, end: date) -> None:
    page.goto("/cg/reviews/new/")
    page.locator("[name=window_start]").fill(start.isoformat())
    page.locator("[name=window_end]").fill(end.isoformat())
    page.locator("form.narrow button").click()
    page.wait_for_url(re.compile(r"/cg/reviews/\d+/$"))


def hold(page, number: int, day: date) -> None:
    page.goto(f"/cg/reviews/{number}/hold/")
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("form.narrow button").click()
    page.wait_for_url(f"**/cg/reviews/{number}/")


def sheet_lines(page, tmp_path) -> list[str]:
    """The text of the printed sheet, line by line."""
    if not shutil.which("pdftotext"):
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("no pdftotext here: install poppler-utils")
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True, print_background=True)
    command = ["pdftotext", "-layout", tmp_path / "sheet.pdf", "-"]
    read = subprocess.run(command, capture_output=True, check=True)
    return [" ".join(line.split()) for line in read.stdout.decode().splitlines()]


def numbers_of(lines: list[str], name: str) -> dict[str, str]:
    """Of the row of a place: what is done of how many, and what was gained, lost and replaced."""
    row = next(line for line in lines if line.startswith(f"{name} "))
    words = row.removeprefix(name).replace(" / ", "/").split()
    _percent, done, _then, _growth, gained, lost, replaced, *_paces = words
    return {"done": done.split("/")[0], "gained": gained, "lost": lost, "replaced": replaced}


def test_from_the_directive_to_the_sheet_of_the_third_review(open_page, office, tmp_path):
    page = open_page("/cg/", user=office, lang="en")
    enter_directive(page)
    assert Directive.objects.get().due_on == DUE
    for start, end in ((FIRST, FIRST), (SECOND, SECOND), (TODAY, TODAY + timedelta(days=7))):
        plan(page, start, end)
    assert ReviewMeeting.objects.get(number=3).attendees.count() == 6
    let_agents_come_and_go(office)
    let_teams_come(office)
    hold(page, 1, FIRST)
    go_to_four_zones(office)
    hold(page, 2, SECOND)
    hold(page, 3, TODAY)

    bases = Snapshot.objects.order_by("meeting__number").values_list("basis", flat=True)
    assert list(bases) == ["computed", "computed", "frozen"]
    expect(page.locator("#zones tbody tr")).to_have_count(4)
    page.goto("/cg/reviews/1/")
    expect(page.locator("#zones tbody tr")).to_have_count(5)

    page.goto("/cg/reviews/3/sheet/")
    lines = sheet_lines(page, tmp_path)
    expected = recounted()
    for seat in AssemblySeat.objects.all():
        counts = {key: str(value) for key, value in expected[seat.number].items()}
        assert numbers_of(lines, str(seat.number) + " " + seat.name_en) == counts
    in_zone: dict[str, Counter] = {}
    land = {
        seat.lok_sabha_seat_id: zone.name_en
        for zone in Zone.objects.exclude(scheme__name_en="Five zones")
        for seat in zone.zone_seats.all()
    }
    for seat in AssemblySeat.objects.all():
        in_zone.setdefault(land[seat.lok_sabha_seat_id], Counter()).update(expected[seat.number])
    assert len(in_zone) == 4
    for name, counts in in_zone.items():
        assert numbers_of(lines, name) == {key: str(value) for key, value in counts.items()}
    whole = sum(in_zone.values(), Counter())
    assert whole["gained"] and whole["lost"] and whole["replaced"]
    heads = [line for line in lines if line.startswith("Assembly seat")]
    assert len(heads) > 1  # on every page
