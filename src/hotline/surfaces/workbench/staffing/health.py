"""系统健康 (health): how the installation stands, for whoever looks after it: loops, queues, backup, seals, disk, calendar,
versions. The doctor's own looks, worst first, each with what to do."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.surfaces import frame, health
from hotline.surfaces.health import Found, Turn
from hotline.surfaces.ui.shapes import Cell, NetworkPage, Section
from hotline.surfaces.workbench.guarding import StaffRequest, View, looks_after, staff
from hotline.surfaces.workbench.shell import shell

STATES = {"wrong": "要处理", "hint": "提示", "ok": "正常"}
TERMS = {
    "python": "运行环境", "packages": "依赖", "programs": "数据库程序", "disk": "磁盘", "debug": "日志", "keys": "密钥",
    "backup": "备份", "loops": "后台循环", "database": "数据库", "rights": "库内权限", "guards": "台账触发器", "archive": "连续归档",
    "time": "时钟", "seals": "封存", "outbox": "待发消息", "clock": "时限事项", "set_aside": "搁置", "calendar": "日历",
    "destroyed": "销毁记录", "files": "文件库", "scanner": "查毒",
}  # fmt: skip
FOUND, TURNS = ("项目", "现在怎样", "怎么办", "情况"), ("循环", "上次转", "每隔", "情况")
MINUTE, HOUR = 60, 3600


def caretaker(view: View) -> View:
    """Only for those who look after the system; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if not looks_after(request.visitor):
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


def span(seconds: float) -> str:
    """A length of time in the words one would say."""
    if seconds < MINUTE:
        return f"{seconds:.0f} 秒"
    return f"{seconds / MINUTE:.0f} 分钟" if seconds < 2 * HOUR else f"{seconds / HOUR:.0f} 小时"


def _found(one: Found) -> tuple[Cell, ...]:
    return Cell(TERMS.get(one.name, one.name)), Cell(one.said), Cell(one.todo), Cell(STATES[one.state])


def _turn(one: Turn) -> tuple[Cell, ...]:
    return (Cell(one.term), Cell(f"{span(one.ago)}前"), Cell(span(one.every)),
            Cell("停了" if one.late else STATES["ok"]))  # fmt: skip


@require_safe
@caretaker
def system(request: StaffRequest) -> HttpResponse:
    """The doctor's looks at this moment."""
    looked = health.look()
    found = sorted(looked.found, key=lambda one: list(STATES).index(one.state))
    wrong, hints = (sum(one.state == state for one in found) for state in ("wrong", "hint"))
    sections = (
        Section("体检", f"{len(found)} 项，{hints} 项提示", FOUND, tuple(map(_found, found))),
        Section("后台循环", "这台机器上的", TURNS, tuple(map(_turn, looked.turns)), (),
                "" if looked.turns else "这台机器上没有循环在转。"),
    )  # fmt: skip
    page = NetworkPage("系统健康", "与命令 ./hotline doctor 看的是同样的东西；只看，不改。", sections=sections,
                       problem=f"有 {wrong} 项要处理。" if wrong else "")  # fmt: skip
    return render(request, "workbench/network.html", {"shell": shell(request, frame.now()), "page": page})
