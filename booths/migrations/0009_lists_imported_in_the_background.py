import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0008_keep_texts_as_the_list_has_them"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content",
                    models.CharField(
                        choices=[
                            ("booths", "Booth list"),
                            ("agents", "Agent list"),
                            ("teams", "List of team members"),
                        ],
                        max_length=6,
                        verbose_name="content",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "imported"),
                            ("refused", "not imported"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="status",
                    ),
                ),
                ("token", models.CharField(editable=False, max_length=32, unique=True)),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("data", models.BinaryField(default=b"")),
                ("options", models.JSONField(default=dict, editable=False)),
                ("confirmed", models.JSONField(default=dict, editable=False)),
                ("language", models.CharField(editable=False, max_length=7)),
                ("address", models.CharField(blank=True, editable=False, max_length=45)),
                ("asked_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="started at"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("starts", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[("reading", "Reading the file"), ("writing", "Writing")],
                        editable=False,
                        max_length=7,
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0, editable=False)),
                ("rows_total", models.PositiveIntegerField(default=0, editable=False)),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                ("refusal", models.TextField(blank=True, verbose_name="why not")),
                (
                    "batch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="job",
                        to="booths.importbatch",
                        verbose_name="import",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_jobs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded list",
                "verbose_name_plural": "uploaded lists",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status__in", ["waiting", "running"])),
                            models.Q(
                                ("ended_at__isnull", False), ("status__in", ["done", "refused"])
                            ),
                            _connector="OR",
                        ),
                        name="a_list_has_ended_when_it_is_imported_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "refused"), models.Q(("refusal", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("status", "refused"), _negated=True), ("refusal", "")
                            ),
                            _connector="OR",
                        ),
                        name="a_list_that_is_not_imported_says_why",
                    ),
                ],
            },
        ),
    ]
