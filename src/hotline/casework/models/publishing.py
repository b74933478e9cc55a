"""公开的表 (tables of publication)."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order


class Withholding(models.Model):
    """不公开申请: a unit's application that a matter be kept from the site, and what became of it."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="withholdings")
    order_id = an_order()
    unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, related_name="+")
    asked_at = models.DateTimeField("申请时刻")
    reason_id = a_text()
    outcome = models.TextField("结果", default="", blank=True)
    decided_at = models.DateTimeField("决定时刻", null=True)
    because_id = a_text(null=True)


class Publication(models.Model):
    """公开稿: what of a matter everybody may read, prepared by one and published by another."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="publications")
    prepared_at = models.DateTimeField("拟稿时刻")
    title_id = a_text()
    question_id = a_text()
    answer_id = a_text()
    outcome = models.TextField("结果", default="", blank=True)
    published_at = models.DateTimeField("公开时刻", null=True)
    ended_at = models.DateTimeField("撤下或者不用的时刻", null=True)
    because_id = a_text(null=True)
    bar = models.TextField("不公开的情形", default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["published_at", "id"], name="publication_public",
                         condition=models.Q(outcome="published")),
            models.Index(fields=["id"], name="publication_number",  # who reads it knows no matter
                         condition=models.Q(outcome="published")),
        ]  # fmt: skip
