"""The queue of the web desk: what came in writing and is not taken in yet, by the date that binds first. Made beside the
work."""

from django.db import migrations

INDEX = """
CREATE INDEX CONCURRENTLY matter_written ON casework_matter
(coalesce(least(dispatch_until, source_due_at, promised_at), 'infinity'::timestamptz), id)
WHERE status = 'registered' AND channel <> 'phone'
"""


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("casework", "0037_alarms")]

    operations = [
        migrations.RunSQL(["DROP INDEX CONCURRENTLY IF EXISTS matter_written", INDEX],
                          "DROP INDEX CONCURRENTLY IF EXISTS matter_written"),
    ]  # fmt: skip
