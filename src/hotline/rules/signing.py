"""签批：who must sign a letter off before it is filed."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.rules.book import Rulebook


@dataclass(frozen=True, slots=True)
class SignOffLevel:
    """签批层级：the role that signs ('deputy' or 'head'), the clause, and why (Chinese; empty: the ordinary)."""

    role: str
    clause: str
    readings: tuple[str, ...]
    because: str = ""


def level(
    book: Rulebook,
    *,
    major: bool = False,
    instructed: bool = False,
    submitted: bool = False,
    provincial: bool = False,
) -> SignOffLevel:
    """Who signs off the letter of a matter that is major, instructed by or submitted to leaders, or provincial."""
    rule = book.provision("sign_off")
    facts = {"major": major, "instructed": instructed, "submitted": submitted, "provincial": provincial}
    important = [term for fact, term in rule.values["important_when"].items() if facts.get(fact)]
    role = rule.values["important" if important else "ordinary"]
    return SignOffLevel(role, rule.clause, rule.readings, "、".join(important))


ROLES_ABOVE = {"deputy": ("deputy", "head"), "head": ("head",)}


def may_sign(required: SignOffLevel, role: str) -> bool:
    """Whether `role` suffices: a head may sign what a deputy may, not the other way round."""
    return role in ROLES_ABOVE.get(required.role, (required.role,))


def beyond(book: Rulebook, role: str) -> tuple[str, ...]:
    """The facts for which a letter is not for `role` to sign off; none where it may sign all."""
    facts = tuple(book.provision("sign_off").values["important_when"])
    return tuple(fact for fact in facts if not may_sign(level(book, **{fact: True}), role))
