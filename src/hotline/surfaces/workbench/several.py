"""几件一起 (several at once): what came of an act on many matters, said so that nobody wonders which were left and why."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Many
from hotline.surfaces.ui import said

NONE_CHOSEN = "请至少选一件。"
FAILED = "没有办成"


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
