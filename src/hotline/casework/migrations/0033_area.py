"""Where a matter is, by the code of the county or township, and what is in hand there; the index is made beside the
work."""

from django.db import migrations, models

OPEN = ("accepted", "submitted", "in_hand")
INDEX = models.Index(fields=["area", "-registered_at"], name="matter_nearby",
                     condition=~models.Q(area="") & models.Q(status__in=list(OPEN)))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0032_search'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='matter',
            name='area',
            field=models.TextField(blank=True, default='', verbose_name='区划代码'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS matter_nearby",
                "CREATE INDEX CONCURRENTLY matter_nearby ON casework_matter (area, registered_at DESC)"
                f" WHERE NOT (area = '') AND status IN {OPEN!r}",
            ])],
            state_operations=[migrations.AddIndex(model_name="matter", index=INDEX)],
        ),
    ]  # fmt: skip
