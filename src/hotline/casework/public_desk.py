"""公开的案头 (public desk): the one desk that has no post. What everybody may read: published texts, and of their matter the
kind, the unit that answered and the days; nothing of who brought it, no number by which it could be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hotline.casework.models import Order, Publication, Withholding
from hotline.casework.publishing import PUBLISHED
from hotline.casework.withholding import APPROVED
from hotline.casework.wording import body

PAGE = 20


@dataclass(frozen=True, slots=True)
class PublicRow:
    """公开的一件."""

    id: int
    kind: str
    title: str
    published_at: datetime
    unit_id: int | None
    question: str = ""
    answer: str = ""
    accepted_at: datetime | None = None
    replied_at: datetime | None = None


# Said again where it is read: whatever a verb may have forgotten, nothing secret or kept back is public.
_KEPT = Exists(Withholding.objects.filter(matter=OuterRef("matter"), outcome=APPROVED))
_OPEN = Q(outcome=PUBLISHED, matter__secrecy=False, matter__locked=False, matter__against="",
          matter__against_person__isnull=True)  # fmt: skip
_LEAD = Order.objects.filter(matter=OuterRef("matter"), lead=True, ended_at__isnull=True).order_by("-id")
_ROW = ("id", "matter__kind", "title", "published_at", "unit")
_WHOLE = (*_ROW, "question", "answer", "matter__accepted_at", "matter__replied_at")


def _public() -> QuerySet[Publication]:
    found: QuerySet[Publication] = Publication.objects.filter(_OPEN).exclude(_KEPT)
    words = {name: body(f"{name}_id") for name in ("title", "question", "answer")}
    return found.annotate(unit=Subquery(_LEAD.values("unit_id")[:1]), **words)


def listed(after: tuple[datetime, int] | None = None, most: int = PAGE) -> list[PublicRow]:
    """The newest texts, or those behind a keyset cursor; one more than `most` says that there is a next page."""
    found = _public().order_by("-published_at", "-id")
    if after is not None:
        at, row_id = after
        found = found.filter(Q(published_at__lte=at), Q(published_at__lt=at) | Q(id__lt=row_id))
    return [PublicRow(*row) for row in found[: most + 1].values_list(*_ROW)]


def one(row_id: int) -> PublicRow | None:
    """One published text, whole; none where it is not public, or not any more."""
    row = _public().filter(id=row_id).values_list(*_WHOLE).first()
    return PublicRow(*row) if row else None
