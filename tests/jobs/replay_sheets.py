"""Invented files for the replay: what an export looks like, and how to put one together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
Row = tuple[str, ...]


def row(number: str, asked: str, answered: str, subject: str = "投诉工地夜里施工", body: str = "楼下工地天天施工到两点。",
        reply: str = "经查，该工地确有夜间施工，已责令其夜里十点以后停工，并派人连续巡查三晚，未再发现。", user: str = "甲") -> Row:  # fmt: skip
    """One invented message."""
    return (number, user, subject, asked, body, reply, answered)


def text(rows: Iterable[Row], header: Row = HEADER) -> str:
    """The rows as a CSV file says them."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def file(rows: Iterable[Row], encoding: str = "utf-8", header: Row = HEADER) -> bytes:
    """The rows as the bytes of a file."""
    return text(rows, header).encode(encoding)


# Limits end at 24:00. In 2019 the 1st to 4th of May were holidays, and people worked on Sunday 28 April and 5 May.
LIVED = (
    row("101", "2019/3/4 9:00:00", "2019-03-06 23:59:59", "咨询公交线路", "几点收车？"),  # last second of day 2
    row("102", "2019/3/4 9:00:00", "2019-03-07 00:00:00", "咨询公交线路", "几点收车？"),  # one second later
    row("103", "2019/3/1 22:00:00", "2019/3/8 23:59", "建议加一盏路灯", "第一段。\n第二段，\n“第三段”。"),
    row("104", "2019/4/26 8:00:00", "2019/5/6 20:00:00", "求助：水管爆了", "请帮忙。"),  # day 5 after make-up workdays
    row("105", "2019/4/26 8:00:00", "2019/5/7 10:00:00", "求助：水管又爆了", "请帮忙。", user="乙"),  # day 6
    row("106", "2018/3/29 23:59:59", "2018/4/2 10:00:00", user=""),  # before the rulebook; anonymous
    row("107", "2018/3/30 0:00:00", "2018/12/31 10:00:00"),
    row("108", "2019/3/4 9:00:00", "2019/3/4 9:00:00", "其他", "没有一个词对得上。", user="乙"),  # answered at once
)
