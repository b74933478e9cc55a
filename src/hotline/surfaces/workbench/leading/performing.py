"""呈办的办理 (performing): what each button does; all by the cards. What is written in the one box is the instruction, or
why the matter goes back."""

from __future__ import annotations

from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.surfaces.workbench.acting import Wrong, acted, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED
from hotline.surfaces.workbench.shaping.leading import BOX

BACK, BECAUSE = "give_back", "because"
OUTCOMES = ("instruct", BACK)


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does. Raises Http404."""
    data, do = request.POST.dict(), str(request.POST.get("do", ""))
    if do not in OUTCOMES:
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card = REGISTRY[do]
    done = acted(request, card, wanted(request, number, card), {**data, BECAUSE: data.get(BOX, "")})
    if isinstance(done, Wrong):
        done.problems = [Problem(BOX, p.because, p.clause) if p.field == BECAUSE else p for p in done.problems]
    return done
