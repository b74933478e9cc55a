"""离手 (leaving): what holds of any order that leaves its unit, whoever takes it."""

from __future__ import annotations

from typing import Any

from hotline.casework import extensions
from hotline.casework.records import Order
from hotline.casework.transitions.base import AnyCase, OrderCase, tell_citizen
from hotline.casework.transitions.returning import settle_request
from hotline.network.roles import Role

DESK = (Role.DISPATCHER, Role.SHIFT_LEADER)
NOTHING_PENDING = dict.fromkeys(("return_asked_at", "return_filed_at", "extension_asked_at", "extension_filed_at",
                                 "supervise_until", "relay_asked_at"))  # fmt: skip


def let_go(case: AnyCase, order: Order) -> dict[str, Any]:
    """An order leaves its unit now: an extension asked for has no purpose any more. The columns that say so."""
    if (extension := extensions.beside_the_point(case.dossier, order)) is not None:
        case.update(extension, outcome=extensions.MOOT)
    return {"ended_at": case.now, **NOTHING_PENDING}


def tell_of_change(case: OrderCase) -> None:
    """The citizen hears that another unit will be found; where only an assisting one goes, nothing changes for them."""
    if case.subject.lead:
        tell_citizen(case, "unit_changes")


def taken_away(case: OrderCase, **others: Any) -> None:
    """The unit has the order no longer: whatever it had asked for is void, its dates stay; `others` changed with it."""
    settle_request(case, case.subject, "void")
    case.update(case.subject, **others, **let_go(case, case.subject))
