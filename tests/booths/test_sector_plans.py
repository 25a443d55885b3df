"""Reading booth numbers and ranges, and proposing sectors."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from booths.models import Booth
from booths.roll.numbers import Number
from booths.sector_plans import Span, chosen, number_of, proposal, spans

NUMBERS = st.builds(Number, st.integers(1, 400), st.sampled_from(["", "A", "B", "M", "AW"]))


def booth(number, suffix="", **fields) -> Booth:
    return Booth(number=number, suffix=suffix, **fields)


def labels(booths) -> list[str]:
    return [each.label for each in booths]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1-3", ["1", "2", "2A", "3"]),
        ("2", ["2"]),
        ("2-2A", ["2", "2A"]),
        ("३ ; 12-a,\n1", ["1", "3", "12A"]),
        ("2 – 12", ["2", "2A", "3", "12"]),
        ("", []),
    ],
)
def test_ranges_and_lists_are_read_in_natural_order(text, found):
    booths = [booth(1), booth(2), booth(2, "A"), booth(3), booth(12), booth(12, "A"), booth(13)]
    assert labels(chosen(booths, spans(text))[0]) == found


@pytest.mark.parametrize("text", ["x", "3-1", "1-2-3", "1..3", "2A-2"])
def test_what_is_no_number_and_no_range_is_refused(text):
    with pytest.raises(ValidationError):
        spans(text)


def test_what_no_booth_has_is_named():
    assert [str(span) for span in chosen([booth(1)], spans("1, 5, 7-9A"))[1]] == ["5", "7-9A"]


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6))
def test_what_is_written_is_read_again(pairs):
    named = [Span(*sorted(pair)) for pair in pairs]
    assert spans(", ".join(map(str, named))) == named


@given(st.sets(NUMBERS, max_size=80), st.integers(1, 15), st.integers(1, 6))
def test_a_proposal_has_every_booth_once_in_order_and_no_empty_sector(keys, size, wide):
    booths = [booth(*key, locality=f"गांव {key.number // wide}") for key in keys]
    plan = proposal(booths, size)
    assert [number_of(each) for group in plan for each in group] == sorted(keys)
    assert all(plan)
    assert max(map(len, plan), default=0) <= 3 * size + 1


def test_booths_of_one_place_stay_together():
    booths = [booth(n, locality="अ" if n in (4, 5, 6) else f"गांव {n}") for n in range(1, 11)]
    assert [labels(group) for group in proposal(booths, 5)] == [
        ["1", "2", "3", "4", "5", "6"],
        ["7", "8", "9", "10"],
    ]
