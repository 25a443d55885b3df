"""Consent of a person to be kept with more than a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEEPS_CONTACT = ["paper", "phone", "online", "unrecorded"]
WHOLE_OR_NONE = (
    Q(consent_mode="", consent_version="", consent_on=None)
    | Q(consent_mode="unrecorded")
    | Q(consent_mode="withdrawn", consent_on__isnull=False)
    | Q(consent_mode__in=["paper", "phone", "online"], consent_on__isnull=False)
    & ~Q(consent_version="")
)
NEEDS_ALL_THREE = _(
    "Consent needs all three: how it was given, on which day, and the version of "
    "the notice. Fill them in, or leave all three empty."
)


class Consenting(models.Model):
    class ConsentMode(models.TextChoices):
        PAPER = "paper", _("On paper")
        PHONE = "phone", _("By phone")
        ONLINE = "online", _("Online")
        # For rows of before consent was kept, until somebody asks the person; never newly given.
        UNRECORDED = "unrecorded", _("Before consent was recorded")
        WITHDRAWN = "withdrawn", _("Withdrawn")  # on that day; no old list brings it back

    CONTACT: tuple[str, ...]  # what needs consent; names and gender do not
    GIVEN = (ConsentMode.PAPER, ConsentMode.PHONE, ConsentMode.ONLINE)

    consent_version = models.CharField(_("version of the notice"), max_length=20, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_mode = models.CharField(
        _("consent given"), max_length=10, choices=ConsentMode, blank=True
    )

    class Meta:
        abstract = True

    @property
    def keeps_contact(self) -> bool:
        return self.consent_mode in KEEPS_CONTACT
