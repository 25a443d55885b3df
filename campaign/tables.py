"""The tables of a page: their columns, their order, and the links that change it."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.dashboards import SORTS, Dashboard, in_order
from campaign.measures import Part

DEFAULT_SORT = "name"
# The columns after the name, and how the first click sorts: first what wants attention.
COLUMNS = {
    "percent": (gettext_lazy("Covered"), ""),
    "done": (gettext_lazy("Agents at booths"), "-"),
    "remaining": (gettext_lazy("Remaining"), "-"),
    "needed": (gettext_lazy("Needed a day"), "-"),
    "pace": (gettext_lazy("Last 7 days, a day"), ""),
    "ends": (gettext_lazy("At this pace"), "-"),
    "verified": (gettext_lazy("Verified"), ""),
}


@dataclass
class Column:
    key: str
    label: str
    href: str
    order: str  # as aria-sort: "ascending", "descending", or "" if the table is not sorted by it


@dataclass
class Table:
    anchor: str
    title: str
    columns: list[Column]
    parts: list[Part]
    total: Part
    sparks: dict[int | None, str] = field(default_factory=dict)  # by place; None: the total
    nowhere: str = ""  # of blocks and sectors: what a part is called that lies in none

    @property
    def places(self) -> int:
        return sum(part.place is not None for part in self.parts)


def asked_sort(text: str) -> str:
    """The sort asked for, if there is such a one."""
    return text if text.removeprefix("-") in SORTS else DEFAULT_SORT


def table(
    anchor: str, title: str, name: str, parts: list[Part], total: Part, query: QueryDict
) -> Table:
    """`name` heads the first column; `query` is that of the page, for the links of the headings."""
    asked = {key: value for key, value in query.items() if value}
    sort = asked_sort(asked.get("sort", ""))
    heads = {"name": (name, "")} | COLUMNS
    columns = [
        _column(key, str(label), first, sort, asked, anchor)
        for key, (label, first) in heads.items()
    ]
    return Table(anchor, title, columns, in_order(parts, sort), total)


def units_of_seat(
    blocks: list[Part], sectors: list[Part], total: Part, query: QueryDict
) -> list[Table]:
    """Blocks and sectors of a seat, as far as there are any."""
    tables = (
        ("blocks", _("Blocks"), _("Block"), blocks, _("not in a block")),
        ("sectors", _("Sectors"), _("Sector"), sectors, _("not in a sector")),
    )
    found = []
    for anchor, title, name, parts, nowhere in tables:
        if parts:
            found.append(table(anchor, title, name, parts, total, query))
            found[-1].nowhere = nowhere
    return found


def _column(key, label, first, sort, asked, anchor) -> Column:
    order = ""
    if sort.removeprefix("-") == key:
        order = "descending" if sort.startswith("-") else "ascending"
    turned = {"ascending": f"-{key}", "descending": key}
    wanted = asked | {"sort": turned.get(order, f"{first}{key}")}
    return Column(key, label, f"?{urlencode(wanted)}#{anchor}", order)


def tables_of(page: Dashboard, query: QueryDict) -> list[Table]:
    """Lok Sabha seats, where the page is of more than one, and assembly seats."""
    tables = (
        ("lok-sabha", _("Lok Sabha seats"), _("Lok Sabha seat"), page.lok_sabha_seats),
        ("seats", _("Assembly seats"), _("Assembly seat"), page.seats),
    )
    found = []
    for anchor, title, name, parts in tables:
        if parts:
            found.append(table(anchor, title, name, parts, page.whole, query))
            found[-1].sparks = _sparks(page, parts)
    return found


def _sparks(page: Dashboard, parts: list[Part]) -> dict[int | None, str]:
    if page.curves is None:
        return {}
    return {part.place.pk: page.spark(part.place) for part in parts} | {None: page.spark(None)}
