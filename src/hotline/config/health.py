"""What the page of the system's health shows: the doctor's own looks, as far as a web process may take them. Whether
the tables are those of this release is not asked again: a process starts on no others."""

import time
from collections.abc import Iterator

from hotline.config.doctor.findings import Finding
from hotline.config.vitals import Beat
from hotline.surfaces.health import Found, Looked, Turn

LEAST_GIB = 5.0


def look() -> Looked:
    """Everything, and each loop of this machine."""
    from hotline.config import vitals
    from hotline.config.doctor import machine
    from hotline.config.paths import data_folder

    data, now = data_folder(), time.time()
    terms = _terms()
    turns = tuple(_turn(beat, terms.get(beat.name, beat.name), now, machine.GRACE) for beat in vitals.beats(data.beats))
    return Looked(tuple(map(_found, _findings())), turns)


def _turn(beat: Beat, term: str, now: float, grace: float) -> Turn:
    return Turn(term, max(now - beat.at, 0.0), beat.every, beat.late(now, grace))


def _found(one: Finding) -> Found:
    return Found(one.name, "wrong" if one.wrong else "hint" if one.todo else "ok", one.said, one.todo)


def _findings() -> Iterator[Finding]:
    """The machine, the database as the application sees it, the city."""
    from django.db import connection

    from hotline.config import database, vitals
    from hotline.config.doctor import base, city, machine
    from hotline.config.paths import data_folder

    data = data_folder()
    yield from machine.everything(data, LEAST_GIB, True)
    yield base.reachable(connection)
    yield base.rights(connection)
    yield base.guards(connection)
    yield base.archive(connection, data, database.external())
    yield city.clocks()
    yield from city.seals(data.seals)
    yield from city.queues(vitals.take())
    yield city.calendar()
    yield city.destroyed(data.destroyed)
    yield from city.files()


def _terms() -> dict[str, str]:
    """What each loop is called: the word with which it says what it does."""
    from hotline.config.freshness import Calendars
    from hotline.config.loops import Housekeeping
    from hotline.jobs.loops import LOOPS

    there = {**{name: type(one) for name, one in LOOPS.items()}, "housekeeping": Housekeeping, "calendars": Calendars}
    return {name: str(kind.__doc__).split(":", 1)[0].strip() for name, kind in there.items()}
