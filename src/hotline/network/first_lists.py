"""建城时的目录 (first lists): the duty catalogue that a city is born with: `catalogue.csv` beside its units."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from hotline.network.batch import Act, perform_all
from hotline.network.catalogue_look_ups import known, named, units_called
from hotline.network.folders import folder
from hotline.network.transitions.cataloguing import OFFICE, AddCatalogueEntry
from hotline.procedure.perform import raw
from hotline.procedure.world import World

CATALOGUE = "catalogue.csv"
COLUMNS = {"category": "类别", "lead": "牵头", "assisting": "协办", "basis": "依据"}
_KEEPER = "SELECT min(id) FROM network_unit WHERE desk = %s AND status = 'open'"
_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM network_catalogueentry)"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('hotline.first_lists'))"


def load(world: World, now: datetime) -> int:
    """Enter the catalogue of the world's rulebook where there is none yet, from today on; how many entries."""
    path = folder(world.book.id) / CATALOGUE
    with raw().transaction(), raw().cursor() as cur:
        cur.execute(_ONE_AT_A_TIME)
        keeper = (cur.execute(_KEEPER, (OFFICE,)).fetchone() or (None,))[0]
        empty = (cur.execute(_EMPTY).fetchone() or (False,))[0]
        forms = list(_forms(path, now.astimezone(world.book.tz).date().isoformat())) if keeper and empty else []
        called = units_called(cur, tuple({one: None for form in forms for one in named(form)}))
        extra = {"answering": called, "categories": known(world)}
        acts = [Act(AddCatalogueEntry, keeper, form, extra=extra) for form in forms]
        return perform_all(world, "unit", acts, now=now) if acts else 0


def _forms(path: Path, on: str) -> Iterator[Mapping[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {"from_on": on, "county": "", **{name: row[said].strip() for name, said in COLUMNS.items()}}
