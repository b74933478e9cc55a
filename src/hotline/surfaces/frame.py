"""外框的材料 (frame): city, time and strip, for staff and citizens alike."""

from __future__ import annotations

from datetime import datetime

from hotline.procedure import times
from hotline.procedure.case import Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.world import current
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said


def book() -> Rulebook:
    """The current rulebook."""
    return current().book


def book_of(dossier: Dossier) -> Rulebook:
    """The rulebook a dossier is pinned to."""
    return current().book_of(dossier)


def now() -> datetime:
    """The instant at which this request acts: the wall clock's, or a simulated city's own."""
    return times.now()


def tools() -> Tools:
    """What offers and forms need to look at cards; nothing is drawn from it."""
    world = current()
    return Tools(world.ids, world.random, world.keys)


def brand() -> str:
    """宿州 12345"""
    return f"{book().city.removesuffix('市')} {book().provision('service').values['number']}"


def strip(at: datetime) -> str:
    """The banner that a simulated city wears on every page."""
    if not times.simulated():
        return ""
    return f"演示库 · 人物、单位往来、事项均为虚构 · 模拟时间 {said.instant(at, book().tz)}"
