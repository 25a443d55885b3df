import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0005_find_quickly_what_needs_attention"),
    ]

    operations = [
        migrations.AddField(
            model_name="teammember",
            name="handed_on_to",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_on_from",
                to="booths.teammember",
            ),
        ),
    ]
