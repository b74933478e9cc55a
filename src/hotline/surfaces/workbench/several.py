"""几件一起 (several at once): the page of a list of which some are ticked, and what came of an act on many matters, said so
that nobody wonders which were left and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotline.casework import desks
from hotline.casework.lists import DeskSpec
from hotline.casework.rows import Row
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Many
from hotline.surfaces import frame
from hotline.surfaces.portions import at, cut
from hotline.surfaces.ui import said
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.desk import cursor_read, cursor_said

NONE_CHOSEN = "请至少选一件。"
FAILED = "没有办成"
THIS_PAGE = f"一页 {desks.PAGE} 件，最急的在前；按下去只办这一页勾选的。"


@dataclass(frozen=True, slots=True)
class Portion:
    """清单的一页, to be ticked: its rows, its own address, those of the first page and of the next, where there are such."""

    rows: Sequence[Row]
    address: str
    first_url: str = ""
    next_url: str = ""


def portion(request: StaffRequest, spec: DeskSpec, address: str, of: str = "") -> Portion:
    """The page of a list that the address asks for, as it is now."""
    visitor, after = request.visitor, str(request.GET.get("after", ""))
    found = desks.page(visitor.actor, visitor.unit, spec, cursor_read(after), frame.now())
    rows, beyond = cut(found, desks.PAGE)
    onward = at(address, of=of, after=cursor_said(rows[-1])) if beyond else ""
    return Portion(rows, at(address, of=of, after=after), at(address, of=of) if after else "", onward)


def because(error: Exception) -> str:
    """Why one was set aside, without its full stop."""
    if isinstance(error, Refused):
        return error.verdict.because.rstrip("。")
    if isinstance(error, FormErrors):
        return "；".join(one.because.rstrip("。") for one in error.problems)
    return FAILED


def report(done: Many, numbers: Mapping[int, str], apart: Mapping[str, str]) -> str:
    """What was left and why, `apart` what was not even tried; nothing where all went."""
    wrong = [*((numbers[one], because(error)) for one, error in done.aside.items()), *apart.items()]
    busy = len(numbers) - done.performed - len(done.aside)
    found = [f"{said.short_number(number)} {why}" for number, why in wrong]
    found += [f"{busy} 件别人正在办，请稍后再看"] if busy else []
    return f"办成 {done.performed} 件，{len(wrong) + busy} 件没有办成：{'；'.join(found)}。" if found else ""
