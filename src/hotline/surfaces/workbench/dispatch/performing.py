"""派单台的办理 (performing): what each button does; all by the cards. A button that names a unit gives it the matter with
whatever else the form says, and says by which ruling, where it is one that proposes the unit."""

from __future__ import annotations

from typing import Any

from hotline.network import desks as network
from hotline.network.naming import said_units
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.surfaces import frame
from hotline.surfaces.workbench.acting import Wrong, acted, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED
from hotline.surfaces.workbench.review.performing import WORDS, in_the_box

DISPATCH, PROPOSE, TAKE_BACK, REFUSE, WITHDRAW = ("dispatch", "propose_designation", "take_back", "refuse_return",
                                                  "withdraw_designation")  # fmt: skip
# What each does, with its own name for what is written in the one box of the desk.
OUTCOMES = {DISPATCH: "", PROPOSE: "opinion", TAKE_BACK: "because", REFUSE: "because", WITHDRAW: "because"}
UNIT, ASSISTING, RULING, TICKED = "unit", "assisting", "ruling", "assist"


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does. Raises Http404."""
    do, _, rest = str(request.POST.get("do", "")).partition(":")
    unit, _, ruling = rest.partition(":")
    data = typed(request, unit)
    if do not in OUTCOMES:
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card, box = REGISTRY[do], OUTCOMES[do]
    sent = {**data, **({box: data.get(WORDS, "")} if box else {}), ASSISTING: _assisting(data),
            RULING: ruling or data.get(RULING, "")}  # fmt: skip
    done = acted(request, card, wanted(request, number, card), sent)
    if isinstance(done, Done):
        return done
    done.data = data
    return in_the_box(done, card, frame.book(), box) if box else done


def typed(request: StaffRequest, unit: str = "") -> dict[str, Any]:
    """What the form says, with the unit whose button was pressed, and all the boxes for assisting that are ticked."""
    data: dict[str, Any] = {**request.POST.dict(), TICKED: request.POST.getlist(TICKED)}
    return {**data, UNIT: unit} if unit else data


def _assisting(data: dict[str, Any]) -> str:
    """The units ticked and those written, but not the one that is to lead."""
    lead = next((one.code for one in network.units_below() if str(one.id) == data.get(UNIT)), "")
    named = dict.fromkeys((*data[TICKED], *said_units(str(data.get(ASSISTING, "")))))
    return "、".join(one for one in named if one != lead)
