"""登录着的 (signed in): where somebody is signed in, and ending it. What is deleted here is over at the next request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.procedure.perform import raw
from hotline.surfaces import second_step, sign_in
from hotline.surfaces.sealing import unsealed

UNKNOWN = ("", "")
MOST = 50
AGAIN = "again"  # the sort of tries at one's own password while one is signed in
AS_FAR = f"这里是最近用过的 {MOST} 处，还有更早的；要结束那些，把各处一起结束"


@dataclass(frozen=True, slots=True)
class Live:
    """一处登录: since when, when last used, from which address, on what kind of device; `key` names it on pages."""

    key: str
    created_at: datetime
    seen_at: datetime
    address: str
    device: str


_MINE = (
    "SELECT token_hash, created_at, seen_at, whence FROM surfaces_session s JOIN network_person p ON p.id = s.person_id"
    " WHERE person_id = %s AND expires_at > %s AND s.mark = sha256(convert_to(p.password, 'UTF8'))"
    f" ORDER BY seen_at DESC, created_at DESC LIMIT {MOST + 1}"
)
_END = "DELETE FROM surfaces_session WHERE person_id = %s AND token_hash = %s"
_END_OTHERS = "DELETE FROM surfaces_session WHERE person_id = %s AND token_hash <> %s"
_END_ALL = "DELETE FROM surfaces_session WHERE person_id = %s"
_LOCKS = "SELECT key, until FROM surfaces_signintry WHERE key = ANY(%s) AND until > %s"
_FORGET = "DELETE FROM surfaces_signintry WHERE key = ANY(%s)"


def of(person_id: int, now: datetime) -> list[Live]:
    """Where a person is signed in, the last used first, and one more than is shown; by the wall clock."""
    with raw().cursor() as cur:
        rows = cur.execute(_MINE, (person_id, now)).fetchall()
    return [_live(bytes(key), created_at, seen_at, whence) for key, created_at, seen_at, whence in rows]


def _live(key: bytes, created_at: datetime, seen_at: datetime, whence: bytes | None) -> Live:
    said = unsealed(bytes(whence), "surfaces_session", key.hex()) if whence else None
    address, device = said or UNKNOWN
    return Live(key.hex(), created_at, seen_at, address, device)


def _run(query: str, *params: object) -> int:
    with raw().cursor() as cur:
        cur.execute(query, params)
        return cur.rowcount


def end(person_id: int, key: str) -> int:
    """End one of a person's sessions, by its name on the page."""
    try:
        wanted = bytes.fromhex(key[:64])
    except ValueError:
        return 0
    return _run(_END, person_id, wanted)


def end_others(person_id: int, key: bytes) -> int:
    """End all of a person's sessions but this one."""
    return _run(_END_OTHERS, person_id, key)


def end_all(person_id: int) -> int:
    """End all of a person's sessions."""
    return _run(_END_ALL, person_id)


def locks(people: Sequence[tuple[int, str]], now: datetime) -> dict[int, timedelta]:
    """How long each of these people (number, login) is still locked out, by either step; who is not is not in it."""
    keys = {key: person_id for person_id, login in people for key in _tried(person_id, login)}
    found: dict[int, timedelta] = {}
    with raw().cursor() as cur:
        for key, until in cur.execute(_LOCKS, (list(keys), now)).fetchall():
            person_id = keys[bytes(key)]
            found[person_id] = max(until - now, found.get(person_id, timedelta(0)))
    return found


def forget_tries(person_id: int, login: str) -> None:
    """Let a person try again at once."""
    _run(_FORGET, _tried(person_id, login))


def _tried(person_id: int, login: str) -> list[bytes]:
    """By what the table of tries knows whatever a person proves: at either step of signing in, and later once more."""
    return [sign_in.keys_of(login), second_step.key_of(person_id), sign_in.throttle_key(AGAIN, str(person_id))]

