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
NO_REASON = "退回呈件的，请在这里写明理由。"


def _in_the_box(problem: Problem, typed: str) -> Problem:
    """What is wrong with why it goes back, said of the one box there is."""
    return Problem(BOX, problem.because if typed.strip() else NO_REASON, problem.clause)


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does. Raises Http404."""
    data, do = request.POST.dict(), str(request.POST.get("do", ""))
    if do not in OUTCOMES:
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card = REGISTRY[do]
    done = acted(request, card, wanted(request, number, card), {**data, BECAUSE: data.get(BOX, "")})
    if isinstance(done, Wrong):
        done.problems = [_in_the_box(p, data.get(BOX, "")) if p.field == BECAUSE else p for p in done.problems]
    return done
