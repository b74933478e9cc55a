"""收窄 (narrowing): what the questions of the desks leave out or ask for besides, as parts of them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from hotline.casework.lists import DeskSpec
from hotline.casework.models import Contact, Designation, Order
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
