"""谁的时间 (whose time): a real database goes by the wall clock, a simulated one by its own, only forward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from django.db import connection

from hotline.rules.book import Rulebook

REAL, SIMULATED = "real", "simulated"
REFRESH_SECONDS = 5.0
_COLUMNS = "born, rulebook, born_at, simulated_now, simulated_set_at, key_check"
_TERMS = {REAL: "正式", SIMULATED: "模拟"}


class ClockError(Exception):
    """时钟不能这样拨: a real database's clock cannot be set, a simulated one's not back."""


class BornOtherwise(Exception):
    """已经建库: this database was born as something else."""


class RulebookChanged(Exception):
    """规则被改: a published rulebook differs from what was published."""


@dataclass(frozen=True, slots=True)
class Birth:
    """建库记录: what the database was born as, for a simulated one how its clock stands to the wall's, and by which
    its keys are known again: never a key."""

    born: str
    rulebook: str
    born_at: datetime
    ahead: timedelta = timedelta(0)
    key_check: bytes | None = None


class _Memory:
    """What this process knows of the database's time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.birth: Birth | None = None
        self.read_at = 0.0
        self.last: datetime | None = None

    def stale(self) -> bool:
        """A real database's answer never changes; a simulated one's is read again every few seconds."""
        if self.birth is None:
            return True
        return self.birth.born == SIMULATED and monotonic() - self.read_at > REFRESH_SECONDS


_memory = _Memory()


def wall() -> datetime:
    """The wall clock, aware, in UTC: the one place of the procedure room that asks for it."""
    return datetime.now(UTC)


def read() -> Birth | None:
    """The birth record as the database has it now, or None before the birth."""
    with connection.cursor() as cur:
        cur.execute(f"SELECT {_COLUMNS} FROM procedure_installation")
        row = cur.fetchone()
    if row is None:
        return None
    ahead = row[3] - row[4] if row[3] and row[4] else timedelta(0)
    return Birth(row[0], row[1], row[2], ahead, None if row[5] is None else bytes(row[5]))


def forget() -> None:
    """Let this process read everything again, e.g. after it changed databases."""
    _memory.birth, _memory.last = None, None


def birth_record() -> Birth:
    """The birth record as this process knows it. Raises RuntimeError before the birth."""
    if _memory.stale():
        found = read()
        if found is None:
            raise RuntimeError("this database has not been born yet")
        _memory.birth, _memory.read_at = found, monotonic()
    assert _memory.birth is not None
    return _memory.birth


def simulated() -> bool:
    """Whether this database is a simulated one."""
    return birth_record().born == SIMULATED


def now() -> datetime:
    """The instant that acts of this moment bear; in a simulated database never earlier than the last answer."""
    record = birth_record()
    if record.born == REAL:
        return wall()
    with _memory.lock:
        _memory.last = max(wall() + record.ahead, _memory.last or datetime.min.replace(tzinfo=UTC))
        return _memory.last


def set_simulated(instant: datetime) -> None:
    """Move a simulated database's clock forward to `instant`; from there it runs on with the wall's.
    A clock never set before may be set to anything. Raises ClockError."""
    record = read()
    if record is None or record.born != SIMULATED:
        raise ClockError("正式库的时间就是实际时间，不能设定；要模拟，请另建一个模拟库。")
    at = wall()
    with connection.cursor() as cur:
        cur.execute(
            "UPDATE procedure_installation SET simulated_now = %s, simulated_set_at = %s"
            " WHERE simulated_now IS NULL OR simulated_now + (%s - simulated_set_at) <= %s",
            (instant, at, at, instant),
        )
        moved = cur.rowcount
    forget()
    if not moved:
        raise ClockError(f"模拟时钟只能向前：现在已是 {now().isoformat(timespec='seconds')}。")


def birth(kind: str, rulebook_id: str, now: datetime, key_check: bytes | None = None) -> Birth:
    """Write what the database is born as, once; a simulated one's clock starts at `now`. The same birth again changes
    nothing. `key_check`: by what its keys are known again. Raises BornOtherwise."""
    clock = (now, wall()) if kind == SIMULATED else (None, None)
    with connection.cursor() as cur:
        cur.execute(
            f"INSERT INTO procedure_installation (id, {_COLUMNS}) VALUES (1, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO NOTHING",
            (kind, rulebook_id, now, *clock, key_check),
        )
    forget()
    found = birth_record()
    if (found.born, found.rulebook) != (kind, rulebook_id):
        was = f"{_TERMS[found.born]}库（规则 {found.rulebook}）"
        raise BornOtherwise(f"这个数据库已建为{was}，不能再建为{_TERMS[kind]}库（规则 {rulebook_id}）。")
    if found.key_check != key_check:
        raise BornOtherwise("这个数据库已用另一套密钥建成。")
    return found


def check_rulebooks(books: Iterable[Rulebook]) -> None:
    """Publish the versions seen for the first time; the others must be as published. Raises RulebookChanged."""
    with connection.cursor() as cur:
        for book in books:
            cur.execute(
                "INSERT INTO procedure_rulebookversion (id, content_hash) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING",
                (book.id, book.content_hash),
            )
            cur.execute("SELECT content_hash FROM procedure_rulebookversion WHERE id = %s", (book.id,))
            if cur.fetchone() != (book.content_hash,):
                raise RulebookChanged(f"规则 {book.id} 启用后被改动过：请恢复原文，改动写进新的版本。")


def calendars_settled() -> dict[str, str]:
    """Under which calendars, by the hash of each rulebook's, all open dates have been worked out."""
    with connection.cursor() as cur:
        cur.execute("SELECT id, calendar_hash FROM procedure_rulebookversion")
        return dict(cur.fetchall())


def settle_calendars(books: Iterable[Rulebook]) -> None:
    """All open dates have been worked out under these rulebooks' calendars."""
    with connection.cursor() as cur:
        for book in books:
            cur.execute(
                "UPDATE procedure_rulebookversion SET calendar_hash = %s WHERE id = %s", (book.calendar_hash, book.id)
            )
