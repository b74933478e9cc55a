"""再次来电 (repeating): a citizen calls again about a matter there is: joined, answered once more, or taken up anew, as
the rulebook says (R-23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import answered, conflicts, jointly
from hotline.casework.records import Contact, Matter, Order
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.statuses import OrderStatus
from hotline.casework.transitions.alarming import WORDS, heard
from hotline.casework.transitions.base import MatterCard, MatterCase, OrderCase, cite, dated, write_text
from hotline.casework.transitions.callers import caller
from hotline.casework.transitions.intake import CHANNELS, first_promise
from hotline.casework.transitions.linking import stands
from hotline.casework.transitions.publishing import retracted
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, office, repeats
from hotline.rules.repeats import Repeat

NEW = (("same", "没有新的事实"), ("new", "有新的事实"))
SAYS = {repeats.JOIN: "并入这件事，告诉承办单位", repeats.REPEAT: "把原来的答复再说一遍", repeats.REOPEN: "重新办理",
        repeats.LINKED: "另外登记一件"}  # fmt: skip


def _repeat(case: MatterCase, *, new_facts: bool) -> Repeat:
    withdrawn = case.subject.status == S.WITHDRAWN  # who comes back after all has another matter
    return repeats.what(case.book, stands(case.subject.status), new_facts=new_facts or withdrawn)


class RecordRepeat(MatterCard):
    """记再次来电: one more contact of the same matter, by the same citizen or somebody else."""

    term = "记再次来电"
    key = "R"
    rests_on = "repeat_contact"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (
        Field("channel", "来源", "choice", choices=CHANNELS),
        Field("words", "这次说了什么", "textarea", max_length=20000, hint="照原话记；只是催促也记"),
        Field("facts", "有没有新的事实", "choice", choices=NEW),
        Field("name", "姓名", required=False, max_length=60, hint="还是原来那位就不用填"),
        Field("phone", "联系电话", "phone", required=False, max_length=20),
    )
    deadline = UNCHANGED
    ledger = Line("repeat_recorded", ("action", "contact_id", "citizen_id", "channel", "new_facts", "answer_id"))
    needs = ("citizen", WORDS)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """What the rulebook makes of it, with new facts and without; the answer to be read out."""
        found = [Effect(f"{term}的", SAYS[_repeat(case, new_facts=new == "new").action]) for new, term in NEW]
        answer = case.dossier.body(answered.text_id(case.dossier))
        return [*found, *([Effect("原来的答复", answer)] if answer else [])]

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The readings that say what is done."""
        repeat = _repeat(case, new_facts=case.form["facts"] == "new")
        return (repeat.clause, *repeat.readings)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Not where another matter is to be registered."""
        repeat = _repeat(case, new_facts=case.form["facts"] == "new")
        if repeat.action != repeats.LINKED:
            return ()
        return [Problem("facts", "这件事不再重开，请另外登记一件。", repeat.clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A contact of its own, with its words; an answer repeated is on record with it."""
        form, matter, new = case.form, case.subject, case.form["facts"] == "new"
        action, first = _repeat(case, new_facts=new).action, case.dossier.all(Contact)[0]
        citizen_id = caller(case) if form["name"] or form["phone"] else first.citizen_id
        words, repeated = write_text(case, "repeat", form["words"]), action == repeats.REPEAT
        contact = Contact(case.tools.ids.next(), matter.id, case.tools.ids.next(), citizen_id, form["channel"],
                          case.now, first.record_id, anonymous=citizen_id is None, words_id=words,
                          answered_at=case.now if repeated else None)  # fmt: skip
        case.insert(contact)
        if (main := case.dossier.main()) is not None and matter.status == S.JOINED:
            heard = "" if matter.secrecy else form["words"]
            case.echo("hear_joined", main.other_id, must=False, other=matter.id, words=heard)
        return {"action": action, "contact_id": contact.id, "citizen_id": citizen_id, "channel": form["channel"],
                "new_facts": new, "answer_id": answered.text_id(case.dossier) if repeated else None}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever handles it is told; and who called, that it was written down."""
        matter_id, contact = case.dossier.chain.id, case.dossier.all(Contact)[-1]
        for unit_id in sorted({order.unit_id for order in case.dossier.open_orders()}):
            case.tell("called_meanwhile", "unit", unit_id, matter_id=matter_id)
        if contact.citizen_id is not None:
            case.tell("repeat_recorded", "citizen", contact.citizen_id, matter_id=matter_id)

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Taken up anew: by the unit that answered, or at the desk where none did, or where it is the target of the
        complaint (R-21)."""
        alarm = heard(case, "words")
        if _repeat(case, new_facts=case.form["facts"] == "new").action != repeats.REOPEN:
            return alarm
        lead = case.dossier.lead()
        again = lead is not None and not conflicts.with_target(case.dossier.matter, lead)
        return [(TakeUpAgain, lead) if lead is not None and again else (ReopenAtDesk, case.subject), *alarm]


class TakeUpAgain(MatterCard):
    """新情况续办: the unit that answered takes the matter up again, with the limit of the kind from here on; a consequence.
    What was late the first time stays late; extensions are counted anew."""

    term = "新情况续办"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (OrderStatus.APPROVED,), OrderStatus.REOPENED)
    form = ()
    deadline = RESTARTS
    ledger = Line("taken_up_again", ("due_at", "due_clause", "provisional", "late"))

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Calling again, and the limit that begins."""
        due = dating.fold(case.book, (dating.delivered(case.dossier.matter.kind, case.now),))
        return tuple(dict.fromkeys((*super().clauses(case), *(cite(due) if due else ()))))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A new round; nothing of the earlier one is owed any more."""
        order, late = case.subject, case.subject.on_time is False
        due = dated(case, order, dating.delivered(case.dossier.matter.kind, case.now), filed_at=None, on_time=None,
                    review_until=None, approved_at=None, explained_review_at=None, urgent=False, extended_by=0,
                    settled=False if late else None)  # fmt: skip
        return {"due_at": due and due.at, "due_clause": due and due.clause,
                "provisional": bool(due and due.provisional), "late": late}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("taken_up_again", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is in hand again."""
        return [(ResumeOnNewFacts, case.dossier.matter)]


ANEW = dict.fromkeys(("satisfied", "drawn", "drawn_because", "rating_until", "replied_at", "closed_at"))


class ResumeOnNewFacts(MatterCard):
    """新情况恢复办理: the matter is in hand again; a consequence. Lots are drawn and the rating opened again afterwards."""

    term = "新情况恢复办理"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REPLIED, S.CLOSED), S.IN_HAND)
    form = ()
    deadline = UNCHANGED
    ledger = Line("resumed_on_new_facts")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What was said of the earlier answer stays on file."""
        case.update(case.subject, **ANEW)
        return {}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What was published of the earlier answer holds no more."""
        return retracted(case)


class ReopenAtDesk(MatterCard):
    """新情况重开: what the desk itself had answered waits there again, to be decided; a consequence. What is promised, and
    the office's own date, count from here."""

    term = "新情况重开"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REPLIED, S.CLOSED), S.ACCEPTED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("reopened_at_desk", ("promised_at", "promised_clause", "dispatch_until"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """As if accepted now, and by itself: what it was joined to has been answered."""
        matter = case.subject
        jointly.leave(case)
        until = office.dispatch_until(case.book, case.now, matter.channel, urgent=matter.urgent).at
        promised = first_promise(case, matter.kind, matter.channel)
        case.update(matter, reopened_at=case.now, dispatch_until=until, **ANEW, **promised)
        return {"promised_at": promised["promised_at"], "promised_clause": promised["promised_clause"],
                "dispatch_until": until}  # fmt: skip

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What was published of the earlier answer holds no more."""
        return retracted(case)
