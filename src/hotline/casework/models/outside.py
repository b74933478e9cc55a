"""对外的表 (tables of what goes outside the network, and where a matter came from)."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order


class Submission(models.Model):
    """呈件: a matter put before one city leader, and what became of it."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="submissions")
    post = models.ForeignKey("network.Post", models.PROTECT, db_index=False, related_name="+")
    ground = models.TextField("呈报的理由")
    submitted_at = models.DateTimeField("呈报时刻")
    opinion_id = a_text()
    proposed_units = models.TextField("拟办单位", default="", blank=True)
    outcome = models.TextField("结果", default="", blank=True)
    decided_at = models.DateTimeField("批示时刻", null=True)
    words_id = a_text(null=True)
    instructed_units = models.TextField("批示单位", default="", blank=True)
    wanted_on = models.DateField("要求办结的日子", null=True)
    reported_at = models.DateTimeField("报告时刻", null=True)
    report_id = a_text(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "matter"], name="submission_post"),
            models.Index(fields=["post", "submitted_at", "id"], name="submission_waiting",
                         condition=models.Q(outcome="")),
            models.Index(fields=["post", "-decided_at", "-id"], name="submission_given",
                         condition=models.Q(outcome__in=["instructed", "given_back"])),
            models.Index(fields=["post", "-decided_at"], name="submission_withdrawn",
                         condition=models.Q(outcome="withdrawn")),
        ]  # fmt: skip


class Source(models.Model):
    """来源: where a matter came from, with the source's own number and day."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="sources")
    sort = models.TextField("来源")
    recorded_at = models.DateTimeField("记录时刻")
    number_id = a_text()
    due_on = models.DateField("来源要求的日子", null=True)
    fed_back_at = models.DateTimeField("反馈时刻", null=True)
    feedback_id = a_text(null=True)


class Handover(models.Model):
    """移交: an emergency handed over, and who took it."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="handovers")
    at = models.DateTimeField("移交时刻")
    number = models.TextField("移交给")
    means = models.TextField("方式")
    taken = models.BooleanField("接下")
    taken_by_id = a_text(null=True)
    their_number_id = a_text(null=True)
    words_id = a_text(null=True)


class UrgentReport(models.Model):
    """紧急信息: one report to the government's duty room."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="urgent_reports")
    at = models.DateTimeField("报送时刻")
    means = models.TextField("方式")
    taken_by_id = a_text()
    words_id = a_text()


class PaperDocument(models.Model):
    """纸质文件: one document on paper that came in or went out."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="papers")
    order_id = an_order(null=True)
    direction = models.TextField("收发")
    means = models.TextField("方式")
    at = models.DateTimeField("收到或者发出的时刻")
    recorded_at = models.DateTimeField("登记时刻")
    sheets = models.IntegerField("页数")
    party_id = a_text()
    number_id = a_text(null=True)
    words_id = a_text(null=True)
