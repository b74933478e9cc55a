"""反馈件的提示 (quality): what whoever reviews a letter may want to look at, each with where it comes from. Computed from
the file alone; it advises, a person decides. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.casework import explained
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import beside
from hotline.casework.records import Letter, Order
from hotline.casework.transitions.base import letter_facts_of
from hotline.rules import follow_up, letters, publication
from hotline.rules.book import Rulebook

QUESTION = re.compile("[？?]+")
LETTER, CALLS, CONTACTS, DATES = "反馈件", "来电记录", "联系记录", "期限"


@dataclass(frozen=True, slots=True)
class Hint:
    """一条提示: what is to be seen, where it comes from, and the clause that it is about, if one. `about`: the elements
    that therefore want a look, however complete they are; `note`: why, in a few words beside them."""

    said: str
    source: str
    clause: str = ""
    about: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """看的是哪一份: a letter on an order, looked at now."""

    book: Rulebook
    dossier: MatterDossier
    order: Order
    letter: Letter
    now: datetime

    def text(self, name: str) -> str:
        """One of the letter's texts."""
        return self.dossier.body(getattr(self.letter, f"{name}_id"))

    def clause(self, provision: str) -> str:
        """The clause of a provision."""
        return self.book.provision(provision).clause


def hints(looked: Looked) -> list[Hint]:
    """All that is to be said of a letter, the weightiest first."""
    return [hint for look in LOOKS for hint in look(looked)]


def _calls(at: Looked) -> Iterator[Hint]:
    if at.dossier.called_since(at.letter.drafted_at):
        yield Hint("诉求人在反馈件写好以后又来过电话，看答复说到没有。", CALLS, at.clause("repeat_contact"),
                   ("responds_to_request",), "写好以后又来过电话")  # fmt: skip


def _late(at: Looked) -> Iterator[Hint]:
    order, matter = at.order, at.dossier.matter
    if order.on_time is False:
        yield Hint("报来时期限已过。", DATES, order.due_clause or "")
    if matter.promised_at is not None and matter.promised_at <= at.now:
        yield Hint("答应诉求人的答复日期已过。", DATES, matter.promised_clause or "")


def _contact(at: Looked) -> Iterator[Hint]:
    if any(one.outcome == "reached" for one in at.dossier.attempts_of(at.order)):
        return
    written = f"反馈件写的是“{at.letter.contact_means}”，" if at.letter.contact_means else ""
    yield Hint(f"{written}联系记录里没有联系上的。", CONTACTS, at.clause("first_contact"),
               ("contact_means", "contact_summary"), "联系记录里没有联系上的")  # fmt: skip


def _cited(at: Looked) -> Iterator[Hint]:
    said, asked = beside(at.dossier.body, at.letter), letters.fields(at.book)
    if "citations" in asked and not said.citations:
        because = f"，理由是“{said.no_citation_reason}”" if said.no_citation_reason else ""
        yield Hint(f"没有引用文号{because}。", LETTER, asked["citations"], ("citations",), "没有引用，写了理由")


def _short(at: Looked) -> Iterator[Hint]:
    words, answer = at.dossier.body(at.dossier.matter.words_id), at.text("answer")
    if answer and len(answer) < len(words):
        yield Hint(f"给诉求人的答复 {len(answer)} 个字，诉求 {len(words)} 个字。", "字数", "", ("answer",), "比诉求短")
    if asked := len(QUESTION.findall(words)):
        yield Hint(f"诉求里有 {asked} 处问句，对照着看是否都答了。", "诉求人的话", "", ("responds_to_request",),
                   f"{asked} 处问句")  # fmt: skip


def _copied(at: Looked) -> Iterator[Hint]:
    if at.text("reply") and at.text("reply") == at.text("answer"):
        yield Hint("给平台的反馈和给诉求人的答复一字不差。", LETTER, "", ("reply", "answer"), "两份一字不差")
    earlier = [one for one in at.dossier.all(Letter) if one.order_id == at.order.id and one.id != at.letter.id]
    if earlier and at.order.send_backs and at.dossier.body(earlier[-1].reply_id) == at.text("reply"):
        yield Hint("正文和退回的那一份一字不差。", LETTER, at.clause("redo"), ("reply",), "和退回的那一份一样")


def _outcome(at: Looked) -> Iterator[Hint]:
    grades = follow_up.grades(at.book)
    if at.letter.satisfaction in grades[(len(grades) + 1) // 2 :]:
        yield Hint(f"诉求人对办理“{at.letter.satisfaction}”。", LETTER, letters.fields(at.book).get("satisfaction", ""),
                   ("satisfaction",), "看为什么")  # fmt: skip
    if at.letter.solved is False and not explained.proposes(at.letter):
        yield Hint("写明没有解决，又没有提出按已解释办结。", LETTER, at.clause("explained"), ("solved",),
                   "又没有提出按已解释办结")  # fmt: skip


def _personal(at: Looked) -> Iterator[Hint]:
    facts, terms, text = letter_facts_of(at.dossier, at.letter), letters.terms(at.book), at.text("publishable")
    found = [terms.get(name, name) for name in publication.masked_fields(at.book) if _within(facts.get(name), text)]
    if found:
        yield Hint(f"供公开的文本里有{'、'.join(found)}。", LETTER, at.clause("masking"), ("publishable",),
                   f"里面有{'、'.join(found)}")  # fmt: skip


def _within(value: object, text: str) -> bool:
    return isinstance(value, str) and bool(value) and value in text


LOOKS: tuple[Callable[[Looked], Iterator[Hint]], ...] = (
    _calls, _late, _contact, _cited, _outcome, _copied, _personal, _short)  # fmt: skip
