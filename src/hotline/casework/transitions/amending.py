"""修改记录 (amending): the operator's record of a call is put right; the first version is kept and stays visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Contact, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.intake import WEB, element_fields, incomplete, newer_record, record_now
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem

OPEN = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND, S.REPLIED, S.CLOSED)


class AmendRecord(MatterCard):
    """修改记录: a new version of the elements, or of what the operator wrote down of the citizen's words; who, when and
    why stand in the line, the first version on the page (四（一）段1). What a citizen wrote is nobody's to amend."""

    term = "修改记录"
    rests_on = "elements"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, OPEN)
    form = (
        element_fields,
        Field("words", "诉求人的话", "textarea", max_length=20000, hint="只改记错的；网上来的是诉求人自己写的，不能改"),
        Field("reason", "为什么改", max_length=500, hint="如：回听录音，地点记错了"),
    )
    deadline = UNCHANGED
    ledger = Line("record_amended", ("old_record_id", "record_id", "old_words_id", "words_id", "reason_id"))

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """All elements, given or excused; something is otherwise; a citizen's own words are as they were."""
        matter, body, clause = case.subject, case.dossier.body, cls.provision(case.book).clause
        reworded = case.form["words"] != body(matter.words_id)
        record = record_now(case)
        if reworded and matter.channel == WEB:
            return [Problem("words", "这是诉求人自己写的话，不能改。", clause)]
        if not reworded and record == body(_first(case).record_id):
            return [Problem("", "和现在的记录一样，没有要改的。", clause)]
        return incomplete(case, record)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """New texts beside the old ones."""
        matter, contact, words = case.subject, _first(case), case.form["words"]
        record_id, words_id = newer_record(case, contact), matter.words_id
        if words != case.dossier.body(words_id):
            words_id = write_text(case, "words", words)
            case.update(matter, words_id=words_id, first_words_id=matter.first_words_id or matter.words_id)
        return {"old_record_id": contact.record_id, "record_id": record_id, "old_words_id": matter.words_id,
                "words_id": words_id, "reason_id": write_text(case, "amend_reason", case.form["reason"])}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever handles it is told."""
        for unit_id in sorted({order.unit_id for order in case.dossier.open_orders()}):
            case.tell("record_amended", "unit", unit_id, matter_id=case.dossier.chain.id)


def _first(case: MatterCase) -> Contact:
    return case.dossier.all(Contact)[0]
