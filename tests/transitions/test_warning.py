"""骚扰标记: proposed by one, approved by another, for a time; it warns at intake and closes no door (R-33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import AbuseMark
from hotline.procedure import engine
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

OPERATOR, LEADER, INSPECTOR = (line.actor(role) for role in ("operator", "shift_leader", "inspector"))
OTHER = line.actor("shift_leader", 777)
DAY = timedelta(days=1)


def act(book: Rulebook, dossier: MatterDossier, verb: str, who: Any, now: Any = line.NOW, **fields: str) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **fields}, now, book)


def proposed(book: Rulebook, **register: str) -> MatterDossier:
    dossier = line.lived(book, "register", register=register)
    act(book, dossier, "propose_abuse", OPERATOR)
    return dossier


def marked(book: Rulebook) -> MatterDossier:
    dossier = proposed(book)
    act(book, dossier, "approve_abuse", LEADER)
    return dossier


@pytest.mark.clause("四（一）段1", "R-33")
def test_a_mark_hangs_on_the_blind_index_and_ends_by_itself(book: Rulebook) -> None:
    dossier = marked(book)
    (mark,) = dossier.all(AbuseMark)
    assert mark.phone_index == line.KEYS.phone_index(line.CITIZEN_PHONE)
    assert mark.until == at(book, "2026-10-01T00:00")
    assert mark.lifted_at is None
    assert (dossier.matter.status, dossier.matter.deciding) == ("registered", "")
    for li in dossier.lines[-2:]:
        assert line.CITIZEN_PHONE not in li.text
        assert mark.phone_index.hex() not in li.text


@pytest.mark.clause("四（一）段1", "R-33")
def test_who_proposed_it_does_not_approve_it_and_a_third_lifts_it(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    act(book, dossier, "propose_abuse", LEADER)
    for verb in ("approve_abuse", "reject_abuse"):
        assert line.refused(dossier, verb, LEADER, line.forms(book)[verb], line.NOW, book).step == "not_by"
    act(book, dossier, "approve_abuse", OTHER)
    form = line.forms(book)["lift_abuse"]
    for who in (LEADER, OTHER):
        assert line.refused(dossier, "lift_abuse", who, form, line.NOW, book).step == "not_by"
    act(book, dossier, "lift_abuse", INSPECTOR)
    assert dossier.all(AbuseMark)[0].lifted_at == line.NOW
    assert line.refused(dossier, "lift_abuse", INSPECTOR, form, line.NOW, book).step == "status"


@pytest.mark.clause("R-33")
def test_a_mark_that_is_over_is_not_lifted(book: Rulebook) -> None:
    dossier, form = marked(book), line.forms(book)["lift_abuse"]
    over = at(book, "2026-10-01T00:00")
    assert line.refused(dossier, "lift_abuse", INSPECTOR, form, over, book).step == "status"


@pytest.mark.clause("四（一）段1", "R-33")
def test_it_has_an_end_and_not_too_far_off(book: Rulebook) -> None:
    dossier, days = line.lived(book, "register"), here(book, suzhou=90, example=30)
    last = date(2026, 9, 16) + timedelta(days=days)
    for day, ok in ((last, True), (last + DAY, False), (date(2026, 9, 15), False)):
        form = {**line.forms(book)["propose_abuse"], "last_day": day.isoformat()}
        if ok:
            line.act(line.copy(dossier), "propose_abuse", OPERATOR, form, line.NOW, book)
        else:
            found = line.problems(dossier, "propose_abuse", OPERATOR, form, line.NOW, book)
            assert line.said(found) == [("last_day", here(book, suzhou="四（一）段1", example="第10条"))]


@pytest.mark.clause("四（一）段1", "R-33")
def test_nothing_urgent_is_marked_nor_anybody_without_a_number(book: Rulebook) -> None:
    urgent = line.lived(book, "register", register={"urgent": "1", "urgent_reason": "漏气"})
    unknown = line.lived(book, "register", register={"phone": ""})
    for dossier in (urgent, unknown):
        form = line.forms(book)["propose_abuse"]
        assert line.refused(dossier, "propose_abuse", OPERATOR, form, line.NOW, book).step == "guard"
    turned = proposed(book)
    turned.put(line.changed(turned, turned.matter, urgent=True).matter)
    assert line.refused(turned, "approve_abuse", LEADER, {}, line.NOW, book).step == "guard"


@pytest.mark.clause("R-33")
def test_a_mark_closes_no_door(book: Rulebook) -> None:
    def offered(dossier: MatterDossier) -> set[str]:
        found = engine.offers(dossier, OPERATOR, line.NOW, book, line.tools())
        return {o.card.name() for o in found if o.verdict.ok}

    assert offered(marked(book)) == offered(line.lived(book, "register"))


def test_not_approved_nobody_is_marked(book: Rulebook) -> None:
    dossier = proposed(book)
    out = act(book, dossier, "reject_abuse", LEADER)
    assert dossier.all(AbuseMark) == []
    assert read(out.lines[0].text).clauses[0] == here(book, suzhou="四（一）段1", example="第10条")


@pytest.mark.clause("R-33")
@pytest.mark.parametrize("verb", ["approve_abuse", "reject_abuse"])
def test_what_was_reported_is_handled_meanwhile_and_it_is_decided_all_the_same(book: Rulebook, verb: str) -> None:
    dossier = proposed(book)
    for step, role in (("accept", "operator"), ("dispatch", "dispatcher")):
        act(book, dossier, step, line.actor(role))
    assert (dossier.matter.status, dossier.matter.deciding) == ("in_hand", "abuse")
    act(book, dossier, verb, LEADER)
    assert (dossier.matter.status, dossier.matter.deciding) == ("in_hand", "")
    assert len(dossier.all(AbuseMark)) == (verb == "approve_abuse")


@pytest.mark.clause("R-33")
def test_it_may_still_be_decided_when_the_call_was_declined(book: Rulebook) -> None:
    dossier = proposed(book)
    act(book, dossier, "decline", OPERATOR)
    act(book, dossier, "approve_abuse", LEADER)
    assert (dossier.matter.status, len(dossier.all(AbuseMark))) == ("declined", 1)
