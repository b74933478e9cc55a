"""Keys of the tables whose rows come in the order of their numbers and stay: their pages are filled, no tenth is kept
for rows that never come. What there is already stays as it is (`REINDEX INDEX CONCURRENTLY` would fill it)."""

from django.db import migrations

FILLED = ("procedure_ledgerline_pkey", "procedure_chainhead_pkey", "procedure_personkey_pkey")


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0012_new_heads_hold_nothing"),
    ]

    operations = [
        migrations.RunSQL(
            [f"ALTER INDEX {name} SET (fillfactor = 100)" for name in FILLED],
            [f"ALTER INDEX {name} RESET (fillfactor)" for name in FILLED],
        ),
    ]
