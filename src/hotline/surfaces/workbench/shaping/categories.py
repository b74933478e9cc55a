"""类别成形 (categories): what may be chosen on a form."""

from __future__ import annotations

from hotline.network.categories import tree


def choices(rulebook: str, chosen: str) -> list[tuple[str, str]]:
    """What may be chosen: a first level as a whole, or one below it; and what was written before there was a tree."""
    found = [(one, one if one == top else f"{top} › {one}") for top, leaves in tree(rulebook).items()
             for one in (top, *leaves)]  # fmt: skip
    return found if not chosen or chosen in {one for one, _ in found} else [(chosen, chosen), *found]
