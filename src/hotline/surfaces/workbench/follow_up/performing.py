"""回访台的办理 (performing): what each button does; all by the cards."""

from __future__ import annotations

from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.surfaces.workbench.acting import Wrong, acted, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED

FOLLOW_UP, MISSED, REDO = "follow_up", "missed", "order_redo"
OUTCOMES = (FOLLOW_UP, REDO, "accept_dissatisfaction")


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does: a call that reached somebody and one that did not are the same card.
    Raises Http404."""
    data, do = request.POST.dict(), str(request.POST.get("do", ""))
    if do not in (*OUTCOMES, MISSED):
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card = REGISTRY[FOLLOW_UP if do == MISSED else do]
    reached = {"reached": "" if do == MISSED else "1"} if card is REGISTRY[FOLLOW_UP] else {}
    return acted(request, card, wanted(request, number, card), {**data, **reached})
