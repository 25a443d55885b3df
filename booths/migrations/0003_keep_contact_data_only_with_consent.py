from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from booths.append_only import may_be_emptied

CONTACT = ("mobile", "epic_no", "elector_part", "elector_serial")
HAS_CONTACT = Q(elector_seat__isnull=False)
for name in CONTACT:
    HAS_CONTACT |= ~Q(**{name: ""})
NONE = Q(consent_mode="", consent_version="", consent_on=None)
WHOLE = ~Q(consent_mode="") & ~Q(consent_version="") & Q(consent_on__isnull=False)


def settle(apps, schema_editor):
    """Contact data without consent, or with half a record of it, stays as "unrecorded", with the
    day and version that were written."""
    agents = apps.get_model("booths", "Agent").objects
    agents.filter(NONE & HAS_CONTACT | ~NONE & ~WHOLE).update(consent_mode="unrecorded")


def unsettle(apps, schema_editor):
    agents = apps.get_model("booths", "Agent").objects
    agents.filter(consent_mode="unrecorded").update(consent_mode="")


def forget_values(apps, schema_editor):
    """Records of imports kept what people's fields were and became, and quoted it in problems."""
    batches = apps.get_model("booths", "ImportBatch").objects.filter(content="agents")
    for batch in batches.iterator():
        changed = batch.differences.get("changed", {})
        batch.differences = {"changed": {pk: sorted(fields) for pk, fields in changed.items()}}
        batch.undo = {"appointments": batch.undo.get("appointments", [])}
        batch.problems = [
            {name: problem[name] for name in ("row", "column") if name in problem}
            for problem in batch.problems
        ]
        batch.save(update_fields=["differences", "undo", "problems"])


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0002_what_is_kept_of_every_change"),
        ("zones", "0002_what_is_kept_of_every_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="erased_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="erased on"),
        ),
        migrations.AddField(
            model_name="teammember",
            name="erased_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="erased on"),
        ),
        migrations.AlterField(
            model_name="agent",
            name="consent_mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paper", "On paper"),
                    ("phone", "By phone"),
                    ("online", "Online"),
                    ("unrecorded", "Before consent was recorded"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=10,
                verbose_name="consent given",
            ),
        ),
        migrations.RunPython(settle, unsettle),
        migrations.RunPython(forget_values, migrations.RunPython.noop),
        may_be_emptied(
            "booths_appointmentevent",
            "reason",
            parent="booths_appointment",
            column="appointment_id",
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent_mode__in", ["paper", "phone", "online", "unrecorded"]),
                    models.Q(
                        ("elector_part", ""),
                        ("elector_seat", None),
                        ("elector_serial", ""),
                        ("epic_no", ""),
                        ("mobile", ""),
                    ),
                    _connector="OR",
                ),
                name="no_contact_data_without_consent",
                violation_error_message="Without consent only the name, the father's/husband's name and the gender are kept. Say how consent was given, or leave mobile, EPIC and electoral roll empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_mode", ""), ("consent_on", None), ("consent_version", "")),
                    ("consent_mode", "unrecorded"),
                    models.Q(("consent_mode", "withdrawn"), ("consent_on__isnull", False)),
                    models.Q(
                        ("consent_mode__in", ["paper", "phone", "online"]),
                        ("consent_on__isnull", False),
                        models.Q(("consent_version", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="consent_has_version_day_and_mode_or_none",
                violation_error_message="Consent needs all three: how it was given, on which day, and the version of the notice. Fill them in, or leave all three empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_on", None),
                    models.Q(
                        ("elector_part", ""),
                        ("elector_seat", None),
                        ("elector_serial", ""),
                        ("epic_no", ""),
                        ("mobile", ""),
                        ("consent_mode", ""),
                        ("gender", ""),
                        ("relation_name", ""),
                    ),
                    _connector="OR",
                ),
                name="an_erased_agent_has_no_personal_data",
                violation_error_message="This person's data was erased. Enter the person anew if they come back.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("erased_on", None), ("mobile", ""), _connector="OR"),
                name="an_erased_team_member_has_no_mobile",
                violation_error_message="This person's data was erased. Enter the person anew if they come back.",
            ),
        ),
    ]
