"""一步一步 (steps)：what sets a date or moves it, as data kept with the order; `rules.dating` sums them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

REGISTERED, EXTENDED, VOID, SHIFTED = "registered", "extended", "void", "shifted"
DELIVERED, DISSATISFIED, SENT_BACK, BOUNCED = "delivered", "dissatisfied", "sent_back", "bounced"


@dataclass(frozen=True, slots=True)
class Step:
    """一步：what set a date or moved it. Made by the functions below, never by hand.

    `at` is the instant it counts from, `until` a second one, `ref` the row it belongs to (an extension may be void),
    `of` the steps of another date that this one depends on, written.
    """

    how: str
    at: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    channel: str = ""
    working_days: int = 0
    urgent: bool = False
    ref: int = 0
    of: str = ""


def registered(kind: str, at: datetime, channel: str) -> Step:
    """登记：what can be promised before dispatch: the limit of `kind` from the office's own latest dispatch."""
    return Step(REGISTERED, at, kind=kind, channel=channel)


def delivered(kind: str, received: datetime, *, urgent: bool = False) -> Step:
    """转办：the limit of `kind` from delivery; also the rest of an urgent order as a new round under its kind (R-08)."""
    return Step(DELIVERED, received, kind=kind, urgent=urgent)


def extended(working_days: int, ref: int) -> Step:
    """延期：so many working days more (R-07); `ref` is the extension's number."""
    return Step(EXTENDED, working_days=working_days, ref=ref)


def void(ref: int) -> Step:
    """延期无效：the extension `ref` never counted."""
    return Step(VOID, ref=ref)


def excess(asked: datetime, decided: datetime) -> Step:
    """热线办多用的时间：a return asked for at `asked` was refused only at `decided` (R-04)."""
    return Step("excess", asked, decided)


def sent_back(at: datetime) -> Step:
    """退回重办：the old date or some days from `at`, whichever is later (R-06)."""
    return Step(SENT_BACK, at)


def bounced(at: datetime) -> Step:
    """退单：the old date or the end of a working day soon after `at` (R-17)."""
    return Step(BOUNCED, at)


def dissatisfied(at: datetime) -> Step:
    """不满意重办：a new round from `at`, whatever the old date was (R-12)."""
    return Step(DISSATISFIED, at)


def changed(kind: str, at: datetime, *, extended_by: int = 0) -> Step:
    """改类别：worked out anew under `kind` from the original delivery (R-22)."""
    return Step("changed", at, kind=kind, working_days=extended_by)


def shifted(working_days: int, ref: int, began: datetime | None = None, ended: datetime | None = None) -> Step:
    """顺延：so many days later for an outage from `began` to `ended` (R-24); `ref` is the shift's number."""
    return Step(SHIFTED, began, ended, working_days=working_days, ref=ref)


def assisting(received: datetime, lead: Sequence[Step], *, urgent: bool = False) -> Step:
    """协办：before the date that the lead's steps come to (R-15)."""
    return Step("assisting", received, urgent=urgent, of=written(lead))


def handed_down(at: datetime, outer: Sequence[Step], *, urgent: bool = False) -> Step:
    """下派：before the date of level 2, which stays answerable (R-16)."""
    return Step("handed_down", at, urgent=urgent, of=written(outer))


_BARE = Step("")
# How a step is kept: how, then what it has, each behind its letter, `ref` last, and a stop. Steps of another date
# stand in brackets, a dot before their stops, so that nobody finds there what belongs to the date itself (`seen`).
_NAMES = {"a": "at", "u": "until", "k": "kind", "c": "channel", "w": "working_days", "g": "urgent", "o": "of",
          "r": "ref"}  # fmt: skip
_WORD = re.compile(r"[\w-]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND, _MILLION, _LEAST_MICROSECONDS = timedelta(microseconds=1), 1_000_000, 10**14
STOP, DOTTED = ";", ".;"


def written(steps: Sequence[Step]) -> str:
    """The steps as text, to be kept with the order; what is as usual is left out."""
    try:
        return "".join([_said(step) for step in steps])
    except ValueError:
        return _in_json(steps)


def _said(step: Step) -> str:
    found = [step.how]
    for letter, name in _NAMES.items():
        value = getattr(step, name)
        if value != getattr(_BARE, name):
            found.append(letter + _plain(name, value))
    return " ".join(found) + STOP


def _plain(name: str, value: Any) -> str:
    """Raises ValueError for what would not come back."""
    if isinstance(value, datetime):
        return _stamp(value)
    if name == "of":
        if value.startswith("["):
            raise ValueError(value)
        return f"({value.replace(STOP, DOTTED)})"
    if isinstance(value, str) and not _WORD.fullmatch(value):
        raise ValueError(value)
    return "" if value is True else str(value)


def _stamp(instant: datetime) -> str:
    """Seconds since 1970, or microseconds where it has some: one instant, one text."""
    whole, rest = divmod((instant - _EPOCH) // _MICROSECOND, _MILLION)
    if whole < _MILLION:
        raise ValueError("before there were such dates")
    return str(whole * _MILLION + rest if rest else whole)


def _in_json(steps: Sequence[Step]) -> str:
    """As all were kept before, and still is what has a name of other letters."""
    bare = asdict(_BARE)
    told = [{n: v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v
             for n, v in asdict(step).items() if v != bare[n]} for step in steps]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def seen(ref: int) -> tuple[str, str]:
    """What stands in a text of steps, of now and of before, one of whose own steps belongs to this row."""
    return f" r{ref}{STOP}", f'"ref":{ref}}}'


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Step, ...]:
    """The reverse of `written`. Raises ValueError."""
    if text.startswith("["):
        return tuple(_step(told) for told in json.loads(text))
    *parts, left = _apart(text, STOP)
    if left:
        raise ValueError(f"no steps: {text}")
    return tuple(map(_of_said, parts))


def _apart(text: str, mark: str) -> list[str]:
    """The text cut at the marks that stand in no brackets."""
    if "(" not in text:
        return text.split(mark)
    found, begins, depth = list[str](), 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == mark and not depth:
            found.append(text[begins:at])
            begins = at + 1
    return [*found, text[begins:]]


def _of_said(said: str) -> Step:
    how, *parts = _apart(said, " ")
    return replace(_BARE, how=how, **{_NAMES[one[0]]: _value(_NAMES[one[0]], one[1:]) for one in parts})


def _value(name: str, said: str) -> Any:
    if name in ("at", "until"):
        value = int(said)
        return _EPOCH + _MICROSECOND * (value if value >= _LEAST_MICROSECONDS else value * _MILLION)
    if name == "of":
        return said[1:-1].replace(DOTTED, STOP)
    if name == "urgent":
        return True
    return said if name in ("kind", "channel") else int(said)


def _step(told: Mapping[str, Any]) -> Step:
    instants = {n: datetime.fromisoformat(told[n]) for n in ("at", "until") if n in told}
    return replace(_BARE, **{**told, **instants})
