"""What waits to be taken in, by the first of its dates; what is to be archived by hand, apart from what the
clock archives. The indexes are made beside the work."""

from django.db import migrations, models
from django.db.models.functions import Least

HAND = models.Q(status__in=["declined", "withdrawn", "ended"]) | models.Q(status="closed", rating_until__isnull=True)
BY_HAND = models.Index(fields=["registered_at", "id"], name="matter_by_hand", condition=HAND)
TO_ACCEPT = models.Index(Least("dispatch_until", "source_due_at", "promised_at"), "id", name="matter_to_accept",
                         condition=models.Q(status="registered"))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0043_left'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS matter_by_hand",
                "CREATE INDEX CONCURRENTLY matter_by_hand ON casework_matter (registered_at, id)"
                " WHERE status IN ('declined', 'withdrawn', 'ended') OR (rating_until IS NULL AND status = 'closed')",
                "DROP INDEX CONCURRENTLY IF EXISTS matter_to_accept",
                "CREATE INDEX CONCURRENTLY matter_to_accept ON casework_matter"
                " (least(dispatch_until, source_due_at, promised_at), id) WHERE status = 'registered'",
                "DROP INDEX CONCURRENTLY IF EXISTS matter_to_archive",
            ])],
            state_operations=[migrations.RemoveIndex(model_name="matter", name="matter_to_archive"),
                              migrations.AddIndex(model_name="matter", index=BY_HAND),
                              migrations.AddIndex(model_name="matter", index=TO_ACCEPT)],
        ),
    ]  # fmt: skip
