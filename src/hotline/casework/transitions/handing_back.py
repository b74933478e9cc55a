"""发回修改 (handing back): who is to sign off a letter is not content with it; whoever writes it writes it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, OrderCase, write_text
from hotline.casework.transitions.sending_back import PREFIX, WORDS
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem, headed
from hotline.rules import grounds
from hotline.rules.book import Rulebook

MEND = replace(WORDS, hint="写给承办人：哪里不行，要补什么", required=False)


def mend_fields(book: Rulebook) -> tuple[Field, ...]:
    """What may be wrong with a letter that has everything: as the reviewer would say it afterwards."""
    ticks = [Field(PREFIX + one.id, one.term, "tick", required=False) for one in grounds.merits(book)]
    return headed("内容上的问题", ticks)


class HandBackDraft(MatterCard):
    """发回修改: the letter is not signed off but goes back within the unit, with reasons (五（四）). It stays to be read; no
    date moves, and it counts as no send-back."""

    term = "发回修改"
    key = "H"
    rests_on = "sign_off"
    by = (Role.DEPUTY, Role.HEAD)
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DRAFTED,), S.SIGNED)
    form = (mend_fields, MEND)
    deadline = UNCHANGED
    ledger = Line("draft_handed_back", ("letter_id", "reasons", "words_id"))

    @classmethod
    def given(cls, case: OrderCase) -> list[str]:
        """The reasons that were ticked."""
        return [ground.id for ground in grounds.merits(case.book) if case.form.get(PREFIX + ground.id)]

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Whoever writes it again must know what is wrong with it."""
        if cls.given(case) or case.form["words"]:
            return ()
        return [Problem(WORDS.name, "请勾一条或者写一句：要改什么。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Which letter, and why."""
        letter = case.dossier.letter_of(case.subject)
        case.update(case.subject, handed_back_at=case.now)
        words = write_text(case, "sent_back", case.form["words"]) if case.form["words"] else None
        return {"letter_id": letter.id if letter else None, "reasons": cls.given(case), "words_id": words}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("draft_handed_back", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
