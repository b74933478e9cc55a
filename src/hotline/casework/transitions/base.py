"""Parts that the stages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import conflicts, extensions, fields, sharing
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import beside
from hotline.casework.records import Citizen, Contact, Letter, Matter, Order, Text
from hotline.casework.statuses import OrderStatus
from hotline.network.roles import TERMS, Role
from hotline.procedure.card import Card
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, limits, marks, receiving
from hotline.rules.book import Rulebook
from hotline.rules.dating import Step
from hotline.rules.verdicts import Due, Missing, Verdict

MatterCase = Case[MatterDossier, Matter]
OrderCase = Case[MatterDossier, Order]
AnyCase = Case[MatterDossier, Any]

YES_NO = (("yes", "是"), ("no", "否"))


class MatterCard(Card, abstract=True):
    """A card on a matter or one of its orders."""

    chain = "matter"

    @classmethod
    def no(cls, case: AnyCase, because: str) -> Verdict:
        """A refusal by the clause that the card rests on."""
        provision = cls.provision(case.book)
        return Verdict(False, provision.clause, because, provision.readings)


def not_handed_down(case: OrderCase) -> Verdict | None:
    """A no for the office where level 2 decides: what it handed down itself (R-16)."""
    rule = case.book.provision("handed_down")
    no = Verdict(False, rule.clause, "这是二级单位下派的，由二级单位决定。", rule.readings)
    return no if case.subject.parent_id is not None else None


def write_text(case: AnyCase, field: str, body: str) -> int:
    """A new free text: its row, salt, hash in the line. Its number. Raises ValueError for a field nobody knows."""
    fields.insist_on(field)
    text_id = case.tools.ids.next()
    salt = case.salted(text_id, body)
    case.insert(Text(text_id, case.dossier.chain.id, field, body, salt))
    return text_id


def cite(due: Due) -> tuple[str, ...]:
    """The clause of a date and its readings, as a line cites them."""
    return (due.clause, *due.readings)


def due_of(order: Order) -> Due | None:
    """The date an order has, with its clause; None where it has none."""
    if order.due_at is None:
        return None
    return Due(order.due_at, order.due_clause or "", tuple(order.due_readings.split()), order.due_provisional)


def due_columns(book: Rulebook, steps: Sequence[Step]) -> dict[str, Any]:
    """The columns in which an order keeps its date, and the steps that made it (`rules.dating`)."""
    due = dating.fold(book, steps)
    return {"due_at": due.at if due else None, "due_clause": due.clause if due else None,
            "due_readings": " ".join(due.readings) if due else "", "due_provisional": bool(due and due.provisional),
            "due_basis": dating.written(steps)}  # fmt: skip


def dated(case: AnyCase, order: Order, step: Step, *, as_of: datetime | None = None,
          **others: Any) -> Due | None:  # fmt: skip
    """One more step in an order's date: the one way for a verb to set or move it. Writes all its columns together, and
    raises the round when the instant is another, so that reminder and cards may fall again (R-09); `others` are further
    columns of the order to change with it. What the clock does late is done `as_of` its own instant. Whatever hangs on
    it follows. Returns the date as it now is."""
    steps = (*dating.read(order.due_basis), step)
    due = redated(case, order, steps, as_of=as_of, **others)
    _followed(case, order, steps, as_of or case.now)
    return due


def _followed(case: AnyCase, order: Order, steps: Sequence[Step], at: datetime) -> None:
    """Who does a part of the order has a date before its own, never after it (R-15, R-16); the units are told."""
    for one, its in sharing.following(case.book, case.dossier, order, steps, at):
        due = dating.fold(case.book, its)
        redated(case, one, its, as_of=at, extended_by=0, **judged(one, due.at if due else None))
        case.tell("due_changed", "unit", one.unit_id, matter_id=case.dossier.chain.id)
        _followed(case, one, its, at)


def parts_moved(case: AnyCase, order: Order) -> list[list[Any]]:
    """The orders whose dates followed this one's, each with its old date and its new one, as the line says it."""
    moved = ((case.dossier.get(Order, number), columns) for (record, number), columns in case.out.updates.items()
             if record is Order and number != order.id and "due_at" in columns)  # fmt: skip
    return [[one.id, one.due_at, columns["due_at"]] for one, columns in moved]


def redated(case: AnyCase, order: Order, steps: Sequence[Step], *, as_of: datetime | None = None,
            **others: Any) -> Due | None:  # fmt: skip
    """The same for all its steps and it alone, where the new one is not the last or each is moved by itself: an outage
    stands where it happened. The dates that its extensions are from and to move with it."""
    columns = due_columns(case.book, steps)
    others = {**sharing.inner_moved(order, columns["due_at"]), **others}
    after = replace(order, **columns, **others)
    case.update(order, **columns, **next_round(case, order, after, as_of or case.now), **others)
    for extension, moved in extensions.changes(case.book, case.dossier, after) if order.due_at != after.due_at else ():
        case.update(extension, **moved)
    return due_of(after)


def next_round(case: AnyCase, before: Order, after: Order, at: datetime) -> dict[str, int | None]:
    """The round's columns, where the date of an order has moved: a new round, in which no reminder is owed that would
    lie in the past."""
    if after.due_at == before.due_at:
        return {}
    number = before.round + 1
    return {"round": number, "reminded_round": number if _reminder_passed(case, after, at) else before.reminded_round}


def _reminder_passed(case: AnyCase, order: Order, at: datetime) -> bool:
    """Whether a date is so near that the reminder of it would lie in the past: none is owed then."""
    due, kind = due_of(order), case.dossier.matter.kind
    reminder = marks.reminder_at(case.book, kind, due, urgent=order.urgent) if due else None
    return reminder is not None and reminder.at <= at


def judged(order: Order, due_at: datetime | None) -> dict[str, Any]:
    """The timeliness of a filed letter, against a date that has changed; settled is settled."""
    if order.status not in (OrderStatus.FILED, OrderStatus.APPROVED) or order.filed_at is None:
        return {}
    on_time = limits.on_time(due_at, order.filed_at) if due_at else None
    return {"on_time": on_time if order.settled is None else order.settled}


def awaits_acceptance(book: Rulebook, kind: str, order: Order) -> bool:
    """Whether the first contact runs from an acceptance that is not there: nobody signed, nor is it deemed."""
    from_acceptance = limits.contact_rests_on(book, kind) != "first_contact" and not order.urgent
    return from_acceptance and order.signed_at is None and order.deemed_at is None


def accepted_by_act(order: Order, deemed: datetime | None, signed: datetime | None) -> datetime | None:
    """The instant of an acceptance that the door's closing did not bring, so that its day is a new one, at 00:00 too
    (R-01): what was done about a return that kept it from being deemed accepted, or the signature meanwhile (R-04)."""
    if deemed is None:
        act = signed or order.return_decided_at
        return act if act is not None and act >= order.return_until else None
    return deemed if deemed != order.return_until or deemed == order.return_decided_at else None


def first_contact(book: Rulebook, kind: str, order: Order) -> datetime | None:
    """Until when the citizen is to be contacted, from the facts of the order and the kind as it is now; None while a
    return that is undecided keeps it from being accepted (R-04)."""
    disputed = order.return_decided_at is not None and order.contact_until is None
    if sharing.assists(order):
        return None
    if (order.return_filed_at is not None or disputed) and awaits_acceptance(book, kind, order):
        return None
    found = limits.contact_until(book, kind, order.received_at, signed=order.signed_at, urgent=order.urgent,
                                 deemed=accepted_by_act(order, order.deemed_at, order.signed_at))  # fmt: skip
    return found.at if found else None


def foreseen(case: AnyCase, order: Order, step: Step) -> Due | None:
    """The date that an order would have after one more step."""
    return dating.fold(case.book, (*dating.read(order.due_basis), step))


def problems_of(missing: Sequence[Missing]) -> list[Problem]:
    """Missing elements as problems of a form."""
    return [Problem(m.field, m.because, m.clause) for m in missing]


def lacking(missing: Sequence[Missing], terms: str) -> Verdict | None:
    """A closed door for missing elements, naming each with its own clause; None when nothing is missing."""
    if not missing:
        return None
    said = "；".join(dict.fromkeys(f"{m.because}（{m.clause}）" for m in missing))
    return Verdict(False, missing[0].clause, f"{terms}：{said}")


def letter_facts(case: AnyCase, letter: Letter) -> Mapping[str, object]:
    """A letter's elements by name, as the rules look at them."""
    return letter_facts_of(case.dossier, letter)


def letter_facts_of(dossier: MatterDossier, letter: Letter) -> Mapping[str, object]:
    """The same, outside a performance."""
    body, said = dossier.body, beside(dossier.body, letter)
    return {
        "reply": body(letter.reply_id),
        "answer": body(letter.answer_id),
        "publishable": body(letter.publishable_id),
        "responds_to_request": letter.responds,
        "citations": [{"title": c[0], "number": c[1] if len(c) > 1 else ""} for c in said.citations],
        "no_citation_reason": said.no_citation_reason,
        "contact_means": letter.contact_means,
        "contact_summary": said.contact_summary,
        "satisfaction": letter.satisfaction,
        "truthful": letter.truthful,
        "solved": letter.solved,
        "publish_opinion": letter.publish_opinion,
        **said.signature,
    }


PLATFORM = 1  # the level of the platform itself, which dispatches and gets no orders
DUTY_PHONE_TERM = "值班电话"


def said_lacking(options: Sequence[str]) -> str:
    """One thing that a unit lacks, in words: any of these people, or the telephone."""
    return "或".join(DUTY_PHONE_TERM if one == receiving.DUTY_PHONE else TERMS[Role(one)] for one in options)


def unfit(case: AnyCase, field: str, *, strictly: bool = True) -> list[Problem]:
    """Why the unit that the look-up `unit` found may not be given an order."""
    return unfit_unit(case, field, case.tools.extra["unit"], strictly=strictly)


def unfit_unit(case: AnyCase, field: str, found: Any, *, strictly: bool = True) -> list[Problem]:
    """Why a unit may not be given an order: unknown, ended, the platform itself, the
    target of the complaint or (`strictly`) not whom it goes to instead (R-21), or without the people and the telephone
    that the rulebook asks for."""
    matter = case.dossier.matter
    platform = found is not None and found.unit.level == PLATFORM and found.unit.id != matter.goes_to_unit_id
    if found is None or found.unit.status != "open" or platform:
        said = "没有这个二、三级网络单位，或者它已经撤销。"
        return [Problem(field, said, case.card.provision(case.book).clause)]
    if not (verdict := conflicts.may_get(case.book, matter, found.unit.id, found.level2_id, strictly=strictly)).ok:
        return [Problem(field, verdict.because, verdict.clause)]
    lacking_ = receiving.lacks(case.book, found.roles, found.unit.phone)
    if not lacking_:
        return []
    said = f"“{found.unit.short}”还不能接单，缺{'、'.join(map(said_lacking, lacking_))}，请系统管理员补上，或另选单位。"
    return [Problem(field, said, case.book.provision("receiving").clause)]


def kind_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The kinds of matter of this rulebook."""
    return [(kind.id, kind.term) for kind in case.book.kinds.values()]


def clauses_of(case: AnyCase, *names: str) -> tuple[str, ...]:
    """The clauses that the dates in a line rest on, with their readings; each once."""
    provisions = [case.book.provision(name) for name in names]
    return tuple(dict.fromkeys(c for p in provisions for c in (p.clause, *p.readings)))


URGENCY = (
    Field("urgent", "紧急或可简易处理", "flag", required=False),
    Field("urgent_reason", "紧急的理由", required=False, max_length=300),
)


def urgency_problems(case: AnyCase) -> list[Problem]:
    """Urgency is marked with a reason."""
    if not case.form["urgent"] or case.form["urgent_reason"]:
        return []
    return [Problem("urgent_reason", "标为紧急须写明理由。", case.book.provision("urgent").clause)]


def urgency_columns(case: AnyCase) -> dict[str, Any]:
    """What a matter keeps of its urgency; the reason is a text."""
    reason = write_text(case, "urgent_reason", case.form["urgent_reason"]) if case.form["urgent"] else None
    return {"urgent": case.form["urgent"], "urgent_reason_id": reason}


def tell_citizen(case: AnyCase, template: str) -> None:
    """Put a message to the citizen into the outbox, unless nobody is known by phone."""
    citizen = case.dossier.citizen()
    if citizen is not None and citizen.phone_sealed is not None:
        case.tell(template, "citizen", citizen.id, matter_id=case.dossier.chain.id)


def tell_callers(case: AnyCase, template: str, *, but: int | None = None) -> None:
    """The same to everybody who called about the matter (R-25), `but` whoever hears it already."""
    callers = dict.fromkeys(contact.citizen_id for contact in case.dossier.all(Contact))
    for citizen in (case.dossier.find(Citizen, citizen_id) for citizen_id in callers if citizen_id != but):
        if citizen is not None and citizen.phone_sealed is not None:
            case.tell(template, "citizen", citizen.id, matter_id=case.dossier.chain.id)
