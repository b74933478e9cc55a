"""顺延成形: the form of a shift of dates, with how many orders it would move, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.transitions.shifting import ShiftDates, shift_id
from hotline.procedure.forms import Field, Problem
from hotline.rules import shifts
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, FactGroup, FieldView, FormView, Link, NetworkPage

URL = "/staff/shift-dates/"
SAID = "停机、不可抗力期间办不了的，凭文件把期限整体顺延。先看涉及多少张工单，再按一次才办。"
WHICH = "未结的，和停机以后办结、还没有归档的；反映的是您或您的单位的，须回避，不在内"
DONE = "每一张都记在台账里：期限和对诉求人的承诺往后移，按时与否重新判断，因此亮错的牌撤下，单位和诉求人收到消息。"
LEFT = "别人正在办的，或者这一次没有来得及的；接着按就是，办过的不会再移一次"
BACK = Link("回到工作台", "/staff/")


def _field(field: Field, value: str, problem: Problem | None) -> FieldView:
    return FieldView(
        field.name, field.label, field.kind, value, error=problem.because if problem else "", hint=field.hint,
        max_length=None if field.kind == "date" else field.max_length, rows=3, missing_said=field.missing_said,
        clause=link(problem.clause) if problem and problem.clause else None,
    )  # type: ignore[arg-type]  # fmt: skip


def _outage(book: Rulebook, form: Mapping[str, Any]) -> Fact:
    """From when to when, and how many working days that took."""
    days = "—".join(dict.fromkeys(said.day(form[name]) for name in ("first_on", "last_on")))
    working = shifts.working_days(book, form["first_on"], form["last_on"])
    return Fact("停机", f"{days}，{working} 个工作日", clause=link(book.provision("date_shift").clause))


def form_view(book: Rulebook, typed: Mapping[str, str], problems: Sequence[Problem] = (), found: int | None = None,
              form: Mapping[str, Any] | None = None) -> FormView:  # fmt: skip
    """What is asked; and, where it is whole, how many orders were `found`, with the button that moves them."""
    wrong = {p.field: p for p in problems}
    fields = [_field(f, typed.get(f.name, ""), wrong.get(f.name)) for f in ShiftDates.fields(book)]
    effects: tuple[Fact, ...] = ()
    if form is not None:
        effects = (_outage(book, form), Fact("要顺延的", f"{found} 张工单" if found else "没有受影响的工单", WHICH))
    if form is not None and found:
        fields.append(FieldView("seen", "", "hidden", str(shift_id(form))))
    return FormView(
        ShiftDates.term, URL, tuple(fields), link(book.provision("date_shift").clause), intro=SAID, effects=effects,
        submit_term=f"顺延 {found} 张工单" if found else "看看涉及多少张", back=BACK,
    )  # fmt: skip


def result(book: Rulebook, typed: Mapping[str, str], form: Mapping[str, Any], went: int, left: int) -> NetworkPage:
    """What came of it; where something is left, the button that goes on."""
    facts = [Fact("已顺延", f"{went} 张工单"), _outage(book, form), Fact("文件", str(form["document"]))]
    hidden = {**typed, "seen": str(shift_id(form))}
    fields = tuple(FieldView(name, "", "hidden", value) for name, value in hidden.items())
    again = FormView(ShiftDates.term, URL, fields, submit_term=f"接着顺延 {left} 张", back=BACK)
    if left:
        facts.append(Fact("还没有顺延", f"{left} 张工单", LEFT))
    return NetworkPage(ShiftDates.term, DONE if went else "", facts=FactGroup("", tuple(facts)),
                       form=again if left else None, more=() if left else (BACK,))  # fmt: skip
