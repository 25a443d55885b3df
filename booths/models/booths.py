"""What is staffed by agents: the booths of the official list, and how many agents each needs."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models.teams import Sector
from booths.sounds import sounds_of
from zones.models import (
    AssemblySeat,
    Derived,
    District,
    Keyed,
    State,
    Tracked,
    for_reader,
)


class BoothQuerySet(models.QuerySet):
    def listed(self, on: date):
        """Booths that exist on the day."""
        return self.filter(Q(retired_on=None) | Q(retired_on__gt=on), listed_on__lte=on)

    def present(self):
        """Booths of the list as it stands now."""
        return self.filter(retired_on=None)


class Booth(models.Model):
    """A polling station of one assembly seat, from one day of the official list to another.

    A booth never changes its seat: it is retired and a new one listed.
    """

    class Flag(models.TextChoices):
        NO_NETWORK = "no_network", _("No mobile network")
        NO_ROAD = "no_road", _("No road")
        FOREST = "forest", _("Forest area")
        SENSITIVE = "sensitive", _("Sensitive")
        HYPER_SENSITIVE = "hyper_sensitive", _("Hyper-sensitive")
        ALL_WOMEN = "all_women", _("All-women booth")
        MODEL = "model", _("Model booth")

    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, related_name="booths", verbose_name=_("assembly seat")
    )
    number = models.PositiveIntegerField(_("booth number"))
    suffix = models.CharField(
        _("suffix"),
        max_length=4,
        blank=True,
        help_text=_("The letter of an auxiliary station (A, B, …), then M or W for men or women."),
    )
    number_as_written = models.CharField(_("number as written"), max_length=40, blank=True)
    name_hi = models.CharField(_("name in Hindi"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    building = models.CharField(_("building"), max_length=500, blank=True)
    locality = models.TextField(_("locality"), blank=True)
    sector = models.ForeignKey(
        Sector,
        models.SET_NULL,  # a sector drawn anew frees its booths, it does not hold them
        null=True,
        blank=True,
        related_name="booths",
        verbose_name=_("sector"),
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="booths",
        verbose_name=_("district"),
        help_text=_("Only where it is not the main district of the seat."),
    )
    electors_male = models.PositiveIntegerField(_("male electors"), null=True, blank=True)
    electors_female = models.PositiveIntegerField(_("female electors"), null=True, blank=True)
    electors_third = models.PositiveIntegerField(_("third gender electors"), null=True, blank=True)
    electors_total = models.PositiveIntegerField(_("total electors"), null=True, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    # By field, the texts of which the list has other digits, signs or blanks than are stored.
    as_written = models.JSONField(
        _("texts as the list has them"), default=dict, blank=True, editable=False
    )
    flags = models.JSONField(_("flags"), default=dict, blank=True)
    listed_on = models.DateField(_("listed on"))
    retired_on = models.DateField(
        _("retired on"),
        null=True,
        blank=True,
        help_text=_("The first day on which the booth is no longer on the list."),
    )

    sounds = Derived(by=sounds_of, sources=("name_hi", "name_en", "building", "locality"))

    objects = BoothQuerySet.as_manager()
    history = Tracked(quiet=("sounds",))

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["assembly_seat", "number", "suffix"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly_seat", "number", "suffix"],
                condition=Q(retired_on=None),
                name="one_booth_of_a_number_per_seat_on_the_list",
                violation_error_message=_("This seat already has a booth of this number."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="booth_numbers_start_at_one",
                violation_error_message=_("A booth number is 1 or more."),
            ),
            models.CheckConstraint(
                condition=Q(retired_on=None) | Q(retired_on__gte=F("listed_on")),
                name="a_booth_is_retired_after_it_is_listed",
                violation_error_message=_("The booth is retired before it is listed."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["assembly_seat", "retired_on"],
                condition=Q(retired_on__isnull=False),
                name="booth_gone_from_the_list",
            )
        ]

    def __str__(self):
        return f"{self.label} {self.name}".strip()

    @property
    def label(self) -> str:
        """The number as it is spoken and linked: 125A."""
        return f"{self.number}{self.suffix}"

    @property
    def name(self) -> str:
        return for_reader(self.name_hi, self.name_en) or self.building

    def is_listed(self, on: date) -> bool:
        return self.listed_on <= on and (self.retired_on is None or on < self.retired_on)

    @property
    def is_unreachable_by_phone(self) -> bool:
        return bool(self.flags.get(self.Flag.NO_NETWORK))


class Kind(models.TextChoices):
    """The kinds of agent; the first two need no candidate."""

    BOOTH_AGENT = "booth_agent", _("Booth agent")
    BLA2 = "bla2", _("BLA-2")
    POLLING_AGENT = "polling_agent", _("Polling agent")
    RELIEF_AGENT = "relief_agent", _("Relief agent")


class AgentNeed(Keyed):
    """How many agents of a kind every booth of a state needs: the only source of that number."""

    state = models.ForeignKey(
        State, models.PROTECT, related_name="agent_needs", verbose_name=_("state")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.BOOTH_AGENT)
    per_booth = models.PositiveSmallIntegerField(_("agents per booth"), default=1)

    natural = ("state__code", "kind")
    history = Tracked()

    class Meta:
        verbose_name = _("need of agents")
        verbose_name_plural = _("needs of agents")
        ordering = ["state", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "kind"],
                name="one_need_per_state_and_kind",
                violation_error_message=_("The need for this kind of agent is already set."),
            ),
            models.CheckConstraint(
                condition=Q(per_booth__gte=1),
                name="a_need_is_at_least_one",
                violation_error_message=_("A booth needs at least one agent of a kind."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.per_booth}"
