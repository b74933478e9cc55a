"""No surface reads a casework model but through the desks: neither by a model, nor by SQL of its own, nor by loading a
dossier itself, nor through another module that asks the database without asking who wants to know."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from architecture import sources

READING_ROOMS = ("surfaces", "gateways", "insight", "oversight", "knowledge")
# What posts may see, what everybody may, what an operator sees beside a call, and the search and what a unit's
# letters cite, whose rows are narrowed by the desks' own questions.
DESKS = frozenset(f"hotline.casework.{name}" for name in (
    "desks", "public_desk", "at_intake", "at_web", "at_dispatch", "searching", "cited_before",
    "figures_of_units", "at_home", "at_office", "at_shift", "at_leader", "left"))  # fmt: skip
# Of casework these speak to the database too; surfaces may use them for this alone, and look at nothing with them.
ACTS = {
    "hotline.casework.forgetting": {"forget", "Brought"},  # an act on matters that `desks.brought` has given
    # An act on all that an outage ran into, but for what is about whoever orders it: counted, nothing of it shown.
    "hotline.casework.shifting": {"may_order", "how_many", "shift_all"},
    "hotline.casework.rows": {"Row"},  # what `desks.page` has given
    "hotline.casework.concerned": {"at_desks"},  # roles and units, told to nobody: who of them may look again
    "hotline.casework.foreseeing": {"foreseen", "Foreseen"},  # counted, nothing of it shown
    "hotline.casework.attachments.keeping": {
        "take_in", "kept", "hold", "names", "opened", "Lost", "NotTaken", "Opened"},
}
LOADERS = {"read", "look", "load", "load_many"}  # of procedure: a dossier by its number, whoever asks
NETWORK_READER = "src/hotline/surfaces/workbench/staffing/opening.py"  # units and posts, for administrators alone
KNOWLEDGE_READER = "src/hotline/knowledge/desks.py"  # its own entries, narrowed there
OWN_TABLES = re.compile(r"\bcasework_\w+|procedure_(ledgerline|outboxmessage|chainhead|personkey)\b", re.I)


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each (module, name) that a file imports; a module imported whole is its own name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def asks_the_database(tree: ast.AST) -> bool:
    """Whether a module asks the database for rows: by a model, a cursor or a loader."""
    found = set(imported(tree))
    models = any(module.startswith("hotline.casework.models") or (module, name) == ("hotline.casework", "models")
                 for module, name in found)  # fmt: skip
    loads = any(module == "hotline.procedure.perform" and name in {*LOADERS, "raw"} for module, name in found)
    return models or loads or any(module.startswith("django.db") for module, _ in found)


@cache
def readers() -> frozenset[str]:
    """The modules of casework that ask the database, by their dotted names."""
    return frozenset(dotted(path) for path in sources.modules("casework") if asks_the_database(sources.parsed(path)))


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    inside = path.relative_to(sources.SOURCE.parent).with_suffix("")
    return ".".join(part for part in inside.parts if part != "__init__")


def used(tree: ast.AST, module: str, imports: set[tuple[str, str]]) -> set[str]:
    """What a file uses of a module that it imports as a whole or by names."""
    parent, _, last = module.rpartition(".")
    found = {name for one, name in imports if one == module}
    if (parent, last) in imports:
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
                  and isinstance(node.value, ast.Name) and node.value.id == last}  # fmt: skip
    return found


def side_doors(tree: ast.AST, where: str) -> list[str]:
    """Every way past the desks that a file of a reading room takes."""
    found = set(imported(tree))
    wrong = [f"{module}.{name}" for module, name in found
             if module.startswith("hotline.casework.models") or (module, name) == ("django.apps", "apps")
             or (module, name) == ("hotline.casework", "models")
             or (module == "hotline.procedure.perform" and name in LOADERS
                 and where not in (NETWORK_READER, KNOWLEDGE_READER))]  # fmt: skip
    for module in readers() - DESKS:
        wrong += [f"{module}.{name}" for name in used(tree, module, found) - ACTS.get(module, set())]
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    said = sources.documentation(tree)
    skipped = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) in said}
    return sorted(wrong + [hit[0] for text in texts if text not in skipped and (hit := OWN_TABLES.search(str(text)))])


def test_no_surface_reads_casework_but_through_the_desks() -> None:
    found = {sources.name(path): wrong for path in sources.modules(*READING_ROOMS)
             if (wrong := side_doors(sources.parsed(path), sources.name(path)))}  # fmt: skip
    assert found == {}


def test_the_desks_are_among_those_that_ask_the_database() -> None:
    assert {*DESKS, "hotline.casework.forgetting", "hotline.casework.linked", "hotline.casework.barring"} <= readers()
    assert ACTS.keys() <= readers(), "what is excepted here asks the database indeed"


@pytest.mark.parametrize("text", [
    "from hotline.casework.models import Matter", "from hotline.casework import models",
    "from hotline.procedure.perform import read", "from django.apps import apps",
    "from hotline.casework import forgetting\nforgetting.seek('139')",
    "from hotline.casework.forgetting import matters_of",
    "QUERY = 'SELECT count(*) FROM casework_order'", "QUERY = 'SELECT 1 FROM procedure_ledgerline'",
])  # fmt: skip
def test_the_check_sees_a_side_door(text: str) -> None:
    assert side_doors(ast.parse(text), "surfaces/any.py")


def test_a_view_that_asks_a_desk_is_none() -> None:
    text = "from hotline.casework import desks\ndesks.open_matter(a, u, n)"
    assert side_doors(ast.parse(text), "surfaces/any.py") == []
