"""写法 (writing): how the ledger writes values in a line's canonical text. How the table keeps them: `tokens`."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, MICROSECOND, MILLION = timedelta(seconds=1), timedelta(microseconds=1), 1_000_000
LEAST_MICROSECONDS = 10**14  # 1973 in microseconds


def iso(instant: datetime | None) -> str | None:
    """An instant as the ledger writes it: UTC, Z, microseconds only where there are some."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z" if instant else None


def stamp(instant: datetime | None) -> int | None:
    """An instant in the places where a line always has one: seconds since 1970, or microseconds where it has some.
    The two cannot be taken for one another: so many seconds are three million years."""
    if instant is None:
        return None
    whole, rest = divmod(instant - EPOCH, SECOND)
    return whole * MILLION + rest // MICROSECOND if rest else whole


def unstamp(value: int | None) -> str | None:
    """The reverse of `stamp`, as `iso` writes it."""
    if value is None:
        return None
    return iso(EPOCH + (value * MICROSECOND if value >= LEAST_MICROSECONDS else value * SECOND))


def short(value: bytes) -> str:
    """Bytes as the ledger writes them: URL-safe base64 without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def unshort(text: str) -> bytes:
    """The reverse of `short`."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def plain(value: object) -> str | None:
    """What JSON has no word for, as the ledger writes it. Raises TypeError for what it does not write."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, bytes):
        return short(value)
    raise TypeError(type(value).__name__)


in_json = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=plain
).encode
