"""What is kept of many rows at once: imports and the day-book."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booths.models.booths import Kind
from zones.models import AssemblySeat, District, State


class ImportBatch(models.Model):
    """One import of a file: who, when, what came of it, and what it takes to undo it."""

    class Content(models.TextChoices):
        BOOTHS = "booths", _("Booth list")
        AGENTS = "agents", _("Agent list")
        TEAMS = "teams", _("List of team members")

    state = models.ForeignKey(
        State, models.PROTECT, related_name="import_batches", verbose_name=_("state")
    )
    content = models.CharField(_("content"), max_length=6, choices=Content)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    as_of = models.DateField(_("holds from"))
    is_full = models.BooleanField(_("full list"), default=False)
    counts = models.JSONField(_("counts"), default=dict)
    problems = models.JSONField(_("problems"), default=list)
    differences = models.JSONField(_("differences"), default=dict)
    undo = models.JSONField(_("to undo it"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="import_batches",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("imported at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imports_undone",
        verbose_name=_("undone by"),
    )
    undone_by_name = models.CharField(_("undone by"), max_length=150, blank=True)
    # What was taken back, and what was left alone; of people by their code alone.
    undoing = models.JSONField(_("what undoing it did"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.file_name} {self.at:%Y-%m-%d}"


class DayBookPage(models.Model):
    """What changed on a day in the part of a seat that lies in one district.

    The sum of the rows up to a day is the state of that day. Only booths/bookkeeping.py writes them.
    """

    assembly_seat = models.ForeignKey(AssemblySeat, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        abstract = True


class RollDay(DayBookPage):
    """Booths listed less booths retired on the day."""

    booths = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assembly_seat", "district", "day"], name="one_roll_day_per_seat_part"
            )
        ]

    def __str__(self):
        return f"{self.assembly_seat_id} {self.day:%Y-%m-%d}: {self.booths:+}"


class CoverDay(DayBookPage):
    """Booths that became covered or ceased to be, and the change of proposed and verified ones."""

    kind = models.CharField(max_length=15, choices=Kind)
    gained = models.IntegerField(default=0)
    lost = models.IntegerField(default=0)
    proposed = models.IntegerField(default=0)
    verified = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assembly_seat", "district", "kind", "day"],
                name="one_cover_day_per_seat_part_and_kind",
            )
        ]

    def __str__(self):
        return f"{self.assembly_seat_id} {self.day:%Y-%m-%d}: +{self.gained} -{self.lost}"
