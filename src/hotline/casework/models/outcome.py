"""回访的表 (tables of follow-up)."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text


class Revisit(models.Model):
    """回访: what the citizen said of the handling."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="revisits")
    at = models.DateTimeField("时刻")
    means = models.TextField("方式")
    reached = models.BooleanField("接通")
    solved = models.BooleanField("是否解决", null=True)
    attitude = models.SmallIntegerField("态度", null=True)
    speed = models.SmallIntegerField("速度", null=True)
    result = models.SmallIntegerField("结果", null=True)
    opinion_id = a_text(null=True)
