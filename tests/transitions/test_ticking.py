"""到时: what the clock does to the minute, on every sort of day, late or twice, under both rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework.clock import Glance
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

CLOCK = line.actor(Role.CLOCK)
IDS = line.Counter(5_000_000)
DELIVERED = {  # 周三；周五；次日休息、后日调休上班的周五；跨年
    "a working day": "2026-09-16T16:05",
    "before rest days": "2026-11-06T16:05",
    "before a make-up workday": "2026-09-18T16:05",
    "across New Year": "2026-12-30T16:05",
}
BY_HAND = {  # 宿州, a complaint nobody signs for: door and signing, first contact, reminder, due day, end
    "a working day": ("2026-09-18", "2026-09-19", "2026-10-12", "2026-10-13", "2026-10-14"),
    "before rest days": ("2026-11-10", "2026-11-11", "2026-11-26", "2026-11-27", "2026-11-28"),
    "before a make-up workday": ("2026-09-21", "2026-09-22", "2026-10-14", "2026-10-15", "2026-10-16"),
    "across New Year": ("2027-01-01", "2027-01-05", "2027-01-20", "2027-01-21", "2027-01-22"),
}
NAMED = ("deem_accept", "give_yellow unsigned", "give_yellow no_contact", "remind", "give_yellow due_day",
         "give_red overdue")  # fmt: skip
EXAMPLE_LACKS = {"give_yellow no_contact", "give_yellow due_day"}  # its rulebook knows no such cause


REGISTRY_OF = {card.ledger.kind: name for name, card in REGISTRY.items()}


def named(decision: Any) -> str:
    return " ".join((decision.card, *decision.form.values()))


def acts(dossier: MatterDossier, book: Rulebook, now: datetime) -> Iterator[Any]:
    while (first := next(iter(dossier.decisions(book)), None)) and first.at <= now:
        case = Case(REGISTRY[first.card], dossier, dossier.fresh(first.subject), CLOCK, now, book, line.tools(ids=IDS))
        yield case, first.form


def tick(dossier: MatterDossier, book: Rulebook, now: datetime) -> list[str]:
    """What one look of the clock does, in order."""
    out = engine.live_all(dossier, book, acts(dossier, book, now))
    return [" ".join((REGISTRY_OF[li.kind], *(f for f in read(li.text).facts[1:2] if isinstance(f, str))))
            if "given" in li.kind else REGISTRY_OF[li.kind] for li in out.lines]  # fmt: skip





def delivered(book: Rulebook, day: str, until: str = "dispatch", **changed: Any) -> MatterDossier:
    return line.lived(book, until, at(book, DELIVERED[day]), **changed)


@pytest.mark.clause("五（六）d", "四（三）段1f", "五（一）d", "四（五）段1a")
@pytest.mark.parametrize("day", DELIVERED)
def test_when_each_thing_falls_due(day: str) -> None:
    """Worked out by hand from 宿州's calendar; the limits end at 24:00."""
    book = line.rulebook("suzhou-2018")
    found = {named(d): d.at for d in delivered(book, day).decisions(book)}
    door, contact, reminder, yellow, red = (at(book, f"{on}T00:00") for on in BY_HAND[day])
    assert found == dict(zip(NAMED, (door, door, contact, reminder, yellow, red), strict=True))


@pytest.mark.clause("五（六）d", "四（三）段1f", "五（一）d")
@pytest.mark.parametrize("day", DELIVERED)
@pytest.mark.parametrize("what", NAMED)
def test_a_minute_before_at_and_after(book: Rulebook, day: str, what: str) -> None:
    if here(book, suzhou=False, example=what in EXAMPLE_LACKS):
        assert what not in {named(d) for d in delivered(book, day).decisions(book)}
        return
    fresh = delivered(book, day)
    (fell,) = [d.at for d in fresh.decisions(book) if named(d) == what]
    for late, done in ((-MINUTE, False), (timedelta(0), True), (MINUTE, True)):
        dossier = line.copy(fresh)
        assert (what in tick(dossier, book, fell + late)) is done
        if done:
            kind, cause = REGISTRY[what.split()[0]].ledger.kind, what.split()[-1] if "give" in what else ""
            (text,) = [li.text for li in dossier.lines if li.kind == kind and cause in li.text]
            assert datetime.fromisoformat(read(text).facts[-1 if "give" in what else 0]) == fell
            assert dossier.lines[-1].at == fell + late


def test_in_the_order_of_their_instants_and_twice_changes_nothing(book: Rulebook) -> None:
    dossier = delivered(book, "a working day")
    wanted = [named(d) for d in dossier.decisions(book)]
    late = at(book, "2027-03-01T08:00")
    assert tick(dossier, book, late) == wanted
    before = line.state(dossier)
    assert tick(dossier, book, late + timedelta(days=400)) == []
    assert line.state(dossier) == before
    assert dossier.orders[0].next_decision_at is None


def test_missed_ticks_are_only_late(book: Rulebook) -> None:
    """Looked at every hour or once at the end: the same acts of the same instants."""
    often, once = delivered(book, "across New Year"), delivered(book, "across New Year")
    done, now, end = [], at(book, DELIVERED["across New Year"]), at(book, "2027-02-15T00:00")
    while now < end:
        now += timedelta(hours=1)
        done += tick(often, book, now)
    assert done == tick(once, book, end)
    assert once.orders[0].deemed_at == often.orders[0].deemed_at
    assert once.orders[0].contact_until == often.orders[0].contact_until


def test_what_was_missed_is_told_from_the_facts(book: Rulebook) -> None:
    """Signed too late, and the clock looks only afterwards: the card is given all the same; the door is not closed."""
    dossier = delivered(book, "a working day")
    late = dossier.orders[0].sign_until + MINUTE
    line.act(dossier, "sign_for", line.actor("clerk"), {}, late, book)
    assert dossier.orders[0].next_decision_at == dossier.orders[0].sign_until, "an instant already past is kept"
    assert tick(dossier, book, late + MINUTE) == ["give_yellow unsigned"]


def test_in_time_means_no_card(book: Rulebook) -> None:
    dossier = delivered(book, "a working day", "record_contact")
    assert not {named(d) for d in dossier.decisions(book)} & set(NAMED[:3])


@pytest.mark.parametrize("until", ["file", "approve"])
def test_no_card_for_a_date_while_a_filed_letter_awaits_the_office(book: Rulebook, until: str) -> None:
    dossier = delivered(book, "a working day", until, dispatch={"major": "1"})
    end = at(book, "2027-03-01T08:00")
    assert not [act for act in tick(dossier, book, end) if act.startswith(("give", "remind"))]


def test_filed_late_while_nobody_looked_still_gets_its_cards(book: Rulebook) -> None:
    dossier = delivered(book, "a working day", "sign_off")
    line.act(dossier, "file", line.actor("clerk"), {}, dossier.orders[0].due_at, book)
    done = tick(dossier, book, dossier.orders[0].due_at + MINUTE)
    assert "give_red overdue" in done
    assert [m.cause for m in dossier.all(Mark) if m.colour == "red"] == ["overdue"]


def test_what_hangs_on_the_due_date_falls_once_a_round_and_again_in_the_next(book: Rulebook) -> None:
    dossier = delivered(book, "a working day")
    end = at(book, "2027-03-01T08:00")
    first = tick(dossier, book, end)
    again = line.changed(dossier, dossier.orders[0], round=2)
    once = {"deem_accept", "give_yellow unsigned", "give_yellow no_contact"}
    assert tick(again, book, end) == [act for act in first if act not in once]


@pytest.mark.clause("R-04", "五（六）d")
def test_deemed_accepted_a_unit_may_work_and_still_sign(book: Rulebook) -> None:
    dossier, good, clerk = delivered(book, "a working day"), line.forms(book), line.actor("clerk")
    now = dossier.orders[0].return_until
    for verb in ("record_contact", "draft_reply"):
        assert line.refused(dossier, verb, clerk, good[verb], now - MINUTE, book).step == "guard"
    tick(dossier, book, now + timedelta(days=1))
    assert dossier.orders[0].deemed_at == now, "it dates from the door's closing, not from the clock's look"
    assert dossier.orders[0].status == "dispatched"
    signed = line.copy(dossier)
    line.act(signed, "sign_for", clerk, {}, now + timedelta(days=2), book)
    assert signed.orders[0].contact_until == dossier.orders[0].contact_until, "a late signature moves no date"
    line.act(dossier, "record_contact", clerk, good["record_contact"], now + timedelta(days=2), book)
    line.act(dossier, "draft_reply", clerk, good["draft_reply"], now + timedelta(days=2), book)
    assert dossier.orders[0].status == "drafted"


@pytest.mark.clause("五（二）2c")
def test_help_not_contacted_after_signing_is_found() -> None:
    book = line.rulebook("suzhou-2018")
    fresh = delivered(book, "before rest days", "sign_for", kind="help")
    fell = at(book, "2026-11-10T00:00")  # signed on Friday, one working day: Monday
    for late, cards in ((-MINUTE, []), (timedelta(0), ["no_contact"]), (MINUTE, ["no_contact"])):
        dossier = line.copy(fresh)
        tick(dossier, book, fell + late)
        assert [m.cause for m in dossier.all(Mark)] == cards


@pytest.mark.clause("五（一）d")
def test_urgent_unsigned_is_escalated_and_yellow_falls_before_the_end() -> None:
    book = line.rulebook("suzhou-2018")
    dossier = delivered(book, "a working day", dispatch={"urgent": "1", "urgent_reason": "漏气"})
    found = {named(d): d.at for d in dossier.decisions(book)}
    assert found["give_yellow unsigned"] == at(book, "2026-09-16T16:35")
    assert found["give_yellow due_day"] == at(book, "2026-09-16T22:00")
    assert found["give_red overdue"] == at(book, "2026-09-17T00:00")
    assert "remind" not in found
    tick(dossier, book, at(book, "2026-09-16T16:35"))
    assert dossier.orders[0].escalated_at == at(book, "2026-09-16T16:35")


def test_urgent_delivered_shortly_before_midnight_is_yellow_at_delivery() -> None:
    book, now = line.rulebook("suzhou-2018"), datetime.fromisoformat("2026-09-16T23:30+08:00")
    dossier = line.lived(book, "dispatch", now, dispatch={"urgent": "1", "urgent_reason": "漏气"})
    assert tick(dossier, book, now) == ["give_yellow due_day"]


@pytest.mark.clause("R-19")
@pytest.mark.parametrize(("until", "name", "field"), [("accept", "note_dispatch_late", "dispatch_until"),
                                                      ("file", "note_review_late", "review_until")])  # fmt: skip
def test_the_offices_own_dates(book: Rulebook, until: str, name: str, field: str) -> None:
    fresh = delivered(book, "a working day", until)
    fell = getattr(fresh.matter if until == "accept" else fresh.orders[0], field)
    for late, done in ((-MINUTE, []), (timedelta(0), [name]), (MINUTE, [name])):
        dossier = line.copy(fresh)
        assert tick(dossier, book, fell + late) == done
        assert tick(dossier, book, fell + timedelta(days=30)) == ([] if done else [name])


def test_the_end_of_the_rating_period_archives(book: Rulebook) -> None:
    fresh = line.lived(book, "follow_up", at(book, DELIVERED["a working day"]), dispatch={"major": "1"})
    until = fresh.matter.rating_until
    assert until is not None
    for late, status in ((-MINUTE, "closed"), (timedelta(0), "archived"), (MINUTE, "archived")):
        dossier = line.copy(fresh)
        tick(dossier, book, until + late)
        assert dossier.matter.status == status
    unhappy = line.changed(fresh, fresh.matter, satisfied=False, status="replied", closed_at=None)
    assert tick(unhappy, book, until) == [], "who is not content waits for a person"


def test_the_clocks_glance_sees_what_there_is_to_decide(book: Rulebook) -> None:
    for until in ("accept", "dispatch", "file", "approve", "follow_up"):
        full = delivered(book, "a working day", until, dispatch={"major": "1"})
        rows = [row for row in line.rows(full) if type(row) in Glance.RECORDS]
        glance, end = Glance(full.chain, full.head, rows), at(book, "2027-03-01T08:00")
        assert tick(glance, book, end) == tick(full, book, end)
        assert glance.head.seq == full.head.seq


def test_a_proposal_to_designate_poisons_no_matter_that_was_handled_meanwhile(book: Rulebook) -> None:
    dossier = delivered(book, "a working day", "file")
    form, now = line.forms(book)["propose_designation"], dossier.head.at
    assert now is not None
    line.act(dossier, "propose_designation", line.actor("dispatcher"), form, now, book)
    waiting, until = line.copy(dossier), dossier.matter.designate_until
    assert until is not None
    line.act(dossier, "approve", line.actor("reviewer"), {}, now, book)
    assert "note_designation_late" in tick(waiting, book, until)
    assert "note_designation_late" not in tick(dossier, book, until)
