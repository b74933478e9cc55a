"""Short ways to make files of sheets in tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hotline.network.sheets import loading
from hotline.network.sheets.export import as_csv, as_xlsx
from hotline.procedure.actor import Actor

UNITS = ["编码", "名称", "简称", "级别", "上级单位编码", "类别", "职能", "区划代码", "值班电话", "状态", "承接单位编码"]
PEOPLE = ["登录名", "姓名", "单位编码", "岗位", "电话", "状态"]
DUTIES = ["单位编码", "值班人", "电话", "开始", "结束", "状态"]
Table = Sequence[Sequence[str]]


def padded(heading: Sequence[str], rows: Table) -> Table:
    """Rows filled up to the heading's width."""
    return [list(heading), *([*row, *[""] * (len(heading) - len(row))] for row in rows)]


def csv_of(heading: Sequence[str], *rows: Sequence[str]) -> bytes:
    """One sheet as CSV."""
    return as_csv(padded(heading, rows))


def book_of(**sheets: tuple[Sequence[str], Table]) -> bytes:
    """Several sheets as xlsx, by their names."""
    return as_xlsx({name: padded(*sheet) for name, sheet in sheets.items()})


def load(data: bytes, admin: Actor, now: datetime) -> Any:
    """Plan, rehearse and load a file; who got an account."""
    made = loading.plan(data, now)
    loading.rehearse(made, admin, now)
    return loading.load(made, admin, now)
