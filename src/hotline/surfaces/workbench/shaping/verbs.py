"""动作成形: what this post may do here, open or greyed with clause and reason."""

from __future__ import annotations

from uuid import uuid4

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.procedure.engine import Offer
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import VerbView

SHOWN = 6


def _url(url: str, offer: Offer) -> str:
    order = f"?order={offer.subject.id}" if isinstance(offer.subject, Order) else ""
    return f"{url}{offer.card.name()}/{order}"


def _view(offer: Offer, url: str, seq: int, primary: bool) -> VerbView:
    card, verdict = offer.card, offer.verdict
    at_once = not card.form and verdict.ok
    return VerbView(
        card.name(), card.term, _url(url, offer), verdict.ok, card.key, verdict.because, link(verdict.clause), primary,
        str(uuid4()) if at_once else "", seq,
    )  # fmt: skip


def verb_views(dossier: MatterDossier, offers: list[Offer], url: str) -> tuple[tuple[VerbView, ...], tuple[VerbView, ...]]:
    """The verb bar, open verbs first with the first one primary, and what else there is."""
    ranked = sorted(offers, key=lambda offer: not offer.verdict.ok)
    views = [_view(o, url, dossier.head.seq, i == 0 and o.verdict.ok) for i, o in enumerate(ranked)]
    return tuple(views[:SHOWN]), tuple(views[SHOWN:])
