"""By when level 2 wants what it handed down: the order's own date, unless it set an earlier instant; what is handed
down already has its own date for one. The index by which the list is read is made beside the work."""

from django.db import migrations, models

OPEN = ("dispatched", "signed", "drafted", "signed_off", "filed", "sent_back", "bounced", "reopened")
INDEX = models.Index(
    fields=["level2_unit", "inner_at", "id"], name="order_handed_down_inner",
    condition=models.Q(status__in=list(OPEN)) & models.Q(parent_id__isnull=False))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0039_at_leaders'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.AddField("order", "inner_at", models.DateTimeField("内部期限", null=True)),
        migrations.AddField("order", "inner_noted_at", models.DateTimeField("内部期限已过告知", null=True)),
        migrations.RunSQL("UPDATE casework_order SET inner_at = due_at WHERE parent_id IS NOT NULL AND inner_at IS NULL"
                          f" AND status IN {OPEN!r}"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS order_handed_down_inner",
                "CREATE INDEX CONCURRENTLY order_handed_down_inner ON casework_order (level2_unit_id, inner_at, id)"
                f" WHERE status IN {OPEN!r} AND parent_id IS NOT NULL",
                "DROP INDEX CONCURRENTLY IF EXISTS order_handed_down",
            ])],
            state_operations=[migrations.AddIndex(model_name="order", index=INDEX),
                              migrations.RemoveIndex(model_name="order", name="order_handed_down")],
        ),
    ]  # fmt: skip
