"""对外消息 (outbox): rows written with the act, rendered at delivery, delivered at least once under a stable id."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from psycopg import OperationalError

from hotline.procedure.perform import raw
from hotline.procedure.store import Cur

log = logging.getLogger("hotline.outbox")

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
ALARM_AFTER = 5
KEPT = timedelta(days=30)
UPWARD = "up:"  # before the address of whoever stands above the city: no telephone


@dataclass(frozen=True, slots=True)
class Waiting:
    """待投消息: one message as it waits. `id` is the same at every try."""

    id: int
    chain_kind: int
    chain_id: int
    template: str
    to_kind: str
    to_id: int
    refs: Mapping[str, int]
    tries: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """成文消息: the recipient's number and the text; it lives only from here to the gateway."""

    to: str
    text: str


class Gateway(Protocol):
    """通道: what takes a message to its recipient."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Hand one message over; a repeated id is the same message. Raises when it was not taken."""


class NotTaken(Exception):
    """通道未收: why a gateway did not take a message, in words free of personal data."""


Template = Callable[[Cur, Waiting], Rendered | None]
TEMPLATES: dict[str, Template] = {}

_CLAIM = (
    "SELECT id, chain_kind, chain_id, template, to_kind, to_id, refs, tries FROM procedure_outboxmessage"
    " WHERE delivered_at IS NULL AND next_try_at <= %s ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED"
)


def template(name: str) -> Callable[[Template], Template]:
    """Decorator: this function renders messages of that name; None when there is nobody to tell any more."""

    def register(render: Template) -> Template:
        TEMPLATES[name] = render
        return render

    return register


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 1, 2, 4 … minutes, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)


def _attempt(cur: Cur, message: Waiting, gateway: Gateway) -> str:
    """Render and hand over. Returns a remark for the row, empty when it was delivered."""
    with cur.connection.transaction():
        rendered = TEMPLATES[message.template](cur, message)
    if rendered is None:
        return "无可告知"
    gateway.send(message.id, rendered.to, rendered.text)
    return ""


def _delivered(cur: Cur, message: Waiting, remark: str, now: datetime) -> None:
    cur.execute(
        "UPDATE procedure_outboxmessage SET delivered_at = %s, next_try_at = NULL, failed = %s WHERE id = %s",
        (now, remark, message.id),
    )


def _failed(cur: Cur, message: Waiting, error: Exception, now: datetime) -> None:
    """Back off, and say so aloud after a few tries. An error's own words may quote a citizen: only a gateway's
    NotTaken is told with its text."""
    tries = message.tries + 1
    why = str(error) if isinstance(error, NotTaken) else type(error).__name__
    cur.execute(
        "UPDATE procedure_outboxmessage SET tries = %s, next_try_at = %s, failed = %s WHERE id = %s",
        (tries, now + pause_after(tries), why, message.id),
    )
    level = logging.ERROR if tries >= ALARM_AFTER else logging.WARNING
    log.log(level, "对外消息 %s（%s）第 %s 次未送出：%s", message.id, message.template, tries, why)


def deliver_one(gateway: Gateway, now: datetime) -> bool:
    """Deliver the message that has waited longest; false when none waits. The row stays locked meanwhile: a worker
    that dies leaves it waiting, and it is sent again under the same id."""
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        row = cur.execute(_CLAIM, (now,)).fetchone()
        if row is None:
            return False
        message = _message(row)
        try:
            remark = _attempt(cur, message, gateway)
        except OperationalError:
            raise
        except Exception as error:
            _failed(cur, message, error, now)
        else:
            _delivered(cur, message, remark, now)
    return True


def _message(row: Sequence[Any]) -> Waiting:
    number, kind, chain_id, name, to_kind, to_id, refs, tries = row
    known = json.loads(refs) if isinstance(refs, str) else refs  # Django hands jsonb to raw cursors as text
    return Waiting(number, kind, chain_id, name, to_kind, to_id, known, tries)


def waiting(now: datetime) -> int:
    """How many messages wait although they are due."""
    with raw().cursor() as cur:
        cur.execute(
            "SELECT count(*) FROM procedure_outboxmessage WHERE delivered_at IS NULL AND next_try_at <= %s", (now,)
        )
        return int((cur.fetchone() or (0,))[0])


def oldest(now: datetime) -> datetime | None:
    """Since when the message that is due for longest has waited; None where none is due."""
    with raw().cursor() as cur:
        cur.execute(
            "SELECT min(next_try_at) FROM procedure_outboxmessage WHERE delivered_at IS NULL AND next_try_at <= %s",
            (now,),
        )
        return (cur.fetchone() or (None,))[0]


def failing() -> int:
    """How many undelivered messages have failed so often that it was said aloud."""
    with raw().cursor() as cur:
        cur.execute(
            "SELECT count(*) FROM procedure_outboxmessage WHERE delivered_at IS NULL AND next_try_at IS NOT NULL"
            " AND tries >= %s",
            (ALARM_AFTER,),
        )
        return int((cur.fetchone() or (0,))[0])


def purge(now: datetime) -> int:
    """Remove messages delivered long ago; how many."""
    with raw().cursor() as cur:
        cur.execute("DELETE FROM procedure_outboxmessage WHERE delivered_at < %s", (now - KEPT,))
        return cur.rowcount
