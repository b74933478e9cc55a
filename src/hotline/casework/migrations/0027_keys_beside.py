"""What the next migration changes over to, made beside what there is, while the service goes on: the keys of orders and
texts that begin with the matter, and an index of numbers that promises nothing. What was broken off is made anew."""

from django.db import migrations, models

NUMBER = models.Index(fields=["number"], name="matter_by_number")


def beside(kind, name, on):
    return migrations.RunSQL([
        f"DROP INDEX CONCURRENTLY IF EXISTS {name}", f"CREATE {kind} CONCURRENTLY {name} ON {on}",
    ])  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0026_lists_at_size'),
    ]

    operations = [
        beside("UNIQUE INDEX", "casework_order_key", "casework_order (matter_id, id)"),
        beside("UNIQUE INDEX", "casework_text_key", "casework_text (matter_id, id)"),
        migrations.SeparateDatabaseAndState(
            database_operations=[beside("INDEX", "matter_by_number", "casework_matter (number)")],
            state_operations=[migrations.AddIndex(model_name="matter", index=NUMBER)],
        ),
    ]
