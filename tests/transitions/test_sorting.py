"""归类: a category of the city's own list stands in the line by its word; what was typed by hand stays out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hotline.casework.records import Text
from hotline.network import categories
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import read
from hotline.procedure.verify import verify
from hotline.procedure.world import current
from hotline.rules.book import Rulebook
from hotline.surfaces.workbench.shaping.timeline import facts_of, sentence
from support import line
from transitions.test_line_database import NOW, do, live_line, staff


@pytest.mark.parametrize("verb", ["accept", "change_kind"])
@pytest.mark.parametrize("listed", [True, False])
def test_a_category_of_the_list_is_said_by_its_word_and_one_typed_by_hand_never(
    book: Rulebook, verb: str, listed: bool
) -> None:
    dossier = line.lived(book, "register" if verb == "accept" else "dispatch")
    who = line.actor("operator" if verb == "accept" else "dispatcher")
    form = {**line.forms(book)[verb], "category": "诸葛家的灯"}
    kit = line.tools(ids=line.Counter(20_000), listed=listed)
    out = line.act(dossier, verb, who, form, line.NOW, book, kit)
    said = next(one.text for one in out.lines if one.kind in ("accepted", "kind_changed"))
    facts = read(said).facts
    assert facts[REGISTRY[verb].ledger.facts.index("category")] == ("诸葛家的灯" if listed else None)
    assert ("诸葛家的灯" in said) is listed
    texts = [row.body for row in out.inserts if isinstance(row, Text) and row.field == "category"]
    assert texts == ([] if listed else ["诸葛家的灯"])
    assert dossier.matter.category == "诸葛家的灯"


def test_the_city_knows_its_own_list(city: Any) -> None:
    """On the database, by the look-up itself; a category that is only named again says nothing."""
    leaf = next(leaves[0] for leaves in categories.tree(NOW.date()).values() if leaves)
    forms = line.forms(current().book)
    done = live_line(until="register")
    done = do(done, "accept", staff("operator"), {**forms["accept"], "category": leaf}, NOW)
    assert "category" not in {text.field for text in done.dossier.all(Text)}
    assert read(done.dossier.lines[-1].text).facts[-1] == leaf
    change = {"kind": "help", "reason": "归错了"}
    done = do(done, "change_kind", staff("dispatcher"), {**change, "category": leaf}, NOW)
    assert read(done.dossier.lines[-1].text).facts[-1] is None
    done = do(done, "change_kind", staff("dispatcher"), {**change, "category": "手写的"}, NOW)
    assert read(done.dossier.lines[-1].text).facts[-1] is None
    assert [text.body for text in done.dossier.all(Text) if text.field == "category"] == ["手写的"]
    assert facts_of(done.dossier.lines[-1].read())["category"] is None
    assert verify().ok


def test_a_line_of_before_says_no_category(book: Rulebook) -> None:
    """Its facts are fewer; whoever reads them by name finds the rest where they were."""
    dossier = line.lived(book, "accept")
    now = dossier.lines[-1].read()
    earlier = replace(now, facts=now.facts[:-1])
    assert facts_of(earlier) == {name: said for name, said in facts_of(now).items() if name != "category"}
    assert sentence(earlier) == sentence(now)
