"""不公开的事实 (withholding): which application of a unit stands or waits, and whether the answer may be read online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.casework.records import Letter, Withholding

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

APPROVED, REFUSED, WITHDRAWN = "approved", "refused", "withdrawn"
ONLINE = "online"


def awaiting(dossier: MatterDossier) -> Withholding | None:
    """The application that the platform has yet to decide."""
    return next((one for one in dossier.all(Withholding) if not one.outcome), None)


def approved(dossier: MatterDossier) -> Withholding | None:
    """The application that holds: the matter is kept from the site."""
    return next((one for one in dossier.all(Withholding) if one.outcome == APPROVED), None)


def only_online(dossier: MatterDossier) -> bool:
    """Whether an answer was given on the site alone: kept from it, it would reach nobody."""
    means = {letter.answered_means for letter in dossier.all(Letter) if letter.answered_at is not None}
    return means == {ONLINE}
