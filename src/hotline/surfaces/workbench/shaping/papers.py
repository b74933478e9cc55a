"""纸质文件成形: papers that came and went, as the matter's page shows them and the timeline says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order, PaperDocument
from hotline.casework.records.outside import PAPER_IN
from hotline.network import desks as network
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.rules import papers
from hotline.rules.book import Rulebook
from hotline.rules.office import WRITTEN
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, FactGroup
from hotline.surfaces.workbench.shaping.answers import TERM, answer_of

SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "paper_received": lambda f: f"收文登记，{f['sheets']} 页" + _scans(f),
    "paper_sent": lambda f: f"发文登记，{f['sheets']} 页" + _scans(f),
    "reported_on_paper": lambda f: f"纸质反馈，{f['sheets']} 页" + _scans(f),
    "dispatched_on_paper": lambda f: f"纸质转办{network.name(f['unit_id'])}，从单位收到时起算" + _scans(f),
}
# What a paper's line quotes, each with a word before it.
LABELLED = {
    "paper_received": (("party_id", "来自："), ("number_id", "文号："), ("words_id", "")),
    "paper_sent": (("party_id", "发给："), ("number_id", "文号："), ("words_id", "")),
    "reported_on_paper": (("number_id", "文号："), ("words_id", "")),
    "dispatched_on_paper": (("party_id", "签收人："), ("number_id", "文号：")),
}


def _scans(facts: Mapping[str, Any]) -> str:
    return f"，扫描件 {facts['files']} 个" if facts["files"] else ""


def _fact(book: Rulebook, dossier: MatterDossier, one: PaperDocument) -> Fact:
    """One paper: which way it went, with whom, under which number, when."""
    came, order = one.direction == PAPER_IN, dossier.find(Order, one.order_id)
    means = papers.means(book).get(one.means, one.means)
    parts = (dossier.body(one.party_id), dossier.body(one.number_id), f"{one.sheets} 页")
    of = f"{network.name(order.unit_id)}的工单，" if order else ""
    note = f"{of}{means}，{said.short_instant(one.at, book.tz)} {'收到' if came else '发出'}"
    return Fact("收文" if came else "发文", " · ".join(part for part in parts if part), note,
                link(book.provision("paper").clause))  # fmt: skip


def _to_print(dossier: MatterDossier, actor: Actor | None) -> tuple[Fact, ...]:
    """The answer as a letter, for the office: by each paper of its own that went out, or, of what came on paper, before
    it goes."""
    if actor is None or actor.role not in OFFICE or not answer_of(dossier):
        return ()
    papers_, url = dossier.all(PaperDocument), f"/staff/m/{dossier.matter.number}/answer/"
    sent = [one for one in papers_ if one.direction != PAPER_IN and one.order_id is None]
    if not sent:
        on_paper = bool(papers_) or dossier.matter.channel in WRITTEN[1:]
        return (Fact("打印", TERM, "还没有发文登记，文号手写", url=url),) if on_paper else ()
    return tuple(Fact("打印", TERM, dossier.body(one.number_id), url=f"{url}?of={one.id}") for one in sent)


def paper_groups(book: Rulebook, dossier: MatterDossier, actor: Actor | None = None) -> tuple[FactGroup, ...]:
    """One group for all papers, oldest first, and what is printed of them; none where there is none."""
    rows = tuple(_fact(book, dossier, one) for one in dossier.all(PaperDocument)) + _to_print(dossier, actor)
    return (FactGroup("纸质文件", rows),) if rows else ()
