from django.db import migrations, models

from booths.sounds import sounds_of

SOURCES = {"Booth": ("name_hi", "name_en", "building", "locality"), "Agent": ("name",)}


def fill(apps, schema_editor):
    """The trail tells nothing of it: the column says what the others say."""
    for name, sources in SOURCES.items():
        model = apps.get_model("booths", name)
        known = model.objects.values_list("pk", *sources)
        made = [(sounds_of(*texts), pk) for pk, *texts in known]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {model._meta.db_table} SET sounds = %s WHERE id = %s", made)


class Migration(migrations.Migration):
    dependencies = [("booths", "0011_remember_what_columns_hold")]

    operations = [
        migrations.AddField("agent", "sounds", models.TextField(default="", editable=False)),
        migrations.AddField("booth", "sounds", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
