"""What a rulebook is made of, once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Clause:
    """条款：`heading` is true for a clause that only names what follows it."""

    id: str
    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """读法：what the text leaves open, how it is read here, and why."""

    id: str
    question: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class Provision:
    """规定：the values a clause (with the readings it leans on) gives under a name that code knows."""

    name: str
    clause: str
    readings: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """事项类别：its limit in working days or in minutes of calendar time; neither, where `none_because` says why.
    `hint` tells citizens in their own words when it is the right one."""

    id: str
    term: str
    clause: str
    working_days: int | None
    minutes: int | None
    none_because: str
    confidential: bool
    readings: tuple[str, ...]
    hint: str = ""

    @property
    def limited(self) -> bool:
        """Whether the matter must be closed within a limit at all."""
        return self.working_days is not None or self.minutes is not None


@dataclass(frozen=True, slots=True)
class Duty:
    """职责：one half-sentence of a clause. `state` is executed, pending or narrative.

    `because` names the issue or room a pending duty waits for, or says why it is narrative; `tests` are the test
    functions that execute it, `values` the paths (clause/provision[/key]) of the values it rests on.
    """

    id: str
    clause: str
    text: str
    state: str
    because: str
    tests: tuple[str, ...]
    values: tuple[str, ...]
    heading: bool
