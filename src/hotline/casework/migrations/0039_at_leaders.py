"""What waits for a leader and what was instructed, each in its order, by indexes of their own; made beside the work."""

from django.db import migrations, models

WAITING = models.Index(fields=["post", "submitted_at", "id"], name="submission_waiting",
                       condition=models.Q(outcome=""))  # fmt: skip
GIVEN = models.Index(fields=["post", "-decided_at", "-id"], name="submission_given",
                     condition=models.Q(outcome__in=["instructed", "given_back"]))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0038_written'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS submission_waiting",
                "CREATE INDEX CONCURRENTLY submission_waiting ON casework_submission (post_id, submitted_at, id)"
                " WHERE outcome = ''",
                "DROP INDEX CONCURRENTLY IF EXISTS submission_given",
                "CREATE INDEX CONCURRENTLY submission_given ON casework_submission (post_id, decided_at DESC, id DESC)"
                " WHERE outcome IN ('instructed', 'given_back')",
            ])],
            state_operations=[migrations.AddIndex(model_name="submission", index=WAITING),
                              migrations.AddIndex(model_name="submission", index=GIVEN)],
        ),
    ]  # fmt: skip
