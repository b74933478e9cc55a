"""建城时的几份清单 (first lists): what a city is born with: the tree of categories (`categories.csv`) and its own words of
danger (`danger_words.csv`) beside its rulebook, the duty catalogue (`catalogue.csv`) beside its units."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime

from hotline.network import danger_words
from hotline.network.batch import Act, perform_all
from hotline.network.catalogue_look_ups import named, units_called
from hotline.network.categories import born
from hotline.network.folders import folder
from hotline.network.transitions.cataloguing import AddCatalogueEntry
from hotline.network.transitions.endangering import AddDangerWord
from hotline.network.transitions.kept_by_office import OFFICE
from hotline.network.transitions.sorting import AddCategory
from hotline.procedure.perform import raw
from hotline.procedure.store import Cur
from hotline.procedure.world import World

CATALOGUE = "catalogue.csv"
COLUMNS = {"category": "类别", "lead": "牵头", "assisting": "协办", "basis": "依据"}
_KEEPER = "SELECT min(id) FROM network_unit WHERE desk = %s AND status = 'open'"
_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM {})"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('hotline.first_lists'))"

Form = Mapping[str, str]


def load(world: World, now: datetime) -> int:
    """Enter the categories, the words of danger and the catalogue of the world's rulebook where there are none yet,
    from today on; how many rows."""
    on = now.astimezone(world.book.tz).date().isoformat()
    with raw().transaction(), raw().cursor() as cur:
        cur.execute(_ONE_AT_A_TIME)
        keeper = (cur.execute(_KEEPER, (OFFICE,)).fetchone() or (None,))[0]
        if keeper is None:
            return 0
        sorts = _categories(world.book.id, on) if _empty(cur, "network_category") else ()
        acts = [Act(AddCategory, keeper, form) for form in sorts]
        words = danger_words.born(world.book.id) if _empty(cur, "network_dangerword") else ()
        acts += [Act(AddDangerWord, keeper, {"word": word}) for word in words]
        forms = list(_entries(world.book.id, on)) if _empty(cur, "network_catalogueentry") else []
        called = {"answering": units_called(cur, tuple({one: None for form in forms for one in named(form)}))}
        acts += [Act(AddCatalogueEntry, keeper, form, extra=called) for form in forms]
        return perform_all(world, "unit", acts, now=now) if acts else 0


def _empty(cur: Cur, table: str) -> bool:
    return bool((cur.execute(_EMPTY.format(table)).fetchone() or (False,))[0])


def _categories(rulebook: str, on: str) -> Iterator[Form]:
    for top, leaves in born(rulebook).items():
        yield {"name": top, "above": "", "from_on": on}
        yield from ({"name": leaf, "above": top, "from_on": on} for leaf in leaves)


def _entries(rulebook: str, on: str) -> Iterator[Form]:
    path = folder(rulebook) / CATALOGUE
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {"from_on": on, "county": "", **{name: row[said].strip() for name, said in COLUMNS.items()}}
