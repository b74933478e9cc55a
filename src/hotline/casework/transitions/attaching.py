"""附件 (attaching): files that come with an act, and those that come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Attachment, Matter, Order, PersonKey
from hotline.casework.records.files import FROM_CITIZEN, FROM_OFFICE, FROM_UNIT
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.statuses import OrderStatus as O
from hotline.casework.transitions.base import AnyCase, MatterCard, OrderCase, write_text
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem

AGAIN = (O.SENT_BACK, O.BOUNCED, O.REOPENED)
FILES = Field("files", "附件", "files", required=False, max_length=2000)
STALE = "有的附件放得太久，或者已经交过，请重新选择文件。"


def unusable(case: AnyCase) -> list[Problem]:
    """Files that the form names and nobody keeps any more."""
    wanted, found = set(case.form.get("files") or ()), case.tools.extra.get("files", ())
    return [Problem("files", STALE)] if len(found) < len(wanted) else []


def _source(case: AnyCase) -> str:
    if case.actor.role == Role.CITIZEN:
        return FROM_CITIZEN
    return FROM_UNIT if case.actor.role in UNIT else FROM_OFFICE


def attach(case: AnyCase, order: Order | None = None) -> None:
    """The files of this act: rows, keys, and their sealed names and digests in the line."""
    for one in case.tools.extra.get("files", ()):
        case.insert(Attachment(one.id, case.dossier.chain.id, order.id if order else None, _source(case), case.now,
                               one.media_type, one.size, one.object, one.name_sealed, one.content_sealed))  # fmt: skip
        case.insert(PersonKey(one.id, one.wrapped, one.master_id))
        case.sealed += [(Attachment.TABLE, one.id, "name", one.name_sealed),
                        (Attachment.TABLE, one.id, "content", one.content_sealed)]  # fmt: skip


WORDS = Field("words", "是什么材料", "textarea", max_length=2000, hint="从哪里来，说明什么")


class AddMaterial(MatterCard):
    """补充材料: what came to the office later, a paper scanned, a photo sent in; with a word on what it is."""

    term = "补充材料"
    rests_on = "archive"
    by = OFFICE
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND, S.REPLIED, S.CLOSED))
    form = (WORDS, FILES)
    deadline = UNCHANGED
    ledger = Line("material_added", ("text_id", "count"))
    needs = ("files",)
    disturbs = False

    @classmethod
    def accepts(cls, case: AnyCase) -> Sequence[Problem]:
        """Every file named is still there."""
        return unusable(case)

    @classmethod
    def change(cls, case: AnyCase) -> Mapping[str, Any]:
        """A text, and the files."""
        attach(case)
        return _described(case, "material")

    @classmethod
    def notices(cls, case: AnyCase) -> None:
        """Whoever handles it is told."""
        for unit_id in sorted({order.unit_id for order in case.dossier.open_orders()}):
            case.tell("material_added", "unit", unit_id, matter_id=case.dossier.chain.id)


class AddEvidence(MatterCard):
    """补充证据: what shows that a unit did what it says: photos of the place, a document; with its order."""

    term = "补充证据"
    rests_on = "archive"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (O.DISPATCHED, O.SIGNED, O.DRAFTED, O.SIGNED_OFF, *AGAIN, O.FILED))
    form = (WORDS, FILES)
    deadline = UNCHANGED
    ledger = Line("evidence_added", ("text_id", "count"))
    needs = ("files",)
    disturbs = False

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Every file named is still there."""
        return unusable(case)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A text, and the files of the order."""
        attach(case, case.subject)
        return _described(case, "evidence")


def _described(case: AnyCase, field: str) -> Mapping[str, Any]:
    text_id = write_text(case, field, case.form["words"])
    return {"text_id": text_id, "count": len(case.tools.extra.get("files", ()))}
