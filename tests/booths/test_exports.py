"""What is exported can be imported: nothing is lost, nothing is changed, and nothing runs."""

import csv
import io
from datetime import date

import pytest
from tablib import Dataset

from booths import bookkeeping, lifecycle, roll
from booths.imports import CSV, XLSX, AgentResource, BoothResource, dataset_of
from booths.models import Agent, Appointment, Booth
from booths.spreadsheets import as_typed, harmless
from tests.admin_world import DAY, make_appointed, make_listed_booth, make_world
from tests.makers import make_agent, make_assembly_seat
from zones.scope import agents_seen

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 20)


@pytest.fixture
def world():
    return make_world()


def resource(user):
    return AgentResource(user=user, on=TODAY)


def exported(user, form=CSV):
    seen = agents_seen(user, TODAY, Appointment.objects.all())
    agents = Agent.objects.filter(seen).order_by("pk")
    data = form().export_data(resource(user).export(agents))
    return data.encode() if isinstance(data, str) else data


def test_export_holds_only_appointments_in_scope(world):
    rows = list(csv.DictReader(io.StringIO(exported(world.staff).decode())))
    booths = {(row["name"], row["booth"]) for row in rows}
    assert ("राम अपना", "1") in booths
    assert ("श्याम पराया", "2") not in booths


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_what_is_exported_imports_as_unchanged(world, form):
    seat = world.here.assembly_seat
    ended = make_appointed(make_listed_booth(3, seat=seat), "पहला", elector_seat=seat)
    lifecycle.end(ended, on=TODAY, reason="resigned", by=None)
    lifecycle.appoint_at(ended.booth, ended.agent, on=TODAY, by=None)
    retired = make_appointed(make_listed_booth(4, seat=seat), "=SUM(A1)", relation_name="-पिता")
    Booth.objects.filter(pk=retired.booth_id).update(retired_on=TODAY)
    bookkeeping.recount(world.state)
    lifecycle.verify(world.mine, on=TODAY, by=None)
    make_agent("बिना बूथ", entered_by=world.office, mobile="5123", consent_mode="unrecorded")
    Agent.objects.filter(pk=world.theirs.agent_id).update(
        gender="male", consent_version="1", consent_on=DAY, consent_mode="paper", epic_no="X"
    )
    before = list(Agent.objects.order_by("pk").values())
    result = resource(world.office).import_data(dataset_of(exported(world.office, form)))
    assert result.problems == []
    assert (result.counts["rows"], result.counts["unchanged"]) == (6, 6)
    assert list(Agent.objects.order_by("pk").values()) == before


def test_cells_that_a_spreadsheet_would_run_are_made_harmless_and_read_back(world):
    for text in ("=1+1", "+91", "-x", "@cmd", "\tx", "'=x", "''+", "राम", "'राम", ""):
        assert as_typed(harmless(text)) == text
    make_appointed(make_listed_booth(3, seat=world.here.assembly_seat), "=HYPERLINK(1)")
    cells = exported(world.office).decode()
    assert ",'=HYPERLINK(1)," in cells
    assert ",=HYPERLINK" not in cells


def test_the_booth_list_is_exported_so_that_its_import_changes_nothing(world):
    make_listed_booth(125, "AW", seat=world.here.assembly_seat, building="भवन", electors_total=900)
    make_listed_booth(7, seat=make_assembly_seat(49), district=world.there.assembly_seat.district)
    data = CSV().export_data(BoothResource().export(Booth.objects.all())).encode()
    plan = roll.compare(roll.read(data, "booths.csv", state=world.state), as_of=DAY)
    assert plan.counts["unchanged"] == plan.counts["rows"] == 4


def test_nothing_is_written_as_a_word_where_a_cell_is_empty():
    dataset = Dataset(headers=["a", "b"])
    dataset.append([None, 1])
    assert CSV().export_data(dataset).split() == ["a,b", ",1"]
