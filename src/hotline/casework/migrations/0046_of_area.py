"""Matters of a township, the newest first, whatever became of them; the index is made beside the work."""

from django.db import migrations, models

OF_AREA = models.Index(fields=["area", "-registered_at"], name="matter_of_area", condition=~models.Q(area=""))


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0045_cards_lately'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS matter_of_area",
                "CREATE INDEX CONCURRENTLY matter_of_area ON casework_matter (area, registered_at DESC)"
                " WHERE NOT (area = '')",
            ])],
            state_operations=[migrations.AddIndex(model_name="matter", index=OF_AREA)],
        ),
    ]  # fmt: skip
