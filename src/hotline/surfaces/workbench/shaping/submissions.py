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
from hotline.surfaces.ui.shapes import Fact, FactGroup, LetterText, PrintedLetter

STATES = {"": "等批示", submissions.INSTRUCTED: "已批示", submissions.GIVEN_BACK: "已退回",
          submissions.WITHDRAWN: "已撤回"}  # fmt: skip
BLANK = "\n".join(["　"] * 5)  # lines to write on
WORDS = {submissions.INSTRUCTED: "批示", submissions.GIVEN_BACK: "退回的理由", submissions.WITHDRAWN: "撤回的理由"}


def units_said(written: str) -> str:
    """The lead, and who assists."""
    lead, *others = submissions.unit_ids(written) or (None,)
    return network.name(lead) + (f"（协办：{'、'.join(map(network.name, others))}）" if others else "") if lead else ""


def _instruction(dossier: MatterDossier, one: Submission) -> tuple[Fact, ...]:
    """The words, the units and the day; that the units are other ones than proposed is said."""
    differs = bool(one.instructed_units) and one.instructed_units != one.proposed_units
    note = f"与拟办的不同：{units_said(one.proposed_units) or '没有拟单位'}" if differs else ""
    return (Fact(WORDS.get(one.outcome, ""), dossier.body(one.words_id)),
            Fact("批示的单位", units_said(one.instructed_units), note),
            Fact("要求报结果", f"{said.day(one.wanted_on)} 以前" if one.wanted_on else ""))  # fmt: skip


def _group(book: Rulebook, dossier: MatterDossier, one: Submission) -> FactGroup:
    decided = f"{said.instant(one.decided_at, book.tz)} {STATES[one.outcome]}" if one.decided_at else STATES[""]
    rows = (Fact("呈报", network.holder(one.post_id), f"{said.instant(one.submitted_at, book.tz)}，{one.ground}",
                 link(book.provision("submitting").clause)),
            Fact("拟办意见", dossier.body(one.opinion_id)), Fact("拟办单位", units_said(one.proposed_units)),
            Fact("现在", decided), *_instruction(dossier, one),
            Fact("报告", dossier.body(one.report_id), _reported(book, one)),
            Fact("打印", _name(one), url=f"/staff/m/{dossier.matter.number}/sheet/?of={one.id}"))  # fmt: skip
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


def _name(one: Submission) -> str:
    """What the sheet of paper is called: before the leader has written on it, and after."""
    return "批示单" if one.outcome == submissions.INSTRUCTED else "呈办单"


def sheet(book: Rulebook, dossier: MatterDossier, one: Submission) -> PrintedLetter:
    """On paper: what the citizen says, what is proposed, and what the leader wrote, or the lines to write on."""
    matter, tz = dossier.matter, book.tz
    told = dossier.body(one.words_id) or BLANK
    parts = (LetterText("事项", dossier.body(matter.gist_id)), LetterText("诉求人的话", dossier.body(matter.words_id)),
             LetterText("拟办意见", dossier.body(one.opinion_id)), LetterText(WORDS.get(one.outcome, "批示"), told),
             LetterText("办理结果", dossier.body(one.report_id)))  # fmt: skip
    facts = (Fact("编号", matter.number), Fact("种类", book.kind(matter.kind).term), Fact("类别", matter.category),
             Fact("呈报的理由", one.ground), Fact("登记于", said.instant(matter.registered_at, tz)),
             Fact("拟办单位", units_said(one.proposed_units)), Fact("批示的单位", units_said(one.instructed_units)),
             Fact("要求报结果", f"{said.day(one.wanted_on)} 以前" if one.wanted_on else ""))  # fmt: skip
    how = "" if one.outcome == submissions.INSTRUCTED else f" {STATES[one.outcome]}"  # the label says it already
    decided = f"{said.instant(one.decided_at, tz)}{how}" if one.decided_at else ""
    return PrintedLetter(
        f"{book.city}{book.provision('service').values['number']}热线", f"关于 {matter.number} 号诉求事项的{_name(one)}",
        f"{network.holder(one.post_id)}同志", tuple(part for part in parts if part.text),
        tuple(f for f in facts if f.said),
        tuple(f for f in (Fact("批示人", network.holder(one.post_id)), Fact("批示于", decided)) if f.said and decided),
        f"{one.submitted_at.astimezone(tz):%Y年%-m月%-d日}", STATES[one.outcome],
    )  # fmt: skip
