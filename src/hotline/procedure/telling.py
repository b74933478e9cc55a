"""代说 (telling): which chains have grown, said to the database by one thread for all acts of a process, a moment after
they were committed. An act that says it itself (`store.tell`) waits at its commit until every other such act has
reached the disk, so that none of them goes there together with another (ADR 0026).

What this process has not said when it dies nobody knows: the next one says at its start that all are to look."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable

from django.db import connection
from psycopg import Connection
from psycopg.pq import TransactionStatus

from hotline.procedure import store
from hotline.procedure.ledger import Chain

log = logging.getLogger("hotline.telling")
ALL = "*"  # said instead of chains: something may have been missed
GATHER = 0.05  # seconds in which acts gather, to be told at once
PAUSE = 1.0  # seconds after which a database that could not be reached is tried again


class Teller:
    """代说的: what acts hand over, said by a thread of its own."""

    def __init__(self) -> None:
        self._waiting: set[Chain] = set()
        self._missed = True
        self._some, self._lock = threading.Event(), threading.Lock()

    def begin(self) -> None:
        """Say from now on, in a thread that ends with the process; first of all that everybody is to look."""
        self._some.set()
        threading.Thread(target=self._forever, name="telling", daemon=True).start()

    def takes(self, conn: Connection[object]) -> bool:
        """Whether it is for us to say what an act does that begins now: not within another transaction, which may
        still be taken back."""
        return conn.autocommit and conn.info.transaction_status == TransactionStatus.IDLE

    def say(self, chains: Iterable[Chain]) -> None:
        """These have grown; to be called once that is committed."""
        with self._lock:
            self._waiting.update(chains)
        self._some.set()

    def _forever(self) -> None:
        while True:
            self._some.wait()
            time.sleep(GATHER)
            self._some.clear()
            try:
                self.hand_on()
            except Exception as error:  # the driver's, or Django's in its place
                log.warning("说不出有新的（%s），%s 秒后再说", type(error).__name__, PAUSE)
                connection.close()
                time.sleep(PAUSE)
                self._some.set()

    def hand_on(self) -> None:
        """Say what has gathered, in one statement. What it raises where the database does not answer loses nothing."""
        with self._lock:
            chains, self._waiting = self._waiting, set()
            missed, self._missed = self._missed, False
        try:
            connection.ensure_connection()
            store.notify(connection.connection, [*([ALL] if missed else []), *store.names_of(chains)])
        except Exception:
            with self._lock:
                self._waiting |= chains
                self._missed |= missed
            raise


_tellers: list[Teller] = []


def begin() -> None:
    """From now on the acts of this process are told by a thread of its own. For processes that serve pages; others
    write much at once and say it as they write."""
    _tellers.append(teller := Teller())
    teller.begin()


def teller_of(conn: Connection[object]) -> Teller | None:
    """Who says what an act on this connection does; None: the act itself."""
    return next((one for one in _tellers if one.takes(conn)), None)
