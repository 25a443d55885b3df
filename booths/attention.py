"""What is stuck in a seat, in numbers: the counts behind the attention page, all in one query.

Nobody is named here, so that the numbers may go wherever those of the seat go.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection

from booths.models import Kind

QUIET_DAYS = 7  # without a change in the day-book
LONG = timedelta(days=14)  # from being appointed, without being verified

STANDING = """
    FROM booths_appointment a JOIN booths_booth b ON b.id = a.booth_id
    WHERE a.status <> 'ended'
"""
# Few numbers are anybody else's too; only these are followed to their booths.
SHARED = """
    SELECT id FROM booths_agent WHERE {field} IN (
        SELECT g.{field} FROM booths_agent g
        JOIN booths_appointment a ON a.agent_id = g.id AND a.status <> 'ended'
        WHERE g.{field} IN (
            SELECT {field} FROM booths_agent WHERE {field} <> ''
            GROUP BY {field} HAVING COUNT(*) > 1
        )
        GROUP BY g.{field} HAVING MIN(a.booth_id) < MAX(a.booth_id)
    )
"""
# Who stands twice does so for two kinds: once at least not as the first of them.
TWICE = """
    SELECT g.id FROM booths_agent g JOIN booths_appointment a ON a.agent_id = g.id
    WHERE a.status <> 'ended' AND (g.mobile <> '' OR g.epic_no <> '') AND g.id IN (
        SELECT agent_id FROM booths_appointment
        WHERE status <> 'ended' AND kind IN ({further_kinds})
    )
    GROUP BY g.id HAVING MIN(a.booth_id) < MAX(a.booth_id)
"""
# Named one by one, since by an index a database finds these, and not all but one.
FURTHER_KINDS = ", ".join(f"'{kind}'" for kind in Kind.values if kind != Kind.BOOTH_AGENT)
# Each selects what it is, the seat, and how many there. A seat that has all its agents may be quiet.
QUERIES = {
    "quiet": """
        SELECT 'quiet', r.assembly_seat_id, 1 FROM (
            SELECT assembly_seat_id, SUM(booths) AS booths FROM booths_rollday
            WHERE assembly_seat_id IN ({seats}) AND day <= {on} GROUP BY assembly_seat_id
        ) r LEFT JOIN (
            SELECT assembly_seat_id, MAX(day) AS last, SUM(gained - lost) AS covered
            FROM booths_coverday
            WHERE assembly_seat_id IN ({seats}) AND day <= {on} AND kind = '{kind}'
            GROUP BY assembly_seat_id
        ) c ON c.assembly_seat_id = r.assembly_seat_id
        WHERE r.booths > COALESCE(c.covered, 0) AND (c.last IS NULL OR c.last <= {quiet_since})
    """,
    "gone": """
        SELECT 'gone', b.assembly_seat_id, COUNT(*) {standing}
        AND b.assembly_seat_id IN ({seats}) AND b.retired_on <= {on} GROUP BY b.assembly_seat_id
    """,
    "shared": """
        SELECT 'shared', b.assembly_seat_id, COUNT(DISTINCT b.id) {standing}
        AND b.assembly_seat_id IN ({seats}) AND a.agent_id IN (
            {same_mobile} UNION {same_epic} UNION {twice}
        )
        GROUP BY b.assembly_seat_id
    """,
    "unverified": """
        SELECT 'unverified', b.assembly_seat_id, COUNT(*) {standing}
        AND a.status = 'appointed' AND a.appointed_on <= {long_since}
        AND b.assembly_seat_id IN ({seats}) GROUP BY b.assembly_seat_id
    """,
    "no_sector": """
        SELECT 'no_sector', b.assembly_seat_id, COUNT(*) FROM booths_booth b
        WHERE b.assembly_seat_id IN ({seats}) AND b.sector_id IS NULL AND b.listed_on <= {on}
        AND (b.retired_on IS NULL OR b.retired_on > {on}) GROUP BY b.assembly_seat_id
    """,
}


def by_seat(
    *, seats: Iterable[int], on: date, kind: str = Kind.BOOTH_AGENT
) -> dict[str, dict[int, int]]:
    """For each of QUERIES how many there are in each seat that has any; seats by their ids."""
    ids = ", ".join(str(int(pk)) for pk in seats)
    found: dict[str, dict[int, int]] = {name: defaultdict(int) for name in QUERIES}
    if not ids:
        return found
    said = {
        "seats": ids,
        "standing": STANDING,
        "kind": Kind(kind).value,
        "on": _day(on),
        "quiet_since": _day(on - timedelta(days=QUIET_DAYS)),
        "long_since": _day(on - LONG),
        "same_mobile": SHARED.format(field="mobile"),
        "same_epic": SHARED.format(field="epic_no"),
        "twice": TWICE.format(further_kinds=FURTHER_KINDS),
    }
    text = " UNION ALL ".join(query.format(**said) for query in QUERIES.values())
    with connection.cursor() as cursor:
        cursor.execute(text)
        for name, seat, number in cursor.fetchall():
            found[name][seat] += number
    return found


def _day(day: date) -> str:
    return f"'{day.isoformat()}'"
