"""审核台的页面 (the desk): the letter that is due first opens by itself; after an outcome the next one does."""

from __future__ import annotations

from operator import attrgetter

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hotline.casework.lists import TO_REVIEW
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.letter_desk import LetterDesk
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.review.performing import OUTCOMES, pressed
from hotline.surfaces.workbench.shaping.review import review_view

QUEUE = Queue("/staff/desk/review/", TO_REVIEW, "approve")
DESK = LetterDesk(QUEUE, tuple(OUTCOMES), attrgetter("review_until"), "workbench/review.html", "review", review_view)


@require_http_methods(["GET", "POST"])
@staff
def review(request: StaffRequest) -> HttpResponse:
    """One letter, and what becomes of it; then the next."""
    return QUEUE.turn(request, DESK.page, pressed)
