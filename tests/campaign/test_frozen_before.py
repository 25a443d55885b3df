"""A snapshot of an older database takes what was directed from its directives, and is closed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from campaign.models import Snapshot, SnapshotRow
from tests.makers import make_user

BEFORE = [("campaign", "0003_a_cache_that_all_processes_share")]


@pytest.mark.django_db(transaction=True)
def test_what_was_frozen_before_is_filled_and_closed():
    executor = MigrationExecutor(connection)
    last = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "campaign"]
    executor.migrate(BEFORE)
    apps = executor.loader.project_state(BEFORE).apps

    def make(model, **fields):
        return apps.get_model(*model.split(".")).objects.create(**fields)

    state = make("zones.State", code="CG", name_hi="छ")
    place = {"state": state, "number": 1}
    place["lok_sabha_seat"] = make("zones.LokSabhaSeat", **place)
    district = make("zones.District", state=state, slug="r")
    seats = [make("zones.AssemblySeat", district=district, **place | {"number": n}) for n in (1, 2)]
    campaign = make("campaign.Campaign", state=state, slug="a", starts_on="2018-08-01")
    said = {"issued_on": "2018-08-02", "due_on": "2018-08-31", "target_percent": 90}
    directive = make(
        "campaign.Directive", campaign=campaign, number=1, measure="agents", kind="bla2", **said
    )
    meeting = make("campaign.ReviewMeeting", campaign=campaign, number=1)
    said = {"as_of": "2018-08-11", "taken_by_id": make_user("by").pk}
    snapshot = make("campaign.Snapshot", meeting=meeting, **said)
    row = {"directive": directive, "total": 4, "done": 1}
    for seat in seats:
        make("campaign.SnapshotRow", snapshot=snapshot, assembly_seat=seat, **row)
    try:
        MigrationExecutor(connection).migrate(last)
        assert Snapshot.objects.get().row_count == 2
        filled = SnapshotRow.objects.values_list("measure", "kind", "due_on", "target_percent")
        assert {(*rest, f"{day}", target) for *rest, day, target in filled} == {
            ("agents", "bla2", "2018-08-31", 90)
        }
        for change in (lambda rows: rows.update(done=2), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change(SnapshotRow.objects.all())
    finally:
        MigrationExecutor(connection).migrate(last)
