"""What left a unit, or need not be instructed on any more, by when it did; the indexes are made beside the work."""

from django.db import migrations, models

LEFT = models.Index(fields=["unit", "-ended_at"], name="order_left", condition=models.Q(ended_at__isnull=False))
WITHDRAWN = models.Index(
    fields=["post", "-decided_at"], name="submission_withdrawn", condition=models.Q(outcome="withdrawn"))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0042_filled_keys'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS order_left",
                "CREATE INDEX CONCURRENTLY order_left ON casework_order (unit_id, ended_at DESC)"
                " WHERE ended_at IS NOT NULL",
                "DROP INDEX CONCURRENTLY IF EXISTS submission_withdrawn",
                "CREATE INDEX CONCURRENTLY submission_withdrawn ON casework_submission (post_id, decided_at DESC)"
                " WHERE outcome = 'withdrawn'",
            ])],
            state_operations=[migrations.AddIndex(model_name="order", index=LEFT),
                              migrations.AddIndex(model_name="submission", index=WITHDRAWN)],
        ),
    ]  # fmt: skip
