"""办件卷宗 (matter dossiers): everything that may be looked at of one matter, with the questions cards ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar

from hotline.casework import conflicts, falling_due, submissions
from hotline.casework.records import (
    AbuseMark,
    Attachment,
    Attempt,
    Citizen,
    Contact,
    Designation,
    Extension,
    Handover,
    Inquiry,
    Letter,
    Link,
    Mark,
    Matter,
    Order,
    PaperDocument,
    PersonKey,
    Proposal,
    Publication,
    Rested,
    ReturnRequest,
    Revisit,
    Ruling,
    Source,
    Submission,
    Supervision,
    Text,
    UrgentReport,
    Withholding,
)
from hotline.casework.records.links import JOINED, MAIN
from hotline.casework.statuses import MATTER_TERMS, OPEN_ORDERS, ORDER_TERMS, MatterStatus, OrderStatus
from hotline.knowledge.records import Citation
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.dossier import Decision, Dossier
from hotline.procedure.ledger import TEXT_TABLES
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of
from hotline.rules.book import Rulebook

TEXT_TABLES["matter"] = Text.TABLE


@dossier_of("matter")
class MatterDossier(Dossier):
    """办件卷宗: one matter with its contacts, orders, letters and follow-up."""

    RECORDS: ClassVar[tuple[type[Record], ...]] = (
        Matter, Contact, Citizen, PersonKey, Text, Order, Mark, Attempt, Letter, Revisit, ReturnRequest, Extension,
        Designation, Supervision, Submission, Attachment, Source, Handover, UrgentReport, PaperDocument, Withholding,
        Proposal, AbuseMark, Link, Inquiry, Publication, Citation, Ruling, Rested,
    )  # fmt: skip
    ROOT = Matter
    _due: list[Decision] | None = None

    @property
    def pinned(self) -> str:
        """The rulebook the matter is pinned to; empty before it is registered."""
        matter = self.find(Matter, self.chain.id)
        return matter.rulebook if matter else ""

    @property
    def matter(self) -> Matter:
        """The matter itself."""
        return self.get(Matter, self.chain.id)

    @property
    def orders(self) -> list[Order]:
        """All orders, oldest first."""
        return self.all(Order)

    def open_orders(self) -> list[Order]:
        """Orders not yet approved."""
        return [order for order in self.orders if order.status in OPEN_ORDERS]

    def lead(self) -> Order | None:
        """The order of the unit that answers for the whole; None where none does, or not any more."""
        return next((order for order in reversed(self.orders) if order.lead and order.ended_at is None), None)

    def body(self, text_id: int | None) -> str:
        """A free text, or an empty one."""
        text = self.find(Text, text_id)
        return text.body if text else ""

    def letter_of(self, order: Order) -> Letter | None:
        """The order's newest letter."""
        return next((letter for letter in reversed(self.all(Letter)) if letter.order_id == order.id), None)

    def marks_of(self, order: Order) -> list[Mark]:
        """The cards on one order, oldest first."""
        return [mark for mark in self.all(Mark) if mark.order_id == order.id]

    def request_of(self, order: Order) -> ReturnRequest | None:
        """The order's newest request to be taken back, one that came too late only where there is no other."""
        mine = [r for r in reversed(self.all(ReturnRequest)) if r.order_id == order.id]
        return next((r for r in mine if r.outcome != "late"), next(iter(mine), None))

    def extensions_of(self, order: Order) -> list[Extension]:
        """The order's extensions, asked for or granted, oldest first."""
        return [extension for extension in self.all(Extension) if extension.order_id == order.id]

    def supervision_of(self, order: Order) -> Supervision:
        """The order's newest notice of supervision. Raises LookupError where it has none."""
        found = next((s for s in reversed(self.all(Supervision)) if s.order_id == order.id), None)
        if found is None:
            raise LookupError("no notice was given on this order")
        return found

    def proposed(self, what: str) -> Proposal | None:
        """The newest thing of the sort that was proposed, decided or not."""
        return next((one for one in reversed(self.all(Proposal)) if one.what == what), None)

    def revisits(self) -> list[Revisit]:
        """What was said of the answer now standing, oldest first: not of one before a redo."""
        since = self.matter.replied_at
        return [revisit for revisit in self.all(Revisit) if since is None or revisit.at >= since]

    def asked(self) -> list[Attempt]:
        """How often the office asked the citizen for facts."""
        return [attempt for attempt in self.all(Attempt) if attempt.order_id is None]

    def attempts_of(self, order: Order) -> list[Attempt]:
        """Contacts, tries and waivers of one order."""
        return [attempt for attempt in self.all(Attempt) if attempt.order_id == order.id]

    def citizen(self) -> Citizen | None:
        """The first caller who said who they were."""
        callers = (self.find(Citizen, contact.citizen_id) for contact in self.all(Contact))
        return next((citizen for citizen in callers if citizen is not None), None)

    def called_since(self, at: datetime) -> bool:
        """Whether somebody called again after an instant, e.g. after a letter was written, be it about a matter that is
        joined to this one."""
        heard = (line.at for line in self.lines if line.kind == "joined_called")
        return any(one > at for one in (*(contact.at for contact in self.all(Contact)), *heard))

    def main(self) -> Link | None:
        """The link to the matter that this one is joined to, if it is."""
        return next((link for link in self.all(Link) if link.sort == MAIN and link.ended_at is None), None)

    def joined(self) -> list[Link]:
        """The links to the matters that are joined to this one."""
        return [link for link in self.all(Link) if link.sort == JOINED and link.ended_at is None]

    def subjects(self) -> list[Record]:
        """The matter, then its orders."""
        return [self.matter, *self.orders]

    def counted_with(self, subject: Record) -> Collection[int]:
        """What was handed down of an order is a part of it: who wrote the letter there does not sign it here (R-16).
        All orders are a part of their matter."""
        if isinstance(subject, Matter):
            return {subject.id, *(order.id for order in self.orders)}
        return {subject.id, *(order.id for order in self.orders if order.parent_id == subject.id)}

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """CITY: the office. HOLDS: the unit of the order. BELOW: the level-2 unit above it. OVER: the office, and the
        level-2 unit above one of level 3. ALL: heads and leaders. OWN: the citizen, whom the portal has already let in
        by number and query code. Nobody reaches what is about themselves (R-21)."""
        if actor.role in (Role.SYSTEM, Role.CLOCK):
            return True
        if self.barred(actor):
            return False
        if reach is Reach.CITY:
            return actor.role in OFFICE or (actor.role == Role.LEADER and self.for_leader(actor))
        if reach is Reach.ALL:
            return actor.role in (Role.HEAD, Role.LEADER)
        if reach is Reach.OWN:
            return actor.role in (*OFFICE, Role.CITIZEN)
        if not isinstance(subject, Order):
            return False
        if reach is Reach.OVER:
            below = actor.unit_id == subject.level2_unit_id != subject.unit_id
            return actor.role in OFFICE or (actor.role in UNIT and below)
        return actor.unit_id == (subject.unit_id if reach is Reach.HOLDS else subject.level2_unit_id)

    def barred(self, actor: Actor) -> bool:
        """Whether the matter is about whoever acts, so that they neither see nor handle it (R-21)."""
        return conflicts.barred(self.matter, actor)

    def for_leader(self, actor: Actor) -> bool:
        """Whether the matter was put before this leader, or before all of them for designation."""
        return submissions.addressed(self, actor) or bool(self.all(Designation))

    def said_of(self, subject: Record) -> str:
        """工单现在“待签收”; 事项现在“已归档”."""
        if isinstance(subject, Order):
            return f"工单现在“{ORDER_TERMS[OrderStatus(subject.status)]}”"
        return f"事项现在“{MATTER_TERMS[MatterStatus(subject.status)]}”" if isinstance(subject, Matter) else ""

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """A line about an order carries unit, kind, due, round and timeliness; one about the matter its kind."""
        matter = self.find(Matter, self.chain.id)
        kind = matter.kind if matter else None
        if isinstance(subject, Order):
            return {"unit_id": subject.unit_id, "kind_of": kind, "due_at": subject.due_at, "round": subject.round,
                    "on_time": subject.on_time}  # fmt: skip
        return {"kind_of": kind}

    def put(self, row: Record) -> None:
        """Add or replace one row; what is due must be worked out anew."""
        self._due = None
        super().put(row)

    def decisions(self, book: Rulebook) -> list[Decision]:
        """What the clock has yet to do, earliest first."""
        if self._due is None:
            self._due = falling_due.decisions(self, book)
        return self._due

    def next_decisions(self, book: Rulebook) -> Iterable[tuple[Record, dict[str, Any]]]:
        """The instant at which the clock must look again: of the earliest decision not yet taken, be it past."""
        first: dict[int, datetime] = {}
        for decision in self.decisions(book):
            first.setdefault(decision.subject.id, decision.at)
        rows: list[Matter | Order] = [self.matter, *self.orders]
        for row in rows:
            if first.get(row.id) != row.next_decision_at:
                yield row, {"next_decision_at": first.get(row.id)}
