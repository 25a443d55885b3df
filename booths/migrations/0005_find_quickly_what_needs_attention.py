from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0004_keep_a_member_s_mobile_only_with_consent"),
        ("zones", "0005_draw_each_link_anew"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("status", "appointed")),
                fields=["appointed_on", "booth"],
                name="appointment_not_yet_verified",
            ),
        ),
        migrations.AddIndex(
            model_name="booth",
            index=models.Index(
                condition=models.Q(("retired_on__isnull", False)),
                fields=["assembly_seat", "retired_on"],
                name="booth_gone_from_the_list",
            ),
        ),
    ]
