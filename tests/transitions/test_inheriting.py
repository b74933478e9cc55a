"""承接: who carries on for a unit that has ended may not be whom the matter is about (R-21), another level 2 than the one
that answers (R-16), nor hold two orders of one matter (R-15)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.network.records import Unit
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import SYSTEM, Refused
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from support import line

FAR = Unit(7009, "open", "T09", "远所", "远所", 3, line.OTHER.id, "township", "", "0000-0000009", "")
NEAR = Unit(7010, "open", "T10", "近所", "近所", 3, line.UNIT.id, "township", "", "0000-0000010", "")


def on(dossier: MatterDossier, verb: str, row: Any, book: Rulebook, who: Any = SYSTEM, **extra: Any) -> WriteSet:
    """A verb on one of several orders, with what it finds around it."""
    kit = line.tools(ids=line.Counter(70_000 + 1000 * dossier.head.seq), **extra)
    case = Case(REGISTRY[verb], dossier, dossier.fresh(row), who, line.NOW, book, kit)
    return engine.live(case, line.forms(book)[verb])


def inherited(dossier: MatterDossier, order: Order, heir: Unit, book: Rulebook) -> WriteSet:
    """As the loop does it: whoever cannot carry on has it taken back."""
    found = {"heir": line.Receiving(heir)}
    with suppress(Refused):
        return on(dossier, "inherit_order", order, book, **found)
    return on(dossier, "take_from_ended", order, book, **found)


def kinds(out: WriteSet) -> list[str]:
    return [one.kind for one in out.lines]


def told(out: WriteSet) -> list[tuple[str, int]]:
    return [(m.template, m.to_id) for m in out.messages if m.to_kind == "unit"]


def against(dossier: MatterDossier, unit: Unit) -> MatterDossier:
    return line.changed(dossier, dossier.matter, against="level_2", against_unit_id=unit.id)


@pytest.mark.clause("R-21", "R-05")
@pytest.mark.parametrize(("target", "heir"), [(line.OTHER, line.OTHER), (line.OTHER, FAR)])
def test_the_target_inherits_nothing_about_itself_nor_a_unit_below_it(book: Rulebook, target: Unit, heir: Unit) -> None:
    """Nobody there could work on it; the matter is dispatched anew, and the target hears nothing."""
    dossier = against(line.lived(book, "sign_for"), target)
    out = inherited(dossier, dossier.orders[0], heir, book)
    assert kinds(out) == ["taken_from_ended", "came_back"]
    assert [(o.unit_id, o.status) for o in dossier.orders] == [(line.UNIT.id, "recalled")]
    assert dossier.matter.status == "accepted"
    assert told(out) == []


@pytest.mark.clause("R-21")
def test_whoever_it_is_not_about_inherits_as_ever(book: Rulebook) -> None:
    dossier = against(line.lived(book, "sign_for"), NEAR)
    assert kinds(inherited(dossier, dossier.orders[0], line.OTHER, book)) == ["order_inherited"]
    assert dossier.orders[0].unit_id == line.OTHER.id


def test_what_a_unit_that_is_there_holds_is_not_taken_from_it(book: Rulebook) -> None:
    """Its own unit is found as its heir: neither verb is about it."""
    dossier = line.lived(book, "sign_for")
    for verb in ("inherit_order", "take_from_ended"):
        with pytest.raises(Refused):
            on(line.copy(dossier), verb, dossier.orders[0], book, heir=line.Receiving(line.UNIT))


def handed_down(book: Rulebook) -> tuple[MatterDossier, Order, Order]:
    """Level 2 works with a unit below it."""
    dossier = line.lived(book, "sign_for")
    (upper,) = dossier.orders
    on(dossier, "hand_down", upper, book, line.actor("clerk"), unit=line.Receiving(line.BELOW))
    return dossier, upper, dossier.orders[-1]


@pytest.mark.clause("二段4", "R-16")
def test_what_was_handed_down_is_never_another_level_2s(book: Rulebook) -> None:
    """It lies with whom it came from, who is told and may hand it down again."""
    dossier, upper, inner = handed_down(book)
    out = inherited(dossier, inner, FAR, book)
    assert kinds(out) == ["taken_from_ended"]
    assert (dossier.fresh(inner).status, dossier.fresh(inner).level2_unit_id) == ("recalled", line.UNIT.id)
    assert (dossier.fresh(upper).status, dossier.matter.status) == ("signed", "in_hand")
    assert told(out) == [("below_ended", line.UNIT.id)]
    assert [m.to_kind for m in out.messages] == ["unit"], "to the citizen nothing changes"
    on(dossier, "hand_down", upper, book, line.actor("clerk"), unit=line.Receiving(NEAR))


@pytest.mark.clause("二段4", "R-16")
def test_below_the_same_level_2_it_goes_on(book: Rulebook) -> None:
    """Also where that level 2 is itself another by now."""
    dossier, _, inner = handed_down(book)
    assert kinds(inherited(dossier, inner, NEAR, book)) == ["order_inherited"]
    dossier, upper, inner = handed_down(book)
    inherited(dossier, upper, line.OTHER, book)
    assert kinds(inherited(dossier, inner, FAR, book)) == ["order_inherited"]
    assert [(o.unit_id, o.level2_unit_id) for o in dossier.orders] == [
        (line.OTHER.id, line.OTHER.id), (FAR.id, line.OTHER.id)]  # fmt: skip


def assisted(book: Rulebook) -> tuple[MatterDossier, Order, Order]:
    """A lead and a unit that assists it."""
    dossier = line.lived(book, "sign_for")
    (lead,) = dossier.orders
    on(dossier, "add_unit", dossier.matter, book, line.actor("dispatcher"), unit=line.Receiving(line.OTHER))
    return dossier, lead, dossier.orders[-1]


def held(dossier: MatterDossier) -> list[tuple[int, bool, str]]:
    return [(o.unit_id, o.lead, o.status) for o in dossier.orders]


@pytest.mark.clause("四（二）3c", "R-15")
def test_whoever_assists_the_lead_it_becomes_assists_no_more(book: Rulebook) -> None:
    dossier, lead, _ = assisted(book)
    out = inherited(dossier, lead, line.OTHER, book)
    assert kinds(out) == ["order_inherited", "share_ended"]
    assert held(dossier) == [(line.OTHER.id, True, "signed"), (line.OTHER.id, False, "recalled")]


@pytest.mark.clause("四（二）3c", "R-15")
def test_the_lead_does_not_assist_itself(book: Rulebook) -> None:
    """The other way round; and what was handed down of the share ends with it."""
    dossier, _, share = assisted(book)
    helper = line.actor("clerk", 910, line.OTHER.id)
    on(dossier, "sign_for", share, book, helper)
    on(dossier, "hand_down", share, book, helper, unit=line.Receiving(FAR))
    out = inherited(dossier, share, line.UNIT, book)
    assert kinds(out) == ["order_inherited", "share_ended", "share_ended"]
    assert held(dossier) == [(line.UNIT.id, True, "signed"), (line.UNIT.id, False, "recalled"),
                             (FAR.id, False, "recalled")]  # fmt: skip


@pytest.mark.clause("四（二）3c", "R-15")
def test_of_two_shares_the_heirs_own_stays(book: Rulebook) -> None:
    dossier, _, share = assisted(book)
    third = Unit(7011, "open", "T11", "第三局", "第三局", 2, 1, "department", "", "0000-0000011", "")
    on(dossier, "add_unit", dossier.matter, book, line.actor("dispatcher"), unit=line.Receiving(third))
    inherited(dossier, share, third, book)
    assert held(dossier)[1:] == [(third.id, False, "recalled"), (third.id, False, "dispatched")]
