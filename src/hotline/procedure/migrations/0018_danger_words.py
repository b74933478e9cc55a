"""The words of lines by which the city adds a word of danger, or ends one."""

from django.db import migrations

KINDS = ("danger_word_added", "danger_word_ended")


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0017_calendar_published"),
    ]

    operations = [
        migrations.RunSQL(f"ALTER TYPE procedure_linekind ADD VALUE IF NOT EXISTS '{kind}'", migrations.RunSQL.noop)
        for kind in KINDS
    ]
