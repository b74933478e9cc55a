"""关联的表 (table of what has to do with one another). The other matter is named by its number alone: it may lie in
another part of a database spread by matter."""

from django.db import models

from hotline.casework.models.intake import Matter


class Link(models.Model):
    """关联: that a matter has to do with another one."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="links")
    other_id = models.BigIntegerField("另一件")
    other_number = models.TextField("另一件的编号")
    sort = models.TextField("怎样关联")
    at = models.DateTimeField("关联时刻")
    ended_at = models.DateTimeField("结束时刻", null=True)
