"""The word of the line by which somebody forgotten is covered in a note between shifts."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0018_danger_words"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TYPE procedure_linekind ADD VALUE IF NOT EXISTS 'shift_note_blanked'", migrations.RunSQL.noop
        ),
    ]
