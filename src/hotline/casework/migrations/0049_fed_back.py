"""What was withdrawn or ended is fed back to where it came from, too (R-31): the list's index has it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0048_by_width"),
    ]

    operations = [
        migrations.RemoveIndex("matter", "matter_to_feed_back"),
        migrations.AddIndex("matter", models.Index(
            condition=models.Q(("feedback_owed_at__isnull", False),
                               ("status__in", ["replied", "closed", "declined", "withdrawn", "ended"])),
            fields=["registered_at", "id"], name="matter_to_feed_back")),
    ]  # fmt: skip
