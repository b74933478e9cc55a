"""反馈 (replying): draft the letter, answer the citizen, sign off, file with the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework import explained, inquiries, sharing
from hotline.casework.letter_texts import written
from hotline.casework.records import Letter, Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.assisting import HandToLead
from hotline.casework.transitions.attaching import FILES, attach, unusable
from hotline.casework.transitions.base import (
    MatterCard,
    OrderCase,
    clauses_of,
    lacking,
    letter_facts,
    write_text,
)
from hotline.casework.transitions.citing import CITES, cited, not_in_force
from hotline.casework.transitions.handling import AGAIN, SECRET, phone_known, taken_up
from hotline.casework.transitions.letter_form import BLANK, SOLVED, letter_fields, missing_in, wanted_of
from hotline.casework.transitions.withholding import not_only_online
from hotline.casework.withholding import ONLINE
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem, headed
from hotline.procedure.records import Record
from hotline.rules import callers, contacts, letters, limits, office, outside, signing
from hotline.rules import explained as explained_rules
from hotline.rules.verdicts import Verdict

EVIDENCE = replace(FILES, label="证据材料", section="证据", section_note="现场照片、文件；交过的不会丢，还可以再加")
ANSWER_MEANS = (("phone", "电话"), ("visit", "当面"), ("sms", "短信"), (ONLINE, "网上"), ("post", "书面"))
# The elements that are chosen, not written: they stand in the line as they are.
CHOSEN = ("responds", "contact_means", "satisfaction", "truthful", "solved", "publish_opinion", "understanding")


class DraftReply(MatterCard):
    """写反馈件: three texts and every element of 五（三）–五（五）. A draft may lack some; signing may not."""

    term = "写反馈件"
    key = "R"
    rests_on = "letter_elements"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DISPATCHED, S.SIGNED, S.DRAFTED, *AGAIN), S.DRAFTED)
    form = (letter_fields, *headed("知识库", (CITES,)), EVIDENCE)
    deadline = UNCHANGED
    ledger = Line("reply_drafted", ("letter_id", "round", "missing", *CHOSEN, "review_on", "cites"))
    needs = ("files", "cited")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """An order that nobody signed must have been deemed accepted."""
        return taken_up(case)

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """All clauses that say what a letter holds."""
        return tuple(p.clause for p in case.book.provisions("letter_elements"))

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """What is explained instead of solved is not solved, and is looked at again on a day not too far."""
        if wrong := [*unusable(case), *not_in_force(case)]:
            return wrong
        form: dict[str, Any] = {**BLANK, **case.form}
        if not (form["understanding"] or form["review_on"]):
            return ()
        if form["solved"] != "no":
            clause = case.book.provision("explained").clause
            return [Problem("solved", "按已解释办结的是还没有解决的，请选“否”；已经解决的不用填复查。", clause)]
        may = explained_rules.may_review_on(case.book, form["review_on"], case.now) if form["review_on"] else None
        return [Problem("review_on", f"{may.because}。", may.clause)] if may is not None and not may.ok else ()

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A new letter row; an answer already given stays given while its words stay the same, until it is approved:
        what comes after that is to be answered anew."""
        earlier = case.dossier.letter_of(case.subject)
        form: dict[str, Any] = {**BLANK, **case.form}
        letter = _letter(case, form)
        if earlier and not earlier.approved_at and case.dossier.body(earlier.answer_id) == case.form["answer"]:
            letter = replace(letter, answered_at=earlier.answered_at, answered_means=earlier.answered_means)
        case.insert(letter)
        case.update(case.subject, handed_back_at=None)
        attach(case, case.subject)
        chosen = {name: getattr(letter, name) for name in CHOSEN}
        missing = [one.field for one in missing_in(case, form)]
        return {"letter_id": letter.id, "round": letter.round, "missing": missing, **chosen,
                "review_on": letter.review_on.isoformat() if letter.review_on else "",
                "cites": cited(case)}  # fmt: skip


def _letter(case: OrderCase, form: Mapping[str, Any]) -> Letter:
    order = case.subject
    reply, answer = write_text(case, "reply", form["reply"]), write_text(case, "answer", form["answer"])
    publishable = write_text(case, "publishable", form["publishable"])
    return Letter(
        case.tools.ids.next(), order.matter_id, order.id, order.round, case.now, reply, answer, publishable, None,
        write_text(case, "notes", written(form)), form["responds"], form["contact_means"], None, form["satisfaction"],
        form["truthful"], SOLVED.get(form["solved"]), form["publish_opinion"],
        understanding=form["understanding"], review_on=form["review_on"] or None,
    )  # fmt: skip


class AnswerCitizen(MatterCard):
    """答复诉求人: the unit tells the citizen course and result (四（三）段1), by what means and when."""

    term = "答复诉求人"
    key = "T"
    rests_on = "first_contact"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DRAFTED, S.SIGNED_OFF))
    form = (
        Field("means", "答复方式", "choice", choices=ANSWER_MEANS),
        Field("note", "诉求人怎么说", "textarea", required=False, max_length=2000),
    )
    deadline = UNCHANGED
    ledger = Line("citizen_answered", ("letter_id", "means"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The lead answers for all (R-15)."""
        rule = case.book.provision("assisting")
        no = Verdict(False, rule.clause, "由牵头单位答复诉求人。", rule.readings)
        return no if sharing.assists(case.subject) else None

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Who left no number is not called; who is kept secret reads it on the site, or is told by the office."""
        told_ = callers.may_be_told(case.book, case.form["means"], numbered=phone_known(case))
        if not told_.ok:
            return [Problem("means", f"{told_.because}请写在网上，或者当面、书面答复。", told_.clause)]
        if case.form["means"] == ONLINE or not (case.dossier.matter.secrecy and phone_known(case)):
            return not_only_online(case)
        return [Problem("means", SECRET, cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Means and instant are kept on the letter; the person is in the line."""
        if case.form["note"]:
            write_text(case, "citizen_said", case.form["note"])
        return {"letter_id": told(case, case.form["means"]).id, "means": case.form["means"]}


def told(case: OrderCase, means: str) -> Letter:
    """The citizen has the answer now; its letter."""
    letter = _letter_in_hand(case)
    case.update(letter, answered_at=case.now, answered_means=means)
    return letter


def _letter_in_hand(case: OrderCase) -> Letter:
    letter = case.dossier.letter_of(case.subject)
    if letter is None:
        raise LookupError("an order past drafting has no letter")
    return letter


def _complete(case: OrderCase, terms: str) -> Verdict | None:
    letter = _letter_in_hand(case)
    found = letters.missing(case.book, letter_facts(case, letter), only=wanted_of(case))
    return lacking([*found, *explained.lacks(case.book, case.dossier, letter)], terms)


class SignOff(MatterCard):
    """签批: checked and signed by the deputy head, a major one by the head (五（四）, R-10); never by its drafter."""

    term = "签批"
    key = "Q"
    rests_on = "sign_off"
    by = (Role.DEPUTY, Role.HEAD)
    not_by = (DraftReply,)
    reach = Reach.HOLDS
    moves = moves(Order, (S.DRAFTED,), S.SIGNED_OFF)
    form = (Field("remarks", "签批意见", required=False, max_length=300),)
    deadline = UNCHANGED
    ledger = Line("signed_off", ("letter_id", "level"))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """The right level, and nothing missing from the letter."""
        matter = case.dossier.matter
        level = signing.level(case.book, major=matter.major, instructed=matter.instructed_at is not None,
                              submitted=matter.submitted_at is not None,
                              provincial=outside.important(case.book, matter.source))  # fmt: skip
        if not signing.may_sign(level, case.actor.role):
            return Verdict(False, level.clause, f"须由主要负责人签批：{level.because}。", level.readings)
        return _complete(case, "反馈件还不能签批")

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """What was looked into, and whether at all."""
        return [inquiries.shown(case.book, case.dossier, case.subject)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Who signs at which level stands on the letter and in the line."""
        letter = _letter_in_hand(case)
        if case.form["remarks"]:
            write_text(case, "sign_off_remarks", case.form["remarks"])
        case.update(letter, signed_off_at=case.now, signed_off_role=case.actor.role)
        return {"letter_id": letter.id, "level": case.actor.role}


class File(MatterCard):
    """报送反馈件: filed with the platform within the limit; on time means strictly before its end (R-01, R-17)."""

    term = "报送反馈件"
    key = "F"
    rests_on = "first_contact"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.SIGNED_OFF,), S.FILED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("filed", ("letter_id", "due_at", "on_time", "review_until"))

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Feedback within the limit: the clause of first contact and feedback, and that of the order's own limit."""
        own = (case.subject.due_clause,) if case.subject.due_clause else ()
        feedback, review = case.book.provision("first_contact").clause, clauses_of(case, "office_dates")
        return tuple(dict.fromkeys((feedback, *own, *review)))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """No return is pending, the citizen was contacted and answered, and the letter is complete."""
        if case.subject.return_asked_at is not None or case.subject.return_filed_at is not None:
            door = case.book.provision("return_of_orders")
            return Verdict(False, door.clause, "退回申请正等决定；要自己办结，先撤回申请。", door.readings)
        if sharing.assists(case.subject):
            return _complete(case, "协办材料还不能报送")
        own = (case.subject, *sharing.below(case.dossier, case.subject))  # level 3's contacts are level 2's too
        made = [a for order in own for a in case.dossier.attempts_of(order)]
        attempts = [contacts.Attempt(a.at, a.outcome == "reached", case.dossier.body(a.note_id))
                    for a in made if a.outcome != "waived"]  # fmt: skip
        waivers = (a.means for a in made if a.outcome == "waived")
        verdict = contacts.may_file(case.book, attempts, next(waivers, None))
        if not verdict.ok:
            return verdict
        if _letter_in_hand(case).answered_at is None:
            return Verdict(False, verdict.clause, "还没有记录对诉求人的答复，先“答复诉求人”。",
                           case.book.provision("after_bounce").readings)
        return _complete(case, "反馈件还不能报送")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Timeliness is settled against the date in force, unless an earlier filing settled it for good; the office's
        own review date begins."""
        order = case.subject
        on_time = order.settled
        if on_time is None and order.due_at is not None:
            on_time = limits.on_time(order.due_at, case.now)
        review = office.review_until(case.book, case.now).at
        case.update(order, filed_at=case.now, on_time=on_time, review_until=review)
        return {"letter_id": _letter_in_hand(case).id, "due_at": order.due_at, "on_time": on_time,
                "review_until": review}  # fmt: skip

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """An assisting unit's letter goes to the lead."""
        return [(HandToLead, case.subject)] if sharing.assists(case.subject) else []


WROTE = (DraftReply, AnswerCitizen, SignOff, File)  # whose performers have a part in the letter
