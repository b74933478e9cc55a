"""循环 (loops): deliveries, the clock, the daily seal, the calendar's alarm, and so on. Each turn is whole;
whoever runs them catches, waits and begins anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings

from hotline.casework import clock, inheriting, recomputing
from hotline.gateways import mail, sms, upward
from hotline.jobs import alarming
from hotline.jobs.expiring import Expiring
from hotline.jobs.knowing import Knowing
from hotline.jobs.own_notices import OwnNotices
from hotline.jobs.scrubbing import Scrubbing
from hotline.network import seed
from hotline.procedure import destroying, outbox, sealing, times
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules import calendars
from hotline.rules.book import Rulebook

log = logging.getLogger("hotline.jobs")

PORTION = 2.0  # seconds a turn
GRACE = 60.0  # seconds until every process has taken up a calendar and done what it began before
AFTER_MIDNIGHT = timedelta(minutes=5)
ONE_DAY = timedelta(days=1)


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
    """投递: delivers what waits. Where no platform is set nothing is tried, and that is said once a day: a message that
    waits is no failure of its own."""

    every = 2.0

    def __init__(self) -> None:
        self._gateway: sms.Sms | None = None
        self._said_on: date | None = None

    def turn(self) -> bool:
        """One portion; true when more waits."""
        if self._gateway is None:
            self._gateway = _gateway()
        if isinstance(self._gateway, sms.NoSms):
            self._say_that_they_wait()
            return False
        end = monotonic() + PORTION
        while outbox.deliver(self._gateway, times.now()):
            if monotonic() > end:
                return True
        return False


    def _say_that_they_wait(self) -> None:
        """On the day of its birth a city is only being set up; afterwards it is a warning."""
        now, tz = times.now(), current().book.tz
        today = now.astimezone(tz).date()
        if today != self._said_on and (count := outbox.waiting(now)):
            self._said_on = today
            born = times.birth_record().born_at.astimezone(tz).date()
            log.log(logging.INFO if today == born else logging.WARNING,
                    "还没有设置短信平台地址（HOTLINE_SMS_URL），%s 条对外消息存着，设置以后就发。", count)  # fmt: skip


def _gateway() -> sms.Sms:
    url, token = os.environ.get("HOTLINE_SMS_URL", ""), os.environ.get("HOTLINE_SMS_TOKEN", "")
    born, folder = times.birth_record().born, settings.DATA.root / "outbox"
    by_sms = sms.choose(born, folder, url, token)
    return by_sms if isinstance(by_sms, sms.NoSms) else upward.Routed(
        by_sms, upward.choose(born, folder), mail.choose(born, folder))


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
            sealed = sealing.seal_once(day, settings.HOTLINE_SEALS_DIR, now)
            if sealed is not None:
                log.info("已封存 %s：第 %s 号，%s 条链，摘要 %s", day, sealed.number, sealed.chains, sealed.root.hex())
            outbox.purge(now)
        return False


class Destructions:
    """销毁记录: copies what was destroyed for good out of the database, where a restore finds it."""

    every = 5.0

    def __init__(self) -> None:
        self._last = 0

    def turn(self) -> bool:
        """One portion; true when more may wait. Begins with the first after a start: what is there is passed by."""
        before, self._last = self._last, destroying.export(settings.HOTLINE_DESTROYED_DIR, self._last)
        return self._last > before


class Clock:
    """时钟: does what falls due on matters. `behind` is called when more is due than one set holds: whoever runs the
    loops may bring further sweepers, who take other sets."""

    every = 3.0

    def __init__(self) -> None:
        self.behind: Callable[[], None] = lambda: None

    def turn(self) -> bool:
        """One portion; true when more waits."""
        end = monotonic() + PORTION
        while (swept := clock.sweep(times.now())).claimed:
            if swept.full:
                self.behind()
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


class Recomputation:
    """日历转正重算: works out the open dates anew once other calendars are in use than those they were worked out under,
    also after a kill, and after a new version brought a year. It settles after a pass that found nothing more to do and
    began late enough for every process to have taken the calendars up."""

    every = 10.0

    def __init__(self) -> None:
        self._hashes: dict[str, str] = {}
        self._seen_at = self._began = 0.0
        self._waiting: Iterator[Sequence[int]] | None = None
        self._pass = recomputing.Recomputed()

    def turn(self) -> bool:
        """One portion; true when more waits."""
        books = current().books
        hashes = {book.id: book.calendar_hash for book in books.values()}
        if self._waiting is None and times.calendars_settled() == hashes:
            return False
        if hashes != self._hashes:
            self._hashes, self._seen_at, self._waiting = hashes, monotonic(), None
        if self._waiting is None:
            self._waiting = recomputing.portions(recomputing.open_matters())
            self._began, self._pass = monotonic(), recomputing.Recomputed()
        ids = next(self._waiting, None)
        if ids is not None:
            self._pass += recomputing.recompute(ids, times.now())
            return True
        self._waiting = None
        self._end(books.values())
        return False

    def _end(self, books: Collection[Rulebook]) -> None:
        done = self._pass
        if done.performed or done.aside:
            log.log(logging.ERROR if done.aside else logging.INFO,
                    "按现行日历重算：%s 件有变，%s 件未能重算", done.performed, done.aside)  # fmt: skip
        if not done.performed and not done.left and self._began - self._seen_at >= GRACE:
            times.settle_calendars(books)


class CalendarAlarm:
    """日历提醒: once a day while this year's calendar, or from autumn on next year's, is missing or provisional: into the
    log, and to the hotline's own telephones."""

    every = 60.0

    def __init__(self) -> None:
        self._said_on: date | None = None

    def turn(self) -> bool:
        """Say it, once a day, the message whoever runs this; never more at once."""
        now, calendar = times.now(), current().book.calendar
        today = calendar.day_of(now)
        if today != self._said_on and (wrong := calendars.alarm(calendar, now)):
            self._said_on = today
            alarming.raise_alarm(today, now)
            level = logging.ERROR if calendars.missing_on(calendar, today) else logging.WARNING
            log.log(level, "%s。放假通知发布后请在“日历”页发布，或者执行 ./hotline calendar publish。", wrong)
        return False


class DemoRoster:
    """演示值班: in a simulated city, somebody answers the telephones for some weeks from now on."""

    every = 3600.0

    def turn(self) -> bool:
        """Once through; never more at once."""
        if times.simulated():
            seed.roll_roster(times.now())
        return False


Loop = (
    Outbox | DailySeal | Destructions | Scrubbing | Expiring
    | Clock | Inheritance | Recomputation | CalendarAlarm | DemoRoster | Knowing | OwnNotices
)
LOOPS: Mapping[str, Loop] = {
    "outbox": Outbox(), "clock": Clock(), "inherit": Inheritance(), "seal": DailySeal(), "destroyed": Destructions(),
    "recompute": Recomputation(), "calendar": CalendarAlarm(), "roster": DemoRoster(),
    "scrub": Scrubbing(), "expire": Expiring(), "knowledge": Knowing(), "own": OwnNotices(),
}  # fmt: skip
