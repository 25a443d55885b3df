import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0005_draw_each_link_anew"),
    ]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="handed_on_to",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_on_from",
                to="zones.posting",
            ),
        ),
    ]
