"""The office reads who changed what and who looked at whom; nobody else does, and nobody beyond
their own states."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.models import Agent, Booth, Post, TeamMember
from tests.admin_world import make_world, signed_in
from tests.makers import make_agent, make_scheme, make_state, make_user
from zones.models import Look, Posting, Seal, State
from zones.trail import keeping

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/trail/", "/trail/affected/")
WHEN = "since=2018-01-01&until=2099-12-31"


@pytest.fixture
def world():
    return make_world()


def shown(user, query="") -> list[Seal]:
    response = signed_in(user).get(f"/trail/?{query}")
    assert response.status_code == 200
    return [entry.seal for entry in response.context["entries"]]


def changed_by(user, row) -> Seal:
    with keeping.acting(by=user):
        row.save()
    return Seal.objects.order_by("pk").last()


def looked_by(user, what=Look.What.LIST, **people) -> Seal:
    with keeping.acting(by=user):
        batch = keeping.note(what, "/", **people).batch
    return Seal.objects.get(batch=batch)


@pytest.mark.parametrize("who", ["staff", "stranger"])
def test_only_who_manages_accounts_reads_it(world, who):
    seal = Seal.objects.first()
    for page in (*PAGES, f"/trail/{seal.pk}/"):
        assert signed_in(getattr(world, who)).get(page).status_code == 403
        assert signed_in(world.office).get(page).status_code == 200


def test_only_who_manages_accounts_has_the_link(world):
    seat = f"/cg/seat/{world.here.assembly_seat.number}/booth/{world.here.label}/"
    assert b'href="/trail/"' in signed_in(world.office).get(seat).content
    assert b'href="/trail/"' not in signed_in(world.staff).get(seat).content
    assert b'href="/trail/"' in signed_in(world.office).get("/admin/").content
    assert b'href="/trail/"' not in signed_in(world.staff).get("/admin/").content


def test_the_newest_entry_comes_first_and_says_who(world):
    first = changed_by(world.staff, world.here)
    second = looked_by(world.stranger, agents=[world.theirs.agent_id])
    assert shown(world.office)[:2] == [second, first]


def test_entries_are_sifted_by_person_agent_day_and_kind(world):
    mine = Agent.objects.get(pk=world.mine.agent_id)
    change = changed_by(world.staff, mine)
    other = changed_by(world.stranger, world.there)
    look = looked_by(world.stranger, agents=[mine.pk])
    export = looked_by(world.stranger, Look.What.EXPORT, agents=[world.theirs.agent_id])
    assert shown(world.office, "who=stranger")[:3] == [export, look, other]
    assert shown(world.office, f"agent={mine.code.lower()}")[:2] == [look, change]
    assert other not in shown(world.office, f"agent={mine.code}")
    assert shown(world.office, "kind=export") == [export]
    assert look in shown(world.office, "kind=look")
    assert export not in shown(world.office, "kind=look")
    assert shown(world.office, "kind=change&who=stranger")[0] == other
    day = look.at.date().isoformat()
    assert look in shown(world.office, f"since={day}")
    assert shown(world.office, "until=2018-01-01") == []
    assert shown(world.office, "since=2099-01-01") == []
    assert shown(world.office, "who=nobody") == []
    assert shown(world.office, "agent=ZZZZZZ") == []


def test_the_office_of_another_state_reads_nothing_of_this_one(world):
    other = State.objects.create(code="MP", name_hi="मध्य प्रदेश")
    theirs = make_user("office-mp", "state_office", other)
    seal = changed_by(world.staff, world.here)
    own = changed_by(theirs, other)
    assert shown(theirs) == [own]
    assert shown(theirs, "who=staff") == []
    code = Agent.objects.get(pk=world.mine.agent_id).code
    assert shown(theirs, f"agent={code}") == []
    assert signed_in(theirs).get(f"/trail/{seal.pk}/").status_code == 404
    assert own not in shown(world.office)
    both = make_user("both", "district_staff", world.here.assembly_seat.district)
    shared = changed_by(both, world.here)
    assert shared in shown(world.office)
    Posting.objects.create(user=both, role="observer", state=other, since="2018-01-01")
    assert shared not in shown(world.office) + shown(theirs)
    boss = make_user("boss", is_superuser=True)
    assert {seal, own, shared} <= set(shown(boss))


def test_the_office_of_another_state_learns_of_nobody_affected_here(world):
    other = State.objects.create(code="MP", name_hi="मध्य प्रदेश")
    theirs = make_user("office-mp", "state_office", other)
    looked_by(world.staff, agents=[world.mine.agent_id])
    looked_by(theirs, agents=[world.mine.agent_id])  # could not happen, and still names nobody
    for who, looked in (("staff", 0), ("office-mp", 1)):
        page = signed_in(theirs).get(f"/trail/affected/?who={who}&{WHEN}")
        assert "राम अपना" not in page.content.decode()
        assert page.context["found"].people == []
        assert page.context["found"].total == looked


def test_no_account_and_no_member_of_another_state_is_named(world):
    other = State.objects.create(code="MP", name_hi="मध्य प्रदेश")
    far = make_user("far", "observer", other)
    zone = make_scheme(other, {1: []}).zones.get()
    post = Post.objects.create(level="zone", name_hi="सदस्य")
    member = TeamMember.objects.create(zone=zone, post=post, name="दूर सदस्य", since="2018-01-01")
    looked_by(world.office, users=[world.staff.pk, far.pk], members=[member.pk])
    page = signed_in(world.office).get(f"/trail/affected/?who=office&{WHEN}")
    assert [person.code for person in page.context["found"].people] == ["staff"]


def test_an_entry_opens_to_what_changed(world):
    agent = Agent.objects.get(pk=world.mine.agent_id)
    agent.mobile = "5000000001"
    seal = changed_by(world.staff, agent)
    page = signed_in(world.office).get(f"/trail/{seal.pk}/").content.decode()
    assert "<del>5876543210</del> → 5000000001" in page
    assert "कर्मचारी" in page
    look = Look.objects.get(what="trail")
    assert (look.agents, look.users, look.by_id) == (
        [agent.pk],
        [world.staff.pk],
        world.office.pk,
    )


def test_an_entry_opens_to_who_was_seen(world):
    seal = looked_by(world.staff, agents=[world.mine.agent_id], members=[999])
    page = signed_in(world.office).get(f"/trail/{seal.pk}/").content.decode()
    assert "राम अपना" in page
    assert "श्याम पराया" not in page
    assert Look.objects.get(what="trail").agents == [world.mine.agent_id]


def test_opening_the_trail_is_in_the_trail(world):
    changed_by(world.staff, world.here)
    shown(world.office, "who=staff")
    look = Look.objects.get(what="trail")
    assert (look.where, look.by_id) == ("/trail/?who=…", world.office.pk)
    assert look.users == [world.staff.pk]


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_has_every_row_and_runs_nothing(world):
    agent = Agent.objects.get(pk=world.mine.agent_id)
    agent.name = "=HYPERLINK(1)"
    seal = changed_by(world.staff, agent)
    client = signed_in(world.office)
    response = client.get("/trail/?who=staff&format=csv")
    assert response["Content-Type"].startswith("text/csv")
    rows = [list(row.values()) for row in rows_of(response) if row and f"{seal.pk}" in row.values()]
    assert [row[2] for row in rows] == ["कर्मचारी"]
    assert rows[0][7].startswith("'=HYPERLINK(1)")
    assert "राम अपना → =HYPERLINK(1)" in rows[0][8]
    look = Look.objects.get(what="export")
    assert look.agents == [agent.pk]
    assert client.get("/trail/?format=xlsx").content.startswith(b"PK")


def test_too_much_for_one_file_gets_a_sentence(world, monkeypatch):
    monkeypatch.setattr("campaign.trail_pages.MOST_ROWS", 2)
    response = signed_in(world.office).get("/trail/?format=csv")
    assert response.status_code == 400
    assert response.context["form"].non_field_errors()


def test_affected_says_how_many_first_and_then_who(world):
    gone = world.theirs.agent_id * 1000
    looked_by(world.stranger, agents=[world.theirs.agent_id, gone])
    looked_by(world.staff, agents=[world.mine.agent_id])
    client = signed_in(world.office)
    page = client.get(f"/trail/affected/?who=stranger&{WHEN}")
    found = page.context["found"]
    assert [number for _kind, number in found.numbers] == [2, 0, 0]
    assert [(person.name, person.mobile) for person in found.people] == [
        ("श्याम पराया", "5123456789")
    ]
    assert (found.total, found.unnamed) == (2, 1)
    rows = rows_of(client.get(f"/trail/affected/?who=stranger&{WHEN}&format=csv"))
    assert [list(row.values())[2:] for row in rows] == [["श्याम पराया", "5123456789"]]
    assert Look.objects.get(what="export").agents == [world.theirs.agent_id, gone]


def test_affected_by_address_is_whoever_was_seen_from_there(world):
    client = signed_in(world.staff)
    client.get("/admin/booths/agent/", REMOTE_ADDR="203.0.113.9")
    office = signed_in(world.office)
    page = office.get(f"/trail/affected/?address=203.0.113.9&{WHEN}")
    assert [person.name for person in page.context["found"].people] == ["राम अपना"]
    page = office.get(f"/trail/affected/?address=203.0.113.9&who=stranger&{WHEN}")
    assert page.context["found"].people == []


@pytest.mark.parametrize(
    "query",
    [
        "since=31.02.2018&until=x",
        "since=0001-01-01&until=9999-12-31",
        "since=99999999999999999999",
        "page=99999999999999999999999",
        "page=-1&kind=everything",
        "who=%00&agent=%00",
        "agent=" + "9" * 400,
        "who=" + "x" * 4000,
        "format=exe",
        "who='; DROP TABLE zones_seal; --",
        "address=%00&since=2018-01-01&until=2018-01-02",
        "who=staff&since=2018-01-02&until=2018-01-01",
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_what_is_typed_into_the_address_breaks_nothing(world, page, query):
    assert signed_in(world.office).get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 40, "9" * 5000])
def test_an_entry_that_is_none_is_not_there(world, number):
    assert signed_in(world.office).get(f"/trail/{number}/").status_code == 404


def test_thirty_entries_take_as_many_queries_as_one(world):
    client = signed_in(world.office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/trail/?who=staff").status_code == 200
        return len(asked)

    changed_by(world.staff, world.here)
    one = queries()
    for _each in range(30):
        changed_by(world.staff, Booth.objects.get(pk=world.here.pk))
        looked_by(world.staff, agents=[world.mine.agent_id])
    assert queries() == one


def test_the_history_in_the_admin_tells_from_what_to_what(world):
    agent = Agent.objects.get(pk=world.mine.agent_id)
    agent.mobile = "5000000001"
    changed_by(world.staff, agent)
    address = f"/admin/booths/agent/{agent.pk}/history/"
    page = signed_in(world.staff).get(address).content.decode()
    assert "<del>5876543210</del> → 5000000001" in page
    assert "कर्मचारी" in page
    assert signed_in(world.stranger).get(address).status_code == 404


def test_a_history_of_thirty_versions_takes_as_many_queries_as_one_of_two(world):
    client = signed_in(world.staff)
    agent = make_agent("राम", entered_by=world.staff)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/admin/booths/agent/{agent.pk}/history/?p=99999999999999999999")
            assert page.status_code == 200
        return len(asked)

    changed_by(world.staff, agent)
    queries()  # what the process remembers
    two = queries()
    for _each in range(30):
        changed_by(world.staff, agent)
    assert queries() == two


def test_somebody_posted_nowhere_has_no_link_and_no_page():
    make_state()
    client = signed_in(make_user("unposted"))
    assert client.get("/trail/").status_code == 403
