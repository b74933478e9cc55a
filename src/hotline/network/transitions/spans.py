"""时段 (spans): instants typed on a form are the city's own time; a span must run forwards and not be over already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem

FROM = Field("from_at", "开始", "instant", max_length=32)
UNTIL = Field("until_at", "结束", "instant", max_length=32)


def instant(case: Case[Any, Any], name: str) -> datetime:
    """An instant from the form; one without a zone is the city's local time."""
    typed: datetime = case.form[name]
    return typed if typed.tzinfo else typed.replace(tzinfo=case.book.tz)


def span_problems(case: Case[Any, Any]) -> list[Problem]:
    """What is wrong with a span from `from_at` until `until_at`."""
    if instant(case, "until_at") <= instant(case, "from_at"):
        return [Problem("until_at", "结束要晚于开始。")]
    return [Problem("until_at", "结束的时间已经过了。")] if instant(case, "until_at") <= case.now else []
