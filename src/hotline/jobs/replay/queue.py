"""一条队 (queue): the steps of all messages in the one order of instants; at the same instant, in the order of ids.

`between` is told each instant before the step that falls on it: whatever else happens between two steps (days that end,
a clock that decides) happens there, in the same order.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol

from hotline.jobs.replay import forms
from hotline.jobs.replay.life import Life, Step
from hotline.jobs.replay.reader import Refusal
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.rules.errors import UncoveredYear

Entry = tuple[datetime, str, Life, Step, Iterator[Step]]


class Between(Protocol):
    """其间: what happens between two steps."""

    def advance(self, instant: datetime) -> None:
        """Time has come to `instant`."""

    def performed(self, life: Life) -> None:
        """A step of this life was performed."""


def run(lives: Iterable[Life], between: Between, lived: Callable[[Life], None]) -> list[Refusal]:
    """Live all lives to their end; returns those that a card refused, which go no further from there."""
    waiting: list[Entry] = []
    for life in lives:
        _next(waiting, life, life.steps())
    refused = []
    while waiting:
        at, _, life, step, steps = heapq.heappop(waiting)
        between.advance(at)
        try:
            life.perform(step)
        except (Refused, FormErrors, UncoveredYear) as error:
            refused.append(_refusal(life, step, error))
            continue
        between.performed(life)
        if not _next(waiting, life, steps):
            lived(life)
    return refused


def _next(waiting: list[Entry], life: Life, steps: Iterator[Step]) -> bool:
    step = next(steps, None)
    if step is not None:
        heapq.heappush(waiting, (step.at, life.message.id, life, step, steps))
    return step is not None


def _refusal(life: Life, step: Step, error: Refused | FormErrors | UncoveredYear) -> Refusal:
    column, reason = step.card.term if step.card else "", str(error)
    if isinstance(error, Refused):
        reason = error.verdict.because
    elif isinstance(error, FormErrors):
        first = error.problems[0]
        column, reason = forms.COLUMN_OF.get(first.field, column), first.because
    return Refusal(life.message.row, life.message.id, column, reason)
