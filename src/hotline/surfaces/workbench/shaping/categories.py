"""类别成形 (categories): what may be chosen on a form."""

from __future__ import annotations

from hotline.network import categories
from hotline.network.categories import now_called, paths
from hotline.surfaces import frame


def within(name: str) -> tuple[str, ...]:
    """What belongs to a category as it is today."""
    return categories.within(name, frame.now().astimezone(frame.book().tz).date()) if name else ()


def choices(chosen: str) -> list[tuple[str, str]]:
    """What may be chosen today: a first level as a whole, or one below it; and what was written before, which says what
    it is called now."""
    day = frame.now().astimezone(frame.book().tz).date()
    there = paths(day)
    if not chosen or chosen in there:
        return [*there.items()]
    now = now_called(chosen, day)
    return [(chosen, f"{chosen}（已停用，请改选“{now}”）" if now else chosen), *there.items()]
