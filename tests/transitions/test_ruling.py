"""裁定 (四（二）3, R-39): what was settled about whose it is stands until it is revoked, says the government's word only
where that was given, and a dispatch that follows it says which; it binds nobody. Under both rulebooks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.casework.lookups import Ruled
from hotline.casework.records import Rested, Ruling
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.rules import rulings
from hotline.rules.book import Rulebook
from support import line
from transitions.test_designating import designate, propose
from transitions.test_returning import filed

DESK = line.actor("dispatcher")


def government(book: Rulebook) -> str:
    return next(one for one in rulings.sorts(book) if rulings.of_government(book, one))


@pytest.mark.clause("四（二）3e", "R-39")
def test_what_was_settled_stands_until_it_is_revoked(book: Rulebook) -> None:
    dossier, form = line.lived(book, "dispatch"), line.forms(book)["record_ruling"]
    dossier = line.changed(dossier, dossier.matter, area="341302")
    orders = list(dossier.orders)
    out = line.act(dossier, "record_ruling", DESK, {**form, "local": "1"}, line.NOW, book)
    (row,) = dossier.all(Ruling)
    assert (row.unit_id, row.category, row.area, row.person_id) == (line.UNIT.id, "市政", "341302", DESK.person_id)
    assert [dossier.body(one) for one in (row.document_id, row.words_id)] == [form["document"], form["words"]]
    assert form["category"] not in out.lines[0].text  # typed by hand: hashed, never in clear
    assert (dossier.orders, dossier.matter.status) == (orders, "in_hand")  # it moves nothing
    assert line.refused(dossier, "record_ruling", DESK, form, line.NOW, book).verdict.because.startswith("这件事的裁定还在用")
    line.act(dossier, "revoke_ruling", DESK, {"because": "职责调整了"}, line.NOW, book)
    (row,) = dossier.all(Ruling)
    assert (row.revoked_at, dossier.body(row.because_id)) == (line.NOW, "职责调整了")
    assert line.refused(dossier, "revoke_ruling", DESK, {"because": "再"}, line.NOW, book).step == "status"
    line.act(dossier, "record_ruling", DESK, form, line.NOW, book)
    assert [one.area for one in dossier.all(Ruling)] == ["341302", ""]


@pytest.mark.clause("四（二）3e", "R-39")
def test_the_governments_word_only_where_it_was_given(book: Rulebook) -> None:
    dossier = filed(book)
    form = {**line.forms(book)["record_ruling"], "sort": government(book)}
    for before in (dossier, line.lived(book, "dispatch")):
        with pytest.raises(FormErrors) as wrong:
            line.act(before, "record_ruling", DESK, form, line.NOW, book)
        assert [p.field for p in wrong.value.problems] == ["sort"]
        assert wrong.value.problems[0].clause == book.provision("designation").clause
    propose(dossier, book)
    designate(dossier, book, line.UNIT)
    with pytest.raises(FormErrors):
        line.act(dossier, "record_ruling", DESK, {**form, "unit": str(line.OTHER.id)}, line.NOW, book,
                 line.tools(unit=line.Receiving(line.OTHER)))  # fmt: skip
    line.act(dossier, "record_ruling", DESK, form, line.NOW, book)
    assert dossier.all(Ruling)[0].sort == government(book)
    with pytest.raises(FormErrors):  # nor for one county where none is known
        line.act(line.lived(book, "dispatch"), "record_ruling", DESK,
                 {**line.forms(book)["record_ruling"], "local": "1"}, line.NOW, book)  # fmt: skip


@pytest.mark.clause("四（二）3e", "R-39")
def test_a_dispatch_follows_a_ruling_and_says_which(book: Rulebook) -> None:
    ruled, form = Ruled(7, line.MAIN_ID, line.MAIN_NUMBER, line.UNIT.id), line.forms(book)["dispatch"]
    for found, unit in ((None, line.UNIT), (replace(ruled, unit_id=line.OTHER.id), line.UNIT)):
        dossier = line.lived(book, "accept")
        with pytest.raises(FormErrors) as wrong:
            line.act(dossier, "dispatch", DESK, {**form, "ruling": line.MAIN_NUMBER}, line.NOW, book,
                     line.tools(unit=line.Receiving(unit), ruling=found))  # fmt: skip
        assert [(p.field, p.clause) for p in wrong.value.problems] == [("ruling", book.provision("rulings").clause)]
    plain, dossier = line.lived(book, "dispatch"), line.lived(book, "accept")
    out = line.act(dossier, "dispatch", DESK, {**form, "ruling": line.MAIN_NUMBER}, line.NOW, book,
                   line.tools(ids=line.Counter(50_000), unit=line.Receiving(line.UNIT), ruling=ruled))  # fmt: skip
    assert [one.kind for one in out.lines] == ["dispatched", "rested_on_ruling"]
    (row,) = dossier.all(Rested)
    (order,) = dossier.orders
    assert (row.order_id, row.ruling_id, row.other_id) == (order.id, 7, line.MAIN_ID)
    assert (order.return_until, order.due_at) == (plain.orders[0].return_until, plain.orders[0].due_at)
    assert not order.designated  # whoever has it may still ask to return it


def test_only_the_dispatching_desk_puts_it_down(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    for role in ("operator", "reviewer", "clerk", "leader"):
        with pytest.raises(Refused) as no:
            line.act(dossier, "record_ruling", line.actor(role), line.forms(book)["record_ruling"], line.NOW, book)
        assert no.value.step in ("post", "reach")
