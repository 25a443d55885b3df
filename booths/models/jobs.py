"""Lists that are imported in the background."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from booths.models.records import ImportBatch


class ImportJob(models.Model):
    """An uploaded list on its way into the database: who asked for it, how far it is, what came
    of it. It is done exactly when what the list says is stored: one transaction writes both.

    A job that is running and whose lock nobody holds was stopped: see booths/alive.py.
    """

    Content = ImportBatch.Content

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("imported")
        REFUSED = "refused", _("not imported")

    class Step(models.TextChoices):
        READING = "reading", _("Reading the file")
        WRITING = "writing", _("Writing")

    content = models.CharField(_("content"), max_length=6, choices=Content)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.WAITING)
    token = models.CharField(max_length=32, unique=True, editable=False)  # of the upload
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    # Here and not in a folder, since the worker may run on another machine.
    data = models.BinaryField(default=b"", editable=False)
    options = models.JSONField(default=dict, editable=False)  # chosen beside the file, as posted
    confirmed = models.JSONField(default=dict, editable=False)  # with the preview's fingerprint
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="import_jobs",
        verbose_name=_("by"),
    )
    language = models.CharField(max_length=7, editable=False)
    address = models.CharField(max_length=45, blank=True, editable=False)
    asked_at = models.DateTimeField(_("uploaded at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    starts = models.PositiveSmallIntegerField(default=0, editable=False)
    step = models.CharField(max_length=7, choices=Step, blank=True, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    rows_total = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(_("counts"), default=dict)
    batch = models.OneToOneField(
        ImportBatch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="job",
        verbose_name=_("import"),
    )
    refusal = models.TextField(_("why not"), blank=True)

    class Meta:
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "running"], ended_at=None)
                | models.Q(status__in=["done", "refused"], ended_at__isnull=False),
                name="a_list_has_ended_when_it_is_imported_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(status="refused") & ~models.Q(refusal="")
                | ~models.Q(status="refused") & models.Q(refusal=""),
                name="a_list_that_is_not_imported_says_why",
            ),
        ]

    def __str__(self):
        return self.file_name


class ChosenColumns(models.Model):
    """What a user said that the columns of a file hold, for the next file with these headings."""

    # A habit of theirs, and nothing that is to outlive them.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.CharField(max_length=6, choices=ImportBatch.Content)
    shape = models.CharField(max_length=64)  # digest of the headings
    columns = models.JSONField(default=dict)  # by index the field of each column, "" for none

    class Meta:
        verbose_name = _("chosen columns")
        verbose_name_plural = _("chosen columns")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content", "shape"], name="columns_are_chosen_once_per_shape"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.content} {self.shape[:8]}"
