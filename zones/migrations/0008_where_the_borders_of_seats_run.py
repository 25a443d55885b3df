import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0007_keep_who_signed_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeatMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figures", models.JSONField(verbose_name="figures")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                (
                    "source_hi",
                    models.CharField(blank=True, max_length=300, verbose_name="source, in Hindi"),
                ),
                ("source_en", models.CharField(max_length=300, verbose_name="source, in English")),
                (
                    "state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_map",
                        to="zones.state",
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "map of the seats",
                "verbose_name_plural": "maps of the seats",
            },
        ),
    ]
