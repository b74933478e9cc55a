"""并单 (joining): several callers, one matter. The joined one waits with the main one, whose answer every caller gets
under a number of their own; separated again, it is handled by itself (R-25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import jointly
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Link, Matter
from hotline.casework.records.links import MAIN
from hotline.casework.statuses import MATTER_TERMS
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, clauses_of, tell_callers, write_text
from hotline.casework.transitions.closing import Close, draw_lots
from hotline.casework.transitions.intake import first_promise
from hotline.casework.transitions.linking import UNSEEN
from hotline.casework.transitions.proposing import waits
from hotline.casework.transitions.repeating import ANEW
from hotline.casework.transitions.taking_in import OPEN
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import joining, office
from hotline.rules.verdicts import Verdict

DESK = (Role.OPERATOR, Role.DISPATCHER, Role.SHIFT_LEADER)
ALONE = ("main_id", "dispatch_until", "promised_at", "promised_clause")
WITH_LEADERS = ("before_leader_at", "carry_out_at", "report_owed_at")


def _other_than(main: MatterDossier | None, case: MatterCase) -> str:
    """Why this matter may not be joined to that one; empty where it may."""
    if main is None:
        return UNSEEN
    matter, its = case.subject, main.matter
    if main.chain.id == matter.id:
        return "不能并入它自己。"
    if main.main() is not None and its.status == S.JOINED:
        return "那一件自己已经并入别的事项，请并入它的主件。"
    if its.status not in OPEN:
        return f"那一件现在“{MATTER_TERMS[S(its.status)]}”，只能并入受理以后、还没有答复的。"
    if its.kind != matter.kind:
        return "两件的种类不同，期限也不同，不能并在一起；分错了的先改类别。"
    if matter.urgent and not its.urgent:
        return "这一件是紧急的，不能并入不紧急的。"
    return ""


class JoinMatter(MatterCard):
    """并入: somebody else has brought the same matter before: this one is handled and answered with it. Its caller stays
    its own; the unit reads what the operator passes on."""

    term = "并入另一件"
    rests_on = "joining"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.JOINED)
    form = (
        Field("number", "并入哪一件", max_length=30, hint="主件的编号；要是同一件事、同一种类"),
        Field("words", "告诉承办单位的情况", "textarea", max_length=2000, hint="主件的承办单位会看到；要求保密的，不要写出是谁"),
        Field("reason", "为什么是同一件事", max_length=300, hint="如：同一栋楼的同一盏灯"),
    )
    deadline = UNCHANGED
    ledger = Line("joined", ("main_id", "old_dispatch_until"))
    needs = ("main",)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Nobody is at work on it or asked who shall be, nothing waits for a decision, no leader waits, and nothing is
        joined to it in turn."""
        if (undecided := waits(case, cls)) is not None:
            return undecided
        if case.subject.designate_until is not None:
            return cls.no(case, "已经提请指定，正等决定；先撤回提请。")
        if any(getattr(case.subject, name) is not None for name in WITH_LEADERS):
            return cls.no(case, "呈报过市领导，还在等批示、等照办或等报告，不能并入别的事项。")
        if case.dossier.open_orders():
            return cls.no(case, "还有协办单位在办，先收回它的工单。")
        return cls.no(case, "有别的事项并在这一件里，先把它们分开。") if case.dossier.joined() else None

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """What becomes of its dates, and of its caller."""
        shown = "可公开的那一份答复" if joining.shows_publishable(case.book) else "主件的答复"
        return [Effect("期限", "派发时限停；答应诉求人的日期不变"),
                Effect("诉求人", f"会收到告知；主件答复时按自己的编号看到{shown}，也可以评价")]  # fmt: skip

    @classmethod
    def beside(cls, case: MatterCase) -> Sequence[int]:
        """The main matter, if there is one by that number that this post may see."""
        main_id = case.tools.extra.get("main")
        return (main_id,) if main_id is not None else ()

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The main one is open, of the same kind, no less urgent, and against nobody else (R-21)."""
        main = _main(case)
        if said := _other_than(main, case):
            return [Problem("number", said, cls.provision(case.book).clause)]
        if main is not None and any(getattr(main.matter, n) != getattr(case.subject, n) for n in jointly.AGAINST):
            clause = case.book.provision("complaint_against").clause
            return [Problem("number", "两件反映的对象不同，要回避的也不同，不能并在一起。", clause)]
        return ()

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The office's own date stops; both sides note it, in one breath."""
        matter, form, main = case.subject, case.form, _main(case)
        assert main is not None
        write_text(case, "join_reason", form["reason"])
        case.insert(Link(case.tools.ids.next(), matter.id, main.chain.id, main.matter.number, MAIN, case.now))
        case.update(matter, dispatch_until=None)
        case.echo("take_in", main.chain.id, other=matter.id, number=matter.number, words=form["words"])
        return {"main_id": main.chain.id, "old_dispatch_until": matter.dispatch_until}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Its callers are told; of whom it is joined with, nothing."""
        tell_callers(case, "joined")


def _main(case: MatterCase) -> MatterDossier | None:
    """The dossier of the matter named in the form; its own where it names itself."""
    main_id = case.tools.extra.get("main")
    found = case.dossier if main_id == case.dossier.chain.id else case.tools.beside.get(main_id or 0)
    return found if isinstance(found, MatterDossier) else None


class SeparateMatter(MatterCard):
    """分开单办: it was not the same matter after all, or the answer to the main one did not meet it: back to the desk, to
    be handled by itself, with the office's own date from here on."""

    term = "分开单办"
    rests_on = "joining"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.JOINED, S.REPLIED), S.ACCEPTED)
    form = (Field("reason", "为什么分开", max_length=300, hint="如：去看了，是另一栋楼的灯"),)
    deadline = UNCHANGED
    ledger = Line("separated", ALONE)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """It is joined to another."""
        return cls.no(case, "这一件没有并入别的事项。") if case.dossier.main() is None else None

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Once answered, only where the caller is not content with it."""
        waits = case.subject.status == S.REPLIED and case.subject.satisfied is not False
        return cls.no(case, "已经随主件答复，诉求人不满意的才分开单办。") if waits else None

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """The dates it will have."""
        kept = "不变" if joining.promise_kept(case.book) else "从现在起重新算"
        return [Effect("派发期限", office.dispatch_until(case.book, case.now, case.subject.channel,
                                                    urgent=case.subject.urgent)),
                Effect("答应诉求人的日期", kept)]  # fmt: skip

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """Joining, and the office's own dates."""
        return (*super().clauses(case), *clauses_of(case, "office_dates"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason stands word for word."""
        write_text(case, "separate_reason", case.form["reason"])
        return _alone(case)

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Its callers are told."""
        tell_callers(case, "separated")


def _alone(case: MatterCase, *, noted: bool = False) -> Mapping[str, Any]:
    """As if accepted now; an answer it has had stays to be read. The facts of the line."""
    matter = case.subject
    until = office.dispatch_until(case.book, case.now, matter.channel, urgent=matter.urgent).at
    promised = {} if joining.promise_kept(case.book) else first_promise(case, matter.kind, matter.channel)
    main_id = jointly.leave(case, noted=noted)
    case.update(matter, reopened_at=case.now, dispatch_until=until, **ANEW, **promised)
    now = {n: promised.get(n, getattr(matter, n)) for n in ("promised_at", "promised_clause")}
    return {"main_id": main_id, "dispatch_until": until, **now}


class SeparateUnlike(MatterCard):
    """不能再并而分开: a consequence: it or the main one is about somebody else since (R-21), or the main one of another kind:
    such are not handled as one (R-25). As if separated by hand; nothing of it is passed on any more."""

    term = "不能再并而分开"
    rests_on = "joining"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.JOINED,), S.ACCEPTED)
    form = (Field("noted", "主件已经记下", "flag", required=False),)
    deadline = UNCHANGED
    ledger = Line("separated_unlike", ALONE)

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """Joining, and the office's own dates."""
        return (*super().clauses(case), *clauses_of(case, "office_dates"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It waits at the desk, with the office's own date."""
        return _alone(case, noted=case.form["noted"])

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Its callers are told that it is handled by itself, not why."""
        tell_callers(case, "separated")


class AnswerJoined(MatterCard):
    """随主件答复: the main matter is answered, and this one with it: the answer is its own from now on, its callers are told
    under its own number and may rate it; followed up like any other (R-12, R-25)."""

    term = "随主件答复"
    rests_on = "joining"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.JOINED, S.REPLIED, S.CLOSED), S.REPLIED)
    form = (
        Field("answer", "答复", "textarea", max_length=100_000),
        Field("unrated", "不评价，不回访", "flag", required=False),
    )
    deadline = UNCHANGED
    ledger = Line("answered_jointly", ("drawn", "because", "seed", "rating_until", "answer_id"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The answer in a text of its own; what was said of an earlier one stays on file. It ends as the main one does:
        what nobody rates there, nobody rates here (R-37)."""
        answer_id = write_text(case, "told", case.form["answer"])
        if case.form["unrated"]:
            case.update(case.subject, **{**ANEW, "told_id": answer_id, "replied_at": case.now})
            return {"drawn": False, "because": "不评价，不回访", "seed": "", "rating_until": None, "answer_id": answer_id}
        facts = draw_lots(case, told_id=answer_id, satisfied=None, closed_at=None)
        return {**facts, "answer_id": answer_id}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Each caller is told, under this matter's number."""
        tell_callers(case, "answered_with_another" if case.form["unrated"] else "rate")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Not drawn: closing is the consequence."""
        return [] if case.dossier.matter.drawn else [(Close, case.dossier.matter)]


class HoldBackJointAnswer(MatterCard):
    """收回一并答复的文字: a consequence: the main matter is kept from the site since. What it was answered with stays on file;
    whoever follows this one reads where to ask instead."""

    term = "收回一并答复的文字"
    rests_on = "non_publication"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REPLIED, S.CLOSED, S.ARCHIVED))
    form = (Field("answer", "改为", "textarea", max_length=1000),)
    deadline = UNCHANGED
    ledger = Line("joint_answer_held_back", ("answer_id",))
    disturbs = False

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Another text in its place."""
        answer_id = write_text(case, "told", case.form["answer"])
        case.update(case.subject, told_id=answer_id)
        return {"answer_id": answer_id}
