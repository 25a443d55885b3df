"""What came of a list of agents, or would come: the counts, the fingerprint of a preview, and the
record that stays."""

import hashlib
from collections import Counter
from typing import Any

from import_export.results import Result

from booths.agent_comparison import Comparison
from booths.agent_list import Line
from booths.likely_duplicates import Likely
from booths.models import Agent, ImportBatch
from zones.trail import versions


class AgentResult(Result):
    """The library's result, with the counts and problems of all our imports."""

    def __init__(self):
        super().__init__()
        self.counts: dict[str, int] = {}
        self.problems: list = []
        self.lines: list[Line] = []
        self.likely: list[Likely] = []
        self.name_only: list[Line] = []  # rows whose contact data is left out
        self.batch: ImportBatch | None = None
        self.fingerprint = ""

    @property
    def beside(self) -> list[Line]:
        """Lines of somebody new at a full booth who takes nobody's place."""
        return [line for line in self.lines if line.beside]


def counts_of(lines: list[Line]) -> dict[str, int]:
    """rows = new + changed + unchanged + faulty + skipped, as for booth lists; of the new, `replaced`
    took somebody's place."""
    does = Counter(line.does for line in lines)
    skipped = sum(1 for line in lines if line.repeats or not any(line.cells.values()))
    return {
        "rows": len(lines),
        "new": does["new"],
        "replaced": sum(1 for line in lines if line.replaced),
        "changed": does["update"],
        "unchanged": does["skip"] - skipped,
        "faulty": does["invalid"],
        "skipped": skipped,
    }


def fingerprint_of(lines: list[Line]) -> str:
    """The same for a preview and an import that do the same."""
    parts = [
        (
            *(line.row, line.does, line.changes, line.agent.code if line.does == "update" else ""),
            line.replaced and line.replaced.pk,
        )
        for line in lines
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def keep(
    comparison: Comparison, result: AgentResult, file_name: str, data: bytes, before: dict[int, Any]
) -> ImportBatch:
    """What came of it. The fields that changed are named, never what they were or became: an
    erased person would live on here. The trail knows, where a person's values can be erased: kept
    is which versions of whom."""
    done = [line for line in comparison.lines if line.does in ("new", "update")]
    changed = {line.agent.pk: sorted(line.changes) for line in done if line.does == "update"}
    return ImportBatch.objects.create(
        state=comparison.state,
        content=ImportBatch.Content.AGENTS,
        file_name=file_name[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        as_of=comparison.on,
        counts=result.counts,
        problems=[problem.as_dict() for problem in result.problems],
        differences={"changed": changed, "name_only": len(result.name_only)},
        undo={
            "appointments": [line.appointment.pk for line in done if line.places],
            "agents": sorted({line.agent.pk for line in done if line.is_fresh}),
            "versions": versions.pairs(Agent, before, changed),
        },
        by=comparison.user,
        by_name=comparison.user.name,
    )
