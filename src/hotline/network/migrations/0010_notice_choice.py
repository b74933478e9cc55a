"""Which of their notices people also get by SMS or mail; where to, sealed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0009_wordings"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("phone_sealed", models.BinaryField(null=True, verbose_name="办公电话")),
                ("mail_sealed", models.BinaryField(null=True, verbose_name="邮箱")),
                ("sms", models.TextField(blank=True, default="", verbose_name="发短信的")),
                ("mail", models.TextField(blank=True, default="", verbose_name="发邮件的")),
                ("hours", models.TextField(verbose_name="钟点")),
                ("began_at", models.DateTimeField(verbose_name="起用")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="停用")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                             to="network.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("person",),
                                            name="notice_choice_open_once"),
                ],
            },
        ),
    ]  # fmt: skip
