"""By whom: agents, their appointments, and what was done to these."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booths.models.booths import Booth, Kind
from booths.models.consent import KEEPS_CONTACT, NEEDS_ALL_THREE, WHOLE_OR_NONE, Consenting
from booths.sounds import sounds_of
from zones.models import AssemblySeat, Derived, District, State, Tracked

# Who an agent is; what stays when it is erased is the code and the appointments.
PERSONAL = (
    *("name", "relation_name", "gender", "mobile", "epic_no"),
    *("elector_seat", "elector_part", "elector_serial"),
)

NO_CONTACT = Q(mobile="", epic_no="", elector_seat=None, elector_part="", elector_serial="")


class Agent(Consenting):
    """A person who works a booth for the party.

    `code` makes a row of a spreadsheet that agent; it is printed, exported and never reused.
    Mobile and EPIC are optional and may be shared: duplicates are warned of, never blocked.
    Without consent an agent is a name.
    """

    class Gender(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        THIRD = "third", _("Third gender")

    CONTACT = ("mobile", "epic_no", "elector_seat", "elector_part", "elector_serial")

    code = models.CharField(_("agent code"), max_length=6, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    relation_name = models.CharField(_("father's/husband's name"), max_length=120, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    mobile = models.CharField(_("mobile number"), max_length=15, blank=True, db_index=True)
    epic_no = models.CharField(_("EPIC number"), max_length=20, blank=True, db_index=True)
    elector_seat = models.ForeignKey(
        AssemblySeat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat in the electoral roll"),
    )
    elector_part = models.CharField(_("part number"), max_length=10, blank=True)
    elector_serial = models.CharField(_("serial number in the part"), max_length=10, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="agents_entered",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)

    sounds = Derived(by=sounds_of, sources=("name",))

    history = Tracked(personal=PERSONAL, quiet=("sounds",), people={"agents": "id"})

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_mode__in=KEEPS_CONTACT) | NO_CONTACT,
                name="no_contact_data_without_consent",
                violation_error_message=_(
                    "Without consent only the name, the father's/husband's name and the gender are "
                    "kept. Say how consent was given, or leave mobile, EPIC and electoral roll "
                    "empty."
                ),
            ),
            models.CheckConstraint(
                condition=WHOLE_OR_NONE,
                name="consent_has_version_day_and_mode_or_none",
                violation_error_message=NEEDS_ALL_THREE,
            ),
            models.CheckConstraint(
                condition=(
                    Q(erased_on=None) | NO_CONTACT & Q(relation_name="", gender="", consent_mode="")
                ),
                name="an_erased_agent_has_no_personal_data",
                violation_error_message=_(
                    "This person's data was erased. Enter the person anew if they come back."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.code})"


class AppointmentQuerySet(models.QuerySet):
    def standing(self):
        return self.exclude(status=Appointment.Status.ENDED)

    def in_office(self):
        return self.filter(status__in=Appointment.IN_OFFICE)


class Appointment(models.Model):
    """One agent at one booth, from proposal to end. Only booths/lifecycle.py writes its status."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPOINTED = "appointed", _("Appointed")
        VERIFIED = "verified", _("Verified")
        ENDED = "ended", _("Ended")

    class EndReason(models.TextChoices):
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RESIGNED = "resigned", _("Resigned")
        DIED = "died", _("Died")
        REPLACED = "replaced", _("Replaced")
        MOVED = "moved", _("Moved to another booth")

    IN_OFFICE = (Status.APPOINTED, Status.VERIFIED)
    DAYS = ("proposed_on", "appointed_on", "verified_on")  # in this order

    booth = models.ForeignKey(
        Booth, models.PROTECT, related_name="appointments", verbose_name=_("booth")
    )
    agent = models.ForeignKey(
        Agent, models.PROTECT, related_name="appointments", verbose_name=_("agent")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.BOOTH_AGENT)
    slot = models.PositiveSmallIntegerField(
        _("place at the booth"), null=True, blank=True, editable=False
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )
    proposed_on = models.DateField(_("proposed on"))
    appointed_on = models.DateField(_("appointed on"), null=True, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=10, choices=EndReason, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("in place of"),
    )

    objects = AppointmentQuerySet.as_manager()
    history = Tracked(indexed=("agent",), people={"agents": "agent_id"})

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["booth", "kind", "slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "kind"],
                condition=~Q(status="ended"),
                name="one_standing_appointment_per_agent_and_kind",
                violation_error_message=_("This agent already stands at a booth for this kind."),
            ),
            models.UniqueConstraint(
                fields=["booth", "kind", "slot"],
                condition=Q(status__in=["appointed", "verified"]),
                name="one_agent_in_office_per_place_at_a_booth",
                violation_error_message=_("This place at the booth is already taken."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="proposed", appointed_on=None, verified_on=None)
                    | Q(status="appointed", appointed_on__isnull=False, verified_on=None)
                    | Q(status="verified", appointed_on__isnull=False, verified_on__isnull=False)
                    | Q(status="ended")
                ),
                name="the_dates_of_an_appointment_tell_its_status",
                violation_error_message=_("The dates do not fit the status."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["appointed", "verified"]) | Q(slot__gte=1),
                name="an_agent_in_office_has_a_place",
                violation_error_message=_("An appointed agent needs a place at the booth."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="ended", ended_on__isnull=False) & ~Q(end_reason="")
                    | ~Q(status="ended") & Q(ended_on=None, end_reason="")
                ),
                name="an_appointment_ends_on_a_day_for_a_reason",
                violation_error_message=_("An ended appointment needs a day and a reason."),
            ),
            models.CheckConstraint(
                condition=(
                    (Q(appointed_on=None) | Q(appointed_on__gte=F("proposed_on")))
                    & (Q(verified_on=None) | Q(verified_on__gte=F("appointed_on")))
                    & (Q(ended_on=None) | Q(ended_on__gte=F("proposed_on")))
                    & (Q(ended_on=None) | Q(appointed_on=None) | Q(ended_on__gte=F("appointed_on")))
                    & (Q(ended_on=None) | Q(verified_on=None) | Q(ended_on__gte=F("verified_on")))
                ),
                name="proposed_then_appointed_then_verified_then_ended",
                violation_error_message=_(
                    "The days are out of order: proposed, appointed, verified, ended."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "status"], name="appointment_kind_status"),
            models.Index(
                fields=["appointed_on", "booth"],
                condition=Q(status="appointed"),
                name="appointment_not_yet_verified",
            ),
        ]

    def __str__(self):
        return f"{self.agent_id} @ {self.booth_id}: {self.status}"

    @property
    def is_standing(self) -> bool:
        return self.status != self.Status.ENDED

    @property
    def is_in_office(self) -> bool:
        return self.status in self.IN_OFFICE

    @property
    def last_day(self) -> date:
        """Of the last act short of its end."""
        return max(day for name in self.DAYS if (day := getattr(self, name)))


class AppointmentEvent(models.Model):
    """Who did what to an appointment, when and why."""

    written_once_with = "appointment"  # a trigger of the database sees to it
    may_be_emptied = "reason"  # free text: it can name a person who asks to be erased

    class Verb(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPOINTED = "appointed", _("appointed")
        VERIFIED = "verified", _("verified")
        ENDED = "ended", _("ended")
        CORRECTED = "corrected", _("corrected")

    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="events", verbose_name=_("appointment")
    )
    verb = models.CharField(_("act"), max_length=10, choices=Verb)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("entered at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="appointment_events",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("by"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event of an appointment")
        verbose_name_plural = _("events of appointments")
        ordering = ["appointment", "pk"]

    def __str__(self):
        return f"{self.appointment_id} {self.verb} {self.on:%Y-%m-%d}"


class BlaAuthorisationQuerySet(models.QuerySet):
    def covering(self, seat: AssemblySeat, on: date):
        """In force on the day, for the seat itself or its main district."""
        named = Q(pk__in=self.filter(assembly_seats=seat).values("pk"))
        named |= Q(pk__in=self.filter(districts=seat.district_id).values("pk"))
        return self.filter(named, Q(until=None) | Q(until__gt=on), signed_on__lte=on)


class BlaAuthorisation(models.Model):
    """A person whom the party authorised (Form BLA-1) to appoint BLA-2 in districts or seats.

    Without one that covers the seat no BLA-2 form is printed.
    """

    state = models.ForeignKey(
        State, models.PROTECT, related_name="bla_authorisations", verbose_name=_("state")
    )
    person = models.CharField(_("authorised person"), max_length=120)
    districts = models.ManyToManyField(
        District, blank=True, related_name="bla_authorisations", verbose_name=_("districts")
    )
    assembly_seats = models.ManyToManyField(
        AssemblySeat,
        blank=True,
        related_name="bla_authorisations",
        verbose_name=_("assembly seats"),
    )
    signed_on = models.DateField(_("signed on"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = BlaAuthorisationQuerySet.as_manager()
    history = Tracked(personal=("person",), related=("districts", "assembly_seats"))

    class Meta:
        verbose_name = _("BLA-1 authorisation")
        verbose_name_plural = _("BLA-1 authorisations")
        ordering = ["-signed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("signed_on")),
                name="an_authorisation_ends_after_it_is_signed",
                violation_error_message=_("The authorisation ends before it is signed."),
            )
        ]

    def __str__(self):
        return self.person
