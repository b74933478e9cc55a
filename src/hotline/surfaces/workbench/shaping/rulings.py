"""裁定成形: what was settled in a matter, what it was dispatched by, and what was settled before and fits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hotline.casework.at_dispatch import Settled
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Rested, Ruling
from hotline.network import desks as network
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.rules import rulings
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Because, Fact, FactGroup

SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {  # what the timeline says of their lines
    "ruled": lambda f: "记裁定，" + ("只管这个县区" if f["local"] else "管全市"),
    "ruling_revoked": lambda f: "废止裁定，以前照它派的不动",
}
LABELLED = {"ruled": (("document_id", "文件："), ("category_id", "类别："), ("words_id", ""))}


def _sort(book: Rulebook, sort: str) -> str:
    return rulings.sorts(book).get(sort, sort)


def _ruled(book: Rulebook, dossier: MatterDossier, row: Ruling) -> Fact:
    over = f"，{said.instant(row.revoked_at, book.tz)} 废止：{dossier.body(row.because_id)}" if row.revoked_at else ""
    where = "只管这个县区" if row.area else "管全市"
    return Fact(_sort(book, row.sort), f"{row.category}由{network.name(row.unit_id)}承办，{where}",
                f"{dossier.body(row.document_id)}{over}", link(book.provision("rulings").clause))  # fmt: skip


def ruling_groups(book: Rulebook, dossier: MatterDossier, actor: Actor | None) -> tuple[FactGroup, ...]:
    """What was settled here, and, for the office alone, in which matter that was settled by which it was dispatched."""
    rows = [_ruled(book, dossier, row) for row in dossier.all(Ruling)]
    ours = actor is not None and actor.role in OFFICE
    rows += [Fact("照裁定派", one.other_number, url=f"/staff/m/{one.other_number}/")
             for one in dossier.all(Rested) if ours]  # fmt: skip
    return (FactGroup("裁定", tuple(rows)),) if rows else ()


def because(book: Rulebook, one: Settled, names: Mapping[int, str]) -> tuple[Because, ...]:
    """Why a unit comes into question by what was settled: how, by which paper, who put it down and when, and what was
    dispatched by it since."""
    place = "，只管这个县区" if one.area else ""
    on = said.day(one.ruled_at.astimezone(book.tz).date())
    since = f"照它派过 {one.count} 件：{'、'.join(map(said.short_number, one.rested))}" if one.count else "还没有照它派过"
    told = f"{names.get(one.person_id, '')} {on} 记在 {said.short_number(one.number)}，{one.category}{place}；{since}"
    return (Because(f"裁定（{_sort(book, one.sort)}）：{one.document}", told, f"/staff/m/{one.number}/",
                    link(book.provision("rulings").clause)), Because(one.words))  # fmt: skip


def who(found: Sequence[Settled]) -> dict[int, str]:
    """Who put them down."""
    return network.names({one.person_id for one in found}) if found else {}
