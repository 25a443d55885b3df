from datetime import date

from django.db import migrations, models
from django.db.models import Count, OuterRef, Subquery

from zones.append_only import Full, Guard, fewer_than, parent_stands

AT_FIRST = date(2000, 1, 1)  # until each row has what its directive says
DIRECTED = ("measure", "kind", "issued_on", "due_on", "target_percent")
ROWS = "campaign_snapshotrow"
GUARDS = (
    Guard("campaign_snapshot", parent_stands("campaign_reviewmeeting", "meeting_id")),
    Guard(ROWS, parent_stands("campaign_snapshot", "snapshot_id")),
)
FULL = Full(
    ROWS, fewer_than(ROWS, parent="campaign_snapshot", column="snapshot_id", rows="row_count")
)


def open_for_writing(apps, schema_editor):
    for guard in (*GUARDS, FULL):
        guard.drop(schema_editor.connection)


def close(apps, schema_editor):
    for guard in (*GUARDS, FULL):
        guard.make(schema_editor.connection)


def close_as_before(apps, schema_editor):
    for guard in GUARDS:
        guard.make(schema_editor.connection)


def fill(apps, schema_editor):
    """What was directed is known as it stands today only."""
    rows = apps.get_model("campaign", "SnapshotRow").objects
    directive = apps.get_model("campaign", "Directive").objects.filter(pk=OuterRef("directive"))
    rows.update(**{name: Subquery(directive.values(name)[:1]) for name in DIRECTED})
    its = rows.filter(snapshot=OuterRef("pk")).order_by().values("snapshot")
    snapshots = apps.get_model("campaign", "Snapshot").objects.filter(rows__isnull=False)
    snapshots.update(row_count=Subquery(its.annotate(n=Count("pk")).values("n")))


class Migration(migrations.Migration):
    dependencies = [("campaign", "0003_a_cache_that_all_processes_share")]

    operations = [
        migrations.RunPython(open_for_writing, close_as_before),
        migrations.AddField(
            model_name="snapshot",
            name="row_count",
            field=models.PositiveIntegerField(default=0, verbose_name="rows"),
        ),
        migrations.AddField(
            model_name="snapshotrow",
            name="measure",
            field=models.CharField(
                choices=[
                    ("agents", "Booths with agents"),
                    ("sector_teams", "Sector teams"),
                    ("block_teams", "Block teams"),
                    ("zone_teams", "Zone teams"),
                    ("by_hand", "Percent entered by hand"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshotrow",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("booth_agent", "Booth agent"),
                    ("bla2", "BLA-2"),
                    ("polling_agent", "Polling agent"),
                    ("relief_agent", "Relief agent"),
                ],
                default="",
                max_length=15,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshotrow",
            name="issued_on",
            field=models.DateField(default=AT_FIRST),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshotrow",
            name="due_on",
            field=models.DateField(default=AT_FIRST),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshotrow",
            name="target_percent",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(close, open_for_writing),
    ]
