"""Words of danger to life in what is written: since when, and when the shift leader is told again. The index is made
beside the work."""

from django.db import migrations, models

STANDING = models.Index(fields=["alarm_next_at", "id"], name="matter_alarmed",
                        condition=models.Q(alarm_next_at__isnull=False))  # fmt: skip


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0036_rulings'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.AddField(model_name='matter', name='alarm_at',
                            field=models.DateTimeField(null=True, verbose_name='险情提醒自')),
        migrations.AddField(model_name='matter', name='alarm_next_at',
                            field=models.DateTimeField(null=True, verbose_name='险情下次提醒')),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS matter_alarmed",
                "CREATE INDEX CONCURRENTLY matter_alarmed ON casework_matter (alarm_next_at, id)"
                " WHERE alarm_next_at IS NOT NULL",
            ])],
            state_operations=[migrations.AddIndex(model_name='matter', index=STANDING)],
        ),
    ]  # fmt: skip
