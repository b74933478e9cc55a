"""登录 (signing in): login and password, throttled per login and per address, the same work for a login nobody has."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from hotline.network import passwords
from hotline.procedure.perform import raw

IDLE = timedelta(hours=12)
FREE_TRIES = 5
FREE_TRIES_OF_AN_ADDRESS = 50  # a whole office, or a village behind one telephone line, may share it
LONGEST_WAIT_MINUTES = 15
FORGOTTEN_MINUTES = 60

WRONG = "登录名或口令不对。"
NO_POST = "您名下没有在任岗位，请联系系统管理员。"
WAIT = "试的次数太多，请 {0} 分钟后再试。"


class SignInRefused(Exception):
    """登录未成: `because` is said to the person; it never tells whether the login exists."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


@dataclass(frozen=True, slots=True)
class SignedIn:
    """已登录: the token for the cookie, and whether the password must be changed before anything else."""

    token: str
    must_change: bool


# A try counts before the password is looked at, so that many at once cannot slip past. While a key waits, further tries
# change nothing but `turned_away`. From the last free failure on, each doubles the wait.
_FREE = f"CASE WHEN t.key = %(address)s THEN {FREE_TRIES_OF_AN_ADDRESS} ELSE {FREE_TRIES} END"
_TRY = f"""
INSERT INTO surfaces_signintry AS t (key, failures, seen_at, turned_away)
VALUES (%(first)s, 1, %(now)s, false), (%(second)s, 1, %(now)s, false)
ON CONFLICT (key) DO UPDATE SET
    turned_away = coalesce(t.until > EXCLUDED.seen_at, false),
    failures = CASE WHEN t.until > EXCLUDED.seen_at THEN t.failures
        WHEN t.seen_at < EXCLUDED.seen_at - interval '{FORGOTTEN_MINUTES} minutes' THEN 1
        ELSE least(t.failures + 1, {_FREE} + 10) END,
    until = CASE WHEN t.until > EXCLUDED.seen_at THEN t.until
        WHEN t.seen_at < EXCLUDED.seen_at - interval '{FORGOTTEN_MINUTES} minutes' THEN NULL
        WHEN t.failures + 1 >= {_FREE} THEN EXCLUDED.seen_at
            + interval '1 minute' * least(2 ^ (t.failures + 1 - {_FREE}), {LONGEST_WAIT_MINUTES}) END,
    seen_at = CASE WHEN t.until > EXCLUDED.seen_at THEN t.seen_at ELSE EXCLUDED.seen_at END
RETURNING turned_away, until
"""
_WHO = """
SELECT p.id, p.password, p.must_change_password, o.id FROM network_person p LEFT JOIN LATERAL (
    SELECT o.id FROM network_post o JOIN network_unit u ON u.id = o.unit_id
    WHERE o.person_id = p.id AND o.status = 'open' AND u.status = 'open' ORDER BY o.began_at, o.id LIMIT 1
) o ON true WHERE p.login = %s AND p.ended_at IS NULL
"""
# A success clears what was tried at the thing itself. Of the address it takes back its own try and no more: whoever has
# one thing of their own could otherwise guess at all others. Rows are locked in ascending order, as everywhere.
_CLEARED = """
WITH locked AS (SELECT key FROM surfaces_signintry WHERE key IN (%(thing)s, %(address)s) ORDER BY key FOR UPDATE),
cleared AS (DELETE FROM surfaces_signintry t USING locked l WHERE t.key = l.key AND l.key = %(thing)s)
"""
_ONE_BACK = """
UPDATE surfaces_signintry t SET failures = greatest(t.failures - 1, 0), until = NULL FROM locked l
WHERE t.key = l.key AND l.key = %(address)s
"""
_FORGIVE = _CLEARED + _ONE_BACK
_BEGIN = f"""
{_CLEARED}, one_back AS ({_ONE_BACK})
INSERT INTO surfaces_session (token_hash, person_id, post_id, created_at, seen_at, expires_at, mark)
VALUES (%(token)s, %(person)s, %(post)s, %(now)s, %(now)s, %(end)s, %(mark)s)
"""


def token_hash(token: str) -> bytes:
    """What the database keeps of a token; a token is 256 bits of chance, so a plain digest will do."""
    return hashlib.sha256(token.encode()).digest()


def password_mark(stored: str) -> bytes:
    """What ties a session to a password: when the password changes, the session is over."""
    return hashlib.sha256(stored.encode()).digest()


def throttle_key(kind: str, value: str) -> bytes:
    """What the table of tries keeps of a login, number or address: a keyed digest."""
    return salted_hmac("hotline.sign_in", f"{kind}:{value}", algorithm="sha256").digest()


def count_try(cur: Any, thing: bytes, address: bytes, now: datetime) -> list[timedelta]:
    """Count a try under both keys; how long each that is turned away must still wait. Rows are locked in ascending
    order, as everywhere."""
    first, second = sorted((thing, address))
    cur.execute(_TRY, {"first": first, "second": second, "address": address, "now": now})
    return [until - now for turned_away, until in cur.fetchall() if turned_away]


def forgive(cur: Any, thing: bytes, address: bytes) -> None:
    """A try turned out right."""
    cur.execute(_FORGIVE, {"thing": thing, "address": address})


def _insist_on_patience(cur: Any, thing: bytes, address: bytes, now: datetime) -> None:
    if waits := count_try(cur, thing, address, now):
        raise SignInRefused(WAIT.format(math.ceil(max(waits).total_seconds() / 60)))


def sign_in(login: str, password: str, address: str, now: datetime) -> SignedIn:
    """Begin a session as the person's oldest open post. Raises SignInRefused; `now` is the wall clock's."""
    login = login.strip()
    mine, theirs = throttle_key("login", login.casefold()), throttle_key("address", address)
    with raw().cursor() as cur:
        _insist_on_patience(cur, mine, theirs, now)
        cur.execute(_WHO, (login,))
        person, stored, must_change, post = cur.fetchone() or (None, "", False, None)
        if not passwords.fits(password.strip(), stored):
            raise SignInRefused(WRONG)
        if post is None:
            raise SignInRefused(NO_POST)
        token = secrets.token_urlsafe(32)
        session = {"person": person, "post": post, "now": now, "end": now + IDLE, "mark": password_mark(stored)}
        cur.execute(_BEGIN, {"thing": mine, "address": theirs, "token": token_hash(token), **session})
    return SignedIn(token, must_change)
