"""接单的机构和人员：whether a unit has what it takes to be given orders."""

from __future__ import annotations

from collections.abc import Collection

from hotline.rules.book import Rulebook

CLERK = "clerk"
DUTY_PHONE = "duty_phone"


def lacks(book: Rulebook, roles: Collection[str], phone: str) -> tuple[tuple[str, ...], ...]:
    """What a unit lacks: each entry names the roles of which one would do, or `DUTY_PHONE` alone. `roles` are those of
    its open posts, `phone` its duty telephone."""
    wanted = book.provision("receiving").values
    found: list[tuple[str, ...]] = []
    if wanted["clerk"] and CLERK not in roles:
        found.append((CLERK,))
    if not set(wanted["signers"]) & set(roles):
        found.append(tuple(wanted["signers"]))
    if wanted["duty_phone"] and not phone.strip():
        found.append((DUTY_PHONE,))
    return tuple(found)
