"""公开的事实 (publishing): which text of a matter stands or waits, whether anything of it may be public, and whether a text
tells who anybody is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotline.casework import redacting, withholding
from hotline.casework.records import Matter, Publication
from hotline.rules import publication
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

PUBLISHED, REJECTED, WITHDRAWN = "published", "rejected", "withdrawn"
RESULT = "result"
# A mobile number or an identity number, however it is spaced, is somebody's wherever it stands.
SOMEBODYS = re.compile(r"(?<!\d)(?:1[3-9](?:[\s-]?\d){9}|\d(?:[\s-]?\d){16}[\s-]?[\dXx])(?![\dXx])")


def standing(dossier: MatterDossier) -> Publication | None:
    """The text that everybody can read now."""
    return next((one for one in dossier.all(Publication) if one.outcome == PUBLISHED), None)


def waiting(dossier: MatterDossier) -> Publication | None:
    """The text that a second person has yet to look at."""
    return next((one for one in dossier.all(Publication) if not one.outcome), None)


def _facts(book: Rulebook, dossier: MatterDossier) -> dict[str, bool]:
    """What bars publication whatever the wish, by the rulebook's names."""
    matter: Matter = dossier.matter
    confidential = matter.secrecy or book.kind(matter.kind).confidential
    recorded = {one.bar: True for one in dossier.all(Publication) if one.bar}
    return {"secrets": matter.locked, "confidential": confidential,
            "application_approved": withholding.approved(dossier) is not None, **recorded}  # fmt: skip


def may(book: Rulebook, dossier: MatterDossier) -> Verdict:
    """Whether the result of the matter may be public: wish, bars, what the unit applied for, whom it is about."""
    matter, applied = dossier.matter, book.provision("non_publication")
    if withholding.approved(dossier) or withholding.awaiting(dossier):
        said = "已经同意不公开。" if withholding.approved(dossier) else "承办单位申请了不公开，还没有决定。"
        return Verdict(False, applied.clause, said, applied.readings)
    if matter.against or matter.against_person_id is not None:
        rule = book.provision("complaint_against")
        return Verdict(False, rule.clause, "反映的对象须回避，不在网上公开。", rule.readings)
    if matter.replied_at is None or matter.refusal is not None or dossier.main() is not None:
        rule = book.provision("published_by_default")
        said = "并入别的事项，随主件公开。" if dossier.main() else "没有答复过，没有可以公开的结果。"
        return Verdict(False, rule.clause, said, rule.readings)
    return publication.may_publish(book, RESULT, matter.publish_wish, _facts(book, dossier))


def tells(text: str, words: Sequence[str]) -> bool:
    """Whether a text tells who somebody is: one of these words stands in it, or anybody's number."""
    plain = unicodedata.normalize("NFKC", text)
    said = [unicodedata.normalize("NFKC", word) for word in words]
    return bool(SOMEBODYS.search(plain)) or redacting.masker(said, ())(plain) != plain
