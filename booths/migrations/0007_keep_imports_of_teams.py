from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0006_remember_where_a_member_went_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="content",
            field=models.CharField(
                choices=[
                    ("booths", "Booth list"),
                    ("agents", "Agent list"),
                    ("teams", "List of team members"),
                ],
                max_length=6,
                verbose_name="content",
            ),
        ),
    ]
