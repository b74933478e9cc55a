"""裁定的表 (tables of rulings). A ruling of another matter is named by numbers alone: it may lie in another part of a
database spread by matter."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order


class Ruling(models.Model):
    """会商裁定: which unit answers for a category."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="rulings")
    sort = models.TextField("怎样定的")
    category = models.TextField("类别")
    area = models.TextField("区划代码", default="", blank=True)
    unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, related_name="+")
    person_id = models.BigIntegerField("谁记的")
    ruled_at = models.DateTimeField("裁定时刻")
    document_id = a_text()
    words_id = a_text()
    revoked_at = models.DateTimeField("废止时刻", null=True)
    because_id = a_text(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["category", "-ruled_at"], name="ruling_by_category",
                         condition=models.Q(revoked_at__isnull=True)),
            models.Index(fields=["-ruled_at"], name="ruling_newest", condition=models.Q(revoked_at__isnull=True)),
        ]  # fmt: skip


class Rested(models.Model):
    """照裁定派: an order that was dispatched by a ruling."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="rested")
    order_id = an_order()
    ruling_id = models.BigIntegerField("裁定")
    other_id = models.BigIntegerField("裁定所在的事项")
    other_number = models.TextField("裁定所在事项的编号")
    at = models.DateTimeField("时刻")

    class Meta:
        indexes = [models.Index(fields=["ruling_id", "-at"], name="rested_on")]
