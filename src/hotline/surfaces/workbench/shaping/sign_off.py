"""签批台成形: a letter as its signer reads it: what was asked, what is answered, what is missing, and the two ways on."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from hotline.casework import quality
from hotline.casework.transitions.handing_back import MEND, mend_fields
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.forms import field_view
from hotline.surfaces.workbench.shaping.letters import letters_of
from hotline.surfaces.workbench.shaping.matter import brief
from hotline.surfaces.workbench.shaping.review import OrderCase, Posed, verb_views

OPINION = replace(MEND, label="意见", hint="签批的记为签批意见；发回的写要改什么", required=False)


def _due(case: OrderCase) -> s.DueMark | None:
    """The unit's own date."""
    order = case.subject
    if order.due_at is None:
        return None
    due = Due(order.due_at, order.due_clause or "", tuple(order.due_readings.split()), order.due_provisional)
    return due_mark(case.book, due, order.received_at, case.now, urgent=order.urgent, short=False,
                    reminded=order.reminded_round == order.round)  # fmt: skip


def _ticks(posed: Posed) -> tuple[s.CheckItem, ...]:
    return tuple(s.CheckItem(f.name, f.label, "", "", bool(posed.data.get(f.name)), str(n))
                 for n, f in enumerate(mend_fields(posed.case.book), 1))  # fmt: skip


def sign_off_view(posed: Posed, matter: s.MatterView) -> s.SignOffView:
    """The whole desk."""
    case = posed.case
    letter, *earlier = letters_of(case.book, case.dossier, case.subject)[::-1]
    newest = case.dossier.letter_of(case.subject)
    assert newest is not None, "the desk has looked"
    at = quality.Looked(case.book, case.dossier, case.subject, newest, case.now)
    hints = tuple(s.HintView(one.said, one.source, link(one.clause)) for one in quality.hints(at))
    wrong = {p.field: p for p in posed.problems}
    words = field_view(OPINION, case, str(posed.data.get(OPINION.name, "")), wrong.get(OPINION.name))
    words = replace(words, rows=2)
    of_all = [p for p in posed.problems if p.field != OPINION.name]
    form = s.FormView("签批台", posed.action, (words,), None, str(uuid4()), case.dossier.head.seq,
                      problem="；".join(p.because for p in of_all), conflict=posed.conflict,
                      problem_clause=link(next((p.clause for p in of_all if p.clause), None)),
                      conflict_lines=tuple(posed.conflict_lines))  # fmt: skip
    short = replace(matter, fact_groups=brief(case.book, matter.fact_groups), files=())  # they stand under the letter
    return s.SignOffView(form, short, posed.place, _due(case), letter, tuple(earlier), hints, _ticks(posed), words,
                         verb_views(posed), f"/staff/m/{matter.number}/draft_reply/print/?order={case.subject.id}",
                         f"/staff/m/{matter.number}/pdf/letter/?order={case.subject.id}", matter.files)  # fmt: skip
