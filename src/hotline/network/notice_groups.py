"""消息的分组 (groups of notices): in which groups, by which ways and at what hours people may have them sent, in words."""

from __future__ import annotations

from hotline.network.roles import OFFICE, UNIT
from hotline.rules import own_notices

CHOICES = ("sms", "mail")
SMS_MAIL = {"phone": "sms", "mail": "mail"}  # by which field of the form it goes where
ADDRESS = {way: field for field, way in SMS_MAIL.items()}
GROUPS = {"arrived": "新到的", "pressing": "催办、督办、批示、亮牌", "changed": "别的变化", "due": "当天到期的", "left": "离手的"}
HOURS = ((own_notices.BY_DAY, "白天随时，夜里不发"), (own_notices.AT_WORK, "只在工作时间"),
         (own_notices.AFTER_WORK, "只在下班以后，夜里不发"))  # fmt: skip


def sort_of(role: str) -> str:
    """By which word the rulebook speaks of people in this role."""
    return "office" if role in OFFICE else "unit" if role in UNIT else "leader"
