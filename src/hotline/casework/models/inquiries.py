"""调查的表 (the table of inquiries)."""

from django.db import models

from hotline.casework.models.intake import Matter
from hotline.casework.models.keys import a_text, an_order


class Inquiry(models.Model):
    """调查核实: by the unit, or by the office about a letter."""

    pk = models.CompositePrimaryKey("matter_id", "id")
    id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="inquiries")
    order_id = an_order()
    side = models.TextField("谁的调查")
    recorded_at = models.DateTimeField("记录时刻")
    looked_on = models.DateField("调查的日子")
    means = models.TextField("方式")
    who_id = a_text()
    finding_id = a_text()
    letter_id = models.BigIntegerField("核实的反馈件", null=True)
    as_it_is = models.BooleanField("与实际相符", null=True)
