"""谁能看附件 (seeing): of a matter that a desk has opened already, which files a post may have."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Attachment
from hotline.casework.records.files import FROM_UNIT
from hotline.network.roles import UNIT
from hotline.procedure.actor import Actor


def hidden(dossier: MatterDossier, one: Attachment, actor: Actor) -> bool:
    """Whether a file is kept from this post: all of a matter whose texts are sealed; and from units what a caller sent
    who asked to be kept secret, for a picture may show who took it. What a unit put in itself, units see."""
    matter = dossier.matter
    return matter.locked or (matter.secrecy and actor.role in UNIT and one.source != FROM_UNIT)


def find(dossier: MatterDossier, file_id: int, actor: Actor) -> Attachment | None:
    """One file that this post may have, or None: like one that does not exist."""
    one = dossier.find(Attachment, file_id)
    return None if one is None or hidden(dossier, one, actor) else one
