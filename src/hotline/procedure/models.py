"""表 (tables) of the procedure room. Domain rows are written by `perform` alone; these models own the schema."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from hotline.procedure import line_kinds


class LineKind(models.TextField):
    """行类: a text to Django, one of the words of a type of the database's own to the table: four bytes wherever it
    stands. Another word is refused by the database. `procedure` 0016 lists them, later migrations add to it."""

    def db_type(self, connection: Any) -> str:
        """The type's name."""
        return line_kinds.TYPE


class ChainHead(models.Model):
    """链头: the last line of each chain; locked first by every performance. `holds`: in which of the rarer tables the
    chain has rows, a bit for each (`Record.RARE`). Columns by width: no padding."""

    pk = models.CompositePrimaryKey("chain_kind", "chain_id")
    chain_id = models.BigIntegerField("链号")
    at = models.DateTimeField("末行时刻")
    seq = models.IntegerField("末行号")
    sealed_seq = models.IntegerField("已封存到", default=0, db_default=0)
    chain_kind = models.SmallIntegerField("链类")
    hash = models.BinaryField("末行摘要")
    holds = models.IntegerField("有哪些少有的行", default=0, db_default=0)


class LedgerLine(models.Model):
    """台账行: append-only. Its place, instant, kind and hash; in `rest`, packed, all else that it says (`packing`). The
    canonical text that `hash` covers is written again from all of them (`ledger.written_again`) and stands nowhere.
    Columns stand by width (8, 4, 2 bytes, then varying), which saves the padding between them, and none is ever null,
    which saves saying so; the key begins with the widest for the same reason."""

    pk = models.CompositePrimaryKey("chain_id", "chain_kind", "seq")
    chain_id = models.BigIntegerField("链号")
    at = models.DateTimeField("时刻")
    recorded_at = models.DateTimeField("落库时刻", db_default=Now())
    seq = models.IntegerField("行号")
    kind = LineKind("行类")
    chain_kind = models.SmallIntegerField("链类")
    hash = models.BinaryField("摘要")
    rest = models.BinaryField("其余")

    class Meta:
        indexes = [BrinIndex(fields=["at"], name="line_at", autosummarize=True, pages_per_range=16)]


class Act(models.Model):
    """提交号: one row per submitted form, with its card and person; a repeat finds its first result here."""

    act_id = models.UUIDField("提交号", primary_key=True)
    card = models.TextField("办理卡", db_default="")
    person_id = models.BigIntegerField("经办人", null=True)
    chain_kind = models.SmallIntegerField("链类")
    chain_id = models.BigIntegerField("链号")
    seq = models.IntegerField("行号")
    at = models.DateTimeField("时刻")


class PersonKey(models.Model):
    """个人密钥: one key per citizen, wrapped by the master key outside the database; backed up apart."""

    id = models.BigIntegerField("所有人", primary_key=True)
    wrapped = models.BinaryField("密钥")
    master_id = models.TextField("主密钥号")


class OutboxMessage(models.Model):
    """对外消息: written with the act, rendered at delivery, delivered at least once under a stable id."""

    id = models.BigIntegerField(primary_key=True)
    chain_kind = models.SmallIntegerField("链类")
    chain_id = models.BigIntegerField("链号")
    template = models.TextField("模板")
    to_kind = models.TextField("收件类")
    to_id = models.BigIntegerField("收件人")
    refs = models.JSONField("引用")
    next_try_at = models.DateTimeField("下次投递", null=True)
    tries = models.SmallIntegerField("次数", db_default=0)
    delivered_at = models.DateTimeField("送达", null=True)
    failed = models.TextField("失败原因", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="outbox_waiting", condition=models.Q(delivered_at__isnull=True))
        ]


class SetAside(models.Model):
    """搁置: a chain on which the clock could not do what is due, and when it tries again."""

    pk = models.CompositePrimaryKey("chain_kind", "chain_id")
    chain_id = models.BigIntegerField("链号")
    again_at = models.DateTimeField("再试于")
    chain_kind = models.SmallIntegerField("链类")
    tries = models.SmallIntegerField("次数")
    because = models.TextField("原因")


class ReadThrough(models.Model):
    """读到哪里: up to which instant a loop has read the ledger; moved on in the transaction of what it made of it."""

    name = models.TextField("循环", primary_key=True)
    at = models.DateTimeField("时刻")


class RulebookVersion(models.Model):
    """规则版本: a published rulebook and the hash of its content; never edited, only followed. `calendar_hash`: under
    which calendars all open dates have been worked out."""

    id = models.TextField(primary_key=True)
    content_hash = models.TextField("内容摘要")
    published_at = models.DateTimeField("启用", db_default=Now())
    calendar_hash = models.TextField("已按此日历重算", db_default="")


class Seal(models.Model):
    """封存: what one day's seal covered; the seal itself lies outside the database."""

    number = models.IntegerField("序号", primary_key=True)
    day = models.DateField("日期")
    root = models.BinaryField("摘要")
    chains = models.IntegerField("链数")


class Installation(models.Model):
    """装置: a database is born real or simulated, once."""

    id = models.SmallIntegerField(primary_key=True)
    born = models.TextField("性质", choices=[("real", "正式"), ("simulated", "模拟")])
    rulebook = models.TextField("规则")
    born_at = models.DateTimeField("建库时刻")
    simulated_now = models.DateTimeField("模拟时刻", null=True)
    simulated_set_at = models.DateTimeField("模拟时刻设于", null=True)
    key_check = models.BinaryField("密钥核对值", null=True)


class DaySerial(models.Model):
    """当日流水: the last serial number drawn on a day; gaps are harmless."""

    day = models.DateField(primary_key=True)
    last = models.IntegerField()


class Destroyed(models.Model):
    """销毁记录: what was destroyed for good, noted by a trigger in the same transaction; `kept`: what stands in the row
    since. Copied out of the database, so that a restore destroys it again."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("时刻", db_default=Now())
    table_name = models.TextField("表")
    row_id = models.BigIntegerField("行")
    kept = models.JSONField("留下的", default=dict)


class StagedFile(models.Model):
    """待用的文件: uploaded for a form that was not performed yet, sealed under its own key; taken by the act, or swept
    after a day, or when the draft that holds it has had its time. `owner`: a digest of where it came from."""

    id = models.BigIntegerField(primary_key=True)
    token_hash = models.BinaryField("令牌摘要", unique=True)
    owner = models.BinaryField("来处")
    name_sealed = models.BinaryField("文件名")
    content_sealed = models.BinaryField("内容摘要")
    wrapped = models.BinaryField("密钥")
    master_id = models.TextField("主密钥号")
    media_type = models.TextField("类型")
    size = models.BigIntegerField("字节")
    object = models.TextField("文件库里的名字")
    uploaded_at = models.DateTimeField("上传时刻", db_default=Now())
    held_until = models.DateTimeField("为草稿留到", null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "uploaded_at"], name="staged_by_owner"),
                   models.Index(fields=["uploaded_at"], name="staged_by_age")]  # fmt: skip


class MasterKey(models.Model):
    """主密钥: one that was made after the city's birth, with its check value; the key itself lies outside."""

    id = models.TextField("主密钥号", primary_key=True)
    key_check = models.BinaryField("核对值")
    made_at = models.DateTimeField("启用", db_default=Now())
