"""Since when a letter that was not signed off waits to be written again: a list of its own. What waits now is found by
its line; the index is made beside the work."""

from django.db import migrations, models

from hotline.procedure.ledger import CHAIN_KINDS

INDEX = models.Index(fields=["level2_unit", "due_at", "id"], name="order_to_mend",
                     condition=models.Q(status="signed", handed_back_at__isnull=False))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0040_inner_dates'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.AddField("order", "handed_back_at", models.DateTimeField("发回修改时刻", null=True)),
        migrations.RunSQL(
            "UPDATE casework_order o SET handed_back_at = l.at FROM procedure_ledgerline l WHERE o.status = 'signed'"
            f" AND l.chain_kind = {CHAIN_KINDS['matter']} AND l.chain_id = o.matter_id AND l.subject_id = o.id"
            " AND l.kind = 'draft_handed_back'"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS order_to_mend",
                "CREATE INDEX CONCURRENTLY order_to_mend ON casework_order (level2_unit_id, due_at, id)"
                " WHERE handed_back_at IS NOT NULL AND status = 'signed'",
            ])],
            state_operations=[migrations.AddIndex(model_name="order", index=INDEX)],
        ),
    ]  # fmt: skip
