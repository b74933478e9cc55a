"""调查核实与抽查 (inquiring): a unit records what it looked into (四（三）段1); the office checks on site what a filed letter
says, and an untrue one has its consequences (四（四）段1, R-34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import conflicts, inquiries
from hotline.casework.records import Inquiry, Order
from hotline.casework.records.inquiries import OFFICE, UNIT
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.attaching import FILES, attach, unusable
from hotline.casework.transitions.base import (
    MatterCard,
    OrderCase,
    cite,
    dated,
    foreseen,
    not_handed_down,
    tell_citizen,
    write_text,
)
from hotline.casework.transitions.carding import FALSE_REPLY
from hotline.casework.transitions.handling import AGAIN, taken_up
from hotline.casework.transitions.marking import give, given, mark_for
from hotline.casework.transitions.redoing import ANSWERED, ResumeHandling
from hotline.network import roles
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, marks
from hotline.rules import inquiries as rules
from hotline.rules.dating import Step
from hotline.rules.verdicts import Due, Verdict

LOOKED = ("inquiry_id", "means", "looked_on", "who_id", "finding_id", "files")
CHECKERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.FOLLOW_UP)
RESULTS = (("yes", "与反馈件相符"), ("no", "与反馈件不符"))


def means_choices(case: OrderCase) -> list[tuple[str, str]]:
    """How it is looked into, as the rulebook names it."""
    return list(rules.means(case.book, case.card.rests_on).items())


def _looked(case: OrderCase, side: str, **more: Any) -> dict[str, Any]:
    """A row for what was looked into, its texts and its files; the line's facts."""
    form, order = case.form, case.subject
    who, finding = (write_text(case, name, form[name]) for name in ("who", "finding"))
    row = Inquiry(case.tools.ids.next(), order.matter_id, order.id, side, case.now, form["looked_on"], form["means"],
                  who, finding, **more)  # fmt: skip
    case.insert(row)
    attach(case, order)
    return {"inquiry_id": row.id, "means": row.means, "looked_on": row.looked_on.isoformat(), "who_id": who,
            "finding_id": finding, "files": len(case.tools.extra.get("files", ()))}  # fmt: skip


class RecordInvestigation(MatterCard):
    """记调查核实: what the unit looked into, on which day, how, who did, what was found, with what shows it."""

    term = "记调查核实"
    rests_on = "investigation"
    by = roles.UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DISPATCHED, S.SIGNED, S.DRAFTED, S.SIGNED_OFF, *AGAIN))
    form = (
        Field("looked_on", "哪一天核实的", "date", max_length=10),
        Field("means", "怎样核实的", "choice", choices=means_choices),
        Field("who", "谁核实的", max_length=120, hint="姓名、科室"),
        Field("finding", "查明的情况", "textarea", max_length=4000, hint="看到什么、查到什么，与诉求人说的是否一致"),
        FILES,
    )
    deadline = UNCHANGED
    ledger = Line("investigation_recorded", LOOKED)
    needs = ("files",)
    disturbs = False

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """An order that nobody signed must have been deemed accepted."""
        return taken_up(case)

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """On a day between the order's delivery and now."""
        may = rules.may_be_on(case.book, cls.rests_on, case.form["looked_on"], case.subject.received_at, case.now)
        return unusable(case) or ([] if may.ok else [Problem("looked_on", may.because, may.clause)])

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """It moves no date."""
        return _looked(case, UNIT)


class CheckOnSite(MatterCard):
    """抽查核实: the office looks for itself whether things are as the filed letter says. Not so: that is a false reply,
    proved; the letter does not pass, and the card falls that the rulebook knows for it (R-09)."""

    term = "抽查核实"
    rests_on = "spot_check"
    by = CHECKERS
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (S.FILED, S.APPROVED))
    form = (
        Field("looked_on", "哪一天核实的", "date", max_length=10),
        Field("means", "怎样核实的", "choice", choices=means_choices),
        Field("who", "谁核实的", max_length=120, hint="姓名、岗位"),
        Field("as_it_is", "结果", "choice", choices=RESULTS),
        Field("finding", "核实的情况", "textarea", max_length=4000, hint="不符的，写明哪一句不实"),
        Field("evidence", "证据", "textarea", required=False, max_length=2000, hint="不符的须写：照片、录音、谁在场"),
        FILES,
    )
    deadline = UNCHANGED
    ledger = Line("checked_on_site", (*LOOKED, "letter_id", "as_it_is", "evidence_id"))
    needs = ("files",)

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """It was filed with the platform, and its file is not put away."""
        if case.dossier.matter.status == MatterStatus.ARCHIVED:
            return cls.no(case, "事项已归档，台账已定稿。")
        return not_handed_down(case)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """What follows where it is not so."""
        order, fall = case.subject, _card_falls(case)
        card = [Effect("不符的，亮牌", mark_for(case, order, "red", FALSE_REPLY))] if fall else []
        then = "不能通过，只能退回重办" if order.status == S.FILED else "可以退回重办"
        return [*card, Effect("不符的，反馈件", then)]

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """On a day since the letter was filed; an untrue letter is proved."""
        form, since = case.form, case.subject.filed_at or case.subject.received_at
        if stale := unusable(case):
            return stale
        may = rules.may_be_on(case.book, cls.rests_on, form["looked_on"], since, case.now)
        found = [] if may.ok else [Problem("looked_on", may.because, may.clause)]
        if form["as_it_is"] == "no" and not form["evidence"]:
            found.append(Problem("evidence", "与反馈件不符的，须写明证据。", cls.provision(case.book).clause))
        return found

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """About the letter now standing."""
        letter, form = case.dossier.letter_of(case.subject), case.form
        if letter is None:
            raise LookupError("a filed order has no letter")
        evidence = write_text(case, "evidence", form["evidence"]) if form["evidence"] else None
        as_it_is = form["as_it_is"] == "yes"
        facts = _looked(case, OFFICE, letter_id=letter.id, as_it_is=as_it_is)
        return {**facts, "letter_id": letter.id, "as_it_is": as_it_is, "evidence_id": evidence}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told of what was not so."""
        if case.form["as_it_is"] == "no":
            case.tell("found_untrue", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The card of a false reply, where the rulebook knows it and it has not fallen under this date."""
        fall = case.form["as_it_is"] == "no" and _card_falls(case)
        return [(MarkFalseReply, case.subject)] if fall else []


def _card_falls(case: OrderCase) -> bool:
    """Whether a proved false reply brings a card now."""
    known = FALSE_REPLY in marks.causes(case.book, "red")
    return known and not given(case.dossier, case.subject, FALSE_REPLY)


class MarkFalseReply(MatterCard):
    """反馈不实亮牌: the consequence of a check that found a letter untrue; nobody presses it (R-09)."""

    term = "反馈不实亮牌"
    rests_on = "cards"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (S.FILED, S.APPROVED))
    form = ()
    deadline = UNCHANGED
    ledger = Line("false_reply_marked", ("mark_id", "colour", "cause", "round"))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Once for each date the order has had."""
        return None if _card_falls(case) else cls.no(case, "规则没有这种牌，或者这一轮已经亮过。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per card."""
        mark = give(case, "red", FALSE_REPLY)
        return {"mark_id": mark.id, "colour": mark.colour, "cause": mark.cause, "round": mark.round}


class RedoAfterCheck(MatterCard):
    """抽查不实重办: what had been found good before the check goes back to its unit; by the date of a send-back (R-06)."""

    term = "抽查不实重办"
    rests_on = "redo"
    by = (Role.SUPERVISOR, Role.INSPECTOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (S.APPROVED,), S.REOPENED)
    form = (Field("words", "要重办什么", "textarea", max_length=2000, hint="承办单位会看到"),)
    deadline = RESTARTS
    ledger = Line("redone_after_check", ("inquiry_id", "words_id", "due_at", "due_clause", "provisional", "late"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The letter that answers for all was found untrue, and the citizen was answered with it."""
        if not case.subject.lead or case.dossier.matter.status not in ANSWERED:
            return cls.no(case, "只有已经答复、由牵头单位负责的才这样重办。")
        found = inquiries.untrue(case.dossier, case.subject)
        return None if found is not None else cls.no(case, "没有抽查查实这份反馈件不实。")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Never by the target of the complaint (R-21)."""
        order, matter = case.subject, case.dossier.matter
        return conflicts.may_get(case.book, matter, order.unit_id, order.level2_unit_id, strictly=False)

    @classmethod
    def step(cls, case: OrderCase) -> Step:
        """The old date, or some working days from now if that is later."""
        return dating.sent_back(case.now)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date."""
        due = foreseen(case, case.subject, cls.step(case))
        return [Effect("新的期限", due)] if due else []

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Of the check, and of the date."""
        due, check = foreseen(case, case.subject, cls.step(case)), case.book.provision("spot_check")
        found: tuple[Due, ...] = (due,) if due else ()
        return tuple(dict.fromkeys((*super().clauses(case), check.clause, *(c for one in found for c in cite(one)))))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """As after a send-back: what was late stays late, else the letter finally approved is judged (R-06)."""
        order, found = case.subject, inquiries.untrue(case.dossier, case.subject)
        assert found is not None, "it pertains to a check"
        words = write_text(case, "redo_reason", case.form["words"])
        settled = False if order.on_time is False else order.settled
        due = dated(case, order, cls.step(case), filed_at=None, on_time=None, review_until=None, approved_at=None,
                    explained_review_at=None, settled=settled)  # fmt: skip
        return {"inquiry_id": found.id, "words_id": words, "due_at": due and due.at, "due_clause": due and due.clause,
                "provisional": bool(due and due.provisional), "late": settled is False}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Unit and citizen are told."""
        case.tell("redo_after_check", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_citizen(case, "redo_after_check")

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is in hand again."""
        return [(ResumeHandling, case.dossier.matter)]
