"""消息: what others did at one's desk, and the bell in the top bar."""

from __future__ import annotations

from dataclasses import dataclass

from .home import ChangeLine
from .marks import Link


@dataclass(frozen=True, slots=True)
class Bell:
    """铃: where it leads, how many are new ("" where there are none, or the page has not counted), and for the script
    where it listens, where it asks for the number, and for which post."""

    url: str
    count: str = ""
    counted: bool = False
    push_url: str = ""
    count_url: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """消息的页面: new ones, and those that were looked at lately."""

    title: str
    said: str
    fresh: tuple[ChangeLine, ...]
    older: tuple[ChangeLine, ...]
    seen_url: str
    until: str
    as_far: str = ""
    """How far was looked, where that is not everything."""
    ways: Link | None = None
    """Where one says which of them also go out by SMS or mail."""
