"""Words of danger to life that the city looks for besides the rulebook's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0011_calendar_years"),
    ]

    operations = [
        migrations.CreateModel(
            name="DangerWord",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("status", models.TextField(default="open", verbose_name="状态")),
                ("word", models.TextField(verbose_name="词语")),
                ("from_at", models.DateTimeField(verbose_name="起用")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="停用")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to="network.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("status", "open")), fields=("word",),
                                            name="danger_word_open_once"),
                ],
            },
        ),
    ]  # fmt: skip
