"""When: campaigns, their directives, and the readings of those kept by hand."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models import Kind
from zones.models import (
    AssemblySeat,
    Keyed,
    Named,
    NaturalKeyManager,
    State,
    Tracked,
    for_reader,
)


class Campaign(Named, Keyed):
    """A party's drive in one state towards one election, with the sizes it works by."""

    class Election(models.TextChoices):
        ASSEMBLY = "assembly", _("Assembly election")
        LOK_SABHA = "lok_sabha", _("Lok Sabha election")

    class BlaRules(models.TextChoices):
        SAME_PART = "same_part", _("BLA from the same part only")
        SAME_SEAT = "same_seat", _("BLA from the same assembly seat if none in the part (2025)")

    state = models.ForeignKey(
        State, models.PROTECT, related_name="campaigns", verbose_name=_("state")
    )
    slug = models.SlugField(_("short name in links"), max_length=30)
    party_hi = models.CharField(_("party in Hindi"), max_length=120)
    party_en = models.CharField(_("party in English"), max_length=120, blank=True)
    election = models.CharField(
        _("election"), max_length=9, choices=Election, default=Election.ASSEMBLY
    )
    starts_on = models.DateField(_("starts on"))
    is_current = models.BooleanField(_("current"), default=False)
    sector_size = models.PositiveSmallIntegerField(_("booths per sector"), default=10)
    sector_team_size = models.PositiveSmallIntegerField(_("members of a sector team"), default=3)
    block_team_size = models.PositiveSmallIntegerField(_("members of a block team"), default=3)
    state_in_charges = models.PositiveSmallIntegerField(_("state in-charges expected"), default=6)
    bla_rules = models.CharField(
        _("rules for BLA"), max_length=9, choices=BlaRules, default=BlaRules.SAME_PART
    )

    natural = ("state__code", "slug")
    history = Tracked()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["state", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "slug"],
                name="one_campaign_of_a_short_name_per_state",
                violation_error_message=_("This state already has a campaign of this short name."),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(is_current=True),
                name="one_current_campaign_per_state",
                violation_error_message=_("Another campaign of this state is the current one."),
            ),
        ]

    @property
    def party(self) -> str:
        return for_reader(self.party_hi, self.party_en)


class SeatContest(models.Model):
    """Whether the party contests an assembly seat itself in a campaign."""

    class Status(models.TextChoices):
        OURS = "ours", _("Contesting")
        ALLY = "ally", _("Given to an ally")
        OPEN = "open", _("Not decided")

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="contests", verbose_name=_("campaign")
    )
    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, related_name="contests", verbose_name=_("assembly seat")
    )
    status = models.CharField(_("status"), max_length=4, choices=Status, default=Status.OPEN)
    history = Tracked()

    class Meta:
        verbose_name = _("contest of a seat")
        verbose_name_plural = _("contests of seats")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "assembly_seat"],
                name="one_contest_per_campaign_and_seat",
                violation_error_message=_("The contest of this seat is already entered."),
            )
        ]

    def __str__(self):
        return f"{self.assembly_seat_id}: {self.status}"


class DirectiveQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Issued by the day; an overdue directive stays in force until it is met."""
        return self.filter(issued_on__lte=on)


class Directive(Keyed):
    """What the national president or the state directs, by when, and how it is measured."""

    class Measure(models.TextChoices):
        AGENTS = "agents", _("Booths with agents")
        SECTOR_TEAMS = "sector_teams", _("Sector teams")
        BLOCK_TEAMS = "block_teams", _("Block teams")
        ZONE_TEAMS = "zone_teams", _("Zone teams")
        BY_HAND = "by_hand", _("Percent entered by hand")

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="directives", verbose_name=_("campaign")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    issued_by_hi = models.CharField(_("issued by, in Hindi"), max_length=120)
    issued_by_en = models.CharField(_("issued by, in English"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"), help_text=_("The due day itself still counts."))
    text_hi = models.CharField(_("text in Hindi"), max_length=300)
    text_en = models.CharField(_("text in English"), max_length=300, blank=True)
    measure = models.CharField(_("measured by"), max_length=12, choices=Measure)
    kind = models.CharField(_("kind of agent"), max_length=15, choices=Kind, blank=True)
    target_percent = models.PositiveSmallIntegerField(_("target in percent"), default=100)

    natural = ("campaign__state__code", "campaign__slug", "number")
    objects = NaturalKeyManager.from_queryset(DirectiveQuerySet)()
    history = Tracked()

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="one_directive_of_a_number_per_campaign",
                violation_error_message=_("This campaign already has a directive of this number."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")),
                name="a_directive_is_due_after_it_is_issued",
                violation_error_message=_("The directive is due before it is issued."),
            ),
            models.CheckConstraint(
                condition=Q(measure="agents") & ~Q(kind="") | ~Q(measure="agents") & Q(kind=""),
                name="only_a_directive_on_agents_names_a_kind",
                violation_error_message=_("Choose a kind of agent exactly if agents are measured."),
            ),
            models.CheckConstraint(
                condition=Q(target_percent__gte=1, target_percent__lte=100),
                name="a_target_is_1_to_100_percent",
                violation_error_message=_("The target is a percentage from 1 to 100."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def text(self) -> str:
        return for_reader(self.text_hi, self.text_en)

    @property
    def issued_by(self) -> str:
        return for_reader(self.issued_by_hi, self.issued_by_en)


class DirectiveReading(models.Model):
    """How far a seat is with a directive that no record of ours measures."""

    directive = models.ForeignKey(
        Directive, models.CASCADE, related_name="readings", verbose_name=_("directive")
    )
    assembly_seat = models.ForeignKey(
        AssemblySeat,
        models.PROTECT,
        related_name="directive_readings",
        verbose_name=_("assembly seat"),
    )
    on = models.DateField(_("day"))
    percent = models.PositiveSmallIntegerField(_("percent"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    history = Tracked()

    class Meta:
        verbose_name = _("reading of a directive")
        verbose_name_plural = _("readings of directives")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "assembly_seat", "on"],
                name="one_reading_per_directive_seat_and_day",
                violation_error_message=_("The reading of this seat and day is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="a_reading_is_at_most_100_percent",
                violation_error_message=_("A percentage is at most 100."),
            ),
        ]

    def __str__(self):
        return f"{self.assembly_seat_id}: {self.percent}%"
