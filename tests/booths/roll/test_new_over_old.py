"""A new list over an old one: who keeps its identity, who was split and merged, and the totals."""

import pytest

from booths import roll
from booths.models import Booth
from tests.booths.roll.test_apply import (
    LATER,
    appointed,
    assert_day_book_is_right,
    load,
    planned,
)
from tests.makers import make_assembly_seat, make_booth

pytestmark = pytest.mark.django_db


def booths_by_id() -> dict[int, tuple]:
    return {b.pk: (b.label, b.name_hi, b.retired_on) for b in Booth.objects.order_by("pk")}


def ids(*labels) -> list[int]:
    return [Booth.objects.present().get(number=label).pk for label in labels]


SHIFTED = [(5, "नया भवन", ""), (6, "कोटरा", ""), (7, "आमदी", ""), (8, "सेलूद", "")]
MOVES = ("5>6", "6>7", "7>8")


def seat_of_three():
    """Booths 5, 6, 7, with an agent at 6."""
    make_assembly_seat(48)
    load((5, "कोटरा", ""), (6, "आमदी", ""), (7, "सेलूद", ""))
    return ids(5, 6, 7), appointed(Booth.objects.get(number=6))


@pytest.mark.parametrize("is_full", [True, False])
def test_a_booth_keeps_its_agents_where_the_list_gives_it_another_number(is_full):
    (a, b, c), appointment = seat_of_three()
    plan = planned(*SHIFTED, as_of=LATER, is_full=is_full, renumber=MOVES)
    assert plan.counts["renumbered"] == 3
    assert (plan.counts["new"], plan.counts["retired"]) == (1, 0)
    batch = roll.apply(plan)
    found = booths_by_id()
    assert [found[pk] for pk in (a, b, c)] == [
        ("6", "कोटरा", None),
        ("7", "आमदी", None),
        ("8", "सेलूद", None),
    ]
    appointment.refresh_from_db()
    assert (appointment.booth_id, appointment.booth.label) == (b, "7")
    assert batch.undo["changed"][a] == {"number": 5, "number_as_written": "5"}
    assert batch.differences["changed"][a] == {"number": 6, "number_as_written": "6"}
    assert Booth.history.filter(id=a).latest("history_id").number == 6
    assert_day_book_is_right()


def test_what_is_not_confirmed_goes_by_number():
    (a, *_others), _appointment = seat_of_three()
    plan = planned(*SHIFTED, as_of=LATER, is_full=True)
    assert [(each.old_label, each.record.label) for each in plan.proposed] == [
        ("5", "6"),
        ("6", "7"),
        ("7", "8"),
    ]
    assert (plan.counts["renumbered"], plan.counts["renamed"], plan.counts["new"]) == (0, 3, 1)
    roll.apply(plan)
    assert booths_by_id()[a] == ("5", "नया भवन", None)


def test_two_booths_change_their_numbers_with_each_other():
    (a, b, c), _appointment = seat_of_three()
    rows = [(5, "आमदी", ""), (6, "कोटरा", ""), (7, "सेलूद", "")]
    load(*rows, as_of=LATER, renumber=("5>6", "6>5"))
    assert [booths_by_id()[pk][0] for pk in (a, b, c)] == ["6", "5", "7"]
    assert_day_book_is_right()


def test_a_part_of_a_list_takes_no_number_from_a_booth_that_it_does_not_name():
    seat_of_three()
    plan = planned((6, "कोटरा", ""), as_of=LATER, renumber=("5>6",))
    assert (plan.proposed, plan.counts["renumbered"]) == ([], 0)
    assert [(each.old_label, each.record.label) for each in plan.blocked] == [("5", "6")]
    # That it goes by its number is to be said.
    with pytest.raises(roll.Refused, match="1 booths seem to have numbers now that others keep"):
        roll.apply(plan)
    # Nor where the one that would make room is not confirmed.
    plan = planned((6, "कोटरा", ""), (8, "आमदी", ""), as_of=LATER, renumber=("5>6",))
    assert (len(plan.proposed), plan.counts["renumbered"], plan.counts["renamed"]) == (2, 0, 1)


def test_a_new_booth_takes_the_number_that_another_leaves():
    (a, *_others), _appointment = seat_of_three()
    rows = [(5, "पाटन", ""), (6, "आमदी", ""), (7, "सेलूद", ""), (9, "कोटरा", "")]
    load(*rows, as_of=LATER, renumber=("5>9",))
    assert booths_by_id()[a] == ("9", "कोटरा", None)
    assert Booth.objects.get(number=5).name_hi == "पाटन"
    assert_day_book_is_right()


def test_new_booths_tell_what_they_were_split_from_and_retired_ones_what_they_merged_into():
    make_assembly_seat(48)
    load((12, "कोटरा", "शाला क"), (13, "आमदी", "शाला ख"), (14, "सेलूद", "शाला ख"))
    rows = [(12, "कोटरा", "शाला क"), ("12A", "कोटरा 2", ""), (13, "आमदी", "शाला ख")]
    plan = planned(*rows, as_of=LATER, is_full=True)
    seat = make_assembly_seat(48)
    assert plan.split_from == {(seat.pk, 12, "A"): "12"}
    assert plan.merged_into == {plan.retired[0].booth_id: "13"}


def test_the_old_and_the_new_total_are_told_by_seat():
    make_assembly_seat(48)
    make_booth(1, seat=make_assembly_seat(49))
    load(*[(n, f"शाला {n}", "") for n in range(1, 41)])
    seat = make_assembly_seat(48).pk
    rows = [(n, f"शाला {n}", "") for n in range(2, 43)]
    plan = planned(*rows, as_of=LATER, is_full=True)
    assert {pk: (total.before, total.after) for pk, total in plan.totals.items()} == {
        seat: (40, 41)
    }
    assert (plan.counts["before"], plan.counts["after"]) == (40, 41)


def test_an_agent_appointed_after_the_preview_is_not_left_without_a_booth_unseen():
    make_assembly_seat(48)
    load(*[(n, f"शाला {n}", "") for n in range(1, 41)])
    plan = planned(*[(n, f"शाला {n}", "") for n in range(1, 40)], as_of=LATER, is_full=True)
    appointed(Booth.objects.get(number=40))
    with pytest.raises(roll.Refused, match="changed these booths after the preview"):
        roll.apply(plan, said={"leave_agents"})


def test_a_faulty_row_that_may_be_anybody_keeps_every_number():
    seat_of_three()
    rows = [(5, "नया भवन", ""), (6, "कोटरा", ""), (7, "आमदी", "")]
    plan = planned(*rows, ("पाँच", "सेलूद", ""), as_of=LATER, is_full=True, renumber=MOVES)
    assert [each.old_label for each in plan.blocked] == ["5", "6"]
    assert plan.counts["renumbered"] == 0
    plan = planned(*rows, as_of=LATER, is_full=True, renumber=MOVES)
    assert (plan.blocked, plan.counts["renumbered"], plan.counts["retired"]) == ([], 2, 1)
