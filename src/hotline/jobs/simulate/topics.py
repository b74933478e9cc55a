"""诉求的库 (topics): what citizens bring, and what people say; read once from the two files beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Topic:
    """一类诉求: which kinds it comes as, which units' names it belongs to, and its texts with their blanks."""

    id: str
    kinds: tuple[str, ...]
    units: tuple[str, ...]
    category: str
    gist: str
    words: tuple[str, ...]
    done: str
    tell: str
    law: str


@cache
def topics() -> tuple[Topic, ...]:
    """All of them, in the order of the file."""
    told = yaml.safe_load((HERE / "topics.yaml").read_text("utf-8"))
    return tuple(
        Topic(name, tuple(t["kinds"]), tuple(t["units"]), t["category"], t["gist"], tuple(t["words"]), t["done"],
              t["tell"], t["law"])
        for name, t in told.items()
    )  # fmt: skip


@cache
def words() -> dict[str, tuple[str, ...]]:
    """What people say besides, by occasion, each in some ways."""
    told = yaml.safe_load((HERE / "words.yaml").read_text("utf-8"))
    return {occasion: tuple(ways) for occasion, ways in told.items()}
