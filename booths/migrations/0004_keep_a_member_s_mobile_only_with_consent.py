from django.db import migrations, models

from zones.trail.guards import append_only_trail

# SQLite makes the table anew, which would lose its guard.
(GUARD,) = append_only_trail({"booths_historicalteammember": "history_date"})


def settle(apps, schema_editor):
    members = apps.get_model("booths", "TeamMember").objects
    members.exclude(mobile="").update(consent_mode="unrecorded")


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0003_keep_contact_data_only_with_consent"),
        ("zones", "0002_what_is_kept_of_every_change"),
    ]

    operations = [
        migrations.RunPython(GUARD.reverse_code, GUARD.code),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="an_erased_team_member_has_no_mobile",
        ),
        migrations.AddField(
            model_name="historicalteammember",
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
        migrations.AddField(
            model_name="historicalteammember",
            name="consent_on",
            field=models.DateField(blank=True, null=True, verbose_name="consent given on"),
        ),
        migrations.AddField(
            model_name="historicalteammember",
            name="consent_version",
            field=models.CharField(blank=True, max_length=20, verbose_name="version of the notice"),
        ),
        migrations.AddField(
            model_name="teammember",
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
        migrations.AddField(
            model_name="teammember",
            name="consent_on",
            field=models.DateField(blank=True, null=True, verbose_name="consent given on"),
        ),
        migrations.AddField(
            model_name="teammember",
            name="consent_version",
            field=models.CharField(blank=True, max_length=20, verbose_name="version of the notice"),
        ),
        migrations.RunPython(GUARD.code, GUARD.reverse_code),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent_mode__in", ["paper", "phone", "online", "unrecorded"]),
                    ("mobile", ""),
                    _connector="OR",
                ),
                name="no_mobile_of_a_team_member_without_consent",
                violation_error_message="Without consent only the name is kept. Say how consent was given, or leave the mobile empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
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
                name="consent_of_a_team_member_has_version_day_and_mode_or_none",
                violation_error_message="Consent needs all three: how it was given, on which day, and the version of the notice. Fill them in, or leave all three empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_on", None),
                    models.Q(("consent_mode", ""), ("mobile", "")),
                    _connector="OR",
                ),
                name="an_erased_team_member_has_no_mobile",
                violation_error_message="This person's data was erased. Enter the person anew if they come back.",
            ),
        ),
    ]
