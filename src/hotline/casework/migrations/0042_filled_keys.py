"""Keys of rows that come in the order of their numbers and stay: their pages are filled, no tenth is kept for rows that
never come. What there is already stays as it is (`REINDEX INDEX CONCURRENTLY` would fill it)."""

from django.db import migrations

FILLED = [f"casework_{table}_pkey" for table in (
    "text", "matter", "order", "letter", "contact", "citizen", "attempt", "mark", "revisit", "inquiry", "returnrequest",
    "supervision", "publication",
)]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0041_handed_back"),
    ]

    operations = [
        migrations.RunSQL(
            [f"ALTER INDEX {name} SET (fillfactor = 100)" for name in FILLED],
            [f"ALTER INDEX {name} RESET (fillfactor)" for name in FILLED],
        ),
    ]
