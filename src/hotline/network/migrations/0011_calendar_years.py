"""Calendar years that the office published, each with its content (ADR 0035)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0010_notice_choice"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("year", models.SmallIntegerField(verbose_name="年")),
                ("state", models.TextField(verbose_name="正式或暂定")),
                ("notice", models.TextField(blank=True, default="", verbose_name="文号")),
                ("digest", models.TextField(verbose_name="摘要")),
                ("text_id", models.BigIntegerField(verbose_name="文字")),
                ("from_at", models.DateTimeField(verbose_name="发布")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="被替换")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to="network.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("year",),
                                            name="calendar_year_once"),
                ],
            },
        ),
    ]  # fmt: skip
