"""Dates that hang on another's follow it: level 3's lies before level 2's (R-16), an assisting unit's never after the
lead's (R-15); whichever act moves the one they hang on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import at
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension, Order
from hotline.network.records import Unit
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import CLOCK
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.procedure.writing import iso
from hotline.rules import dating, outages, shares
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.workbench.shaping.timeline import facts_of
from support import invariants, line

CLERK, HEAD = line.actor("clerk"), line.actor("head")
DISPATCHER, SUPERVISOR, REVIEWER = (line.actor(role) for role in ("dispatcher", "supervisor", "reviewer"))
HELPER = line.actor("clerk", 910, line.OTHER.id)
THIRD = Unit(7012, "open", "T12", "另一所", "另一所", 3, line.OTHER.id, "township", "", "0000-0000012", "")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BOTH = pytest.mark.parametrize("share", ["handed down", "assisting"])


def on(dossier: MatterDossier, verb: str, row: Any, book: Rulebook, who: Actor, now: datetime = line.NOW,
       unit: Unit = line.BELOW, **form: str) -> WriteSet:  # fmt: skip
    """A verb on one of several orders."""
    kit = line.tools(ids=line.Counter(80_000 + 1000 * dossier.head.seq), unit=line.Receiving(unit))
    case = Case(REGISTRY[verb], dossier, dossier.fresh(row), who, now, book, kit)
    return engine.live(case, {**line.forms(book)[verb], **form})


def shared(dossier: MatterDossier, share: str, book: Rulebook, now: datetime) -> Order:
    """A part of the first order is another's."""
    if share == "assisting":
        on(dossier, "add_unit", dossier.matter, book, DISPATCHER, now, line.OTHER)
    else:
        on(dossier, "hand_down", dossier.orders[0], book, CLERK, now)
    return dossier.orders[-1]


def asked(dossier: MatterDossier, book: Rulebook, days: str = "5") -> None:
    for verb, who in (("request_extension", CLERK), ("agree_to_extension", HEAD)):
        on(dossier, verb, dossier.orders[0], book, who, working_days=days)


def swept(dossier: MatterDossier, book: Rulebook, until: datetime) -> WriteSet:
    """The clock does whatever has fallen due, one thing after the other."""
    whole = WriteSet()
    while (first := next(iter(dossier.decisions(book)), None)) is not None and first.at <= until:
        kit = line.tools(ids=line.Counter(80_000 + 1000 * dossier.head.seq))
        case = Case(REGISTRY[first.card], dossier, dossier.fresh(first.subject), CLOCK, until, book, kit)
        engine.merge(whole, engine.live(case, first.form))
    return whole


def wanted(dossier: MatterDossier, order: Order, book: Rulebook, now: datetime = line.NOW) -> datetime:
    """The date of a part, from the whole's as it now is, by the rules themselves, as if given at that instant."""
    whole = dossier.orders[0]
    assert whole.due_at is not None
    due = Due(whole.due_at, "")
    rule = shares.assisting_due if order.parent_id is None else shares.inner_due
    return rule(book, due, now).at


def moved(out: WriteSet) -> list[int]:
    return [m.to_id for m in out.messages if m.template == "due_changed"]


@pytest.mark.clause("五（二）段1", "R-15", "R-16", "R-07")
@BOTH
def test_it_gets_time_with_an_extension_and_loses_it_with_one_that_is_void(book: Rulebook, share: str) -> None:
    dossier = line.lived(book, "sign_for")
    old = dossier.orders[0].due_at
    assert old is not None
    part = shared(dossier, share, book, line.NOW)
    asked(dossier, book)
    out = on(dossier, "accept_extension", dossier.orders[0], book, SUPERVISOR)
    longer = dossier.fresh(part)
    assert part.due_at is not None
    assert longer.due_at is not None
    assert longer.due_at == wanted(dossier, part, book) > part.due_at
    assert (longer.round, longer.inner_at) == (2, longer.due_at if part.parent_id else None)
    assert moved(out) == [part.unit_id]
    assert facts_of(read(out.lines[0].text))["parts"] == [[part.id, iso(part.due_at), iso(longer.due_at)]]
    assert part.unit_id in moved(swept(dossier, book, old + MINUTE))
    assert dossier.orders[0].due_at == old
    assert dossier.fresh(part).due_at == wanted(dossier, part, book, old) == old
    reds = [read(li.text).facts[3] for li in dossier.lines if li.kind == "red_given" and li.subject_id == part.id]
    assert set(reds) == {iso(old)}, "nobody is late by a date they never had"
    invariants.check(book, dossier)


@pytest.mark.clause("五（二）段1", "R-15", "R-16", "R-07")
@BOTH
def test_what_was_given_within_an_extension_goes_back_with_it(book: Rulebook, share: str) -> None:
    """Granted, handed on, never explained: nobody below has a date after that of whoever answers."""
    dossier = line.lived(book, "sign_for")
    old = dossier.orders[0].due_at
    asked(dossier, book)
    on(dossier, "accept_extension", dossier.orders[0], book, SUPERVISOR)
    part = shared(dossier, share, book, line.NOW + HOUR)
    assert part.due_at is not None
    assert old is not None
    assert part.due_at > old
    swept(dossier, book, old + MINUTE)
    assert [one.outcome for one in dossier.all(Extension)] == ["void"]
    now = dossier.fresh(part)
    assert now.due_at is not None
    assert now.due_at == wanted(dossier, part, book, old) == old
    assert now.inner_at == (now.due_at if part.parent_id else None)
    invariants.check(book, dossier)


@pytest.mark.clause("R-15", "R-16", "R-07")
@BOTH
def test_silence_gives_it_time_too(book: Rulebook, share: str) -> None:
    dossier = line.lived(book, "sign_for")
    part, whole = shared(dossier, share, book, line.NOW), dossier.orders[0]
    asked(dossier, book)
    on(dossier, "explain_extension", whole, book, CLERK)
    assert whole.due_at is not None
    swept(dossier, book, whole.due_at)
    assert dossier.fresh(whole).extended_by == 5
    assert dossier.fresh(part).due_at == wanted(dossier, part, book, whole.due_at) != part.due_at


@pytest.mark.clause("R-04", "R-15")
def test_what_the_office_owes_the_lead_is_the_assistants_too(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    part, whole = shared(dossier, "assisting", book, line.NOW), dossier.orders[0]
    for verb, who in (("request_return", CLERK), ("agree_to_return", HEAD)):
        on(dossier, verb, whole, book, who)
    late = line.NOW + timedelta(days=9)
    assert moved(on(dossier, "refuse_return", whole, book, DISPATCHER, late)) == [line.OTHER.id]
    assert dossier.fresh(part).due_at == wanted(dossier, part, book, late) != part.due_at


@pytest.mark.clause("R-06", "R-17", "R-15", "R-16")
@pytest.mark.parametrize("verb", ["send_back", "bounce"])
@BOTH
def test_a_letter_that_goes_back_gives_time_to_all(book: Rulebook, verb: str, share: str) -> None:
    """Filed without the late part, on the last day; what level 2 wants from below by an instant of its own stays."""
    dossier = line.lived(book, "sign_for")
    part, whole = shared(dossier, share, book, line.NOW), dossier.orders[0]
    for name, role in line.LINE[4:9]:
        on(dossier, name, whole, book, line.actor(role))
    assert whole.due_at is not None
    on(dossier, verb, whole, book, REVIEWER, whole.due_at + HOUR)
    assert dossier.fresh(whole).due_at != whole.due_at
    assert dossier.fresh(part).due_at == wanted(dossier, part, book, whole.due_at + HOUR) != part.due_at
    invariants.check(book, dossier)


@pytest.mark.clause("R-15", "R-16")
def test_what_an_assisting_unit_handed_down_follows_through_it(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    share = shared(dossier, "assisting", book, line.NOW)
    on(dossier, "sign_for", share, book, HELPER)
    on(dossier, "hand_down", share, book, HELPER, unit=THIRD)
    inner = dossier.orders[-1]
    asked(dossier, book)
    out = on(dossier, "accept_extension", dossier.orders[0], book, SUPERVISOR)
    now = dossier.fresh(share)
    assert now.due_at is not None
    assert dossier.fresh(inner).due_at == shares.inner_due(book, Due(now.due_at, ""), inner.received_at).at
    assert moved(out) == [line.OTHER.id, THIRD.id]


@pytest.mark.clause("R-04", "R-15")
def test_what_the_office_owes_an_assistant_stays_when_its_date_follows(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    share = shared(dossier, "assisting", book, line.NOW)
    its_head = line.actor("head", 912, line.OTHER.id)
    for verb, who in (("request_return", HELPER), ("agree_to_return", its_head)):
        on(dossier, verb, share, book, who)
    on(dossier, "refuse_return", share, book, DISPATCHER, line.NOW + timedelta(days=9))
    owed = dossier.fresh(share).due_at
    assert owed is not None
    assert owed != share.due_at
    asked(dossier, book, "15")
    on(dossier, "accept_extension", dossier.orders[0], book, SUPERVISOR)
    longer = dossier.fresh(share).due_at
    assert longer is not None
    assert longer > wanted(dossier, share, book)
    old = dossier.all(Extension)[0].old_due_at
    swept(dossier, book, old)
    back = dossier.fresh(share).due_at
    assert back is not None
    assert owed <= back < longer


@pytest.mark.clause("R-16")
def test_an_instant_of_level_2s_own_stays(book: Rulebook) -> None:
    """Nor does a part go the other way, where the whole gains less than the part had gained before it."""
    dossier = line.lived(book, "sign_for")
    early = line.NOW + timedelta(days=1)
    on(dossier, "hand_down", dossier.orders[0], book, CLERK, inner_at=early.isoformat())
    inner = dossier.orders[-1]
    asked(dossier, book)
    on(dossier, "accept_extension", dossier.orders[0], book, SUPERVISOR)
    assert dossier.fresh(inner).inner_at == inner.inner_at == early
    assert dossier.fresh(inner).due_at != inner.due_at


@pytest.mark.clause("二段2h", "R-24")
def test_an_outage_of_before_moves_what_has_followed_since(book: Rulebook) -> None:
    """To follow is not to begin: ordered later, the outage still moves the part as it does the whole."""
    began, ended = (at(book, f"2026-11-0{day}T00:00") for day in (3, 4))
    whole = (dating.delivered("complaint", at(book, "2026-11-02T09:00")),)
    part = (dating.assisting(at(book, "2026-11-02T10:00"), whole),)
    longer = shares.under(part, (*whole, dating.extended(5, 7)), at(book, "2026-11-05T09:00"))
    shift = dating.shifted(1, 8, began, ended)
    assert outages.placed(longer, shift) == (*longer, shift)
    before, after = dating.fold(book, longer), dating.fold(book, outages.placed(longer, shift))
    assert before is not None
    assert after is not None
    assert after.at > before.at
