"""写反馈件成形: the letter that is being written, what it lacks, what it may cite, why the one before came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.casework import citing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.casework.transitions.letter_form import ELEMENT_OF, missing_in, wanted_of
from hotline.network import desks as network
from hotline.procedure.case import Case
from hotline.rules import letters
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.shared_drafts import Begun, Kept
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.letters import letters_of
from hotline.surfaces.workbench.shaping.review import appeal_facts
from hotline.surfaces.workbench.shaping.timeline import lines

OrderCase = Case[MatterDossier, Order]
FIELD_OF = {element: field for field, element in ELEMENT_OF.items()}
CAME_BACK = ("sent_back", "bounced", "sent_back_below", "draft_handed_back", "redo_ordered", "redone_after_check")


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在页面上的: the case, the matter beside it, the form, what is kept of it and under which number, what it says now,
    what letters of the unit have cited, who writes; `both`: two wrote at once, and one's own stands in the form."""

    case: OrderCase
    matter: s.MatterView
    form: s.FormView
    key: str
    kept: Kept
    says: Mapping[str, Any]
    cites: Sequence[citing.Cited]
    writer: int
    both: bool = False


def _clock(book: Rulebook, at: datetime | None) -> str:
    return f"{at.astimezone(book.tz):%H:%M:%S} 已保存在服务器" if at else ""


def elements_view(case: OrderCase, says: Mapping[str, Any], draft: Begun | None) -> s.ElementsView:
    """Every element that the letter must have, found or missing, with its clause and the field where it is written."""
    book, lacking = case.book, missing_in(case, says)
    missing, only = {one.field: one for one in lacking}, wanted_of(case)
    clauses, terms = letters.fields(book), letters.terms(book)
    asked = [name for name in terms if only is None or name in only]
    rows = [_line(name, terms[name], name not in missing, clauses[name]) for name in asked]
    rows += [_line(one.field, one.because, False, one.clause) for one in lacking if one.field not in terms]
    return s.ElementsView(tuple(rows), _said(lacking), _clock(book, draft.saved_at if draft else None),
                          str(draft.version) if draft else "")  # fmt: skip


def _line(name: str, term: str, met: bool, clause: str) -> s.ElementLine:
    return s.ElementLine(term, met, f"f-{FIELD_OF.get(name, name)}", sure(clause))


def _said(lacking: Sequence[Missing]) -> str:
    return f"还缺 {len(lacking)} 项，签批前要写齐" if lacking else "要素齐全"


def _cites(cited: Sequence[citing.Cited]) -> tuple[s.CiteView, ...]:
    return tuple(s.CiteView(citing.said(one.title, one.number), f"{one.title} | {one.number}",
                            f"{'同类事项引用过，' if one.alike else ''}{one.times} 件")
                 for one in cited)  # fmt: skip


def _returned(case: OrderCase) -> tuple[s.TimelineLine, ...]:
    """Why the newest letter came back, while no other was written since."""
    dossier, letter = case.dossier, case.dossier.letter_of(case.subject)
    if letter is None:
        return ()
    found = [line for line in dossier.lines if line.kind in CAME_BACK and line.at >= letter.drafted_at]
    return lines(found[-1:], case.book, dossier.body)


def _needed(case: OrderCase, field: s.FieldView) -> s.FieldView:
    """What the letter must have before it is signed off is not called optional, though a draft may lack it."""
    terms, only = letters.terms(case.book), wanted_of(case)
    name = ELEMENT_OF.get(field.name, field.name)
    due = not field.required and name in terms and (only is None or name in only)
    return replace(field, required=True, missing_said="") if due else field


LONG = ("textarea", "text")


def _texts(case: OrderCase, begun: Begun) -> tuple[s.LetterText, ...]:
    fields = (field for field in case.card.fields(case.book) if field.kind in LONG)
    return tuple(s.LetterText(f.label, str(begun.data[f.name])) for f in fields if begun.data.get(f.name))


def _others(posed: Posed, names: Mapping[int, str]) -> tuple[s.OtherDraft, ...]:
    """What was written besides what stands in the form: by a colleague at the same time, by oneself, before."""
    kept, case = posed.kept, posed.case
    rows = (("" if posed.both else "aside", None if posed.both else kept.aside, "您同时写的一份，没有并进去"),
            ("replaced", kept.replaced, "换下的一份"), ("", kept.shared if posed.both else None, "同事写的一份"))  # fmt: skip
    return tuple(s.OtherDraft(f"{said_}：{names.get(one.person_id, '')} {_at(case, one)}", _texts(case, one), name)
                 for name, one, said_ in rows if one is not None)  # fmt: skip


def _at(case: OrderCase, begun: Begun) -> str:
    return said.instant(begun.saved_at, case.book.tz)


def reply_view(posed: Posed) -> s.ReplyView:
    """The whole page."""
    case, book, kept = posed.case, posed.case.book, posed.kept
    matter = replace(posed.matter, fact_groups=appeal_facts(book, posed.matter), why=None)
    clause = letters.fields(book).get("citations")
    form = replace(posed.form, fields=tuple(_needed(case, field) for field in posed.form.fields))
    writers = {one.person_id for one in (kept.shared, kept.aside, kept.replaced) if one} - {posed.writer}
    names = {posed.writer: "您", **(network.names(writers) if writers else {})}
    shared = None if posed.both else kept.shared
    last = f"{names.get(shared.person_id, '')} {_at(case, shared)} 写到这里" if shared else ""
    return s.ReplyView(form, matter, elements_view(case, posed.says, shared), posed.key,
                       shared is not None, _cites(posed.cites), link(clause) if clause else None, _returned(case),
                       tuple(letters_of(book, case.dossier, case.subject)[::-1]),
                       kept.shared.version if kept.shared else 0, last, _others(posed, names), posed.both)  # fmt: skip
