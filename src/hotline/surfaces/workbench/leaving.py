"""留痕 (leaving a line): who looks at what is personal leaves a line in their own chain, before anything is shown."""

from __future__ import annotations

from datetime import datetime

from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform
from hotline.surfaces import frame
from hotline.surfaces.workbench.guarding import StaffRequest


def looked(request: StaffRequest, card: str, *, at: datetime | None = None, **form: object) -> None:
    """By the card of the look, now or at an instant that is shown too. Raises Refused, FormErrors; nothing may be shown
    then."""
    actor, subject = request.visitor.actor, Subject("lookup", request.visitor.person.id)
    data = {name: str(value) for name, value in form.items()}
    perform(REGISTRY[card], subject, data, actor=actor, now=at or frame.now())
