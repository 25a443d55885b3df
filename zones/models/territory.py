"""Where: the state, its districts, its Lok Sabha and assembly seats, and the zones."""

from datetime import date
from operator import attrgetter

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zones.models.history import Tracked


def for_reader(hindi: str, english: str) -> str:
    """The text in the reader's language, or in the other where that one is empty."""
    if (get_language() or "").startswith("en"):
        return english or hindi
    return hindi or english


class Named(models.Model):
    """A thing with a Hindi and an English name; pages show the reader's."""

    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return for_reader(self.name_hi, self.name_en)


def exactly_one(names, chosen=None) -> Q:
    """Exactly one of the foreign keys `names` is set, and it is among `chosen` if given."""
    condition = Q()
    for only in chosen or names:
        condition |= Q(**{f"{name}__isnull": name != only for name in names})
    return condition


class Reservation(models.TextChoices):
    GENERAL = "GEN", _("General")
    SC = "SC", _("SC")
    ST = "ST", _("ST")


class NaturalKeyManager(models.Manager):
    """Finds a row by the values of the fields that `Model.natural` names."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.natural, values, strict=True)))


class Keyed(models.Model):
    """A row that fixtures name by what makes it one in the world: the fields in `natural`."""

    natural: tuple[str, ...]
    objects = NaturalKeyManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple:
        return tuple(attrgetter(path.replace("__", "."))(self) for path in self.natural)


class State(Named, Keyed):
    code = models.CharField(_("code"), max_length=4, unique=True)

    natural = ("code",)
    history = Tracked()

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["code"]

    @property
    def slug(self) -> str:
        return self.code.lower()


class District(Named, Keyed):
    """A revenue district: a reporting dimension, never a parent, since seats cross districts."""

    state = models.ForeignKey(
        State, models.PROTECT, related_name="districts", verbose_name=_("state")
    )
    slug = models.SlugField(_("short name in links"), max_length=60)
    aliases = models.JSONField(_("other spellings"), default=list, blank=True)

    natural = ("state__code", "slug")
    history = Tracked()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["state", "name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "slug"],
                name="one_district_of_a_name_per_state",
                violation_error_message=_("This state already has a district of this name."),
            )
        ]


class Seat(Named, Keyed):
    """What Lok Sabha and assembly seats share: a number that is unique in the state."""

    number = models.PositiveSmallIntegerField(_("number"))
    reservation = models.CharField(
        _("reservation"), max_length=3, choices=Reservation, default=Reservation.GENERAL
    )
    aliases = models.JSONField(_("other spellings"), default=list, blank=True)

    natural = ("state__code", "number")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.number} {self.name}"


class LokSabhaSeat(Seat):
    state = models.ForeignKey(
        State, models.PROTECT, related_name="lok_sabha_seats", verbose_name=_("state")
    )
    history = Tracked()

    class Meta:
        verbose_name = _("Lok Sabha seat")
        verbose_name_plural = _("Lok Sabha seats")
        ordering = ["state", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "number"],
                name="one_lok_sabha_seat_of_a_number_per_state",
                violation_error_message=_(
                    "This state already has a Lok Sabha seat of this number."
                ),
            )
        ]


class AssemblySeat(Seat):
    state = models.ForeignKey(
        State, models.PROTECT, related_name="assembly_seats", verbose_name=_("state")
    )
    lok_sabha_seat = models.ForeignKey(
        LokSabhaSeat,
        models.PROTECT,
        related_name="assembly_seats",
        verbose_name=_("Lok Sabha seat"),
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="assembly_seats",
        verbose_name=_("main district"),
        help_text=_("The district of a booth that names none."),
    )
    history = Tracked()

    class Meta:
        verbose_name = _("assembly seat")
        verbose_name_plural = _("assembly seats")
        ordering = ["state", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "number"],
                name="one_assembly_seat_of_a_number_per_state",
                violation_error_message=_(
                    "This state already has an assembly seat of this number."
                ),
            )
        ]


class ZoneScheme(Named, Keyed):
    """One way to cut a state into zones; which one is in force on a day, its terms say."""

    state = models.ForeignKey(
        State, models.PROTECT, related_name="zone_schemes", verbose_name=_("state")
    )

    natural = ("state__code", "name_en")
    history = Tracked()

    class Meta:
        verbose_name = _("zone scheme")
        verbose_name_plural = _("zone schemes")
        ordering = ["state", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "name_en"],
                name="one_zone_scheme_of_a_name_per_state",
                violation_error_message=_("This state already has a zone scheme of this name."),
            )
        ]


class Zone(Named, Keyed):
    """A set of Lok Sabha seats that one zone team works and state in-charges monitor."""

    scheme = models.ForeignKey(
        ZoneScheme, models.PROTECT, related_name="zones", verbose_name=_("zone scheme")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    lok_sabha_seats = models.ManyToManyField(
        LokSabhaSeat, through="ZoneSeat", related_name="zones", verbose_name=_("Lok Sabha seats")
    )

    natural = ("scheme__state__code", "scheme__name_en", "number")
    history = Tracked()

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number"],
                name="one_zone_of_a_number_per_scheme",
                violation_error_message=_("This scheme already has a zone of this number."),
            )
        ]


class ZoneSeatQuerySet(models.QuerySet):
    def in_force(self, state: State, on: date):
        """The seats of the scheme that is in force in the state on the day, with their zones."""
        term = SchemeTerm.objects.filter(state=state, from_on__lte=on).order_by("-from_on")
        return self.filter(scheme__in=term.values("scheme")[:1])


class ZoneSeat(Keyed):
    """A Lok Sabha seat's place in a scheme. A seat's zone on a day follows from this alone."""

    scheme = models.ForeignKey(ZoneScheme, models.CASCADE, related_name="zone_seats")
    zone = models.ForeignKey(
        Zone, models.CASCADE, related_name="zone_seats", verbose_name=_("zone")
    )
    lok_sabha_seat = models.ForeignKey(
        LokSabhaSeat,
        models.PROTECT,
        related_name="zone_seats",
        verbose_name=_("Lok Sabha seat"),
    )

    natural = (
        "scheme__state__code",
        "scheme__name_en",
        "lok_sabha_seat__state__code",
        "lok_sabha_seat__number",
    )
    objects = NaturalKeyManager.from_queryset(ZoneSeatQuerySet)()
    history = Tracked()

    class Meta:
        verbose_name = _("seat of a zone")
        verbose_name_plural = _("seats of zones")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "lok_sabha_seat"],
                name="a_lok_sabha_seat_is_in_one_zone_of_a_scheme",
                violation_error_message=_(
                    "This Lok Sabha seat is already in a zone of the scheme."
                ),
            )
        ]

    def __str__(self):
        return f"{self.zone_id}: {self.lok_sabha_seat_id}"


class SchemeTerm(Keyed):
    """From this day the state works by this scheme, until the next term begins."""

    state = models.ForeignKey(
        State, models.PROTECT, related_name="scheme_terms", verbose_name=_("state")
    )
    scheme = models.ForeignKey(
        ZoneScheme, models.PROTECT, related_name="terms", verbose_name=_("zone scheme")
    )
    from_on = models.DateField(_("in force from"))

    natural = ("state__code", "from_on")
    history = Tracked()

    class Meta:
        verbose_name = _("term of a zone scheme")
        verbose_name_plural = _("terms of zone schemes")
        ordering = ["state", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "from_on"],
                name="one_zone_scheme_comes_into_force_on_a_day",
                violation_error_message=_("Another scheme comes into force on this day."),
            )
        ]

    def __str__(self):
        return f"{self.scheme_id} {self.from_on:%Y-%m-%d}"
