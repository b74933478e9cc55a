"""From here on a head begins without any of the rarer rows: the triggers that note them are there."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0011_what_a_head_holds"),
        ("casework", "0031_noted_on_the_head"),
    ]

    operations = [
        migrations.AlterField(
            model_name="chainhead",
            name="holds",
            field=models.IntegerField("有哪些少有的行", default=0, db_default=0),
        ),
    ]
