"""配人 (staffing): every unit of the tree that can be given an order gets the three people it needs, as an administrator
would appoint them; else all matters of a big city would go to the few units of the demonstration."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from hotline.network import models, seed
from hotline.network.roles import UNIT
from hotline.network.sheet import PEOPLE_COLUMNS
from hotline.procedure.world import current

HANDLING_LEVELS = (2, 3)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁和平文武明德清远光华志诚永康"


def staff(now: datetime) -> int:
    """Appoint whoever is missing; returns how many."""
    held = set(models.Post.objects.filter(status="open").values_list("unit__code", "role"))
    units = models.Unit.objects.filter(status="open", level__in=HANDLING_LEVELS).order_by("code")
    missing = [(unit.code, role) for unit in units for role in sorted(UNIT) if (unit.code, role) not in held]
    if not missing:
        return 0
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(PEOPLE_COLUMNS)
    sheet.writerows((f"{role}-{code}", _name(i), code, role, "") for i, (code, role) in enumerate(missing))
    seed.load_people(current(), out.getvalue(), now)
    return len(missing)


def _name(number: int) -> str:
    """A name of nobody, another one each time."""
    size = len(GIVEN)
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // size % size] + GIVEN[number // size // size % size]
