"""A letter begun is gone on with by whoever of the unit may write it; the state that one goes on from has a number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surfaces', '0009_second_step'),
    ]

    operations = [
        migrations.AddField("draft", "version", models.IntegerField("第几次保存", default=0, db_default=0)),
    ]
