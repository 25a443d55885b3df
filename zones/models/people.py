"""Who is in charge: users and their postings."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zones.mobiles import bare_mobile
from zones.models.history import Tracked
from zones.models.territory import (
    AssemblySeat,
    District,
    LokSabhaSeat,
    SchemeTerm,
    State,
    Zone,
    exactly_one,
)


class User(AbstractUser):
    class Language(models.TextChoices):
        HINDI = "hi", "हिन्दी"
        ENGLISH = "en", "English"

    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.HINDI
    )
    mobile = models.CharField(_("mobile"), max_length=15, blank=True)
    # Of the newest one-time link; drawn anew with each, empty where none is alive.
    link_key = models.CharField(max_length=22, blank=True, editable=False)
    history = Tracked(
        personal=("username", "first_name", "last_name", "email", "mobile"),
        secret=("password",),
        quiet=("last_login", "link_key"),
        people={"users": "id"},
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["mobile"],
                condition=~Q(mobile=""),
                name="one_user_of_a_mobile",
                violation_error_message=_("Another user signs in with this mobile number."),
            )
        ]

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username

    def clean(self):
        """Who signs in with a mobile number is found by its bare digits."""
        super().clean()
        self.mobile = bare_mobile(self.mobile)


class PostingQuerySet(models.QuerySet):
    def current(self, on: date):
        """Postings that hold on the day; one on a zone holds while its scheme is in force."""
        in_force = SchemeTerm.objects.filter(
            state=models.OuterRef("zone__scheme__state"), from_on__lte=on
        ).order_by("-from_on")
        return (
            self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
            .annotate(scheme_in_force=models.Subquery(in_force.values("scheme")[:1]))
            .filter(Q(zone=None) | Q(zone__scheme=models.F("scheme_in_force")))
        )


POSTING_AREAS = ("state", "zone", "lok_sabha_seat", "district", "assembly_seat")
# The areas on which a role may be posted; an observer may be posted on any.
ROLE_AREAS = {
    "state_office": ("state",),
    "state_in_charge": ("state", "zone"),
    "zone_in_charge": ("zone",),
    "lok_sabha_in_charge": ("lok_sabha_seat",),
    "seat_in_charge": ("assembly_seat",),
    "district_staff": ("district", "assembly_seat"),
    "observer": POSTING_AREAS,
}


def area_fits_role() -> Q:
    condition = Q()
    for role, areas in ROLE_AREAS.items():
        condition |= Q(role=role) & exactly_one(POSTING_AREAS, areas)
    return condition


class Posting(models.Model):
    """A user's role in one area for a time. All that a user may see or do follows from these."""

    class Role(models.TextChoices):
        STATE_OFFICE = "state_office", _("State office")
        STATE_IN_CHARGE = "state_in_charge", _("State in-charge")
        ZONE_IN_CHARGE = "zone_in_charge", _("Zone in-charge")
        LOK_SABHA_IN_CHARGE = "lok_sabha_in_charge", _("Lok Sabha in-charge")
        SEAT_IN_CHARGE = "seat_in_charge", _("Assembly in-charge")
        DISTRICT_STAFF = "district_staff", _("District staff")
        OBSERVER = "observer", _("Observer")

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    state = models.ForeignKey(
        State, models.PROTECT, null=True, blank=True, related_name="postings",
        verbose_name=_("state"),
    )  # fmt: skip
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="postings",
        verbose_name=_("zone"),
    )  # fmt: skip
    lok_sabha_seat = models.ForeignKey(
        LokSabhaSeat, models.PROTECT, null=True, blank=True, related_name="postings",
        verbose_name=_("Lok Sabha seat"),
    )  # fmt: skip
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="postings",
        verbose_name=_("district"),
    )  # fmt: skip
    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, null=True, blank=True, related_name="postings",
        verbose_name=_("assembly seat"),
    )  # fmt: skip
    since = models.DateField(_("since"))
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds."),
    )
    # The posting on the zone that succeeds the own one, which begins as this one ends.
    handed_on_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="handed_on_from", editable=False
    )

    objects = PostingQuerySet.as_manager()
    history = Tracked(quiet=("handed_on_to",), people={"users": "user_id"})

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["user", "since"]
        constraints = [
            models.CheckConstraint(
                name="a_posting_has_exactly_one_area_fit_for_its_role",
                condition=area_fits_role(),
                violation_error_message=_("Choose exactly one area, of a kind that fits the role."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_posting_ends_after_it_begins",
                violation_error_message=_("The posting ends before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role}"

    @property
    def area_kind(self) -> str:
        """Which of POSTING_AREAS it is."""
        return next(kind for kind in POSTING_AREAS if getattr(self, f"{kind}_id"))

    @property
    def area_id(self) -> int:
        return getattr(self, f"{self.area_kind}_id")

    @property
    def area(self):
        """The place of this posting: a State, Zone, LokSabhaSeat, District or AssemblySeat."""
        return getattr(self, self.area_kind)
