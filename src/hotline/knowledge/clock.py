"""知识库的时钟 (clock): one sweep asks and ends what has fallen due on entries."""

from __future__ import annotations

from datetime import datetime

from hotline.knowledge.dossier import EntryDossier
from hotline.procedure.sweeping import Swept, Watched
from hotline.procedure.sweeping import sweep as sweep_chains

WATCHED = (Watched("knowledge_entry", "next_decision_at", "id"),)


def sweep(now: datetime) -> Swept:
    """Do what is due on up to a set of entries."""
    return sweep_chains(EntryDossier, WATCHED, now)
