"""Takes up calendar years as they are published, and master keys as they are made, in every process and without a
restart: the web asks at each request, the loops every few seconds. What was published in the browser stands in the
database; each machine makes its files of it (ADR 0035)."""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any

from hotline.rules import sources
from hotline.rules.errors import RulebookError

log = logging.getLogger("hotline.jobs")


class _Seen:
    """What this process last looked at."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: sources.Stamp | None = None


_seen = _Seen()


def refresh() -> bool:
    """Take up what was published since this was last asked; whether there was anything. A faulty file changes nothing:
    the calendars known so far go on, and the log says so once."""
    from django.conf import settings

    renew_keys()
    stamp = sources.stamp(settings.HOTLINE_CALENDARS_DIR)
    if stamp == _seen.stamp:
        return False
    with _seen.lock:
        if stamp == _seen.stamp:
            return False
        renewed = _renew()
        _seen.stamp = stamp
    return renewed


def renew_keys() -> bool:
    """Take up a master key that was made since, so that what comes is wrapped by it; whether there was one."""
    from django.conf import settings

    from hotline.config import keys, wiring
    from hotline.procedure.world import current

    world = current()
    if keys.masters(settings.HOTLINE_KEYS_DIR)[-1] == world.keys.master_id:
        return False
    world.keys = wiring.load_keys()
    return True


def _renew() -> bool:
    from hotline.config import wiring
    from hotline.procedure.world import current

    world = current()
    try:
        books = {name: wiring.load_book(name) for name in world.books}
    except RulebookError as wrong:
        log.error("发布的日历有误，仍用原来的：%s", wrong)
        return False
    changed = books[world.book.id].calendar_hash != world.book.calendar_hash
    world.renew(books)
    return changed


class FreshCalendars:
    """Middleware: a request acts by the calendars there are when it comes in."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        refresh()
        return self.get_response(request)


class Calendars:
    """日历: the loops' process makes the files of what was published, if whoever published it was killed before, and
    takes them up."""

    every = 2.0

    def turn(self) -> bool:
        """Look once; never more at once."""
        from django.conf import settings

        from hotline.network import years

        years.install(settings.HOTLINE_CALENDARS_DIR)
        if refresh():
            log.info("已换用新发布的日历")
        return False
