"""三级网络的表 (tables): units, people, posts, who acts for whom, who is on duty. Written by cards alone."""

from django.db import models

LEVEL_1 = 1


class Unit(models.Model):
    """网络单位: one unit of the network; how many levels it has, the rulebook says."""

    id = models.BigIntegerField(primary_key=True)
    status = models.TextField("状态", default="open")
    code = models.TextField("编码", unique=True)
    name = models.TextField("名称")
    short = models.TextField("简称")
    level = models.SmallIntegerField("级别")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    sort = models.TextField("类别")
    desk = models.TextField("职能", default="", blank=True)
    phone = models.TextField("电话", default="", blank=True)
    place = models.TextField("区划代码", default="", blank=True)
    ended_at = models.DateTimeField("撤销时刻", null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=LEVEL_1), name="unit_level"),
            models.CheckConstraint(
                condition=models.Q(level=LEVEL_1) | models.Q(parent__isnull=False), name="unit_has_parent"
            ),
        ]


class Person(models.Model):
    """人员: somebody who signs in."""

    id = models.BigIntegerField(primary_key=True)
    login = models.TextField("登录名", unique=True)
    name = models.TextField("姓名")
    phone = models.TextField("电话", default="", blank=True)
    password = models.TextField("口令摘要")
    ended_at = models.DateTimeField("停用时刻", null=True)
    must_change_password = models.BooleanField("须改口令", default=False)


class Post(models.Model):
    """岗位: one person in one unit in one role."""

    id = models.BigIntegerField(primary_key=True)
    status = models.TextField("状态", default="open")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.TextField("岗位")
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"], condition=models.Q(status="open"), name="post_open_once"
            )
        ]


class Acting(models.Model):
    """代理: a person acting in somebody else's post for a time."""

    id = models.BigIntegerField(primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="acting")
    status = models.TextField("状态", default="open")
    person = models.ForeignKey(Person, models.PROTECT, related_name="acting")
    from_at = models.DateTimeField("开始")
    until_at = models.DateTimeField("到期")
    ended_at = models.DateTimeField("提前结束", null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(from_at__lt=models.F("until_at")), name="acting_runs")]


class Duty(models.Model):
    """值班: one turn of duty in a unit."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="duties")
    status = models.TextField("状态", default="open")
    name = models.TextField("姓名")
    phone = models.TextField("电话")
    from_at = models.DateTimeField("开始")
    until_at = models.DateTimeField("结束")
    ended_at = models.DateTimeField("撤销时刻", null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(from_at__lt=models.F("until_at")), name="duty_runs")]
        indexes = [
            models.Index(fields=["unit", "until_at"], name="duty_of_unit", condition=models.Q(status="open")),
            models.Index(fields=["until_at"], name="duty_until", condition=models.Q(status="open")),
        ]


class TrialCall(models.Model):
    """试拨: one trial call of a unit's duty telephone."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="trial_calls")
    status = models.TextField("状态", default="open")
    at = models.DateTimeField("拨于")
    outcome = models.TextField("结果")
    good = models.BooleanField("通")
    phone = models.TextField("号码")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    remark = models.TextField("备注", default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="trial_of_unit")]


class Factor(models.Model):
    """第二步验证: the second thing that a person proves when signing in."""

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    status = models.TextField("状态", default="open")
    secret = models.BinaryField("密文")
    codes = models.BinaryField("恢复码摘要")
    began_at = models.DateTimeField("启用")
    ended_at = models.DateTimeField("停用", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(status="open"), name="factor_open_once")
        ]


class NoticeChoice(models.Model):
    """通知方式: which of their notices a person also gets by SMS or mail, where to, at what hours."""

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    phone_sealed = models.BinaryField("办公电话", null=True)
    mail_sealed = models.BinaryField("邮箱", null=True)
    sms = models.TextField("发短信的", default="", blank=True)
    mail = models.TextField("发邮件的", default="", blank=True)
    hours = models.TextField("钟点")
    began_at = models.DateTimeField("起用")
    ended_at = models.DateTimeField("停用", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended_at__isnull=True),
                                    name="notice_choice_open_once")
        ]  # fmt: skip


class ShiftNote(models.Model):
    """交接班记录: written by the shift leader who leaves, confirmed by the next."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="shift_notes")
    status = models.TextField("状态", default="open")
    at = models.DateTimeField("写于")
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    body = models.TextField("内容")
    ended_at = models.DateTimeField("接班时刻", null=True)
    reader = models.ForeignKey(Person, models.PROTECT, db_index=False, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="shift_note_of_unit")]


class CatalogueEntry(models.Model):
    """职责目录条目: who answers for a category from a day on."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.TextField("状态", default="open")
    category = models.TextField("类别")
    county = models.TextField("县区编码", default="", blank=True)
    lead = models.TextField("牵头")
    assisting = models.TextField("协办", default="", blank=True)
    basis_id = models.BigIntegerField("依据", null=True)
    from_on = models.DateField("起用")
    ends_on = models.DateField("停用", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "county"], condition=models.Q(status="open"),
                                    name="catalogue_entry_open_once"),
            models.CheckConstraint(name="catalogue_entry_runs", condition=models.Q(ends_on__isnull=True)
                                   | models.Q(ends_on__gte=models.F("from_on"))),
        ]  # fmt: skip


class NetworkText(models.Model):
    """网络文字: a text that the administrators wrote."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.TextField("文字")
    salt = models.BinaryField("盐")


class Category(models.Model):
    """类别: a name by which matters are sorted, from a day on."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.TextField("状态", default="open")
    name = models.TextField("名称")
    above = models.TextField("上级", default="", blank=True)
    from_on = models.DateField("起用")
    ends_on = models.DateField("停用", null=True)
    successor = models.TextField("改用", default="", blank=True)
    renamed = models.BooleanField("是改名", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=models.Q(status="open"), name="category_open_once"),
            models.CheckConstraint(name="category_runs", condition=models.Q(ends_on__isnull=True)
                                   | models.Q(ends_on__gte=models.F("from_on"))),
        ]  # fmt: skip


class MessageText(models.Model):
    """用语的一版: how the office words a kind of message."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.TextField("状态", default="open")
    name = models.TextField("种类")
    text_id = models.BigIntegerField("文字")
    from_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=models.Q(status="open"), name="message_text_open_once")
        ]


class CalendarYear(models.Model):
    """发布的日历年份: a calendar year as the office published it."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.SmallIntegerField("年")
    state = models.TextField("正式或暂定")
    notice = models.TextField("文号", default="", blank=True)
    digest = models.TextField("摘要")
    text_id = models.BigIntegerField("文字")
    from_at = models.DateTimeField("发布")
    ended_at = models.DateTimeField("被替换", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=models.Q(ended_at__isnull=True),
                                    name="calendar_year_once")
        ]  # fmt: skip


class DangerWord(models.Model):
    """险情词: a word of danger to life that the city looks for besides the rulebook's."""

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    status = models.TextField("状态", default="open")
    word = models.TextField("词语")
    from_at = models.DateTimeField("起用")
    ended_at = models.DateTimeField("停用", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word"], condition=models.Q(status="open"), name="danger_word_open_once")
        ]
