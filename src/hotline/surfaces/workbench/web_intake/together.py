"""几件一起 (together): advertising that is refused, or proposed, several at once for one reason, and the refusals that a
shift leader approves of at once; each with its own line and its own message (R-42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hotline.casework import at_web, desks
from hotline.casework.lists import TO_APPROVE
from hotline.casework.statuses import MatterStatus
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.perform import Many, Subject, perform_many
from hotline.rules import refusals
from hotline.surfaces import claims, frame
from hotline.surfaces.portions import cut
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.several import NONE_CHOSEN, Portion, portion, report
from hotline.surfaces.workbench.shaping.web_intake import ADDRESS, APPROVALS

GONE = "选的这些都不在这张清单里了：别人已经办过。"
IN_DANGER = "写着危及生命的话，还没有人接手，不能一起拒"
NO_REASON = "请填写“理由”：勾着的每一件都照这样告诉诉求人。"
TAKEN = "{}正在办"


def refusing() -> type[Card]:
    """What refusing advertising is here: to be approved by somebody, or at once."""
    ground, _ = refusals.advertising(frame.book())
    return REGISTRY["propose_refusal" if ground.approver else "decline"]


def refused(request: StaffRequest) -> tuple[int, str]:
    """How many of those ticked were refused, and what is to be said where that is not all."""
    numbers = request.POST.getlist("numbers")
    rows = {one.number: one for one in _page(request) if one.number in numbers}
    reason = str(request.POST.get("reason", "")).strip()
    if not rows or not reason:
        return 0, NO_REASON if rows else GONE if numbers else NONE_CHOSEN
    taken = claims.held(request.visitor, [one.id for one in rows.values()])
    apart = {one.number: IN_DANGER for one in rows.values() if one.alarmed}
    apart |= {one.number: TAKEN.format(taken[one.id].name) for one in rows.values()
              if one.id in taken and not taken[one.id].mine}  # fmt: skip
    ground, _ = refusals.advertising(frame.book())
    form = {"refusal": ground.id, "reason": reason}
    return _many(request, refusing(), {one.id: one.number for one in rows.values() if one.number not in apart}, form,
                 apart)  # fmt: skip


def _page(request: StaffRequest) -> Sequence[at_web.Written]:
    rows, _more = cut(at_web.waiting(request.visitor.actor, cursor(request)), desks.PAGE)
    return rows


def cursor(request: StaffRequest) -> tuple[str, int] | None:
    """Behind which row, as the address says it."""
    at, _, row = str(request.GET.get("after", "")).partition("~")
    fine = row.isascii() and row.isdigit() and len(row) < 19 and len(at) < 40
    return (at, int(row)) if fine and all(one in "0123456789-:.+ T" or at == "infinity" for one in at) else None


def proposed(request: StaffRequest) -> Portion:
    """The refusals among a page of what waits for this shift leader."""
    page = portion(request, TO_APPROVE, ADDRESS, APPROVALS)
    return replace(page, rows=[row for row in page.rows if row.status == MatterStatus.REFUSAL_PROPOSED])


def approved(request: StaffRequest) -> tuple[int, str]:
    """The same of those approved of."""
    numbers = request.POST.getlist("numbers")
    rows = {row.matter_id: row.number for row in proposed(request).rows if row.number in numbers}
    if not rows:
        return 0, GONE if numbers else NONE_CHOSEN
    form = {"because": str(request.POST.get("reason", "")).strip()}
    return _many(request, REGISTRY["approve_refusal"], rows, form, {})


def _many(request: StaffRequest, card: type[Card], rows: Mapping[int, str], form: Mapping[str, str],
          apart: Mapping[str, str]) -> tuple[int, str]:  # fmt: skip
    subjects = [Subject("matter", one) for one in rows]
    done = perform_many(card, subjects, form, actor=request.visitor.actor, now=frame.now()) if rows else Many(0, {})
    return done.performed, report(done, rows, apart)
