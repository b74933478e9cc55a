"""第二步验证的查找 (look-ups): what the cards of a second factor ask, so that no secret and no code goes any further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hotline.network import factors
from hotline.network.look_ups import Form, look_up
from hotline.network.records import Factor
from hotline.procedure import times
from hotline.procedure.case import Case
from hotline.procedure.world import Cursor, World


@dataclass(frozen=True, slots=True)
class Enrolment:
    """启用: the secret sealed, the recovery codes' digests, and whether the code typed is the secret's."""

    secret: bytes
    codes: bytes
    fits: bool


@dataclass(frozen=True, slots=True)
class Left:
    """所余: the digests of the recovery codes not yet spent, and how many they are."""

    codes: bytes
    count: int


@look_up("enrolment")
def enrolment(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Enrolment:
    """What a form brings to enrol by; the plain secret and codes go no further. By the wall clock, as telephones go."""
    person_id, secret = case.subject.person_id, str(form.get("secret") or "")
    fits = factors.fitting(secret, str(form.get("code") or ""), times.wall()) is not None
    codes = str(form.get("recovery") or "").split()
    return Enrolment(factors.sealed(world.keys, person_id, secret), factors.digests(world.keys, person_id, codes), fits)


@look_up("recovery")
def recovery(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> bytes:
    """The digests of a fresh set of recovery codes."""
    return factors.digests(world.keys, case.subject.person_id, str(form.get("recovery") or "").split())


@look_up("recovery_left")
def recovery_left(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Left | None:
    """What is left once the code typed is spent; None where it is none of them."""
    subject: Factor = case.subject
    kept = factors.without(world.keys, subject.person_id, subject.codes, str(form.get("recovery") or ""))
    return None if kept is None else Left(kept, len(factors.split(kept)))
