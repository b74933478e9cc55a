"""Lines by their instant, for a loop that reads on in the ledger: a few pages whatever its size, made beside the work;
and up to where each loop has read."""

import django.contrib.postgres.indexes
from django.db import migrations, models

INDEX = django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="line_at", autosummarize=True, pages_per_range=16)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ("procedure", "0014_packed_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadThrough",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False, verbose_name="循环")),
                ("at", models.DateTimeField(verbose_name="时刻")),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS line_at",
                "CREATE INDEX CONCURRENTLY line_at ON procedure_ledgerline USING brin (at)"
                " WITH (pages_per_range = 16, autosummarize = on)",
            ])],
            state_operations=[migrations.AddIndex(model_name="ledgerline", index=INDEX)],
        ),
    ]  # fmt: skip
