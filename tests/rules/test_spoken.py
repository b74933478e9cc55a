"""How instants are said: the end of a day is its 24:00, never the next day's 00:00."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hotline.rules import spoken

TZ = ZoneInfo("Asia/Shanghai")


def test_the_end_of_a_day_is_said_of_that_day() -> None:
    assert spoken.limit(datetime(2026, 11, 28, tzinfo=TZ), TZ) == "11月27日（周五）24:00"
    assert spoken.limit(datetime(2026, 11, 28, 0, 1, tzinfo=TZ), TZ) == "11月28日（周六）00:01"
    new_year = datetime(2027, 1, 1, tzinfo=TZ)
    assert spoken.limit(new_year, TZ, datetime(2027, 1, 2, tzinfo=TZ).date()) == "2026年12月31日（周四）24:00"
