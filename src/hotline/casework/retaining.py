"""保管期限的事实 (retaining): for how long a file keeps what tells who brought it (R-36). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.casework.records import Mark
from hotline.rules import retention
from hotline.rules.book import Rulebook

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

FALSE_REPLY = "false_reply"


def kept(book: Rulebook, dossier: MatterDossier) -> retention.Kept:
    """The class of this file, from what was done about it."""
    matter = dossier.matter
    facts = {"major": matter.major, "submitted": matter.submitted_at is not None, "redone": matter.redos > 0,
             FALSE_REPLY: any(mark.cause == FALSE_REPLY for mark in dossier.all(Mark))}  # fmt: skip
    return retention.kept(book, matter.kind, facts)
