"""What an older database holds comes through: nothing of a person is lost, and who is to be asked
for consent is marked."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from booths.models import TeamMember

BEFORE = [("booths", "0002_what_is_kept_of_every_change")]
AFTER = [("booths", "0003_keep_contact_data_only_with_consent")]


@pytest.mark.django_db(transaction=True)
def test_contact_data_of_before_consent_was_recorded_is_kept_and_marked():
    executor = MigrationExecutor(connection)
    last = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "booths"]
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    agents, day = old.get_model("booths", "Agent").objects, "2018-08-10"
    state = old.get_model("zones", "State").objects.create(code="CG", name_hi="छ")
    agents.create(code="A", name="बिना कुछ")
    agents.create(code="B", name="बिना सहमति", mobile="5876543210")
    agents.create(
        code="C",
        name="पूरी",
        epic_no="X",
        consent_version="1",
        consent_on=day,
        consent_mode="paper",
    )
    agents.create(code="D", name="आधी", mobile="58765", consent_on=day, consent_mode="paper")
    old.get_model("booths", "ImportBatch").objects.create(
        state=state,
        content="agents",
        as_of=day,
        differences={"changed": {"1": {"mobile": "5876543210"}}},
        undo={"appointments": [4], "changed": {"1": {"mobile": "5876543211"}}},
        problems=[{"row": 2, "column": "mobile", "message": "“5876” is not a mobile number"}],
    )
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(AFTER)
        new = executor.loader.project_state(AFTER).apps
        kept = ("code", "mobile", "epic_no", "consent_version", "consent_mode")
        rows = new.get_model("booths", "Agent").objects.order_by("code")
        assert list(rows.values_list(*kept)) == [
            ("A", "", "", "", ""),
            ("B", "5876543210", "", "", "unrecorded"),
            ("C", "", "X", "1", "paper"),
            ("D", "58765", "", "", "unrecorded"),
        ]
        assert str(rows.get(code="D").consent_on) == day
        batch = new.get_model("booths", "ImportBatch").objects.get()
        assert (batch.differences, batch.undo, batch.problems) == (
            {"changed": {"1": ["mobile"]}},
            {"appointments": [4]},
            [{"row": 2, "column": "mobile"}],
        )
    finally:
        MigrationExecutor(connection).migrate(last)


@pytest.mark.django_db(transaction=True)
def test_a_mobile_of_a_member_of_before_consent_was_asked_is_kept_and_marked():
    executor = MigrationExecutor(connection)
    last = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "booths"]
    executor.migrate(AFTER)
    old = executor.loader.project_state(AFTER).apps
    state = old.get_model("zones", "State").objects.create(code="CG", name_hi="छ")
    district = old.get_model("zones", "District").objects.create(state=state, slug="r")
    place = {"state": state, "number": 1}
    place["lok_sabha_seat"] = old.get_model("zones", "LokSabhaSeat").objects.create(**place)
    seat = old.get_model("zones", "AssemblySeat").objects.create(district=district, **place)
    member = {
        "sector": old.get_model("booths", "Sector").objects.create(assembly_seat=seat),
        "post": old.get_model("booths", "Post").objects.create(level="sector"),
        "since": "2018-08-10",
    }
    members = old.get_model("booths", "TeamMember").objects
    members.create(name="क", mobile="5876543210", **member)
    members.create(name="ख", **member)
    try:
        MigrationExecutor(connection).migrate(last)
        rows = TeamMember.objects.order_by("name").values_list("mobile", "consent_mode")
        assert list(rows) == [("5876543210", "unrecorded"), ("", "")]
    finally:
        MigrationExecutor(connection).migrate(last)
