"""现在的答复 (answered): the answer that stands now, whoever reads it: on the site, on paper, at a repeated call, under a
joined number. Not that of a unit which has the matter no longer, nor one that was overtaken by another (R-05, R-23)."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Order


def approved(dossier: MatterDossier, order: Order) -> Letter | None:
    """The newest letter of an order that was found good."""
    found = (one for one in reversed(dossier.all(Letter)) if one.order_id == order.id and one.approved_at)
    return next(found, None)


def letter(dossier: MatterDossier) -> Letter | None:
    """The letter that answers: of the unit that answers for the whole, unless the desk answered since. Numbers ascend
    within a chain."""
    lead, told = dossier.lead(), dossier.matter.told_id
    found = approved(dossier, lead) if lead else None
    return found if found is not None and (told is None or told < found.id) else None


def text_id(dossier: MatterDossier) -> int | None:
    """Its words: the letter's, else what was told at the desk."""
    found = letter(dossier)
    return found.answer_id if found else dossier.matter.told_id
