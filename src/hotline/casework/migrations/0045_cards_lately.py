"""Cards by when they were given, as long as they stand; the index is made beside the work."""

from django.db import migrations, models

GIVEN = models.Index(fields=["colour", "given_at"], name="mark_given", condition=models.Q(lifted_at__isnull=True))


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0044_by_their_dates'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS mark_given",
                "CREATE INDEX CONCURRENTLY mark_given ON casework_mark (colour, given_at) WHERE lifted_at IS NULL",
            ])],
            state_operations=[migrations.AddIndex(model_name="mark", index=GIVEN)],
        ),
    ]  # fmt: skip
