"""地点成形: county, township and community of a matter, as far as they are known."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Text
from hotline.casework.transitions.intake import COMMUNITY
from hotline.network import desks as network
from hotline.surfaces.ui.shapes import Fact


def place_facts(dossier: MatterDossier) -> tuple[Fact, ...]:
    """In one line; none where nothing was chosen."""
    named = next((one.body for one in dossier.all(Text) if one.field == COMMUNITY.name), "")
    told = " › ".join(filter(None, (dict(network.places()).get(dossier.matter.area, ""), named)))
    return (Fact("在哪里", told),) if told else ()
