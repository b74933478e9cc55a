"""呈办成形: what was put before a leader and what became of it, for those who may read it."""

from __future__ import annotations

from hotline.casework import submissions
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Submission
from hotline.network import desks as network
from hotline.network.roles import UNIT
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, FactGroup

STATES = {"": "等批示", submissions.INSTRUCTED: "已批示", submissions.GIVEN_BACK: "已退回",
          submissions.WITHDRAWN: "已撤回"}  # fmt: skip
WORDS = {submissions.INSTRUCTED: "批示", submissions.GIVEN_BACK: "退回的理由", submissions.WITHDRAWN: "撤回的理由"}


def _units(written: str) -> str:
    """The lead, and who assists."""
    lead, *others = submissions.unit_ids(written) or (None,)
    return network.name(lead) + (f"（协办：{'、'.join(map(network.name, others))}）" if others else "") if lead else ""


def _instruction(dossier: MatterDossier, one: Submission) -> tuple[Fact, ...]:
    """The words, the units and the day; that the units are other ones than proposed is said."""
    differs = bool(one.instructed_units) and one.instructed_units != one.proposed_units
    note = f"与拟办的不同：{_units(one.proposed_units) or '没有拟单位'}" if differs else ""
    return (Fact(WORDS.get(one.outcome, ""), dossier.body(one.words_id)),
            Fact("批示的单位", _units(one.instructed_units), note),
            Fact("要求报结果", f"{said.day(one.wanted_on)} 以前" if one.wanted_on else ""))  # fmt: skip


def _group(book: Rulebook, dossier: MatterDossier, one: Submission) -> FactGroup:
    decided = f"{said.instant(one.decided_at, book.tz)} {STATES[one.outcome]}" if one.decided_at else STATES[""]
    rows = (Fact("呈报", network.holder(one.post_id), f"{said.instant(one.submitted_at, book.tz)}，{one.ground}",
                 link(book.provision("submitting").clause)),
            Fact("拟办意见", dossier.body(one.opinion_id)), Fact("拟办单位", _units(one.proposed_units)),
            Fact("现在", decided), *_instruction(dossier, one),
            Fact("报告", dossier.body(one.report_id), _reported(book, one)))  # fmt: skip
    return FactGroup("呈办", tuple(row for row in rows if row.said))


def _reported(book: Rulebook, one: Submission) -> str:
    return said.instant(one.reported_at, book.tz) if one.reported_at else ""


def submission_groups(book: Rulebook, dossier: MatterDossier, actor: Actor | None) -> tuple[FactGroup, ...]:
    """All of it for the office and that leader; for a unit the instruction that it is to carry out."""
    if actor is None:
        return ()
    found = dossier.all(Submission)
    mine = tuple(_group(book, dossier, one) for one in found if submissions.may_read(one, actor))
    if mine or actor.role not in UNIT:
        return mine
    last = submissions.instructed(dossier)
    rows = _instruction(dossier, last) if last else ()
    return (FactGroup("市领导批示", tuple(row for row in rows if row.said)),) if rows else ()
