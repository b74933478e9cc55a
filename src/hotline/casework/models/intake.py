"""来信来电与事项的表 (tables of intake)."""

from django.db import models
from django.db.models.functions import Least

from hotline.casework.models.keys import a_text
from hotline.casework.statuses import DONE

UNARCHIVED = ~models.Q(status="archived")
# What the clock does not archive: only what is closed and rated until a day.
BY_HAND = models.Q(status__in=["declined", "withdrawn", "ended"]) | models.Q(status="closed", rating_until__isnull=True)


class Text(models.Model):
    """文字: free text with the salt of its hash; readable at rest, reachable through desks alone. That a number stands
    once within its matter is how numbers are made, no index promises it (docs/adr/0032); `verify` looks. `field` is one
    of the words of the database's type `casework_field` (`casework/fields.py`)."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey("Matter", models.PROTECT, db_constraint=False, db_index=False, related_name="texts")
    field = models.TextField("栏目")
    body = models.TextField("正文")
    salt = models.BinaryField("盐", null=True)

    class Meta:
        indexes = [models.Index(fields=["matter"], name="text_of_matter")]


class Citizen(models.Model):
    """诉求人: personal data encrypted under a key of their own."""

    id = models.BigIntegerField(primary_key=True)
    name_sealed = models.BinaryField("姓名", null=True)
    phone_sealed = models.BinaryField("电话", null=True)
    phone_index = models.BinaryField("电话盲索引", null=True)
    known_since = models.DateTimeField("首次来电")
    sort = models.TextField("种类", default="person")
    contact_sealed = models.BinaryField("联系人", null=True)
    credit_code_sealed = models.BinaryField("统一社会信用代码", null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index"], name="citizen_phone")]


class Matter(models.Model):
    """诉求事项: one matter of one kind."""

    id = models.BigIntegerField(primary_key=True)
    status = models.TextField("状态")
    number = models.TextField("编号")
    rulebook = models.TextField("规则版本")
    channel = models.TextField("来源")
    kind = models.TextField("种类")
    secrecy = models.BooleanField("要求保密")
    publish_wish = models.TextField("公开意愿")
    registered_at = models.DateTimeField("登记时刻")
    gist_id = a_text()
    words_id = a_text()
    code_index = models.BinaryField("查询码索引")
    item = models.TextField("受理项", null=True)
    category = models.TextField("类别", default="", blank=True)
    urgent = models.BooleanField("紧急", default=False)
    major = models.BooleanField("重要办理件", default=False)
    urgent_reason_id = a_text(null=True)
    accepted_at = models.DateTimeField("受理时刻", null=True)
    dispatch_until = models.DateTimeField("派发期限", null=True)
    promised_at = models.DateTimeField("答应诉求人", null=True)
    promised_clause = models.TextField("答应的依据", null=True)
    refusal = models.TextField("不受理项", null=True)
    told_id = a_text(null=True)
    submitted_at = models.DateTimeField("呈报时刻", null=True)
    instructed_at = models.DateTimeField("批示时刻", null=True)
    drawn = models.BooleanField("抽中回访", null=True)
    drawn_because = models.TextField("抽中原因", null=True)
    satisfied = models.BooleanField("满意", null=True)
    rating_until = models.DateTimeField("评价截止", null=True)
    supplied_at = models.DateTimeField("补充时刻", null=True)
    reopened_at = models.DateTimeField("重开时刻", null=True)
    first_words_id = a_text(null=True)
    replied_at = models.DateTimeField("审核通过时刻", null=True)
    closed_at = models.DateTimeField("办结时刻", null=True)
    archived_at = models.DateTimeField("归档时刻", null=True)
    entered_late = models.BooleanField("补录旧件", default=False)
    locked = models.BooleanField("文字封存", default=False)
    redos = models.SmallIntegerField("不满意重办次数", default=0)
    times_returned = models.SmallIntegerField("被退回次数", default=0)
    designate_until = models.DateTimeField("指定期限", null=True)
    designation_noted_at = models.DateTimeField("指定超期已记", null=True)
    leader_reminded_at = models.DateTimeField("已提醒领导", null=True)
    office_noted_at = models.DateTimeField("超期已记", null=True)
    promise_basis = models.TextField("答应的由来", default="", blank=True)
    against = models.TextField("反映的对象", default="", blank=True)
    against_unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, null=True, related_name="+")
    against_person = models.ForeignKey("network.Person", models.PROTECT, db_index=False, null=True, related_name="+")
    goes_to_unit = models.ForeignKey("network.Unit", models.PROTECT, db_index=False, null=True, related_name="+")
    before_leader_at = models.DateTimeField("待批示自", null=True)
    carry_out_at = models.DateTimeField("批示待落实自", null=True)
    report_owed_at = models.DateTimeField("待报告领导自", null=True)
    source = models.TextField("来源的种类", default="", blank=True)
    source_due_at = models.DateTimeField("来源的期限", null=True)
    feedback_owed_at = models.DateTimeField("待反馈来源自", null=True)
    urgent_sort = models.TextField("紧急信息的种类", default="", blank=True)
    urgent_report_until = models.DateTimeField("紧急信息报送期限", null=True)
    urgent_reported_at = models.DateTimeField("紧急信息报送时刻", null=True)
    urgent_noted_at = models.DateTimeField("紧急信息迟报已记", null=True)
    deciding = models.TextField("等着决定的提请", default="", blank=True)
    decide_until = models.DateTimeField("提请的决定期限", null=True)
    decide_noted_at = models.DateTimeField("提请超期已记", null=True)
    review_until = models.DateTimeField("请求复核的期限", null=True)
    to_publish_at = models.DateTimeField("公开稿待公开自", null=True)
    retention = models.TextField("保管期限的类", default="", blank=True)
    retain_until = models.DateTimeField("保管到", null=True)
    dispose_asked_at = models.DateTimeField("提请销毁时刻", null=True)
    dispose_agreed_at = models.DateTimeField("一人同意销毁时刻", null=True)
    dispose_at = models.DateTimeField("批准销毁时刻", null=True)
    next_decision_at = models.DateTimeField("时钟下次看", null=True)
    area = models.TextField("区划代码", default="", blank=True)
    alarm_at = models.DateTimeField("险情提醒自", null=True)
    alarm_next_at = models.DateTimeField("险情下次提醒", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "-registered_at"], name="matter_of_area", condition=~models.Q(area="")),
            models.Index(fields=["area", "-registered_at"], name="matter_nearby",
                         condition=~models.Q(area="") & models.Q(status__in=["accepted", "submitted", "in_hand"])),
            # Not unique: the day's serial is given out once (`procedure_dayserial`), and a table spread by matter can
            # promise nothing about a column that does not name it (docs/adr/0019). `verify` looks for doubles.
            models.Index(fields=["number"], name="matter_by_number"),
            *(models.Index(fields=[name], name=f"matter_{name}", condition=models.Q(**{f"{name}__isnull": False}))
              for name in ("before_leader_at", "carry_out_at", "report_owed_at", "source_due_at")),
            models.Index(fields=["registered_at", "id"], name="matter_to_feed_back",
                         condition=models.Q(feedback_owed_at__isnull=False, status__in=[one.value for one in DONE])),
            models.Index(fields=["urgent_report_until", "id"], name="matter_unreported",
                         condition=models.Q(urgent_report_until__isnull=False, urgent_reported_at__isnull=True)),
            models.Index(fields=["registered_at", "id"], name="matter_by_hand", condition=BY_HAND),
            models.Index(Least("dispatch_until", "source_due_at", "promised_at"), "id", name="matter_to_accept",
                         condition=models.Q(status="registered")),
            models.Index(fields=["registered_at", "id"], name="matter_instructed",
                         condition=models.Q(instructed_at__isnull=False) & UNARCHIVED),
            models.Index(fields=["registered_at", "id"], name="matter_avoided",
                         condition=~models.Q(against="") & UNARCHIVED),
            models.Index(fields=["against_unit"], name="matter_against_unit",
                         condition=models.Q(against_unit__isnull=False)),
            models.Index(fields=["against_person"], name="matter_against_person",
                         condition=models.Q(against_person__isnull=False)),
            models.Index(fields=["against"], name="matter_against", condition=~models.Q(against="")),
            models.Index(fields=["status", "registered_at", "id"], name="matter_queue",
                         condition=models.Q(status__in=["registered", "awaiting_facts", "accepted", "joined",
                                                        "submitted", "declined", "replied", "closed", "withdrawn",
                                                        "ended"])),
            models.Index(fields=["dispatch_until", "id"], name="matter_to_dispatch",
                         condition=models.Q(status="accepted", dispatch_until__isnull=False)),
            models.Index(fields=["category", "-registered_at"], name="matter_precedents",
                         condition=~models.Q(category="") & models.Q(status__in=["closed", "archived"])),
            models.Index(fields=["designate_until"], name="matter_to_designate",
                         condition=models.Q(designate_until__isnull=False)),
            models.Index(fields=["decide_until", "id"], name="matter_to_approve",
                         condition=models.Q(decide_until__isnull=False,
                                            status__in=["refusal_proposed", "under_review"])),
            models.Index(fields=["deciding", "decide_until", "id"], name="matter_deciding",
                         condition=models.Q(decide_until__isnull=False) & UNARCHIVED),
            models.Index(fields=["dispose_asked_at", "id"], name="matter_to_dispose",
                         condition=models.Q(dispose_asked_at__isnull=False)),
            models.Index(fields=["to_publish_at", "id"], name="matter_to_publish",
                         condition=models.Q(to_publish_at__isnull=False)),
            models.Index(fields=["alarm_next_at", "id"], name="matter_alarmed",
                         condition=models.Q(alarm_next_at__isnull=False)),
            models.Index(fields=["next_decision_at"], name="matter_next_decision",
                         condition=models.Q(next_decision_at__isnull=False)),
        ]  # fmt: skip


class Contact(models.Model):
    """一次来电/来信: links a citizen's call or letter to a matter."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="contacts")
    call_id = models.BigIntegerField("来电号")
    citizen = models.ForeignKey(Citizen, models.PROTECT, db_constraint=False, null=True)
    channel = models.TextField("来源")
    at = models.DateTimeField("时刻")
    record_id = a_text()
    anonymous = models.BooleanField("匿名", default=False)
    first_record_id = a_text(null=True)
    words_id = a_text(null=True)
    answered_at = models.DateTimeField("答复时刻", null=True)
    forgotten_at = models.DateTimeField("匿名时刻", null=True)
