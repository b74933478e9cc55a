"""导出成形: what was found, as a sheet; who took it away, as whom, when and what for stands above it, below it and on every
printed page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

from hotline.casework.searching import Hit
from hotline.network import desks as network
from hotline.network.sheets.export import escaped
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said
from hotline.surfaces.workbench.shaping.found import status_said

HEADS = ("编号", "要点", "种类", "承办", "状态", "登记", "期限", "现有的牌")
WIDTHS = (18, 48, 8, 18, 14, 17, 17, 9)
COLOURS = {"yellow": "黄牌", "red": "红牌", None: ""}
LONGEST_HEADER = 240  # a spreadsheet takes no longer one


def mark(who: str, post: str, now: datetime, book: Rulebook, purpose: str, found: str) -> str:
    """The line that goes with the sheet wherever it goes."""
    when = f"{now.astimezone(book.tz):%Y-%m-%d %H:%M}"
    return f"{who}（{post}）{when} 导出，用途：{purpose}；{found}。只用于这一用途，不得外传。"


def table(book: Rulebook, hits: Sequence[Hit], actor: Actor) -> list[tuple[str, ...]]:
    """The rows, as a page would say them."""

    def instant(at: datetime | None) -> str:
        return f"{at.astimezone(book.tz):%Y-%m-%d %H:%M}" if at else ""

    def limit(at: datetime | None) -> str:
        return f"{said.limit_day(at, book.tz)} {said.limit_clock(at, book.tz)}" if at else ""

    return [
        (hit.row.number, hit.row.gist, book.kind(hit.row.kind).term, network.name(hit.row.unit_id),
         status_said(hit, actor), instant(hit.registered_at), limit(hit.row.due_at), COLOURS[hit.row.colour])
        for hit in hits
    ]  # fmt: skip


def sheet(rows: Sequence[Sequence[str]], line: str, now: datetime, heads: Sequence[str] = HEADS,
          widths: Sequence[int] = WIDTHS, title: str = "查找") -> bytes:  # fmt: skip
    """As xlsx: the line, the heads, the rows, the line; every cell is text, none is run."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": f"{title}导出", "created": now.replace(tzinfo=None)})
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        page = book.add_worksheet(title)
        page.freeze_panes(2, 0)
        page.set_header("&C" + line.replace("&", "&&")[:LONGEST_HEADER])
        page.set_landscape()
        for at, row in enumerate(((line,), heads, *rows, (line,))):
            for column, cell in enumerate(row):
                page.write_string(at, column, escaped(cell), bold if at < 2 else text)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
    return packed.getvalue()
