"""知识库的表 (tables): entries, their versions, their words. Written by cards alone."""

from django.db import models


class Entry(models.Model):
    """词条: one entry, with what is in force of it."""

    id = models.BigIntegerField(primary_key=True)
    status = models.TextField("状态", default="open")
    number = models.TextField("编号", unique=True)
    unit_id = models.BigIntegerField("提出单位")
    sort = models.TextField("种类")
    category = models.TextField("类别", default="", blank=True)
    public = models.BooleanField("可以公开", default=False)
    version = models.SmallIntegerField("现行版", default=0)
    confirmed_at = models.DateTimeField("确认时刻", null=True)
    valid_until = models.DateTimeField("有效到", null=True)
    asked_at = models.DateTimeField("请单位重新确认的时刻", null=True)
    expired_at = models.DateTimeField("失效时刻", null=True)
    ended_at = models.DateTimeField("撤下时刻", null=True)
    next_decision_at = models.DateTimeField("下一次到时", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_decision_at"], name="entry_decision",
                         condition=models.Q(next_decision_at__isnull=False)),
            models.Index(fields=["confirmed_at", "id"], name="entry_in_force",
                         condition=models.Q(status="open", version__gt=0, expired_at__isnull=True)),
            models.Index(fields=["unit_id", "id"], name="entry_of_unit"),
        ]  # fmt: skip


class Version(models.Model):
    """词条的一版: what was proposed, by whom, and what became of it."""

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="versions")
    status = models.TextField("状态", default="proposed")
    number = models.SmallIntegerField("版次")
    sort = models.TextField("种类")
    category = models.TextField("类别", default="", blank=True)
    public = models.BooleanField("可以公开", default=False)
    last_day = models.DateField("拟用到", null=True)
    from_matter = models.TextField("来自事项", default="", blank=True)
    person_id = models.BigIntegerField("提出人", null=True)
    proposed_at = models.DateTimeField("提出时刻")
    decide_until = models.DateTimeField("确认期限")
    decided_at = models.DateTimeField("确认或退回时刻", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_once")]
        indexes = [
            models.Index(fields=["decide_until", "id"], name="version_waiting", condition=models.Q(status="proposed")),
            models.Index(fields=["from_matter"], name="version_from", condition=~models.Q(from_matter="")),
        ]


class Wording(models.Model):
    """词条的文字: one text of one version."""

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="wordings")
    version = models.SmallIntegerField("版次")
    field = models.TextField("栏目")
    body = models.TextField("文字")
    salt = models.BinaryField("盐")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "version", "field"], name="wording_once")]


class Citation(models.Model):
    """引用: an answer cites an entry. It is a row of its matter, which is written in another room."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter_id = models.BigIntegerField("事项")
    entry_id = models.BigIntegerField("词条")
    number = models.TextField("编号")
    version = models.SmallIntegerField("版次")
    cited_at = models.DateTimeField("引用时刻")

    class Meta:
        indexes = [models.Index(fields=["entry_id"], name="citation_of_entry")]
