"""当场评价 (rating at once): whoever was answered on the telephone is asked before they hang up, and says how satisfied
they are in the grades of a follow-up (四（四）段1, R-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Revisit
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.closing import ANSWERS, AT_ONCE, SOLVED, ReopenFollowUp, aspect_fields, content
from hotline.casework.transitions.deciding import AnswerAtOnce
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import follow_up
from hotline.rules.verdicts import Verdict


def answered_at_once(dossier: MatterDossier) -> bool:
    """Whether the answer now standing is one that the desk gave itself."""
    kind, at = AnswerAtOnce.ledger.kind, dossier.matter.replied_at
    return at is not None and any(one.kind == kind and one.at == at for one in dossier.lines)


class RateAtOnce(MatterCard):
    """记当场评价: what the caller said of the answer before hanging up. It counts like a rating: who is not content is
    followed up; the caller may still rate on the site."""

    term = "记当场评价"
    key = "5"
    rests_on = "follow_up"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.CLOSED,))
    form = (
        Field("solved", "事情解决了吗", "choice", choices=SOLVED),
        aspect_fields,
        Field("opinion", "意见、建议", "textarea", required=False, max_length=2000, hint="照诉求人的原话记"),
    )
    deadline = UNCHANGED
    ledger = Line("rated_at_once", (*ANSWERS, "satisfied"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """The desk answered it, and nothing was said of that answer yet."""
        if not answered_at_once(case.dossier):
            return cls.no(case, "只有直接答复的，才当场问评价。")
        return cls.no(case, "这一次答复已经有评价了。") if case.dossier.revisits() else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The result at least is graded."""
        if case.form[follow_up.RESULT]:
            return ()
        result = follow_up.aspects(case.book)[follow_up.RESULT]
        return [Problem(follow_up.RESULT, f"请选对{result}的评价。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row like that of a follow-up; the matter keeps whether the caller is content."""
        form, matter = case.form, case.subject
        grades = {name: int(form[name]) if form.get(name) else None for name in follow_up.ASPECTS}
        solved = form["solved"] == "yes"
        satisfied = content(case, solved, grades)
        opinion = write_text(case, "opinion", form["opinion"]) if form["opinion"] else None
        case.insert(Revisit(case.tools.ids.next(), matter.id, case.now, AT_ONCE, True, solved, **grades,
                            opinion_id=opinion))  # fmt: skip
        case.update(matter, satisfied=satisfied)
        return {"solved": solved, **grades, "satisfied": satisfied}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Who is not content is followed up, and somebody else decides what becomes of it."""
        return [(ReopenFollowUp, case.dossier.matter)] if case.dossier.matter.satisfied is False else []
