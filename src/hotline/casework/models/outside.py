"""对外的表 (tables of what goes outside the network): what is put before the city's leaders."""

from django.db import models

from hotline.casework.models.intake import Matter, text_of


class Submission(models.Model):
    """呈件: a matter put before one city leader, and what became of it."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="submissions")
    post = models.ForeignKey("network.Post", models.PROTECT, db_index=False, related_name="+")
    ground = models.TextField("呈报的理由")
    submitted_at = models.DateTimeField("呈报时刻")
    opinion = text_of()
    proposed_units = models.TextField("拟办单位", default="", blank=True)
    outcome = models.TextField("结果", default="", blank=True)
    decided_at = models.DateTimeField("批示时刻", null=True)
    words = text_of(null=True)
    instructed_units = models.TextField("批示单位", default="", blank=True)
    wanted_on = models.DateField("要求办结的日子", null=True)
    reported_at = models.DateTimeField("报告时刻", null=True)
    report = text_of(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "matter"], name="submission_post")]
