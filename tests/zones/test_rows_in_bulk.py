"""Rows that are written part by part are all written."""

import pytest

from booths.models import AgentNeed, Kind
from tests.makers import make_state
from zones import rows_in_bulk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [rows_in_bulk.append_columns, rows_in_bulk.insert_columns])
@pytest.mark.parametrize("names", [("kind", "per_booth"), ("per_booth", "kind")])
def test_columns_of_unequal_length_are_refused(write, names):
    columns = {"kind": Kind.values, "per_booth": [1]}
    with pytest.raises(ValueError, match="unequal length"):
        write(AgentNeed, {name: columns[name] for name in names}, {})


def test_a_part_with_columns_of_unequal_length_is_refused():
    with pytest.raises(ValueError, match="unequal length"):
        rows_in_bulk.append_parts(AgentNeed, [{"per_booth": [1], "kind": Kind.values}], {})


def test_a_part_without_rows_ends_nothing():
    state = make_state()
    kinds = [kind for kind in Kind.values if kind != Kind.BOOTH_AGENT][:2]
    parts = [{"kind": some} for some in (kinds[:1], [], kinds[1:])]
    rows_in_bulk.append_parts(AgentNeed, parts, {"state_id": state.pk, "per_booth": 1})
    assert {need.kind for need in AgentNeed.objects.all()} == {Kind.BOOTH_AGENT, *kinds}
