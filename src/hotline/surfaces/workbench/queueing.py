"""一件接一件 (queueing): a desk at which the first of a list opens by itself, and after it is done the next; what was
skipped stays in the list, and out of the way for as long as the address says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse

from hotline.casework import desks
from hotline.casework.lists import UNDATED, DeskSpec
from hotline.casework.numbers import well_formed
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Done
from hotline.rules.verdicts import Verdict
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Link, Place, Shell
from hotline.surfaces.workbench.acting import Wrong, closed, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.desk import counted, cursor_at, cursor_read
from hotline.surfaces.workbench.shell import shell

NOTHING_PRESSED = "请按下面的一个办法。"
BACK = "回到最前面"  # those that were skipped
KEPT = ("after", "of")  # behind which row, of which of the desk's lists


@dataclass(frozen=True, slots=True)
class Queue:
    """一张台的队: its address, the list it takes from, and the verb that whoever sits at it does."""

    address: str
    spec: DeskSpec
    verb: str

    def closed_to(self, request: StaffRequest) -> HttpResponse | None:
        """The refusal for whoever does not do that."""
        card = REGISTRY[self.verb]
        if request.visitor.actor.role in card.by:
            return None
        book = frame.book()
        clause, because = card.section(book) or card.provision(book).clause, f"您现在的岗位不办“{card.term}”。"
        return closed(request, card, None, Verdict(False, clause, because), "post")

    def turn(self, request: StaffRequest, page: Callable[[StaffRequest, Wrong], HttpResponse],
             pressed: Callable[[StaffRequest, str], Done | Wrong]) -> HttpResponse:  # fmt: skip
        """The desk's page; what is pressed on it, and then the next one, or the page once more with what is wrong."""
        if no := self.closed_to(request):
            return no
        if request.method != "POST":
            return page(request, Wrong())
        number = str(request.GET.get("m", ""))
        outcome = pressed(request, number)
        if isinstance(outcome, Done):
            return self.onward(request, str(request.POST["do"]).partition(":")[0], number)
        return page(request, outcome)

    def kept(self, request: StaffRequest, **more: str) -> str:
        """The desk's address, with what was skipped so far."""
        asked = {**{name: str(request.GET.get(name, "")) for name in KEPT}, **more}
        return f"{self.address}?{urlencode({name: value for name, value in asked.items() if value})}".rstrip("?")

    def onward(self, request: StaffRequest, verb: str, number: str, **more: str) -> HttpResponse:
        """To the next one, which says what has just been done."""
        return see_other(self.kept(request, done=verb, was=number, **more))

    def waiting(self, request: StaffRequest) -> tuple[str, str] | None:
        """What is asked for, or what comes first behind those that were skipped: its matter's number, its own."""
        if number := str(request.GET.get("m", "")):
            return number, str(request.GET.get("order", ""))
        visitor, after = request.visitor, cursor_read(str(request.GET.get("after", "")))
        rows = desks.page(visitor.actor, visitor.unit, self.spec, after, frame.now())
        return (rows[0].number, str(rows[0].id)) if rows else None

    def again(self, request: StaffRequest) -> str:
        """Back to those that were skipped, where some were."""
        return self.kept(request, after="") if request.GET.get("after") else ""

    def skip(self, request: StaffRequest, at: datetime | None, row_id: int) -> str:
        """On to the one behind this row; from what is off the list meanwhile, on to what comes first on it."""
        if at is None and self.spec.sorted_by not in UNDATED:
            return self.kept(request)
        return self.kept(request, after=cursor_at(at, row_id))

    def place(self, request: StaffRequest, count: int, at: datetime | None, row_id: int) -> Place:
        """How many there are, with the ways to the next one and back to the first."""
        return Place(f"{self.spec.title} {counted(count)}", self.again(request), self.skip(request, at, row_id),
                     BACK)

    def shell(self, request: StaffRequest, counts: dict[str, int]) -> Shell:
        """The frame, with a way to what has just been done."""
        was = str(request.GET.get("was", ""))
        link = Link(f"看刚办的 {said.short_number(was)}", f"/staff/m/{was}/") if well_formed(was) else None
        return shell(request, frame.now(), counts, link)
