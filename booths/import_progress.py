"""How far an import is, and what came of it, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from booths import alive
from booths.models import ImportJob

Status, Step = ImportJob.Status, ImportJob.Step
# Percent from which and up to which a step goes; writing takes most of the time.
SPANS = {Step.READING: (0, 20), Step.WRITING: (20, 100)}
STOPPED = gettext_lazy("stopped")
COUNTS = {
    "rows": gettext_lazy("rows"),
    "new": gettext_lazy("new"),
    "replaced": gettext_lazy("of these in place of another"),
    "changed": gettext_lazy("changed"),
    "renamed": gettext_lazy("renamed"),
    "renumbered": gettext_lazy("renumbered"),
    "unchanged": gettext_lazy("unchanged"),
    "retired": gettext_lazy("retired"),
    "faulty": gettext_lazy("faulty"),
    "skipped": gettext_lazy("skipped"),
    "before": gettext_lazy("booths before"),
    "after": gettext_lazy("booths after"),
}
OF_JOB = COUNTS | {"name_only": gettext_lazy("by name only")}


@dataclass(frozen=True)
class Standing:
    """How a job stands now, for its page."""

    status: str  # of the model, or "stopped"
    step: str = ""
    done: int = 0
    total: int = 0
    has_worker: bool = True

    @property
    def label(self) -> str:
        return str(STOPPED if self.status == "stopped" else Status(self.status).label)

    @property
    def step_label(self) -> str:
        return str(Step(self.step).label) if self.step else ""

    @property
    def percent(self) -> int:
        first, last = SPANS.get(Step(self.step), (0, 0)) if self.step else (0, 0)
        return first + (last - first) * min(self.done, self.total) // (self.total or 1)

    @property
    def goes_on(self) -> bool:
        """Whether it is worth looking again soon."""
        return self.status == Status.RUNNING or (self.status == Status.WAITING and self.has_worker)


def standing_of(job: ImportJob) -> Standing:
    if alive.is_stopped(job):
        return Standing("stopped")
    if job.status == Status.RUNNING:
        return Standing(job.status, *alive.how_far(job))
    return Standing(job.status, has_worker=job.status != Status.WAITING or alive.worker_lives())


def counts_of(job: ImportJob) -> list[tuple[str, int]]:
    return [(str(label), job.counts[name]) for name, label in OF_JOB.items() if name in job.counts]
