"""The word of the line by which a matter is separated that may not be joined any more."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0020_staged_file_held"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TYPE procedure_linekind ADD VALUE IF NOT EXISTS 'separated_unlike'", migrations.RunSQL.noop
        ),
    ]
