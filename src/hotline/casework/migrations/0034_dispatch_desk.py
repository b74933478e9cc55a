"""What waits to be dispatched by its own date, and what was handled before of the same category; both indexes are made
beside the work."""

from django.db import migrations, models

OVER = ("closed", "archived")
DISPATCH = models.Index(fields=["dispatch_until", "id"], name="matter_to_dispatch",
                        condition=models.Q(status="accepted", dispatch_until__isnull=False))  # fmt: skip
PRECEDENTS = models.Index(fields=["category", "-registered_at"], name="matter_precedents",
                          condition=~models.Q(category="") & models.Q(status__in=list(OVER)))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0033_area'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS matter_to_dispatch",
                "CREATE INDEX CONCURRENTLY matter_to_dispatch ON casework_matter (dispatch_until, id)"
                " WHERE dispatch_until IS NOT NULL AND status = 'accepted'",
                "DROP INDEX CONCURRENTLY IF EXISTS matter_precedents",
                "CREATE INDEX CONCURRENTLY matter_precedents ON casework_matter (category, registered_at DESC)"
                f" WHERE NOT (category = '') AND status IN {OVER!r}",
            ])],
            state_operations=[migrations.AddIndex(model_name="matter", index=DISPATCH),
                              migrations.AddIndex(model_name="matter", index=PRECEDENTS)],
        ),
    ]  # fmt: skip
