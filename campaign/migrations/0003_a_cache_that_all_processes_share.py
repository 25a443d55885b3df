from django.core.management import call_command
from django.db import migrations


def make_the_table(apps, schema_editor):
    """Nobody has to think of the command; it leaves a table that is there alone."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_the_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE shared_cache")


class Migration(migrations.Migration):
    dependencies = [("campaign", "0002_what_is_kept_of_every_change")]

    operations = [migrations.RunPython(make_the_table, drop_the_table)]
