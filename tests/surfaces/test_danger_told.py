"""险情提醒 delivered (R-41): to whoever leads the shift within minutes, by night and on rest days again and again until
somebody takes it; where nobody leads a shift, the office's own telephone rings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.casework import clock
from hotline.network.models import Duty, Post, Unit
from hotline.procedure import times
from surfaces.city import put_clock
from surfaces.test_on_duty import delivered
from surfaces.walk import Walk

SATURDAY_NIGHT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)  # 11月22日（周日）02:30
CRY = "爸爸在井边说不想活了，救命"
MINUTE = timedelta(minutes=1)


def told(at: datetime) -> list[str]:
    """Whose telephones ring by then about danger to life."""
    while clock.sweep(at).claimed:
        pass
    return [phone for phone, said in delivered(at) if "危及生命" in said]


def cried(walk: Walk) -> datetime:
    """It is written on a rest day at night; when."""
    put_clock(SATURDAY_NIGHT)
    walk.report(words=CRY)
    return times.now()


@pytest.mark.clause("三（二）5d", "R-41")
def test_the_shift_leader_is_told_until_somebody_takes_it(walk: Walk) -> None:
    now, leads = cried(walk), Unit.objects.get(code="11")
    Duty.objects.filter(unit_id=leads.id).update(status="ended")
    Duty.objects.create(id=77, unit_id=leads.id, status="open", name="夜班长", phone="0557-0000077",
                        from_at=now - MINUTE * 60, until_at=now + MINUTE * 60)  # fmt: skip
    assert told(now + MINUTE) == ["0557-0000077"]
    assert told(now + 4 * MINUTE) == []
    assert told(now + 6 * MINUTE) == ["0557-0000077"]
    assert told(now + 11 * MINUTE) == ["0557-0000077"]
    assert walk.post("take_alarm", {}, "shift").status_code == 303
    assert told(now + 60 * MINUTE) == []


@pytest.mark.clause("三（二）5d", "R-41")
def test_where_nobody_leads_a_shift_the_office_is_told(walk: Walk) -> None:
    Post.objects.filter(role="shift_leader").update(status="ended")
    now = cried(walk)
    office = Unit.objects.get(desk="office").phone
    assert office
    assert told(now + MINUTE) == [office]
    assert told(now + 6 * MINUTE) == [office]
