"""What a chain's head says of the rarer tables. Whatever is there already may have rows in any of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0010_staged_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="chainhead",
            name="holds",
            field=models.IntegerField("有哪些少有的行", default=-1, db_default=-1),
        ),
    ]
