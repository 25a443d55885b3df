"""What is staffed by a team: blocks and sectors, their posts and members."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models.consent import KEEPS_CONTACT, NEEDS_ALL_THREE, WHOLE_OR_NONE, Consenting
from zones.models import (
    AssemblySeat,
    Keyed,
    Named,
    Tracked,
    Zone,
    exactly_one,
)


class Block(Named):
    """A unit of the party inside an assembly seat; it need not be the development block."""

    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, related_name="blocks", verbose_name=_("assembly seat")
    )
    history = Tracked()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["assembly_seat", "name_hi"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly_seat", "name_hi"],
                name="one_block_of_a_name_per_seat",
                violation_error_message=_("This seat already has a block of this name."),
            )
        ]


class Sector(Named):
    """About ten neighbouring booths of a seat, worked by one sector team."""

    assembly_seat = models.ForeignKey(
        AssemblySeat, models.PROTECT, related_name="sectors", verbose_name=_("assembly seat")
    )
    block = models.ForeignKey(
        Block,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sectors",
        verbose_name=_("block"),
    )
    history = Tracked()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["assembly_seat", "name_hi"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly_seat", "name_hi"],
                name="one_sector_of_a_name_per_seat",
                violation_error_message=_("This seat already has a sector of this name."),
            )
        ]


class Post(Named, Keyed):
    """A post in a team: president, general secretary, …"""

    class Level(models.TextChoices):
        ZONE = "zone", _("Zone")
        BLOCK = "block", _("Block")
        SECTOR = "sector", _("Sector")

    level = models.CharField(_("level"), max_length=6, choices=Level)
    is_lead = models.BooleanField(_("leads the team"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    natural = ("level", "name_hi")
    history = Tracked()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["level", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "name_hi"],
                name="one_post_of_a_name_per_level",
                violation_error_message=_("This level already has a post of this name."),
            )
        ]


class TeamMemberQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class TeamMember(Consenting):
    """A person in the team of a zone, block or sector. Without consent a member is a name."""

    class Origin(models.TextChoices):
        STATE_EXECUTIVE = "state_executive", _("State executive")
        LOCAL = "local", _("Local")

    CONTACT = ("mobile",)

    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="team", verbose_name=_("zone")
    )
    block = models.ForeignKey(
        Block, models.PROTECT, null=True, blank=True, related_name="team", verbose_name=_("block")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="team", verbose_name=_("sector")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="members", verbose_name=_("post"))
    name = models.CharField(_("name"), max_length=120)
    mobile = models.CharField(_("mobile"), max_length=15, blank=True)
    origin = models.CharField(_("origin"), max_length=15, choices=Origin, default=Origin.LOCAL)
    since = models.DateField(_("since"))
    until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds."),
    )
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)
    # The membership in the zone that succeeds the own one, which begins as this one ends.
    handed_on_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="handed_on_from", editable=False
    )

    objects = TeamMemberQuerySet.as_manager()
    history = Tracked(
        personal=("name", "mobile"), quiet=("handed_on_to",), people={"members": "id"}
    )

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["post__order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(("zone", "block", "sector")),
                name="a_team_member_is_in_one_team",
                violation_error_message=_("Choose exactly one: a zone, a block or a sector."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_team_membership_ends_after_it_begins",
                violation_error_message=_("The membership ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(consent_mode__in=KEEPS_CONTACT) | Q(mobile=""),
                name="no_mobile_of_a_team_member_without_consent",
                violation_error_message=_(
                    "Without consent only the name is kept. Say how consent was given, or leave "
                    "the mobile empty."
                ),
            ),
            models.CheckConstraint(
                condition=WHOLE_OR_NONE,
                name="consent_of_a_team_member_has_version_day_and_mode_or_none",
                violation_error_message=NEEDS_ALL_THREE,
            ),
            models.CheckConstraint(
                condition=Q(erased_on=None) | Q(mobile="", consent_mode=""),
                name="an_erased_team_member_has_no_mobile",
                violation_error_message=_(
                    "This person's data was erased. Enter the person anew if they come back."
                ),
            ),
        ]

    def __str__(self):
        return self.name
