"""类别成形 (categories): what may be chosen on a form."""

from __future__ import annotations

from hotline.network.categories import now_called, tree
from hotline.surfaces import frame


def choices(chosen: str) -> list[tuple[str, str]]:
    """What may be chosen today: a first level as a whole, or one below it; and what was written before, which says what
    it is called now."""
    day = frame.now().astimezone(frame.book().tz).date()
    found = [(one, one if one == top else f"{top} › {one}") for top, leaves in tree(day).items()
             for one in (top, *leaves)]  # fmt: skip
    if chosen and chosen not in {one for one, _ in found} and (now := now_called(chosen, day)):
        return [(chosen, f"{chosen}（已停用，请改选“{now}”）"), *found]
    return found if not chosen or chosen in {one for one, _ in found} else [(chosen, chosen), *found]
