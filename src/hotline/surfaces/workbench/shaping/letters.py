"""反馈件成形: a unit's letter, or the office's direct answer, with its elements, as the matter's page shows them."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.casework import citing
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import Beside, beside
from hotline.casework.records import Letter, Order
from hotline.casework.statuses import ORDER_TERMS, OrderStatus
from hotline.casework.transitions.base import letter_facts_of
from hotline.casework.transitions.letter_form import UNDERSTANDING
from hotline.network import desks as network
from hotline.rules import letters
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Element, LetterText, LetterView
from hotline.surfaces.workbench.shaping.timeline import facts_of, read_once


def _signed(dossier: MatterDossier, letter: Letter) -> str:
    who = beside(dossier.body, letter).signature
    parts = (who["responsible_unit"], f"责任人 {who['responsible_name']}" if who["responsible_name"] else "",
             f"承办人 {who['handler_name']}" if who["handler_name"] else "", who["handler_phone"])  # fmt: skip
    return "，".join(p for p in parts if p)


def noted(letter: Letter) -> dict[str, str]:
    """What stands in the elements that are one word long."""
    solved = {True: "已解决", False: "没有解决"}.get(letter.solved, "") if letter.solved is not None else ""
    return {"satisfaction": letter.satisfaction, "truthful": letter.truthful, "solved": solved,
            "publish_opinion": letter.publish_opinion, "contact_means": letter.contact_means}  # fmt: skip


def _elements(book: Rulebook, dossier: MatterDossier, letter: Letter) -> tuple[Element, ...]:
    missing = {m.field: m for m in letters.missing(book, letter_facts_of(dossier, letter))}
    said_of = noted(letter)
    rows = (
        (f, e["term"], p.clause) for p in book.provisions("letter_elements") for f, e in p.values["elements"].items()
    )
    return tuple(
        Element(term, field not in missing, said_of.get(field, ""), sure(clause)) for field, term, clause in rows
    )


def _cited(also: Beside) -> str:
    return "\n".join(citing.said(*row[:2]) for row in also.citations) or also.no_citation_reason


def _answered(book: Rulebook, letter: Letter) -> str:
    return f"（{said.instant(letter.answered_at, book.tz)} 已答复）" if letter.answered_at else ""


def _explained(book: Rulebook, letter: Letter) -> str:
    """Whether the citizen understands that it cannot be solved now, and when it is looked at again."""
    drafted = book.calendar.day_of(letter.drafted_at)
    review = f"{said.day_and_weekday(letter.review_on, drafted)}复查" if letter.review_on else ""
    return "，".join(part for part in (dict(UNDERSTANDING).get(letter.understanding, ""), review) if part)


def _stale(dossier: MatterDossier, letter: Letter) -> str:
    """That somebody called again after this letter was written, while it is not approved (R-23)."""
    newer = letter.approved_at is None and dossier.called_since(letter.drafted_at)
    return "诉求人在这份反馈件写好以后又来过电话。" if newer else ""


def _letter(book: Rulebook, dossier: MatterDossier, order: Order, letter: Letter, fate: str) -> LetterView:
    body, also = dossier.body, beside(dossier.body, letter)
    terms = letters.terms(book)
    more = ((terms.get("citations", ""), _cited(also)),
            (terms.get("contact_summary", ""), also.contact_summary),
            ("不公开的理由", also.publish_reason), ("注意", _stale(dossier, letter)),
            ("按已解释办结", _explained(book, letter)))  # fmt: skip
    texts = (LetterText("给平台的反馈", body(letter.reply_id)),
             LetterText(f"给诉求人的答复{_answered(book, letter)}", body(letter.answer_id)),
             LetterText("供公开的文本", body(letter.publishable_id)),
             *(LetterText(term, text) for term, text in more if text))  # fmt: skip
    return LetterView(f"{network.name(order.unit_id)}的反馈件", fate or ORDER_TERMS[OrderStatus(order.status)], texts,
                      _signed(dossier, letter), _elements(book, dossier, letter))  # fmt: skip


def _at_once(dossier: MatterDossier) -> LetterView | None:
    """The office's own answer, with the policy it rests on."""
    line = next((one for one in reversed(dossier.lines) if one.kind == "answered_at_once"), None)
    if line is None:
        return None
    facts = facts_of(read_once(line))
    return LetterView("直接答复", "", (LetterText("给诉求人的答复", dossier.body(facts["answer_id"])),
                                   LetterText("依据的政策", dossier.body(facts["policy_id"]))))  # fmt: skip


def letter_views(book: Rulebook, dossier: MatterDossier) -> tuple[LetterView, ...]:
    """Each order's newest letter, behind those that went back or were approved before it; and a direct answer."""
    fates, direct = _fates(dossier), _at_once(dossier)
    written = [one for order in dossier.orders for one in letters_of(book, dossier, order, fates)]
    return (*([direct] if direct else []), *written)


def letters_of(
    book: Rulebook, dossier: MatterDossier, order: Order, fates: Mapping[int, str] | None = None
) -> list[LetterView]:
    """One order's letters, the newest last."""
    known = _fates(dossier) if fates is None else fates
    shown = _worth_showing(dossier, order, known)
    return [_letter(book, dossier, order, letter, known.get(letter.id, "")) for letter in shown]


def _fates(dossier: MatterDossier) -> dict[int, str]:
    """What the office said of letters, by their numbers."""
    said_of = {"sent_back": "退回重办", "bounced": "已退单", "approved": "已通过", "approved_in_part": "已同意，余下续办"}
    judged = (read_once(line) for line in dossier.lines if line.kind in said_of)
    return {facts_of(read)["letter_id"]: said_of[read.kind] for read in judged}


def _worth_showing(dossier: MatterDossier, order: Order, fates: Mapping[int, str]) -> list[Letter]:
    newest = dossier.letter_of(order)
    return [one for one in dossier.all(Letter) if one.order_id == order.id and (one is newest or one.id in fates)]
