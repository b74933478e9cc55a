"""The rows there were are held against the new foreign keys, and the indexes that say nothing any more go; both while
the service goes on, and both harmless when done twice."""

from django.db import migrations

REFERS = ["mark", "attempt", "letter", "returnrequest", "extension", "designation", "supervision", "attachment",
          "paperdocument", "withholding", "inquiry"]  # fmt: skip
GONE = ["casework_order_matter_id_426e88e7", "casework_text_matter_id_07a16607"]


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0028_keyed_by_matter'),
    ]

    operations = [
        migrations.RunSQL([
            *(f"ALTER TABLE casework_{name} VALIDATE CONSTRAINT casework_{name}_order" for name in REFERS),
            *(f"DROP INDEX CONCURRENTLY IF EXISTS {name}" for name in GONE),
        ]),
    ]  # fmt: skip
