"""A published text is found by its own number, for whoever reads it knows no matter; made beside the work."""

from django.db import migrations, models

INDEX = models.Index(fields=["id"], name="publication_number", condition=models.Q(outcome="published"))


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0029_keys_checked'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([
                "DROP INDEX CONCURRENTLY IF EXISTS publication_number",
                "CREATE INDEX CONCURRENTLY publication_number ON casework_publication (id) WHERE outcome = 'published'",
            ])],
            state_operations=[migrations.AddIndex(model_name="publication", index=INDEX)],
        ),
    ]  # fmt: skip
