"""对外消息 (outbox): rows written with the act, rendered at delivery, delivered at least once under a stable id."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Protocol

from psycopg import OperationalError

from hotline.procedure.perform import raw
from hotline.procedure.store import Cur

log = logging.getLogger("hotline.outbox")

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
ALARM_AFTER = 5
PORTION = 20  # messages a transaction
PATIENCE = 2.0  # seconds a portion may take before the rest of it is left for the next
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
    " WHERE delivered_at IS NULL AND next_try_at <= %s ORDER BY next_try_at LIMIT %s FOR UPDATE SKIP LOCKED"
)
_DELIVERED = (
    "UPDATE procedure_outboxmessage m SET delivered_at = %s, next_try_at = NULL, failed = v.remark"
    " FROM unnest(%s::int8[], %s::text[]) AS v(id, remark) WHERE m.id = v.id"
)


def template(name: str) -> Callable[[Template], Template]:
    """Decorator: this function renders messages of that name; None when there is nobody to tell any more."""

    def register(render: Template) -> Template:
        TEMPLATES[name] = render
        return render

    return register


def worded(render: Template, *names: str) -> None:
    """Messages of these names are all rendered by this one function."""
    TEMPLATES.update(dict.fromkeys(names, render))


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many failures: 1, 2, 4 … minutes, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)


def _render(cur: Cur, message: Waiting) -> Rendered | Exception | None:
    """The message as it reads now, or why it cannot be written; a failure harms nothing else of the transaction."""
    try:
        with cur.connection.transaction():
            return TEMPLATES[message.template](cur, message)
    except OperationalError:
        raise
    except Exception as error:
        return error


def _rendered(cur: Cur, messages: Sequence[Waiting]) -> list[Rendered | Exception | None]:
    """All of them at once; where one fails, each by itself."""
    try:
        with cur.connection.transaction():
            return [TEMPLATES[message.template](cur, message) for message in messages]
    except OperationalError:
        raise
    except Exception:
        return [_render(cur, message) for message in messages]


def _handed_over(gateway: Gateway, message: Waiting, rendered: Rendered | Exception | None) -> str | Exception:
    """A remark for the row, empty when it was delivered; else what went wrong."""
    if rendered is None:
        return "无可告知"
    if isinstance(rendered, Exception):
        return rendered
    try:
        gateway.send(message.id, rendered.to, rendered.text)
    except Exception as error:
        return error
    return ""


def _delivered(cur: Cur, remarks: Mapping[int, str], now: datetime) -> None:
    if remarks:
        cur.execute(_DELIVERED, (now, [*remarks], [*remarks.values()]))


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


def deliver(gateway: Gateway, now: datetime, most: int = PORTION) -> int:
    """Deliver what has waited longest, up to `most` messages; how many were tried, 0 when none waits. The rows stay
    locked meanwhile: of a worker that dies they are left waiting, and what it sent is sent again under the same id. A
    gateway that takes long gets fewer, so that they are not locked for long."""
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        messages = [_message(row) for row in cur.execute(_CLAIM, (now, most)).fetchall()]
        tried = [*_tried(gateway, messages, _rendered(cur, messages))]
        for message, remark in tried:
            if isinstance(remark, Exception):
                _failed(cur, message, remark, now)
        _delivered(cur, {message.id: remark for message, remark in tried if isinstance(remark, str)}, now)
    return len(tried)


def _tried(gateway: Gateway, messages: Sequence[Waiting], rendered: Sequence[Rendered | Exception | None],
           ) -> Iterator[tuple[Waiting, str | Exception]]:  # fmt: skip
    """Each message with what became of it, as far as patience goes."""
    end = monotonic() + PATIENCE
    for message, what in zip(messages, rendered, strict=True):
        yield message, _handed_over(gateway, message, what)
        if monotonic() > end:
            return


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
