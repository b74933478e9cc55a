"""旁门的表 (tables of the doors): returns, extensions, designations, supervision, proposals."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order


def _unit(null: bool = False) -> models.ForeignKey:
    return models.ForeignKey("network.Unit", models.PROTECT, db_index=False, null=null, related_name="+")


class ReturnRequest(models.Model):
    """退回申请: an order asked to be taken back."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="return_requests")
    order_id = an_order()
    asked_at = models.DateTimeField("申请时刻")
    reason_id = a_text()
    basis_id = a_text()
    agreed_at = models.DateTimeField("本单位同意时刻", null=True)
    outcome = models.TextField("结果", default="", blank=True)
    decided_at = models.DateTimeField("决定时刻", null=True)
    because_id = a_text(null=True)


class Extension(models.Model):
    """延期: asked, agreed and filed, explained to the citizen."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="extensions")
    order_id = an_order()
    working_days = models.SmallIntegerField("延长的工作日")
    asked_at = models.DateTimeField("申请时刻")
    reason_id = a_text()
    old_due_at = models.DateTimeField("原期限")
    old_due_clause = models.TextField("原期限依据")
    old_due_readings = models.TextField("原期限读法")
    old_due_provisional = models.BooleanField("原期限待定")
    agreed_at = models.DateTimeField("本单位同意时刻", null=True)
    outcome = models.TextField("结果", default="", blank=True)
    decided_at = models.DateTimeField("备案时刻", null=True)
    because_id = a_text(null=True)
    new_due_at = models.DateTimeField("新期限", null=True)
    explained_at = models.DateTimeField("向诉求人解释时刻", null=True)
    explained_means = models.TextField("解释的方式", default="", blank=True)
    explanation_id = a_text(null=True)


class Designation(models.Model):
    """指定: proposed by the office, decided by the government."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="designations")
    order_id = an_order(null=True)
    proposed_at = models.DateTimeField("提出时刻")
    opinion_id = a_text()
    unit = _unit()
    decided_at = models.DateTimeField("指定时刻", null=True)
    designated_unit = _unit(null=True)
    document_id = a_text(null=True)
    because_id = a_text(null=True)


class Supervision(models.Model):
    """督办: a notice with its own date, to be answered."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="supervisions")
    order_id = an_order()
    by_unit = _unit()
    scope = models.TextField("督办范围")
    given_at = models.DateTimeField("发出时刻")
    demand_id = a_text()
    answer_until = models.DateTimeField("答复期限")
    answered_at = models.DateTimeField("答复时刻", null=True)
    answer_id = a_text(null=True)


class Proposal(models.Model):
    """提请: asked by one person, decided by another."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="proposals")
    what = models.TextField("提请什么")
    asked_at = models.DateTimeField("提出时刻")
    reason_id = a_text()
    clause = models.TextField("依据的项", default="", blank=True)
    decided_at = models.DateTimeField("决定时刻", null=True)
    granted = models.BooleanField("同意", null=True)
    because_id = a_text(null=True)
    until = models.DateTimeField("到何时为止", null=True)


class AbuseMark(models.Model):
    """骚扰标记: found by the blind index of a phone."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="abuse_marks")
    phone_index = models.BinaryField("电话盲索引")
    sort = models.TextField("哪一种")
    given_at = models.DateTimeField("标记时刻")
    until = models.DateTimeField("到何时为止")
    lifted_at = models.DateTimeField("撤销时刻", null=True)
    lift_reason_id = a_text(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="abusemark_standing",
                         condition=models.Q(lifted_at__isnull=True)),
        ]  # fmt: skip
