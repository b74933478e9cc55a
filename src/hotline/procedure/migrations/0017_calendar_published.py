"""The word of a line by which the office publishes a calendar year."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0016_kinds_of_lines"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TYPE procedure_linekind ADD VALUE IF NOT EXISTS 'calendar_published'", migrations.RunSQL.noop
        ),
    ]
