"""听 (listening): one connection of the database tells which chains have grown; the desks at which they stand are looked
up a moment later for all of them at once. A connection that is lost is made again, and everybody told to look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from psycopg import AsyncConnection, Error, sql
from psycopg.conninfo import make_conninfo

from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.store import CHANNEL
from hotline.procedure.telling import ALL

log = logging.getLogger("hotline.push")
GATHER = 0.3  # seconds in which things gather, to be looked up at once
MOST = 500  # chains looked up at once
ALIVE = 30.0  # seconds after which a silent connection is asked whether it is there
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
MATTER = CHAIN_KINDS["matter"]


def matters_of(payload: str) -> set[int]:
    """The matters that a notification names; of anything malformed, none."""
    found = set()
    for word in payload.split(","):
        kind, _, number = word.partition(".")
        if kind == str(MATTER) and number.isascii() and number.isdigit():
            found.add(int(number))
    return found


class Listening:
    """听台账的: hands on what it hears, by `grown` with the matters, by `missed` after a gap."""

    def __init__(self, params: dict[str, object], grown: Callable[[list[int]], Awaitable[None]],
                 missed: Callable[[], None]):  # fmt: skip
        self.conninfo = make_conninfo(**params)  # type: ignore[arg-type]
        self.grown, self.missed = grown, missed
        self.heard: set[int] = set()
        self.connected = asyncio.Event()

    async def forever(self) -> None:
        """Until cancelled."""
        pause, gap = FIRST_PAUSE, False
        while True:
            try:
                async with await AsyncConnection.connect(self.conninfo, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    if gap:
                        self.missed()
                    pause, gap = FIRST_PAUSE, True
                    self.connected.set()
                    await self._hear(connection)
            except (Error, OSError) as error:
                self.connected.clear()
                log.warning("推送与数据库的连接断了（%s），%s 秒后再连", type(error).__name__, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, connection: AsyncConnection) -> None:
        while True:
            async for one in connection.notifies(timeout=ALIVE):
                if one.payload == ALL:
                    self.missed()
                self.heard |= matters_of(one.payload)
            await connection.execute("SELECT 1")

    async def hand_on(self) -> None:
        """What was heard, a portion at a time; until cancelled. Where the database does not answer, all look again."""
        while True:
            await asyncio.sleep(GATHER)
            while portion := [*_some(self.heard)]:
                self.heard.difference_update(portion)
                try:
                    await self.grown(portion)
                except Exception as error:
                    log.warning("推送查不到是谁的台（%s）", type(error).__name__)
                    self.missed()


def _some(heard: set[int]) -> Iterable[int]:
    return [number for number, _ in zip(heard, range(MOST), strict=False)]


async def stopped(tasks: Iterable[asyncio.Task[None]]) -> None:
    """End these tasks, and wait until they have."""
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
