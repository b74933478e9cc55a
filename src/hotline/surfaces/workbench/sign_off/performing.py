"""签批台的办理 (performing): what each button does; all by the cards. A ticked reason holds a signature up."""

from __future__ import annotations

from hotline.casework.transitions.sending_back import PREFIX
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.surfaces import frame
from hotline.surfaces.workbench.acting import Wrong, acted, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED

# Each outcome, with its own name for what is written in the one box of the desk.
OUTCOMES = {"sign_off": "remarks", "hand_back_draft": "words"}
WORDS = "words"
TICKED = "勾了要改的地方，就不能签批。去掉勾再按，或者发回修改。"


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does. Raises Http404."""
    data, do = request.POST.dict(), str(request.POST.get("do", ""))
    if do not in OUTCOMES:
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card = REGISTRY[do]
    subject = wanted(request, number, card)
    if do == "sign_off" and any(name.startswith(PREFIX) and value for name, value in data.items()):
        return Wrong([Problem("", TICKED, card.provision(frame.book()).clause)], data=data, status=422)
    done = acted(request, card, subject, {**data, OUTCOMES[do]: data.get(WORDS, "")})
    if isinstance(done, Wrong):
        done.problems = [Problem(WORDS, p.because, p.clause) if p.field == OUTCOMES[do] else p for p in done.problems]
    return done
