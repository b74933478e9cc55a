"""附件的表 (table of attachments)."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import an_order


class Attachment(models.Model):
    """附件: one file of a matter; the file itself lies, sealed, in the file store."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="attachments")
    order_id = an_order(null=True)
    source = models.TextField("谁给的")
    at = models.DateTimeField("收到时刻")
    media_type = models.TextField("类型")
    size = models.BigIntegerField("字节")
    object = models.TextField("文件库里的名字")
    name_sealed = models.BinaryField("文件名")
    content_sealed = models.BinaryField("内容摘要")
    destroyed_at = models.DateTimeField("销毁时刻", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="attachment_number"),  # ciphertexts are held against lines by number
            models.Index(fields=["destroyed_at"], name="attachment_destroyed",
                         condition=models.Q(destroyed_at__isnull=False))
        ]  # fmt: skip
