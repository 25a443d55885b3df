"""A plan as the preview shows it: what comes to each booth, old and new side by side, and the boxes
by which renumberings are confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from booths.roll.check import Record
from booths.roll.drafts import FIELDS
from booths.roll.plan import Change, Gone, Plan, Renumbered, box, box_of_seat
from booths.roll.renumbering import NEAR, ORDER, SAME
from zones.models import AssemblySeat

NAMES = [FIELDS.index(field) for field in ("name_hi", "name_en", "building")]
TOGETHER = 10  # more sure ones of a seat have one box
HOW_SURE = {
    SAME: _("the same name"),
    NEAR: _("nearly the same name"),
    ORDER: _("one of several of this name, by their order"),
}
Seats = dict[int, AssemblySeat]


def shown(plan: Plan, seats: Seats, *, most: int) -> dict[str, Any]:
    renamed = [change for change in plan.changed if change.is_renamed]
    others = [change for change in plan.changed if not change.is_renamed]
    losing = plan.losing_agents
    empty = [gone for gone in plan.retired if not gone.agents]
    renumbering = [_of_seat(seats[pk], each, plan) for pk, each in _by_seat(plan.proposed)]
    ticked = sorted(
        line["box"] for of_seat in renumbering for line in of_seat["boxes"] if line["ticked"]
    )
    return {
        "ticked": {"seen": ticked},
        "totals": _totals(plan, seats),
        "renumbering": renumbering,
        "blocked": [
            {"seat": seats[each.seat_id], **_line(each, plan)} for each in plan.blocked[:most]
        ],
        "new": [_new(record, seats, plan) for record in plan.new[:most]],
        "renamed": [_changed(change, plan, seats) for change in renamed[:most]],
        "renamed_total": len(renamed),
        "changed": [_changed(change, plan, seats) for change in others[:most]],
        "changed_total": len(others),
        "losing": [_gone(gone, seats, plan) for gone in losing[:most]],
        "losing_total": len(losing),
        "agents_total": sum(gone.agents for gone in losing),
        "retired": [_gone(gone, seats, plan) for gone in empty[:most]],
        "retired_total": len(empty),
        "spared": [_gone(gone, seats, plan) for gone in plan.spared[:most]],
    }


def _totals(plan: Plan, seats: Seats) -> list[dict[str, Any]]:
    """Of the seats in which the number of booths changes."""
    return [
        {"seat": seats[pk], "before": total.before, "after": total.after}
        for pk, total in sorted(plan.totals.items(), key=lambda each: seats[each[0]].number)
        if total.before != total.after
    ]


# Renumbering


def _by_seat(proposed: Iterable[Renumbered]) -> Iterator[tuple[int, list[Renumbered]]]:
    found: dict[int, list[Renumbered]] = defaultdict(list)
    for each in proposed:
        found[each.seat_id].append(each)
    yield from found.items()


def _of_seat(seat: AssemblySeat, proposed: list[Renumbered], plan: Plan) -> dict[str, Any]:
    sure = [each for each in proposed if each.is_sure]
    boxes = []
    alone = proposed
    if len(sure) > TOGETHER:
        alone = [each for each in proposed if not each.is_sure]
        ticked = any(each.plain in plan.renumber for each in sure)
        boxes.append({"box": box_of_seat(seat.pk), "ticked": ticked, "runs": list(_runs(sure))})
    boxes += [_line(each, plan) for each in alone]
    return {"seat": seat, "boxes": boxes, "sure": len(sure)}


def _line(each: Renumbered, plan: Plan) -> dict[str, Any]:
    return {
        "box": box(each),
        "ticked": each.plain in plan.renumber,
        "old": each.old_label,
        "new": each.record.label,
        "old_name": each.old_name,
        "new_name": _name(each.record),
        "how_sure": HOW_SURE[each.how_sure],
    }


def _runs(sure: Sequence[Renumbered]) -> Iterator[str]:
    """ "5 … 124 → 6 … 125": neighbours that move together."""
    run: list[Renumbered] = []
    for each in sure:
        if run and _shift(each) != _shift(run[-1]):
            yield _run(run)
            run = []
        run.append(each)
    if run:
        yield _run(run)


def _shift(each: Renumbered) -> tuple[int, bool]:
    old = int("".join(filter(str.isdigit, each.old_label)))
    suffix = each.old_label[len(str(old)) :]
    return each.record.number - old, suffix == each.record.suffix


def _run(run: Sequence[Renumbered]) -> str:
    first, last = run[0], run[-1]
    if first is last:
        return f"{first.old_label} → {first.record.label}"
    before = f"{first.old_label} … {last.old_label}"
    return f"{before} → {first.record.label} … {last.record.label} ({len(run)})"


# Rows


def _name(record: Record) -> str:
    return next(filter(None, (record.values[i] for i in NAMES)), "")


def _new(record: Record, seats: Seats, plan: Plan) -> dict[str, Any]:
    found = {"row": record.row, "seat": seats[record.seat_id], "label": record.label}
    return found | {"name": _name(record), "split_from": plan.split_from.get(record.key, "")}


def _changed(change: Change, plan: Plan, seats: Seats) -> dict[str, Any]:
    record = change.record
    booth = {"row": record.row, "seat": seats[record.seat_id], "label": record.label}
    old = change.old_label if change.is_renumbered else ""
    return booth | {"old_label": old, "fields": plan.shown(change)}


def _gone(gone: Gone, seats: Seats, plan: Plan) -> dict[str, Any]:
    found = {"seat": seats[gone.seat_id], "label": gone.label, "name": gone.name}
    return found | {"agents": gone.agents, "heir": plan.merged_into.get(gone.booth_id, "")}
