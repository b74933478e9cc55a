"""签批台的页面 (the desk): the letter that is due first opens by itself; signed or handed back, the next one does."""

from __future__ import annotations

from operator import attrgetter

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hotline.casework.lists import TO_SIGN_OFF
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.letter_desk import LetterDesk
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.sign_off import sign_off_view
from hotline.surfaces.workbench.sign_off.performing import OUTCOMES, pressed

QUEUE = Queue("/staff/desk/sign-off/", TO_SIGN_OFF, "sign_off")
DESK = LetterDesk(QUEUE, tuple(OUTCOMES), attrgetter("due_at"), "workbench/sign_off.html", "sign", sign_off_view)


@require_http_methods(["GET", "POST"])
@staff
def sign_off(request: StaffRequest) -> HttpResponse:
    """One letter, signed or handed back; then the next."""
    return QUEUE.turn(request, DESK.page, pressed)
