"""牵头与协办 (R-15): the lead answers for all, assisting units answer to the lead before its date."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules import shares
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.workbench.shaping.timeline import facts_of
from support import line

DISPATCHER, CLERK, DEPUTY = line.actor("dispatcher"), line.actor("clerk"), line.actor("deputy")
HELPER, ITS_DEPUTY = line.actor("clerk", 910, line.OTHER.id), line.actor("deputy", 911, line.OTHER.id)
pytestmark = pytest.mark.clause("四（二）3c", "R-15")


def kit(dossier: MatterDossier, unit: Any = line.UNIT, helper: Any = line.OTHER) -> Any:
    named = {helper.short: line.Receiving(helper)} if helper else {}
    return line.tools(ids=line.Counter(50_000 + 1000 * dossier.head.seq), unit=line.Receiving(unit), assisting=named)


def together(book: Rulebook, now: datetime = line.NOW, **form: str) -> MatterDossier:
    """Dispatched to a lead and one assisting unit."""
    dossier = line.lived(book, "accept", now)
    form = {**line.forms(book)["dispatch"], "assisting": line.OTHER.short, **form}
    line.act(dossier, "dispatch", DISPATCHER, form, now, book, kit(dossier))
    return dossier


def orders(dossier: MatterDossier) -> tuple[Order, Order]:
    lead, share = sorted(dossier.orders, key=lambda o: not o.lead)
    return lead, share


def on(dossier: MatterDossier, order: Order, verb: str, who: Any, book: Rulebook, form: Any = None,
       now: datetime = line.NOW) -> Any:  # fmt: skip
    """A verb on one order of several."""
    case = Case(REGISTRY[verb], dossier, dossier.fresh(order), who, now, book, kit(dossier))
    return engine.live(case, line.forms(book)[verb] if form is None else form)


def handed_in(book: Rulebook, dossier: MatterDossier, now: datetime = line.NOW) -> Any:
    """The assisting unit does its share: its letter has but what it says and who answers for it."""
    _, share = orders(dossier)
    letter = {name: line.forms(book)["draft_reply"][name] for name in
              ("reply", "responsible_unit", "responsible_name", "handler_name", "handler_unit", "handler_phone")}
    letter |= {"answer": "（由牵头单位答复）", "publishable": "（由牵头单位拟）"}
    on(dossier, share, "sign_for", HELPER, book, {}, now)
    out = on(dossier, share, "draft_reply", HELPER, book, {**line.forms(book)["draft_reply"], **letter, "responds": "",
             "citations": "", "contact_means": "", "contact_summary": ""}, now)  # fmt: skip
    assert facts_of(read(out.lines[0].text))["missing"] == []
    on(dossier, share, "sign_off", ITS_DEPUTY, book, {}, now)
    return on(dossier, share, "file", HELPER, book, {}, now)


def led(book: Rulebook, dossier: MatterDossier, until: str = "approve") -> None:
    """The lead does the whole."""
    lead, _ = orders(dossier)
    for verb, role in line.LINE[3:10]:
        who = line.actor(role)
        on(dossier, lead, verb, who, book)
        if verb == until:
            return


def test_one_leads_and_the_others_assist_within_a_date_of_their_own(book: Rulebook) -> None:
    dossier = together(book)
    lead, share = orders(dossier)
    assert (lead.unit_id, share.unit_id) == (line.UNIT.id, line.OTHER.id)
    assert (lead.lead, share.lead, share.parent_id, share.previous_id) == (True, False, None, None)
    assert lead.due_at is not None
    last = book.calendar.workday_before(book.calendar.day_ended_by(lead.due_at), here(book, suzhou=2, example=1))
    assert share.due_at == book.calendar.end_of_day(last)[0]
    assert share.due_clause == here(book, suzhou="四（二）3", example="第12条")
    assert dossier.matter.promised_at == lead.due_at
    assert share.contact_until is None, "the lead speaks to the citizen"
    assert [li.kind for li in dossier.lines[-2:]] == ["dispatched", "shares_assigned"]


@pytest.mark.parametrize("start", ["2026-09-16T16:05", "2026-11-06T16:05", "2026-09-18T16:05", "2026-12-30T16:05"])
@pytest.mark.parametrize("kind", ["complaint", "consultation", "help"])
def test_its_date_is_the_rules_own(book: Rulebook, start: str, kind: str) -> None:
    """On a working day, before rest days, before a make-up workday, across New Year."""
    now = datetime.fromisoformat(start).replace(tzinfo=book.tz)
    lead, share = orders(together(book, now, kind=kind))
    assert lead.due_at is not None
    assert share.due_at is not None
    due = Due(lead.due_at, lead.due_clause or "")
    assert share.due_at == shares.assisting_due(book, due, now).at
    assert now < share.due_at <= lead.due_at


def test_an_urgent_share_has_the_leads_date(book: Rulebook) -> None:
    lead, share = orders(together(book, urgent="1", urgent_reason="漏气"))
    assert share.due_at == lead.due_at


def test_its_letter_goes_to_the_lead_and_to_nobody_else(book: Rulebook) -> None:
    dossier = together(book)
    out = handed_in(book, dossier)
    _, share = orders(dossier)
    assert (share.status, share.on_time) == ("approved", True)
    assert [li.kind for li in out.lines] == ["filed", "share_handed_in"]
    assert [(m.template, m.to_id) for m in out.messages] == [("share_handed_in", line.UNIT.id)]
    assert dossier.matter.status == "in_hand"
    assert not [o for o in engine.offers(dossier, line.actor("reviewer"), line.NOW, book, line.tools())
                if o.card.name() == "approve" and o.verdict.ok]  # fmt: skip


def test_an_assisting_unit_does_not_answer_the_citizen(book: Rulebook) -> None:
    dossier = together(book)
    _, share = orders(dossier)
    on(dossier, share, "sign_for", HELPER, book, {})
    on(dossier, share, "draft_reply", HELPER, book)
    offered = {o.card.name() for o in engine.offers(dossier, HELPER, line.NOW, book, line.tools())}
    assert "answer_citizen" not in offered
    assert "sign_for" in {o.card.name() for o in engine.offers(dossier, CLERK, line.NOW, book, line.tools())}
    with pytest.raises(engine.Refused) as no:
        on(dossier, share, "request_extension", HELPER, book)
    assert no.value.verdict.clause == book.provision("assisting").clause


def test_the_lead_files_for_all_and_does_not_wait_for_a_late_one(book: Rulebook) -> None:
    dossier = together(book)
    _, share = orders(dossier)
    assert share.due_at is not None
    cards = [d.form for d in dossier.decisions(book) if d.subject.id == share.id and d.card == "give_red"]
    assert cards == [{"cause": "overdue"}], "the card is for whoever is late"
    led(book, dossier, "file")
    assert [o.status for o in orders(dossier)] == ["filed", "dispatched"]
    lead, _ = orders(dossier)
    on(dossier, lead, "approve", line.actor("reviewer"), book)
    lead, share = orders(dossier)
    assert (lead.status, share.status, share.ended_at) == ("approved", "recalled", line.NOW)
    assert dossier.matter.status in ("replied", "closed")
    assert [li.kind for li in dossier.lines if li.kind in ("approved", "share_ended", "settled")] == [
        "approved", "share_ended", "settled"]  # fmt: skip


def returned(book: Rulebook, dossier: MatterDossier, order: Order, clerk: Any, deputy: Any) -> Any:
    on(dossier, order, "request_return", clerk, book)
    on(dossier, order, "agree_to_return", line.actor("head", 990, order.unit_id) if deputy is None else deputy, book)
    return on(dossier, order, "take_back", DISPATCHER, book)


def test_an_assistants_return_goes_to_the_office_and_the_lead_goes_on(book: Rulebook) -> None:
    dossier = together(book)
    lead, share = orders(dossier)
    out = returned(book, dossier, share, HELPER, None)
    lead, share = orders(dossier)
    assert (lead.status, share.status, dossier.matter.status) == ("dispatched", "returned", "in_hand")
    assert [m.template for m in out.messages] == ["return_granted"], "nothing changes for the citizen"
    dispatch_late = [d for d in dossier.decisions(book) if d.card == "note_dispatch_late"]
    assert dispatch_late == [], "the office has dispatched in time all the same"


def test_whoever_leads_next_inherits_the_assistants_and_their_letters(book: Rulebook) -> None:
    dossier = together(book)
    handed_in(book, dossier)
    lead, share = orders(dossier)
    third = line.Unit(7009, "open", "T09", "第三局", "第三局", 2, 1, "department", "", "0000-0000009", "")
    line.act(dossier, "add_unit", DISPATCHER, {"unit": "7009", "words": "请核实"}, line.NOW, book, kit(dossier, third))
    returned(book, dossier, lead, CLERK, None)
    assert dossier.matter.status == "accepted"
    assert [o.unit_id for o in dossier.open_orders()] == [7009]
    assert line.refused(dossier, "answer_at_once", line.actor("operator"), line.forms(book)["answer_at_once"], line.NOW,
                        book).step == "guard"  # fmt: skip
    form = {**line.forms(book)["dispatch"], "unit": "7003"}
    line.act(dossier, "dispatch", DISPATCHER, form, line.NOW, book, kit(dossier, line.BELOW, None))
    new = dossier.lead()
    assert new is not None
    assert (new.unit_id, new.previous_id) == (line.BELOW.id, lead.id)
    helpers = {o.unit_id: o.status for o in dossier.orders if not o.lead}
    assert helpers == {line.OTHER.id: "approved", 7009: "dispatched"}
    assert dossier.letter_of(share) is not None
    assert dossier.within(REGISTRY["sign_for"].reach, new, line.actor("clerk", 77, line.BELOW.id))


def test_a_unit_is_added_later_and_has_at_least_its_own_span(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    lead = dossier.orders[0]
    assert lead.due_at is not None
    late = lead.due_at - timedelta(hours=30)
    helper = kit(dossier, line.OTHER, None)
    line.act(dossier, "add_unit", DISPATCHER, {"unit": "7002", "words": "请核实管线"}, late, book, helper)
    _, share = orders(dossier)
    least, _ = book.calendar.end_of_working_day(late, here(book, suzhou=1, example=2))
    assert share.due_at == min(least, lead.due_at)
    again = line.problems(dossier, "add_unit", DISPATCHER, {"unit": "7002", "words": "再来"}, late, book,
                          kit(dossier, line.OTHER, None))  # fmt: skip
    assert line.said(again) == [("unit", book.provision("assisting").clause)]


def test_nobody_is_added_once_the_leads_date_has_come(book: Rulebook) -> None:
    dossier, form = line.lived(book, "sign_for"), line.forms(book)["add_unit"]
    due = dossier.orders[0].due_at
    assert due is not None
    helper = kit(dossier, line.OTHER, None)
    assert line.refused(dossier, "add_unit", DISPATCHER, form, due, book, helper).step == "guard"
    line.act(dossier, "add_unit", DISPATCHER, form, due - timedelta(minutes=1), book, helper)
    assert orders(dossier)[1].due_at == due


def test_nobody_is_added_to_what_was_filed(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    form = line.forms(book)["add_unit"]
    no = line.refused(dossier, "add_unit", DISPATCHER, form, line.NOW, book, kit(dossier, line.OTHER))
    assert (no.step, no.verdict.clause) == ("guard", book.provision("assisting").clause)


@pytest.mark.parametrize("named", [{"没有的局": None}, {line.UNIT.short: line.Receiving(line.UNIT)},
                                   {line.OTHER.short: line.Receiving(line.OTHER, ())}])  # fmt: skip
def test_who_cannot_assist(book: Rulebook, named: dict[str, Any]) -> None:
    """Not known, the lead itself, without the people for it."""
    dossier = line.lived(book, "accept")
    form = {**line.forms(book)["dispatch"], "assisting": "、".join(named)}
    found = line.problems(dossier, "dispatch", DISPATCHER, form, line.NOW, book, line.tools(assisting=named))
    assert {p.field for p in found} == {"assisting"}


def test_its_date_follows_a_change_of_kind(book: Rulebook) -> None:
    dossier = together(book)
    line.act(dossier, "change_kind", DISPATCHER, line.forms(book)["change_kind"], line.NOW, book)
    lead, share = orders(dossier)
    assert lead.due_at is not None
    assert share.due_at == shares.assisting_due(book, Due(lead.due_at, ""), share.received_at).at
