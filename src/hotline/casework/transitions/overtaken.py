"""不必再定的提请 (overtaken): the matter was answered, or ended another way, before what was asked was decided: a
withdrawal, an end, a designation (R-20, R-28, R-29). Nobody decides it any more, least of all after a reopening."""

from __future__ import annotations

from typing import Any

from hotline.casework.records import Designation
from hotline.casework.transitions.base import MatterCase
from hotline.casework.transitions.proposing import ENDING, WITHDRAWAL, pending

OF_THE_COURSE = (WITHDRAWAL, ENDING)  # a mark on a caller is decided whatever becomes of the matter


def set_aside(case: MatterCase) -> dict[str, Any]:
    """What waits for a decision on the matter's course is over, decided neither way; the columns that say so."""
    matter, columns = case.dossier.matter, dict[str, Any]()
    if matter.deciding in OF_THE_COURSE:
        case.update(pending(case, matter.deciding), decided_at=case.now)
        columns |= {"deciding": "", "decide_until": None}
    if matter.designate_until is not None:
        case.update(case.dossier.all(Designation)[-1], decided_at=case.now)
        columns |= {"designate_until": None}
    return columns
