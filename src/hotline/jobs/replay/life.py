"""一生 (lives): one message's steps, one after the other; what comes next may rest on what became of the matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.casework.transitions.alarming import TakeAlarm
from hotline.casework.transitions.closing import Archive, FollowUp
from hotline.casework.transitions.deciding import Dispatch
from hotline.casework.transitions.handling import RecordContact, SignFor
from hotline.casework.transitions.intake import Accept, Register
from hotline.casework.transitions.replying import AnswerCitizen, DraftReply, File, SignOff
from hotline.casework.transitions.reviewing import Approve
from hotline.casework.transitions.sending_back import SendBack
from hotline.jobs.replay import forms
from hotline.jobs.replay.plan import Again, Draw, Plan
from hotline.jobs.replay.reader import Message
from hotline.jobs.replay.staff import Staff, Unit
from hotline.network.roles import CITIZEN
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.perform import Subject, perform
from hotline.rules.book import Rulebook


@dataclass(frozen=True, slots=True)
class Step:
    """一步: a card at an instant, by somebody, with its form; without a card, waiting for what the clock does."""

    at: datetime
    card: type[Card] | None
    actor: Actor
    form: forms.Form = field(default_factory=dict)


@dataclass(slots=True)
class Life:
    """一生: a message, its kind, its plan and who handles it; `matter` and `order_id` as they have become, `next_at` when
    the clock has something to do on them next."""

    message: Message
    kind: str
    plan: Plan
    staff: Staff
    book: Rulebook
    matter: Matter | None = None
    order_id: int | None = None
    next_at: datetime | None = None

    @property
    def unit(self) -> Unit:
        """The unit that the id's hash names."""
        return self.staff.units[Draw(self.message.id).number("unit") % len(self.staff.units)]

    def steps(self) -> Iterator[Step]:
        """All steps; each is asked for when the one before has been performed."""
        yield from self._at_the_desk()
        yield from self._at_the_unit()
        if self.plan.again:
            yield Step(self.plan.approved, SendBack, self.staff.reviewer, forms.too_little(self.book))
            yield from self._once_more(self.plan.again)
        else:
            yield Step(self.plan.approved, Approve, self.staff.reviewer)
        yield from self._at_the_end()

    def _at_the_desk(self) -> Iterator[Step]:
        at, staff, book, message = self.plan.dispatched, self.staff, self.book, self.message
        yield Step(at, Register, CITIZEN, forms.registration(book, message, self.kind))
        if self.matter is not None and self.matter.alarm_next_at is not None:
            yield Step(at, TakeAlarm, staff.operator)
        yield Step(at, Accept, staff.operator, forms.acceptance(book, message, self.kind))
        yield Step(at, Dispatch, staff.dispatcher, {"unit": str(self.unit.id), "kind": self.kind})

    def _at_the_unit(self) -> Iterator[Step]:
        plan, unit = self.plan, self.unit
        yield Step(plan.signed, SignFor, unit.clerk)
        yield Step(plan.contacted, RecordContact, unit.clerk, forms.contact())
        yield Step(plan.drafted, DraftReply, unit.clerk, forms.letter(self.book, self.message))
        yield Step(plan.told, AnswerCitizen, unit.clerk, {"means": "online"})
        yield Step(plan.signed_off, SignOff, unit.signer)
        yield Step(plan.filed, File, unit.clerk)

    def _once_more(self, again: Again) -> Iterator[Step]:
        unit = self.unit
        yield Step(again.drafted, DraftReply, unit.clerk, forms.letter(self.book, self.message))
        yield Step(again.told, AnswerCitizen, unit.clerk, {"means": "online"})
        yield Step(again.signed_off, SignOff, unit.signer)
        yield Step(again.filed, File, unit.clerk)
        yield Step(again.approved, Approve, self.staff.reviewer)

    def _at_the_end(self) -> Iterator[Step]:
        plan, drawn = self.plan, self.matter is not None and self.matter.drawn
        for i, at in enumerate(plan.calls if drawn else (), 1):
            reached = plan.reached and i == len(plan.calls)
            yield Step(at, FollowUp, self.staff.follow_up, forms.call(reached))
        if drawn and plan.reached:
            yield Step(plan.archived, Archive, self.staff.reviewer)
        else:  # the clock archives when the rating period ends
            yield Step(plan.rating_ends, None, self.staff.reviewer)

    def perform(self, step: Step) -> None:
        """Perform a step and remember what has become of matter and order."""
        if step.card is None:
            return
        done = perform(step.card, self._subject(step.card), step.form, actor=step.actor, now=step.at)
        dossier = cast("MatterDossier", done.dossier)
        self.matter = dossier.matter
        self.order_id = dossier.orders[-1].id if dossier.orders else None
        looked_at = [row.next_decision_at for row in (dossier.matter, *dossier.orders) if row.next_decision_at]
        self.next_at = min(looked_at, default=None)

    def _subject(self, card: type[Card]) -> Subject:
        if self.matter is None:
            return Subject(card.chain)
        on_order = card.moves.record is Order and self.order_id is not None
        return Subject(card.chain, self.matter.id, (Order, cast("int", self.order_id)) if on_order else None)
