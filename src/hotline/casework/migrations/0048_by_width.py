"""Columns by width in the tables of which each matter has a row or more: no bytes between them left empty. PostgreSQL puts
a new column at the end, so that those of eight bytes came to stand behind flags and words, about 65 bytes a matter (ADR
0031, supplement of 2026-11-29). Each table is made anew with all that hangs on it; nothing that a row says changes, and
the version before runs on these tables as on the others, since rows are written and read by their columns' names."""

from django.db import migrations

from hotline.procedure import rebuilding

TABLES = ("casework_matter", "casework_order", "casework_letter", "casework_contact", "casework_inquiry")


def stand_by_width(apps, schema_editor):
    with schema_editor.connection.cursor() as cur:
        for table in TABLES:
            rebuilding.rebuild(cur, table, rebuilding.by_width(cur, table))


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0047_texts_by_matter"),
        ("procedure", "0016_kinds_of_lines"),
    ]

    operations = [
        migrations.RunPython(stand_by_width, migrations.RunPython.noop),  # an order of columns is nobody's promise
    ]
