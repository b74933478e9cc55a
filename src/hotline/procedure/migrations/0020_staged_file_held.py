"""A file that a draft holds is kept as long as the draft."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0019_shift_note_blanked"),
    ]

    operations = [
        migrations.AddField("stagedfile", "held_until", models.DateTimeField("为草稿留到", null=True)),
    ]
