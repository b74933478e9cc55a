"""反馈件台 (letter desk): a desk at which one letter is read and decided; the one that is due first opens by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import MatterView
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, seen_since
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.review import Posed
from hotline.surfaces.workbench.shaping.timeline import lines


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """反馈件台: where its letters come from, the verbs that decide one, by which date it lies there, and what
    draws it under which name in which template."""

    queue: Queue
    outcomes: Sequence[str]
    until: Callable[[Order], datetime | None]
    template: str
    called: str
    draw: Callable[[Posed, MatterView], Any]

    def page(self, request: StaffRequest, wrong: Wrong) -> HttpResponse:
        """The letter that is asked for, or the first that waits; nothing where none does."""
        counts = desks.counts(request.visitor.actor, request.visitor.unit, frame.now())
        waiting, spec = self.queue.waiting(request), self.queue.spec
        context = {"shell": self.queue.shell(request, counts), "list_url": desk_url(spec.name),
                   "again_url": self.queue.again(request)}  # fmt: skip
        if waiting:
            context[self.called] = self._shown(request, wrong, waiting, counts[spec.name])
        return render(request, self.template, context, status=wrong.status)

    def _shown(self, request: StaffRequest, wrong: Wrong, waiting: tuple[str, str], count: int) -> Any:
        dossier, actor, now = opened(request, waiting[0]), request.visitor.actor, frame.now()
        order, book, tools = _order(dossier, waiting[1], actor.unit_id), frame.book_of(dossier), frame.tools()
        case: Case[MatterDossier, Order] = Case(REGISTRY[self.queue.verb], dossier, order, actor, now, book, tools)
        mine = [o for o in offers(dossier, actor, now, book, tools)
                if o.card.name() in self.outcomes and o.subject.id == order.id]  # fmt: skip
        mine.sort(key=lambda offer: list(self.outcomes).index(offer.card.name()))
        posed = Posed(case, mine, self.queue.place(request, count, self.until(order), order.id),
                      self.queue.kept(request, m=dossier.matter.number, order=str(order.id)), wrong.data,
                      wrong.problems, CONFLICT if wrong.unseen else "",
                      lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
        return self.draw(posed, viewed(request, dossier, verbs=False))


def _order(dossier: MatterDossier, wanted: str, unit_id: int | None) -> Order:
    """The order whose letter is on the desk; where none is named, one's own unit's before others. Raises Http404."""
    named = [o for o in reversed(dossier.orders) if str(o.id) == wanted or not wanted]
    found = min(named, key=lambda one: one.unit_id != unit_id, default=None)
    if found is None or dossier.letter_of(found) is None:
        raise Http404
    return found
