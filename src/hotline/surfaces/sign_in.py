"""登录 (signing in): login and password, throttled per login and per address, the same work for a login nobody has."""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from hotline.network import passwords
from hotline.procedure.perform import raw
from hotline.surfaces.sealing import sealed

log = logging.getLogger("hotline.sign_in")
IDLE = timedelta(hours=12)  # unless the installation says otherwise
FREE_TRIES = 5
FREE_TRIES_OF_AN_ADDRESS = 50  # a whole office, or a village behind one telephone line, may share it
LONGEST_WAIT_MINUTES = 15
FORGOTTEN_MINUTES = 60

WRONG = "登录名或口令不对。"
NO_POST = "您名下没有在任岗位，请联系系统管理员。"
WAIT = "试的次数太多，请 {0} 分钟后再试。"
LOCKED = "试错的次数太多，这里已经锁定，请 {0} 分钟后再试。急用请找系统管理员解除。"


class SignInRefused(Exception):
    """登录未成: `because` is said to the person; it never tells whether the login exists. `locked`: nothing was looked
    at, one must wait."""

    def __init__(self, because: str, locked: bool = False):
        super().__init__(because)
        self.because, self.locked = because, locked


@dataclass(frozen=True, slots=True)
class SignedIn:
    """已登录: the token for the cookie, and whether the password must be changed before anything else."""

    token: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Halfway:
    """登了一半: the password was right, and a code is asked for next. `mark` ties what follows to that password."""

    person_id: int
    mark: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """限次: how many failures go free at a thing and at an address, and how long one waits at most."""

    free: int = FREE_TRIES
    free_of_an_address: int = FREE_TRIES_OF_AN_ADDRESS
    longest: int = LONGEST_WAIT_MINUTES


USUAL = Limits()

# A try counts before the password is looked at, so that many at once cannot slip past. While a key waits, further tries
# change nothing but `turned_away`. From the last free failure on, each doubles the wait.
_FREE = "CASE WHEN t.key = %(address)s THEN %(free_of_an_address)s ELSE %(free)s END"
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
            + interval '1 minute' * least(2 ^ (t.failures + 1 - {_FREE}), %(longest)s) END,
    seen_at = CASE WHEN t.until > EXCLUDED.seen_at THEN t.seen_at ELSE EXCLUDED.seen_at END
RETURNING turned_away, until
"""
_WHO = """
SELECT p.id, p.password, p.must_change_password, o.id, EXISTS (SELECT 1 FROM network_factor f
    WHERE f.person_id = p.id AND f.status = 'open') FROM network_person p LEFT JOIN LATERAL (
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
INSERT INTO surfaces_session (token_hash, person_id, post_id, created_at, seen_at, expires_at, mark, whence)
VALUES (%(token)s, %(person)s, %(post)s, %(now)s, %(now)s, %(end)s, %(mark)s, %(whence)s)
"""


def idle() -> timedelta:
    """After how long without use a session is over."""
    minutes: int = settings.HOTLINE_IDLE_MINUTES
    return timedelta(minutes=minutes) if minutes else IDLE


def token_hash(token: str) -> bytes:
    """What the database keeps of a token; a token is 256 bits of chance, so a plain digest will do."""
    return hashlib.sha256(token.encode()).digest()


def password_mark(stored: str) -> bytes:
    """What ties a session to a password: when the password changes, the session is over."""
    return hashlib.sha256(stored.encode()).digest()


def throttle_key(kind: str, value: str) -> bytes:
    """What the table of tries keeps of a login, number or address: a keyed digest."""
    return salted_hmac("hotline.sign_in", f"{kind}:{value}", algorithm="sha256").digest()


def count_try(cur: Any, thing: bytes, address: bytes, now: datetime, limits: Limits = USUAL) -> list[timedelta]:
    """Count a try under both keys; how long each that is turned away must still wait. Rows are locked in ascending
    order, as everywhere."""
    first, second = sorted((thing, address))
    cur.execute(_TRY, {"first": first, "second": second, "address": address, "now": now, "free": limits.free,
                       "free_of_an_address": limits.free_of_an_address, "longest": limits.longest})  # fmt: skip
    return [until - now for turned_away, until in cur.fetchall() if turned_away]


def forgive(cur: Any, thing: bytes, address: bytes) -> None:
    """A try turned out right."""
    cur.execute(_FORGIVE, {"thing": thing, "address": address})


def of_staff() -> Limits:
    """The limits of signing in, as this installation has them."""
    return Limits(**settings.HOTLINE_SIGN_IN)


def keys_of(login: str) -> bytes:
    """By what the table of tries knows a login."""
    return throttle_key("login", login.strip().casefold())


def insist_on_patience(cur: Any, thing: bytes, address: bytes, now: datetime) -> None:
    """Count a try at signing in. Raises SignInRefused for whoever must wait."""
    if waits := count_try(cur, thing, address, now, of_staff()):
        log.warning("登录试错太多，有一处锁着：有人还在试")  # which one, the administrator's page of accounts says
        raise SignInRefused(LOCKED.format(math.ceil(max(waits).total_seconds() / 60)), locked=True)


def begin(cur: Any, thing: bytes, address: bytes, now: datetime, *, person: int, post: int, stored: str,
          whence: tuple[str, str]) -> str:  # fmt: skip
    """Begin a session, and forgive the tries at this thing; the token. `whence`: address and device, kept sealed."""
    token = secrets.token_urlsafe(32)
    key = token_hash(token)
    cur.execute(_BEGIN, {"thing": thing, "address": address, "token": key, "person": person, "post": post, "now": now,
                         "end": now + idle(), "mark": password_mark(stored),
                         "whence": sealed(list(whence), "surfaces_session", key.hex())})  # fmt: skip
    return token


def sign_in(login: str, password: str, address: str, now: datetime, device: str = "") -> SignedIn | Halfway:
    """Begin a session as the person's oldest open post, or come halfway where a second factor is set up. Raises
    SignInRefused; `now` is the wall clock's."""
    login = login.strip()
    mine, theirs = keys_of(login), throttle_key("address", address)
    with raw().cursor() as cur:
        insist_on_patience(cur, mine, theirs, now)
        cur.execute(_WHO, (login,))
        person, stored, must_change, post, factor = cur.fetchone() or (None, "", False, None, False)
        if not passwords.fits(password.strip(), stored):
            raise SignInRefused(WRONG)
        if post is None:
            raise SignInRefused(NO_POST)
        if factor:
            forgive(cur, mine, theirs)
            return Halfway(person, password_mark(stored))
        token = begin(cur, mine, theirs, now, person=person, post=post, stored=stored, whence=(address, device))
    return SignedIn(token, must_change)
