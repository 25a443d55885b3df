"""Reviews: meetings, what was promised and decided, and the numbers frozen there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models import Kind
from campaign.models.campaigns import Campaign, Directive
from zones.models import AssemblySeat, Keyed, LokSabhaSeat, Tracked, Zone, exactly_one


class ReviewMeeting(Keyed):
    """A meeting of the state in-charges that reviews the work done on each directive."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review meeting")
        PRESIDENT = "president", _("Meeting with the national president")
        OTHER = "other", _("Other meeting")

    class Status(models.TextChoices):
        POSSIBLE = "possible", _("Possible")
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="meetings", verbose_name=_("campaign")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.REVIEW)
    window_start = models.DateField(_("window from"), null=True, blank=True)
    window_end = models.DateField(_("window until"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PLANNED)
    attendees = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="meetings_attended",
        verbose_name=_("attendees"),
    )
    minutes = models.TextField(_("minutes"), blank=True)

    natural = ("campaign__state__code", "campaign__slug", "kind", "number")
    history = Tracked(related=("attendees",))

    class Meta:
        verbose_name = _("review meeting")
        verbose_name_plural = _("review meetings")
        ordering = ["campaign", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "number"],
                name="one_meeting_of_a_kind_and_number_per_campaign",
                violation_error_message=_("This campaign already has a meeting of this number."),
            ),
            models.CheckConstraint(
                condition=Q(window_end__gte=F("window_start"))
                | Q(window_start=None)
                | Q(window_end=None),
                name="a_meeting_window_ends_after_it_begins",
                violation_error_message=_("The window of the meeting ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(status="held", held_on__isnull=False)
                | ~Q(status="held") & Q(held_on=None),
                name="a_meeting_held_has_its_day",
                violation_error_message=_(
                    "A meeting that was held needs its day, no other has one."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class Commitment(models.Model):
    """How many booths a person promised for the next review, in a zone or a seat."""

    meeting = models.ForeignKey(
        ReviewMeeting, models.PROTECT, related_name="commitments", verbose_name=_("meeting")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="commitments", verbose_name=_("by")
    )
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="commitments",
        verbose_name=_("zone"),
    )  # fmt: skip
    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, null=True, blank=True, related_name="commitments",
        verbose_name=_("assembly seat"),
    )  # fmt: skip
    number = models.PositiveIntegerField(_("booths promised"))
    history = Tracked()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(("zone", "assembly_seat")),
                name="a_commitment_is_for_one_zone_or_seat",
                violation_error_message=_("Choose exactly one: a zone or an assembly seat."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "user", "zone"],
                condition=Q(assembly_seat=None),
                name="one_commitment_per_meeting_user_and_zone",
                violation_error_message=_("This commitment is already entered."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "user", "assembly_seat"],
                condition=Q(zone=None),
                name="one_commitment_per_meeting_user_and_seat",
                violation_error_message=_("This commitment is already entered."),
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id}: {self.number}"


class Decision(models.Model):
    """What a meeting decided: who does it, where (the whole state if nowhere), by when."""

    meeting = models.ForeignKey(
        ReviewMeeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting")
    )
    text = models.CharField(_("decision"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name=_("owner")
    )
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("zone"),
    )  # fmt: skip
    lok_sabha_seat = models.ForeignKey(
        LokSabhaSeat, models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("Lok Sabha seat"),
    )  # fmt: skip
    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("assembly seat"),
    )  # fmt: skip
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    history = Tracked()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(("zone", "lok_sabha_seat", "assembly_seat"))
                | Q(zone=None, lok_sabha_seat=None, assembly_seat=None),
                name="a_decision_is_for_one_area_at_most",
                violation_error_message=_("Choose one area at most; none means the whole state."),
            )
        ]

    def __str__(self):
        return self.text


class Snapshot(models.Model):
    """The numbers of every directive and seat as they stood at a meeting; frozen once."""

    written_once_with = "meeting"  # a trigger of the database sees to it

    class Basis(models.TextChoices):
        FROZEN = "frozen", _("Frozen at the meeting")
        COMPUTED = "computed", _("Computed later")
        PAPER = "paper", _("Typed from paper")

    meeting = models.OneToOneField(ReviewMeeting, models.PROTECT, related_name="snapshot")
    as_of = models.DateField(_("state of the day"))
    taken_at = models.DateTimeField(_("taken at"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    basis = models.CharField(_("basis"), max_length=8, choices=Basis, default=Basis.FROZEN)
    row_count = models.PositiveIntegerField(_("rows"), default=0)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self):
        return f"{self.meeting_id} {self.as_of:%Y-%m-%d}"


class SnapshotRow(models.Model):
    """One directive, as it was that day, in one seat (one zone for zone teams)."""

    written_once_with = "snapshot"  # a trigger of the database sees to it
    as_many_as = "row_count"  # and another to it that there are no more

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="rows")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="snapshot_rows")
    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, null=True, related_name="snapshot_rows"
    )
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="snapshot_rows")
    lok_sabha_name_hi = models.CharField(max_length=120, blank=True)
    lok_sabha_name_en = models.CharField(max_length=120, blank=True)
    zone_name_hi = models.CharField(max_length=120, blank=True)
    zone_name_en = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=12, choices=Directive.Measure)
    kind = models.CharField(max_length=15, choices=Kind, blank=True)
    issued_on = models.DateField()
    due_on = models.DateField()
    target_percent = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    proposed = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("row of a snapshot")
        verbose_name_plural = _("rows of snapshots")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "directive", "assembly_seat"],
                condition=Q(assembly_seat__isnull=False),
                name="one_snapshot_row_per_directive_and_seat",
            ),
            models.UniqueConstraint(
                fields=["snapshot", "directive", "zone"],
                condition=Q(assembly_seat=None),
                name="one_snapshot_row_per_directive_and_zone",
            ),
            models.CheckConstraint(
                condition=Q(assembly_seat__isnull=False) | Q(zone__isnull=False),
                name="a_snapshot_row_has_a_place",
            ),
        ]

    def __str__(self):
        return f"{self.snapshot_id}: {self.done}/{self.total}"
