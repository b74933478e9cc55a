"""一并答复 (jointly): what the callers of joined matters are told when the main one is answered (R-25)."""

from __future__ import annotations

from typing import Any

from hotline.casework import answered, withholding
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus
from hotline.procedure.case import Case
from hotline.rules import joining, publication
from hotline.rules.book import Rulebook

AGAINST = ("against", "against_unit_id", "against_person_id")  # who is complained about
BY_PHONE = "您反映的事和别人反映的同一件事已经一并办好。答复里有不便写在这里的内容，请拨打 {number}，报编号询问。"


def answer(dossier: MatterDossier, book: Rulebook) -> str:
    """The answer for everybody who brought the same matter. What a unit wrote to the first caller may speak of them:
    the rulebook says whether the others read that, or the text fit to publish. What the desk answered is told as it
    is. Of a matter kept from the site nothing is read online (六（二）)."""
    online = publication.answered_online(book, withholding.approved(dossier) is not None)
    letter = answered.letter(dossier)
    if letter is None:
        return dossier.body(dossier.matter.told_id)
    said = dossier.body(letter.publishable_id if joining.shows_publishable(book) else letter.answer_id)
    return (said if online.ok else "") or BY_PHONE.format(number=book.provision("service").values["number"])


def answer_all(case: Case[MatterDossier, Matter], said: str = "", *, rated: bool = True) -> None:
    """Every matter joined to this one is answered with it, with its answer or what is `said` instead, and is rated and
    followed up only where this one may be `rated`; one that is archived already stays as it is."""
    unrated = "" if rated else "1"
    for link in case.dossier.joined():
        said = said or answer(case.dossier, case.book)
        case.echo("answer_joined", link.other_id, must=False, answer=said, unrated=unrated)


def hold_back(case: Case[MatterDossier, Any]) -> None:
    """The main matter is kept from the site since: what was answered with it is read online no longer, under any number
    (六（二）), unless the rulebook lets it be answered online all the same."""
    if publication.answered_online(case.book, application_approved=True).ok:
        return
    said = BY_PHONE.format(number=case.book.provision("service").values["number"])
    for link in case.dossier.joined():
        case.echo("hold_back_joint_answer", link.other_id, must=False, answer=said)


def leave(case: Case[MatterDossier, Any], *, noted: bool = False) -> int | None:
    """A matter is handled by itself from now on; the main one, where it is not archived, notes it, unless it has
    `noted` that itself. Its number."""
    link = case.dossier.main()
    if link is None:
        return None
    case.update(link, ended_at=case.now)
    if not noted:
        case.echo("note_separated", link.other_id, must=False, other=case.dossier.chain.id)
    return link.other_id


def unlike(before: Matter, after: Matter) -> bool:
    """Whether a matter is about somebody else since, or of another kind. Those that are joined agree in both when they
    are joined: so from then on they do not, and may not be one (R-21, R-25)."""
    return any(getattr(before, name) != getattr(after, name) for name in ("kind", *AGAINST))


def part(case: Case[MatterDossier, Any], after: Matter) -> None:
    """What waits for this one's answer is handled by itself, where the two are unlike since. What was answered with it
    keeps the answer. Before the others are locked all of them count as waiting: the act is then begun anew."""
    for link in case.dossier.joined() if unlike(case.subject, after) else ():
        other = case.tools.beside.get(link.other_id)
        if not isinstance(other, MatterDossier) or other.matter.status == MatterStatus.JOINED:
            case.update(link, ended_at=case.now)
            case.echo("separate_unlike", link.other_id, noted="1")
