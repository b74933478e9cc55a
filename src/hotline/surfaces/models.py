"""会话的表 (tables): who is signed in, and failed tries to sign in. No domain rows; written by `sessions` alone."""

from django.db import models

from hotline.network.models import Person, Post


class Session(models.Model):
    """会话: somebody signed in, acting as one post. The cookie's token is kept only as its digest."""

    token_hash = models.BinaryField("令牌摘要", primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, db_index=False, related_name="+")
    created_at = models.DateTimeField("登录时刻")
    seen_at = models.DateTimeField("最近使用")
    expires_at = models.DateTimeField("失效时刻", db_index=True)
    mark = models.BinaryField("口令印记")
    whence = models.BinaryField("来处密文", null=True)


class UsedStep(models.Model):
    """用过的验证码: by which period's code somebody proved themselves last; that one and older ones are good no more."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    step = models.BigIntegerField("时段")


class SignInTry(models.Model):
    """登录失败: tries that failed, counted per login and per address; both only as digests."""

    key = models.BinaryField("摘要", primary_key=True)
    failures = models.SmallIntegerField("次数")
    seen_at = models.DateTimeField("最近一次")
    until = models.DateTimeField("暂停到", null=True)
    turned_away = models.BooleanField("最近一次未受理", default=False, db_default=False)


class Upload(models.Model):
    """待导入的文件: a file uploaded and not confirmed yet, for an hour."""

    token_hash = models.BinaryField("令牌摘要", primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    body = models.BinaryField("内容")
    uploaded_at = models.DateTimeField("上传时刻", db_index=True)


class Draft(models.Model):
    """草稿: what somebody has typed and not registered or handed in yet, sealed, for a day at most, a letter
    (`matter_id`, gone on with by its whole unit) for thirty. Registered or put away, of what was typed at the
    operator's desk only its number is left, so that a late copy of it from the browser does not come back to life."""

    act_id = models.UUIDField("提交号", primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.BinaryField("密文", null=True)
    phone_index = models.BinaryField("电话盲索引", null=True, db_index=True)
    looked = models.BooleanField("查过来电", default=False)
    matter_id = models.BigIntegerField("写反馈件的事项", null=True, db_index=True)
    version = models.IntegerField("第几次保存", default=0, db_default=0)
    saved_at = models.DateTimeField("保存时刻", db_index=True)


class Claim(models.Model):
    """取件: who has which matter on the web desk, and until when; one row a matter, so that two never have the same. It
    says nothing of the matter and changes nothing of it (ADR 0025)."""

    matter_id = models.BigIntegerField("事项", primary_key=True)
    number = models.TextField("编号")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until = models.DateTimeField("留到")


class SavedSearch(models.Model):
    """存下的查找: a search that a post does again and again, under a name; both sealed, since words may be anybody's."""

    id = models.UUIDField("编号", primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    body = models.BinaryField("密文")
    saved_at = models.DateTimeField("保存时刻")


class Seen(models.Model):
    """看到哪里: up to when somebody, acting in a post, has looked at what others did at their desk."""

    pk = models.CompositePrimaryKey("post", "person")
    post = models.ForeignKey(Post, models.PROTECT, db_index=False, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField("看到")
