"""收窄 (narrowing): what the questions of the desks leave out or ask for besides, as parts of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from hotline.casework.lists import FIRST, NOW, DeskSpec
from hotline.casework.models import Contact, Designation, Order
from hotline.casework.models.intake import BY_HAND
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.procedure.actor import Actor
from hotline.procedure.world import current
from hotline.rules import signing

# What a unit reads no longer: recalled from it, or given back and gone to somebody since.
LATER = Order.objects.filter(matter=OuterRef("matter"), dispatched_at__gte=OuterRef("ended_at"))
GONE = Q(status=OrderStatus.RECALLED) | (Q(status=OrderStatus.RETURNED) & Exists(LATER))
KNOWN = Contact.objects.filter(matter=OuterRef("pk"), citizen__isnull=False, forgotten_at__isnull=True)
PARTS = Order.objects.filter(matter=OuterRef("matter"), parent_id=OuterRef("id"), status__in=OPEN_ORDERS)
PROPOSED = Designation.objects.filter(matter=OuterRef("pk"))

# What makes a matter an important one, as its columns tell.
FACTS = {"major": Q(matter__major=True), "instructed": Q(matter__instructed_at__isnull=False),
         "submitted": Q(matter__submitted_at__isnull=False)}  # fmt: skip
PROVINCIAL = "provincial"
# What may be archived now: nobody may rate it or have it reviewed any more, and nothing is owed outside.
OVER = (*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": NOW}) for name in ("rating_until", "review_until")),
        Q(urgent_report_until__isnull=True) | Q(urgent_reported_at__isnull=False),
        *(Q(**{f"{name}__isnull": True})
          for name in ("before_leader_at", "report_owed_at", "feedback_owed_at", "alarm_next_at")))  # fmt: skip


def of_matters(spec: DeskSpec, found: QuerySet[Any]) -> QuerySet[Any]:
    """The matters of a list, with what else must hold of them and the date that they are sorted by."""
    if spec.known:
        found = found.filter(Exists(KNOWN))
    if spec.by_hand:
        found = found.filter(BY_HAND, *OVER)
    return found.annotate(**{FIRST: Least(*spec.first)}) if spec.first else found


def besides(spec: DeskSpec, actor: Actor) -> Q:
    """What else must hold of an order on a list."""
    found = ~Q(Exists(PARTS)) if spec.alone else Q()
    if spec.signs is None:
        return found
    beyond = _beyond(actor.role)
    return found & (~beyond if spec.signs else beyond)


def _beyond(role: str) -> Q:
    """Letters that are for a higher role to sign off (R-10)."""
    book, found = current().book, Q(pk__in=[])
    for fact in signing.beyond(book, role):
        sources = Q(matter__source__in=book.provision("sources").values["important"])
        found |= sources if fact == PROVINCIAL else FACTS[fact]
    return found
