from django.db import migrations, models

from zones.trail.guards import append_only_trail

# SQLite makes the table anew, which would lose its guard.
(GUARD,) = append_only_trail({"booths_historicalbooth": "history_date"})


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0007_keep_imports_of_teams"),
        ("zones", "0002_what_is_kept_of_every_change"),
    ]

    operations = [
        migrations.RunPython(GUARD.reverse_code, GUARD.code),
        migrations.AddField(
            model_name="booth",
            name="as_written",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="texts as the list has them",
            ),
        ),
        migrations.AddField(
            model_name="historicalbooth",
            name="as_written",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="texts as the list has them",
            ),
        ),
        migrations.RunPython(GUARD.code, GUARD.reverse_code),
    ]
