from django.core.management import call_command
from django.db import migrations

TABLE = "shared_cache"


def make_table(apps, schema_editor):
    """Made here so that nobody has to think of createcachetable."""
    database = schema_editor.connection.alias
    call_command("createcachetable", TABLE, database=database, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_campaigns_directives_reviews")]
    operations = [migrations.RunPython(make_table, drop_table)]
