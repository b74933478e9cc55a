"""循环 (loops): deliveries, the clock, the daily seal, the calendar's alarm. Each turn is whole;
whoever runs them catches, waits and begins anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings

from hotline.casework import clock, inheriting
from hotline.gateways import sms
from hotline.procedure import outbox, sealing, times
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules.book import Rulebook

log = logging.getLogger("hotline.jobs")

PORTION = 2.0  # seconds a turn
AFTER_MIDNIGHT = timedelta(minutes=5)
ONE_DAY = timedelta(days=1)
ALARM_FROM = (11, 1)  # month and day: the notice about next year's holidays comes out about then


@outbox.template(sealing.TEMPLATE)
def seal_notice(cur: Cur, message: outbox.Waiting) -> outbox.Rendered | None:
    """The day's root, told to whoever keeps it outside (HOTLINE_SEAL_TO); a simulated city writes it down anyway."""
    to = os.environ.get("HOTLINE_SEAL_TO", "")
    cur.execute("SELECT day, root, chains FROM procedure_seal WHERE number = %s", (message.refs["number"],))
    row = cur.fetchone()
    if row is None or not (to or times.simulated()):
        return None
    return outbox.Rendered(
        to, f"台账封存第 {message.refs['number']} 号，{row[0]}，{row[2]} 条链，{bytes(row[1]).hex()}"
    )


class Outbox:
    """投递: delivers what waits."""

    every = 2.0

    def __init__(self) -> None:
        self._gateway: sms.Sms | None = None

    def turn(self) -> bool:
        """One portion; true when more waits."""
        if self._gateway is None:
            self._gateway = _gateway()
        end = monotonic() + PORTION
        while outbox.deliver_one(self._gateway, times.now()):
            if monotonic() > end:
                return True
        return False


def _gateway() -> sms.Sms:
    url, token = os.environ.get("HOTLINE_SMS_URL", ""), os.environ.get("HOTLINE_SMS_TOKEN", "")
    return sms.choose(times.birth_record().born, settings.DATA.root / "outbox", url, token)


def day_to_seal(now: datetime, tz: ZoneInfo, sealed: date) -> date | None:
    """Yesterday, shortly after the city's midnight, unless sealed already. Days missed are in yesterday's seal."""
    yesterday = (now - AFTER_MIDNIGHT).astimezone(tz).date() - ONE_DAY
    return yesterday if sealed < yesterday else None


class DailySeal:
    """每日封存: seals the day before and clears away what was delivered long ago; by the database's own time. The first
    day sealed is that of the birth."""

    every = 30.0

    def turn(self) -> bool:
        """Seal if the day is due; never more at once."""
        now, tz = times.now(), current().book.tz
        unborn = times.birth_record().born_at.astimezone(tz).date() - ONE_DAY
        day = day_to_seal(now, tz, sealing.sealed_through() or unborn)
        if day is not None:
            sealed = sealing.seal(day, settings.HOTLINE_SEALS_DIR, now)
            log.info("已封存 %s：第 %s 号，%s 条链，摘要 %s", day, sealed.number, sealed.chains, sealed.root.hex())
            outbox.purge(now)
        return False


class Clock:
    """时钟: does what falls due on matters."""

    every = 3.0

    def turn(self) -> bool:
        """One portion; true when more waits."""
        end = monotonic() + PORTION
        while clock.sweep(times.now()).claimed:
            if monotonic() > end:
                return True
        return False


class Inheritance:
    """承接: lets open orders of units that have ended go on with their successors."""

    every = 5.0

    def __init__(self) -> None:
        self._after = 0

    def turn(self) -> bool:
        """One portion; true when more waits. What cannot go on is tried again in the next round."""
        done = inheriting.inherit(times.now(), self._after)
        if done.aside:
            log.error("%s 件工单没有转到承接单位，稍后再试", done.aside)
        self._after = done.after or 0
        return done.after is not None


def calendar_alarm(book: Rulebook, now: datetime) -> str:
    """What is wrong with next year's calendar, late in the year; empty while there is time or all is well."""
    on = now.astimezone(book.tz).date()
    year = book.calendar.years.get(on.year + 1)
    if (on.month, on.day) < ALARM_FROM or (year is not None and year.status == "official"):
        return ""
    return f"{on.year + 1} 年的日历还是暂定的，期限按暂定日历计算" if year else f"还没有 {on.year + 1} 年的日历，期限将无法计算"


class CalendarAlarm:
    """日历提醒: once a day, from autumn on, while next year's calendar is missing or provisional."""

    every = 60.0

    def __init__(self) -> None:
        self._said_on: date | None = None

    def turn(self) -> bool:
        """Say it, once a day; never more at once."""
        now, book = times.now(), current().book
        today = now.astimezone(book.tz).date()
        if today != self._said_on and (wrong := calendar_alarm(book, now)):
            self._said_on = today
            log.error("%s。放假通知发布后请加入 calendars 目录。", wrong)
        return False


LOOPS: Mapping[str, Outbox | DailySeal | Clock | Inheritance | CalendarAlarm] = {
    "outbox": Outbox(), "clock": Clock(), "inherit": Inheritance(), "seal": DailySeal(), "calendar": CalendarAlarm(),
}  # fmt: skip
