"""Lists of agents: what a row means, what it changes, and that all of it is written or nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from booths import agent_comparison, bookkeeping, codes, lifecycle
from booths.agent_list import COLUMNS
from booths.imports import AgentResource, dataset_of
from booths.list_consent import OfList
from booths.models import Agent, Appointment, AppointmentEvent, ImportBatch
from booths.people_sheets import unread
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world
from tests.makers import make_agent, make_posting, make_state, make_user
from zones.models import PersonalValues
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 20)


@pytest.fixture
def world():
    return make_world()


def as_csv(*rows, head="assembly_seat,booth,name,relation_name,mobile"):
    return "\n".join([head, *rows]).encode()


AGREED = OfList("paper", DAY)


def take(user, data, dry_run=False, consent=AGREED, **given):
    return AgentResource(user=user, on=TODAY, consent=consent).import_data(
        dataset_of(data),
        dry_run=dry_run,
        rollback_on_validation_errors=True,
        file_name="list.csv",
        data=data,
        **given,
    )


def advice(result):
    return [(problem.row, problem.column, problem.advice) for problem in result.problems]


def counts(**named):
    every = ("rows", "new", "replaced", "changed", "unchanged", "faulty", "skipped")
    return dict.fromkeys(every, 0) | named


# New agents


def test_a_row_without_a_code_is_a_new_agent_appointed_today(world):
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    result = take(world.staff, as_csv("48,१२५क,सीता बाई,राम लाल,58765 00000"))
    assert result.counts == counts(rows=1, new=1)
    made = Appointment.objects.get(booth=booth)
    assert (made.status, made.appointed_on, made.agent.mobile) == ("appointed", TODAY, "5876500000")
    assert (made.agent.relation_name, made.agent.entered_by) == ("राम लाल", world.staff)
    assert [event.verb for event in made.events.all()] == ["proposed", "appointed"]
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)


def test_the_same_list_twice_changes_nothing(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv("48,3,सीता बाई,,5876500000")
    take(world.staff, data)
    before = AppointmentEvent.objects.count()
    assert take(world.staff, data).counts == counts(rows=1, unchanged=1)
    assert AppointmentEvent.objects.count() == before


def test_a_preview_writes_nothing(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    result = take(world.staff, as_csv("48,3,सीता बाई,,"), dry_run=True)
    assert result.counts == counts(rows=1, new=1)
    assert not Agent.objects.filter(name="सीता बाई").exists()
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        ("proposed", "", ("proposed", TODAY, None)),
        ("", "10/08/2018", ("appointed", DAY, DAY)),
        ("its label", "२०१८-०८-१०", ("appointed", DAY, DAY)),
        ("Appointed", "2018-08-10 00:00:00", ("appointed", DAY, DAY)),
    ],
)
def test_status_and_day_of_a_new_row(world, status, days, expected):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    head = "assembly_seat,booth,name,status,appointed_on"
    with override("hi"):  # the word of the pages, whatever it is
        status = str(Appointment.Status.APPOINTED.label) if status == "its label" else status
    result = take(world.staff, as_csv(f"48,3,सीता,{status},{days}", head=head))
    assert advice(result) == []
    made = Appointment.objects.get(booth=booth)
    assert (made.status, made.proposed_on, made.appointed_on) == expected


def test_who_appoints_cannot_verify_by_a_list(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv("48,3,सीता,verified", head="assembly_seat,booth,name,status")
    assert [column for _row, column, _said in advice(take(world.staff, data))] == ["status"]
    assert take(world.office, data).counts == counts(rows=1, new=1)
    assert Appointment.objects.get(booth__number=3).status == "verified"


# Known agents


def test_a_code_finds_the_agent_and_changes_what_is_written_only(world):
    agent = world.mine.agent
    head = "code,assembly_seat,booth,name,relation_name,mobile,gender"
    result = take(world.staff, as_csv(f"{agent.code},48,1,राम अपना,नया पिता,,बूथ", head=head))
    assert result.counts == counts(rows=1, faulty=1)
    result = take(world.staff, as_csv(f"{agent.code},48,1,राम अपना,नया पिता,,male", head=head))
    assert result.counts == counts(rows=1, changed=1)
    agent.refresh_from_db()
    # The empty cell of the mobile wiped nothing.
    assert (agent.relation_name, agent.mobile, agent.gender) == ("नया पिता", "5876543210", "male")


def test_a_row_without_a_code_means_the_namesake_at_the_same_booth(world):
    result = take(world.staff, as_csv("48,1,राम  अपना,,5876543211"))
    assert result.counts == counts(rows=1, changed=1)
    assert Agent.objects.get(pk=world.mine.agent_id).mobile == "5876543211"


def test_another_name_at_a_full_booth_is_refused_with_the_sentence_of_the_lifecycle(world):
    result = take(world.staff, as_csv("48,1,कोई और,,"))
    assert result.counts == counts(rows=1, faulty=1)
    assert [(row, column) for row, column, _ in advice(result)] == [(2, "booth")]
    assert not Agent.objects.filter(name="कोई और").exists()


def test_namesakes_are_told_apart_by_the_relation_name(world):
    lifecycle.set_need(world.state, per_booth=3, by=None)
    seat = world.here.assembly_seat
    booth = make_listed_booth(3, seat=seat)
    for father in ("मोहन", "सोहन"):
        make_appointed(booth, "राम", relation_name=father)
    assert take(world.staff, as_csv("48,3,राम,मोहन,5876500001")).counts["changed"] == 1
    assert take(world.staff, as_csv("48,3,राम,रोहन,")).counts["new"] == 1
    several = take(world.staff, as_csv("48,3,राम,,5876500002"))
    assert [column for _row, column, _said in advice(several)] == ["name"]


def test_status_and_days_of_whoever_stands_are_not_changed_by_a_list(world):
    head = "code,assembly_seat,booth,status,appointed_on"
    code = world.mine.agent.code
    ended = take(world.staff, as_csv(f"{code},48,1,ended,", head=head))
    other_day = take(world.staff, as_csv(f"{code},48,1,,11/08/2018", head=head))
    assert [column for _row, column, _said in advice(ended)] == ["status"]
    assert [column for _row, column, _said in advice(other_day)] == ["appointed_on"]
    older = take(world.staff, as_csv(f"{code},48,1,proposed,", head=head))
    assert older.counts == counts(rows=1, unchanged=1)


def test_an_agent_who_stood_down_is_placed_anew_by_the_code(world):
    lifecycle.end(world.mine, on=DAY, reason="resigned", by=None)
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv(f"{world.mine.agent.code},48,3", head="code,assembly_seat,booth")
    assert take(world.staff, data).counts == counts(rows=1, new=1)
    assert Appointment.objects.get(booth=booth).agent == world.mine.agent
    assert Agent.objects.filter(name="राम अपना").count() == 1


def test_a_list_does_not_appoint_an_agent_a_second_time(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv(f"{world.mine.agent.code},48,3", head="code,assembly_seat,booth")
    result = take(world.staff, data)
    assert result.counts == counts(rows=1, faulty=1)
    assert "राम अपना" in result.problems[0].advice


# Scope


def test_a_code_or_booth_of_another_area_is_as_unknown_as_one_that_never_was(world):
    head = "code,assembly_seat,booth,name"
    theirs, nobody = codes.new_code(), codes.new_code()
    Agent.objects.filter(pk=world.theirs.agent_id).update(code=theirs)
    result = take(world.staff, as_csv(f"{theirs},,,", f"{nobody},,,", head=head))
    assert len({problem.advice for problem in result.problems}) == 1
    assert len(result.problems) == 2
    foreign = take(world.staff, as_csv(",62,2,कोई", ",62,99,कोई", head=head))
    assert len({problem.advice for problem in foreign.problems}) == 1
    assert "श्याम" not in str(advice(foreign))


def test_whoever_left_the_area_is_not_changed_by_a_list_of_it(world):
    away = make_listed_booth(9, seat=world.there.assembly_seat)
    lifecycle.move(world.mine, away, on=TODAY, by=None)
    data = as_csv(f"{world.mine.agent.code},,,5000000001", head="code,assembly_seat,booth,mobile")
    assert take(world.staff, data).counts == counts(rows=1, faulty=1)


# All or nothing


def test_one_faulty_row_keeps_the_whole_list_out(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    result = take(world.staff, as_csv("48,3,सीता,,", "48,999,गीता,,"))
    assert result.counts == counts(rows=2, new=1, faulty=1)
    assert not Agent.objects.filter(name="सीता").exists()
    assert ImportBatch.objects.count() == 0
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)


def test_faulty_rows_are_left_out_where_the_user_says_so(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv("48,3,सीता,,", "48,1,कोई और,,", "48,999,गीता,,", ",,,,")
    result = take(world.staff, data, leave_out=True)
    assert result.counts == counts(rows=4, new=1, faulty=2, skipped=1)
    assert set(Agent.objects.filter(name__in=["सीता", "कोई और", "गीता"])) == set(
        Agent.objects.filter(name="सीता")
    )
    batch = ImportBatch.objects.get()
    assert (batch.content, batch.counts, batch.by) == ("agents", result.counts, world.staff)
    assert [problem["row"] for problem in batch.problems] == [3, 4]
    assert batch.undo["appointments"] == [Appointment.objects.get(agent__name="सीता").pk]


def test_what_changed_after_the_preview_is_not_imported_unseen(world):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv("48,3,सीता,,")
    preview = take(world.staff, data, dry_run=True)
    make_appointed(booth, "पहले आया")
    with pytest.raises(ValidationError):
        take(world.staff, data, expected=preview.fingerprint)
    assert not Agent.objects.filter(name="सीता").exists()


def test_the_same_preview_is_imported(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    data = as_csv("48,3,सीता,,", "48,1,राम अपना,,5876543211")
    preview = take(world.staff, data, dry_run=True)
    done = take(world.staff, data, expected=preview.fingerprint)
    assert done.counts == counts(rows=2, new=1, changed=1)


def test_refusals_are_gathered_and_the_rest_entered(world):
    free = make_listed_booth(3, seat=world.here.assembly_seat)
    entries = [
        lifecycle.Entry(world.here, make_agent("एक"), appointed_on=TODAY),
        lifecycle.Entry(free, make_agent("दो"), appointed_on=TODAY),
    ]
    refusals = []
    lifecycle.enter(entries, by=world.staff, refusals=refusals)
    assert [refusal.entry for refusal in refusals] == [entries[0]]
    assert entries[1].made.status == "appointed"
    assert not Appointment.objects.filter(agent__name="एक").exists()
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)


# Repeats and faults


def test_a_row_that_says_the_same_twice_is_skipped_and_one_that_differs_is_a_fault(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    same = take(world.staff, as_csv("48,3,सीता,,", "48,3,सीता,,"), dry_run=True)
    assert same.counts == counts(rows=2, new=1, skipped=1)
    differing = take(world.staff, as_csv("48,3,सीता,,", "48,3,सीता,,5876500000"), dry_run=True)
    assert differing.counts == counts(rows=2, new=1, faulty=1)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"booth": "abc"}, "booth"),
        ({"booth": ""}, "booth"),
        ({"assembly_seat": "999"}, "assembly_seat"),
        ({"assembly_seat": "रायपुर"}, "assembly_seat"),
        ({"name": ""}, "name"),
        ({"kind": "cook"}, "kind"),
        ({"appointed_on": "31/02/2018"}, "appointed_on"),
        ({"appointed_on": "21/08/2018"}, "appointed_on"),
        ({"code": "ABC"}, "code"),
        ({"gender": "x"}, "gender"),
        ({"elector_seat": "999"}, "elector_seat"),
        ({"status": "ended"}, "status"),
    ],
)
def test_a_fault_names_row_column_value_and_what_would_be_right(world, cells, column):
    make_listed_booth(3, seat=world.here.assembly_seat)
    row = {"assembly_seat": "48", "booth": "3", "name": "सीता"} | cells
    head = [name for name in COLUMNS if name in row]
    data = as_csv(",".join(row[name] for name in head), head=",".join(head))
    problem = take(world.staff, data).problems[0]
    assert (problem.row, problem.column, problem.value) == (2, column, cells[column])
    assert problem.advice
    assert not Agent.objects.filter(name="सीता").exists()


def test_a_wrong_mobile_of_a_new_agent_is_a_fault(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    result = take(world.staff, as_csv("48,3,सीता,,12345"))
    assert [(problem.row, problem.column, problem.value) for problem in result.problems] == [
        (2, "mobile", "12345")
    ]


def test_headings_may_be_those_of_the_pages_and_titles_may_stand_above(world):
    make_listed_booth(3, seat=world.here.assembly_seat)
    title, head = "जिला रायपुर की सूची", "Assembly seat,Booth,Name,Mobile number"
    data = f"{title}\n\n{head}\n48,3,सीता,5876500000".encode()
    result = take(world.staff, data)
    assert result.counts == counts(rows=1, new=1)


def test_a_list_as_a_district_writes_it(world):
    booth = make_listed_booth(3, seat=world.here.assembly_seat)
    head = "क्र.,विधानसभा क्र.,बूथ क्र.,बूथ का नाम,नाम,BLA-2 का नाम,पिता/पति का नाम,मोबाइल नं.,"
    head += "मतदाता पहचान पत्र क्रमांक,नियुक्ति दिनांक"
    row = "१,४८,०३,प्रा. शाला,वार्ड,सीता बाई,राम लाल,५८७६५ ०००००,wkh1186253,१०/०८/२०१८"
    data = f"बूथ एजेंट,,,\n{head}\n{row}".encode()
    result = take(world.staff, data)
    assert result.counts == counts(rows=1, new=1)
    assert unread(dataset_of(data).table) == ["क्र.", "बूथ का नाम", "नाम"]
    made = Appointment.objects.get(booth=booth)
    assert (made.kind, made.appointed_on, made.agent.name) == ("bla2", DAY, "सीता बाई")
    assert (made.agent.relation_name, made.agent.mobile, made.agent.epic_no) == (
        *("राम लाल", "5876500000", "WKH1186253"),
    )
    assert "BLA-2" in str(result.rows[0].diff) or "बीएलए-2" in str(result.rows[0].diff)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"%PDF-1.4", b"\x00\x01\x02"])
def test_what_is_no_list_of_agents_is_refused_in_a_sentence(world, data):
    with pytest.raises(ValidationError) as refusal:
        dataset_of(data)
    assert refusal.value.messages[0]


def test_a_list_is_of_one_state(world):
    other = make_state(code="MP")
    make_posting(world.office, "state_office", other)
    make_listed_booth(3, seat=world.here.assembly_seat)
    head = "state,assembly_seat,booth,name"
    with pytest.raises(ValidationError):
        take(world.office, as_csv("48,3,सीता", head="assembly_seat,booth,name"))
    with pytest.raises(ValidationError):
        take(world.office, as_csv("CG,48,3,सीता", "MP,48,3,गीता", head=head))
    fresh = make_user("fresh", "state_office", world.state)
    make_posting(fresh, "state_office", other)
    assert take(fresh, as_csv("CG,48,3,सीता", head=head)).counts == counts(rows=1, new=1)


def test_too_many_new_agents_at_a_time_are_refused(world, monkeypatch):
    monkeypatch.setattr(agent_comparison, "MAX_NEW", 1)
    for number in (3, 4):
        make_listed_booth(number, seat=world.here.assembly_seat)
    take(world.staff, as_csv("48,3,सीता,,", "48,1,राम अपना,,"), dry_run=True)
    with pytest.raises(ValidationError):
        take(world.staff, as_csv("48,3,सीता,,", "48,4,गीता,,"))


@pytest.mark.django_db(transaction=True)
def test_of_whom_a_list_could_not_stand_anywhere_nothing_is_kept():
    world = make_world()
    make_listed_booth(3, seat=world.here.assembly_seat)
    rows = ("48,1,भूत व्यक्ति,,5876512345", "48,3,सीता बाई,,5876500000")  # booth 1 is taken
    assert take(world.staff, as_csv(*rows), leave_out=True).counts["faulty"] == 1
    said = str(list(PersonalValues.objects.values_list("values", flat=True)))
    assert ("सीता बाई" in said, "भूत" in said, "5876512345" in said) == (True, False, False)
    assert list(faults()) == []
