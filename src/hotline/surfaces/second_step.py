"""第二步 (second step): after the password a code from one's telephone, or a recovery code; each good once,
in every process, and throttled like the password itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hotline.network import factors
from hotline.network.records import Factor
from hotline.procedure import times
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform, raw
from hotline.procedure.world import current
from hotline.surfaces import sign_in
from hotline.surfaces.sign_in import Halfway, SignedIn, SignInRefused, throttle_key

MINUTES = 10  # within which the code must follow the password
WRONG = "验证码或恢复码不对。"
USED = "这个验证码已经用过，请等手机上出现下一个再输。"
CHANGED = "登录状态已经变了，请从口令开始重新登录。"

_WHO = """
SELECT p.password, p.must_change_password, o.id, o.role, o.unit_id, f.id, f.secret FROM network_person p
JOIN network_factor f ON f.person_id = p.id AND f.status = 'open' CROSS JOIN LATERAL (
    SELECT o.id, o.role, o.unit_id FROM network_post o JOIN network_unit u ON u.id = o.unit_id
    WHERE o.person_id = p.id AND o.status = 'open' AND u.status = 'open' ORDER BY o.began_at, o.id LIMIT 1
) o WHERE p.id = %s AND p.ended_at IS NULL
"""
# One statement decides which of two at once was first.
_TAKE = """
INSERT INTO surfaces_usedstep AS t (person_id, step) VALUES (%(person)s, %(step)s)
ON CONFLICT (person_id) DO UPDATE SET step = EXCLUDED.step WHERE t.step < EXCLUDED.step RETURNING step
"""


def key_of(person_id: int) -> bytes:
    """By what the table of tries knows a person's second step."""
    return throttle_key("factor", str(person_id))


def take(cur: Any, person_id: int, step: int) -> bool:
    """Mark a period's code as used; False where it, or a later one, was used before."""
    cur.execute(_TAKE, {"person": person_id, "step": step})
    return cur.fetchone() is not None


def taken(person_id: int, secret: str, typed: str, at: datetime) -> None:
    """The code by which somebody enrolled signs nobody in any more."""
    step = factors.fitting(secret, typed, at)
    if step is not None:
        with raw().cursor() as cur:
            take(cur, person_id, step)


def prove(half: Halfway, typed: str, address: str, now: datetime, device: str = "") -> SignedIn:
    """Begin the session that the password had come halfway to. Raises SignInRefused; `now` is the wall clock's."""
    mine, theirs = key_of(half.person_id), throttle_key("address", address)
    with raw().cursor() as cur:
        sign_in.insist_on_patience(cur, mine, theirs, now)
        row = cur.execute(_WHO, (half.person_id,)).fetchone()
        if row is None or sign_in.password_mark(row[0]) != half.mark:
            raise SignInRefused(CHANGED)
        stored, must_change, post, role, unit, factor, secret = row
        _insist(cur, half.person_id, Actor(role, half.person_id, post, unit), (factor, secret), typed, now)
        token = sign_in.begin(cur, mine, theirs, now, person=half.person_id, post=post, stored=stored,
                              whence=(address, device))  # fmt: skip
    return SignedIn(token, must_change)


def _insist(cur: Any, person_id: int, me: Actor, kept: tuple[int, bytes], typed: str, now: datetime) -> None:
    """The code fits and was not used before, or it is a recovery code, spent by this. Raises SignInRefused."""
    factor, secret = kept
    if any(letter.isalpha() for letter in typed):
        _spend(me, factor, typed)
        return
    step = factors.proves(current().keys, person_id, secret, typed, now)
    if step is None:
        raise SignInRefused(WRONG)
    if not take(cur, person_id, step):
        raise SignInRefused(USED)


def _spend(me: Actor, factor: int, typed: str) -> None:
    subject = Subject("post", me.post_id, (Factor, factor))
    try:
        perform(REGISTRY["spend_code"], subject, {"recovery": typed}, actor=me, now=times.now())
    except FormErrors:
        raise SignInRefused(WRONG) from None


