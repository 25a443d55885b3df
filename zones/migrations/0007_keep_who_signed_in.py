from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0006_remember_where_a_posting_went_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="look",
            name="what",
            field=models.CharField(
                choices=[
                    ("list", "list"),
                    ("export", "export"),
                    ("print", "print"),
                    ("history", "history"),
                    ("search", "search"),
                    ("trail", "audit trail"),
                    ("erasure", "erasure"),
                    ("account", "account"),
                    ("sign_in", "sign-in"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
    ]
