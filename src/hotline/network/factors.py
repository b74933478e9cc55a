"""第二步验证 (second factor): codes of thirty seconds from a secret shared once (RFC 6238), recovery codes for the day the
telephone is lost, and how both are kept: the secret sealed under the city's keys, recovery codes as keyed digests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from datetime import datetime

from hotline.network.passwords import ONE_TIME_ALPHABET
from hotline.network.records import Post, Unit
from hotline.network.roles import Role
from hotline.procedure.secrets import KEY, NONCE, Keys, Unreadable, decrypt, encrypt, keyed, place

PERIOD, DIGITS, DRIFT = 30, 6, 1  # seconds, digits, how many periods a telephone's clock may be off
SECRET = 20  # bytes, as many as SHA-1 digests
RECOVERY_CODES, LETTERS, GROUP = 8, 12, 4
DIGEST = 16
TABLE = "network_factor"
OFFICE, OFFICE_HEAD = "office", "office-head"


def new_secret() -> str:
    """A secret for one telephone, as applications take it: base32."""
    return base64.b32encode(secrets.token_bytes(SECRET)).decode()


def code(secret: str, step: int) -> str:
    """The code that this secret gives in the given period since 1970."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def fitting(secret: str, typed: str, at: datetime) -> int | None:
    """The period whose code was typed, the newest that fits; None where none does."""
    said, now = "".join(typed.split()), int(at.timestamp()) // PERIOD
    if not (said.isascii() and said.isdigit() and len(said) == DIGITS):
        return None
    fits = [step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(code(secret, step), said)]
    return max(fits, default=None)


def sealed(keys: Keys, person_id: int, secret: str) -> bytes:
    """The secret as the database keeps it."""
    return encrypt(keys.query[:KEY], secret.encode(), place(TABLE, person_id, "secret"), os.urandom(NONCE))


def opened(keys: Keys, person_id: int, body: bytes) -> str:
    """The secret again; empty where it was sealed under keys that are gone, and no code fits then."""
    try:
        return decrypt(keys.query[:KEY], bytes(body), place(TABLE, person_id, "secret")).decode()
    except Unreadable:
        return ""


def proves(keys: Keys, person_id: int, body: bytes, typed: str, at: datetime) -> int | None:
    """The period whose code was typed, by the sealed secret of a person."""
    secret = opened(keys, person_id, body)
    return fitting(secret, typed, at) if secret else None


def recovery_codes() -> list[str]:
    """A fresh set, each good for one sign-in, easy to read aloud."""
    letters = ("".join(secrets.choice(ONE_TIME_ALPHABET) for _ in range(LETTERS)) for _ in range(RECOVERY_CODES))
    return ["-".join(one[i : i + GROUP] for i in range(0, LETTERS, GROUP)) for one in letters]


def digests(keys: Keys, person_id: int, codes: list[str]) -> bytes:
    """What the database keeps of recovery codes, one after the other."""
    return b"".join(_digest(keys, person_id, one) for one in codes)


def without(keys: Keys, person_id: int, kept: bytes, typed: str) -> bytes | None:
    """What is kept once the code typed is spent; None where it is none of them."""
    wanted, each = _digest(keys, person_id, typed), split(kept)
    return b"".join(one for one in each if one != wanted) if wanted in each else None


def split(kept: bytes) -> list[bytes]:
    """The digests of the codes not yet spent."""
    return [bytes(kept[i : i + DIGEST]) for i in range(0, len(kept), DIGEST)]


def _digest(keys: Keys, person_id: int, typed: str) -> bytes:
    said = "".join(letter for letter in typed.casefold() if letter.isalnum())
    return keyed(keys.query, b"recovery", str(person_id).encode(), said.encode())[:DIGEST]


def sort_of(post: Post, unit: Unit) -> str:
    """By which word the settings name a post of whom a second factor is asked: the head of the hotline's office apart
    from other heads, everybody else by their role."""
    return OFFICE_HEAD if post.role == Role.HEAD and unit.desk == OFFICE else post.role
