"""承办的表 (tables of handling): orders, contact attempts, letters."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order

OPEN = ["dispatched", "signed", "drafted", "signed_off", "filed", "sent_back", "bounced", "reopened"]
ONGOING = models.Q(status__in=OPEN)
ASKED = models.Q(*((f"{what}_{to}_at__isnull", False) for what in ("return", "extension") for to in ("asked", "filed")),
                 _connector=models.Q.OR)  # fmt: skip


class Order(models.Model):
    """工单: one responsible unit's order. The unit and its level-2 unit are kept as dispatched."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="orders")
    status = models.TextField("状态")
    unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, related_name="+")
    level2_unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, related_name="+")
    lead = models.BooleanField("牵头")
    round = models.SmallIntegerField("轮次")
    dispatched_at = models.DateTimeField("派发时刻")
    received_at = models.DateTimeField("接收时刻")
    sign_until = models.DateTimeField("签收期限")
    return_until = models.DateTimeField("退回截止")
    due_at = models.DateTimeField("办理期限", null=True)
    due_clause = models.TextField("期限依据", null=True)
    due_readings = models.TextField("期限读法", default="", blank=True)
    due_provisional = models.BooleanField("期限待定", default=False)
    contact_until = models.DateTimeField("联系期限", null=True)
    signed_at = models.DateTimeField("签收时刻", null=True)
    deemed_at = models.DateTimeField("视同接受时刻", null=True)
    contacted_at = models.DateTimeField("首次联系时刻", null=True)
    filed_at = models.DateTimeField("报送时刻", null=True)
    on_time = models.BooleanField("按时", null=True)
    review_until = models.DateTimeField("审核期限", null=True)
    approved_at = models.DateTimeField("通过时刻", null=True)
    urgent = models.BooleanField("紧急", default=False)
    designated = models.BooleanField("政府指定", default=False)
    previous_id = models.BigIntegerField("替换的工单", null=True)
    ended_at = models.DateTimeField("退回或收回时刻", null=True)
    settled = models.BooleanField("已定的按时", null=True)
    send_backs = models.SmallIntegerField("连续退回重办", default=0)
    sent_back_at = models.DateTimeField("最近退回重办", null=True)
    return_asked_at = models.DateTimeField("退回待本单位同意", null=True)
    return_filed_at = models.DateTimeField("退回待热线办决定", null=True)
    return_decide_until = models.DateTimeField("退回决定期限", null=True)
    return_decided_at = models.DateTimeField("退回决定时刻", null=True)
    extension_asked_at = models.DateTimeField("延期待本单位同意", null=True)
    extension_filed_at = models.DateTimeField("延期待热线办备案", null=True)
    extended_by = models.SmallIntegerField("已延长的工作日", default=0)
    supervise_until = models.DateTimeField("督办答复期限", null=True)
    supervision_noted_at = models.DateTimeField("督办超期已记", null=True)
    explained_review_at = models.DateTimeField("未解决的复查", null=True)
    reminded_round = models.SmallIntegerField("已提醒的轮次", null=True)
    escalated_at = models.DateTimeField("升级时刻", null=True)
    office_noted_at = models.DateTimeField("审核超期已记", null=True)
    parent_id = models.BigIntegerField("上级的工单", null=True)
    relay_asked_at = models.DateTimeField("请热线办联系", null=True)
    relay_for = models.TextField("请热线办做什么", default="", blank=True)
    withhold_asked_at = models.DateTimeField("不公开申请待决定", null=True)
    due_basis = models.TextField("期限的由来", default="", blank=True)
    inner_at = models.DateTimeField("内部期限", null=True)
    inner_noted_at = models.DateTimeField("内部期限已过告知", null=True)
    handed_back_at = models.DateTimeField("发回修改时刻", null=True)
    next_decision_at = models.DateTimeField("时钟下次看", null=True)

    class Meta:
        indexes = [
            *(models.Index(fields=[*by, "due_at", "id"], name=f"order_open_by_{name}", condition=ONGOING)
              for name, by in (("level2", ["level2_unit"]), ("level2_status", ["level2_unit", "status"]),
                               ("unit", ["unit"]), ("unit_status", ["unit", "status"]),
                               ("due", []), ("status", ["status"]))),
            models.Index(fields=["level2_unit", "due_at", "id"], name="order_asked_by_level2",
                         condition=ONGOING & ASKED),
            models.Index(fields=["level2_unit", "inner_at", "id"], name="order_handed_down_inner",
                         condition=ONGOING & models.Q(parent_id__isnull=False)),
            models.Index(fields=["level2_unit", "due_at", "id"], name="order_to_mend",
                         condition=models.Q(status="signed", handed_back_at__isnull=False)),
            models.Index(fields=["return_decide_until", "id"], name="order_return_to_decide",
                         condition=ONGOING & models.Q(return_filed_at__isnull=False)),
            models.Index(fields=["due_at", "id"], name="order_extension_to_file",
                         condition=ONGOING & models.Q(extension_filed_at__isnull=False)),
            models.Index(fields=["due_at", "id"], name="order_supervised",
                         condition=ONGOING & models.Q(supervise_until__isnull=False)),
            models.Index(fields=["due_at", "id"], name="order_escalated",
                         condition=ONGOING & models.Q(escalated_at__isnull=False, signed_at__isnull=True)),
            models.Index(fields=["due_at", "id"], name="order_to_relay",
                         condition=ONGOING & models.Q(relay_asked_at__isnull=False)),
            models.Index(fields=["withhold_asked_at", "id"], name="order_to_withhold",
                         condition=models.Q(withhold_asked_at__isnull=False, status__in=[*OPEN, "approved"])),
            models.Index(fields=["explained_review_at", "id"], name="order_to_call_again",
                         condition=models.Q(explained_review_at__isnull=False, status="approved")),
            models.Index(fields=["next_decision_at"], name="order_next_decision",
                         condition=models.Q(next_decision_at__isnull=False)),
            # For whoever searches among the orders of a unit, closed ones too, the newest first.
            models.Index(fields=["level2_unit", "dispatched_at", "id"], name="order_given_to_level2"),
            models.Index(fields=["unit", "dispatched_at", "id"], name="order_given_below",
                         condition=~models.Q(unit=models.F("level2_unit"))),
            models.Index(fields=["unit", "-ended_at"], name="order_left", condition=models.Q(ended_at__isnull=False)),
        ]  # fmt: skip


class Mark(models.Model):
    """牌: a yellow or red card on an order."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="marks")
    order_id = an_order()
    unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, related_name="+")
    colour = models.TextField("颜色")
    cause = models.TextField("原因")
    round = models.SmallIntegerField("轮次")
    given_at = models.DateTimeField("亮牌时刻")
    lifted_at = models.DateTimeField("撤牌时刻", null=True)
    lift_reason_id = a_text(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "order_id", "unit", "cause", "round"], name="mark_once")
        ]  # fmt: skip
        indexes = [models.Index(fields=["colour", "given_at"], name="mark_given",
                                condition=models.Q(lifted_at__isnull=True))]  # fmt: skip


class Attempt(models.Model):
    """联系: a contact, a try, or a waiver."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="attempts")
    order_id = an_order(null=True)
    at = models.DateTimeField("时刻")
    outcome = models.TextField("结果")
    means = models.TextField("方式")
    note_id = a_text()


class Letter(models.Model):
    """反馈件: the reply, the answer and the text fit to publish, with their elements."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="letters")
    order_id = an_order()
    round = models.SmallIntegerField("轮次")
    drafted_at = models.DateTimeField("拟稿时刻")
    reply_id = a_text()
    answer_id = a_text()
    publishable_id = a_text()
    signature_id = a_text(null=True)
    notes_id = a_text()
    responds = models.BooleanField("正面回应")
    contact_means = models.TextField("联系方式")
    contact_summary_id = a_text(null=True)
    satisfaction = models.TextField("满意程度")
    truthful = models.TextField("是否属实")
    solved = models.BooleanField("是否解决", null=True)
    publish_opinion = models.TextField("公开意见")
    answered_at = models.DateTimeField("答复诉求人时刻", null=True)
    answered_means = models.TextField("答复方式", null=True)
    signed_off_at = models.DateTimeField("签批时刻", null=True)
    signed_off_role = models.TextField("签批岗位", null=True)
    approved_at = models.DateTimeField("通过时刻", null=True)
    understanding = models.TextField("是否取得理解", default="", blank=True)
    review_on = models.DateField("复查日", null=True)
