"""核实成形: what a unit and the office looked into about an order, as facts beside it."""

from __future__ import annotations

from hotline.casework import inquiries
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Inquiry, Order
from hotline.rules import inquiries as rules
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact

RESULTS = {True: "与反馈件相符", False: "与反馈件不符"}


def _fact(book: Rulebook, label: str, found: list[Inquiry], provision: str, result: str) -> tuple[Fact, ...]:
    if not found:
        return ()
    last, often = found[-1], f"，共 {len(found)} 次" if len(found) > 1 else ""
    means = rules.means(book, provision).get(last.means, last.means)
    on = said.day(last.looked_on)
    return (Fact(label, result or f"{on} {means}", f"{f'{on} {means}' if result else ''}{often}".lstrip("，"),
                 link(book.provision(provision).clause)),)  # fmt: skip


def inquiry_facts(book: Rulebook, dossier: MatterDossier, order: Order) -> tuple[Fact, ...]:
    """The last of each side, and how often there was one."""
    made, checks = inquiries.made(dossier, order), inquiries.checks(dossier, order)
    result = RESULTS[bool(checks[-1].as_it_is)] if checks else ""
    return (*_fact(book, "调查核实", made, "investigation", ""),
            *_fact(book, "抽查核实", checks, "spot_check", result))  # fmt: skip
