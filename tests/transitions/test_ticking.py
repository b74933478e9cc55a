"""到时: what the clock does to the minute, on every sort of day, late or twice, under both rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, at, begins, ends, here, night, rating_ends
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
BY_HAND = {  # a complaint nobody signs for: door, signing, first contact, reminder, due day, end; "": no such cause
    "suzhou-2018": {
        "a working day": ("2026-09-18", "2026-09-18", "2026-09-19", "2026-10-12", "2026-10-13", "2026-10-14"),
        "before rest days": ("2026-11-10", "2026-11-10", "2026-11-11", "2026-11-26", "2026-11-27", "2026-11-28"),
        "before a make-up workday": ("2026-09-21", "2026-09-21", "2026-09-22", "2026-10-14", "2026-10-15",
                                     "2026-10-16"),
        "across New Year": ("2027-01-01", "2027-01-01", "2027-01-05", "2027-01-20", "2027-01-21", "2027-01-22"),
    },
    "example-city": {  # reminded two working days before the due day; no card for contact or due day
        "a working day": ("2026-09-21", "2026-09-21", "", "2026-10-14", "", "2026-10-19"),
        "before rest days": ("2026-11-10", "2026-11-10", "", "2026-12-01", "", "2026-12-04"),
        "before a make-up workday": ("2026-09-28", "2026-09-28", "", "2026-10-22", "", "2026-10-27"),
        "across New Year": ("2027-01-05", "2027-01-05", "", "2027-01-26", "", "2027-01-29"),
    },
}  # fmt: skip
NAMED = ("deem_accept", "give_yellow unsigned", "give_yellow no_contact", "remind", "give_yellow due_day",
         "give_red overdue")  # fmt: skip


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
    return line.lived(book, until, begins(book, day), **changed)


def by_hand(book: Rulebook, day: str) -> dict[str, datetime]:
    """What the clock does to a complaint nobody signs for, and when."""
    return {name: at(book, f"{on}T00:00") for name, on in zip(NAMED, BY_HAND[book.id][day], strict=True) if on}


@pytest.mark.clause("五（六）d", "四（三）段1f", "五（一）d", "四（五）段1a")
@pytest.mark.parametrize("day", DAYS)
def test_when_each_thing_falls_due(book: Rulebook, day: str) -> None:
    """Worked out by hand from each city's calendar; the limits end at 24:00."""
    assert {named(d): d.at for d in delivered(book, day).decisions(book)} == by_hand(book, day)


@pytest.mark.clause("五（六）d", "四（三）段1f", "五（一）d")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("what", NAMED)
def test_a_minute_before_at_and_after(book: Rulebook, day: str, what: str) -> None:
    fresh, fell = delivered(book, day), by_hand(book, day).get(what)
    if fell is None:
        assert what not in tick(fresh, book, at(book, "2027-03-01T08:00")), "its rulebook knows no such cause"
        return
    for late, early in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        assert (what in tick(dossier, book, fell + late)) is not early
        if not early:
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
    done, now, end = [], begins(book, "across New Year"), at(book, "2027-02-15T00:00")
    while now < end:
        now += timedelta(hours=1)
        done += tick(often, book, now)
    assert done == tick(once, book, end)
    assert once.orders[0].deemed_at == often.orders[0].deemed_at
    assert once.orders[0].contact_until == often.orders[0].contact_until


@pytest.mark.clause("五（一）a", "五（一）d", "R-03")
@pytest.mark.parametrize("day", DAYS)
def test_what_was_missed_is_told_from_the_facts(book: Rulebook, day: str) -> None:
    """Signed for a minute before its limit, at it and after, while the clock looks only afterwards: signed too late the
    card is given all the same; the door is not closed on it."""
    fresh, until = delivered(book, day), ends(book, day, suzhou=1, example=2)
    for late, in_time in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        line.act(dossier, "sign_for", line.actor("clerk"), {}, until + late, book)
        assert read(dossier.lines[-1].text).facts[0] is in_time
        if not in_time:
            assert dossier.orders[0].next_decision_at == until, "an instant already past is kept"
        assert tick(dossier, book, until + MINUTE) == ([] if in_time else ["give_yellow unsigned"])


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


def not_contacted(fresh: MatterDossier, book: Rulebook, until: datetime) -> None:
    """The first contact a minute before its limit, at it and after; the card for it where the rulebook knows one."""
    card = here(book, suzhou=["no_contact"], example=[])
    for late, in_time in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        tick(dossier, book, until + late)
        assert dossier.orders[0].contact_until == until
        assert [m.cause for m in dossier.all(Mark) if m.cause == "no_contact"] == ([] if in_time else card)
        line.act(dossier, "record_contact", line.actor("clerk"), line.forms(book)["record_contact"], until + late, book)
        assert read(dossier.lines[-1].text).facts[3] is in_time
        if fresh.orders[0].signed_at is not None:  # the clock looks only afterwards, and tells it from the facts
            unseen = line.copy(fresh)
            line.act(unseen, "record_contact", line.actor("clerk"), line.forms(book)["record_contact"], until + late,
                     book)  # fmt: skip
            tick(unseen, book, until + MINUTE)
            assert [m.cause for m in unseen.all(Mark) if m.cause == "no_contact"] == ([] if in_time else card)
        tick(dossier, book, until + MINUTE)
        assert [m.cause for m in dossier.all(Mark) if m.cause == "no_contact"] == ([] if in_time else card)


@pytest.mark.clause("五（二）2a", "五（二）2c", "R-02")
@pytest.mark.parametrize("day", DAYS)
def test_help_not_contacted_after_signing_is_found(book: Rulebook, day: str) -> None:
    """Signed for at delivery: one working day, two in the other city."""
    not_contacted(delivered(book, day, "sign_for", kind="help"), book, ends(book, day, suzhou=1, example=2))


@pytest.mark.clause("五（二）2a", "五（二）2c", "R-02", "R-04")
@pytest.mark.parametrize("day", DAYS)
def test_help_nobody_signed_for_is_to_be_contacted_after_the_door(book: Rulebook, day: str) -> None:
    """As many working days again after those of the door."""
    not_contacted(delivered(book, day, kind="help"), book, ends(book, day, suzhou=2, example=4))


@pytest.mark.clause("四（三）段1f", "R-18")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("until", ["dispatch", "sign_for"])
def test_others_are_to_be_contacted_counted_from_delivery(book: Rulebook, day: str, until: str) -> None:
    """Signed for or not; by the other city's first working day its unit has not even accepted."""
    unsigned = until == "dispatch"
    if unsigned and here(book, suzhou=False, example=True):
        fresh, limit = delivered(book, day), ends(book, day, suzhou=2, example=1)
        assert fresh.orders[0].contact_until == limit
        tick(fresh, book, limit + MINUTE)
        assert not [d for d in fresh.decisions(book) if "no_contact" in d.form.values()]
        return
    not_contacted(delivered(book, day, until), book, ends(book, day, suzhou=2, example=1))


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


def office_late(fresh: MatterDossier, book: Rulebook, until: datetime, name: str, verb: str) -> Any:
    """The clock a minute before the office's date, at it and after; done then, it was late or not. Yields what was
    written and whether it was in time."""
    who = line.actor({"dispatch": "dispatcher", "approve": "reviewer"}[verb])
    for late, in_time in BEFORE_AT_AFTER:
        dossier, noted = line.copy(fresh), [] if in_time else [name]
        assert tick(dossier, book, until + late) == noted
        out = line.act(dossier, verb, who, line.forms(book)[verb], until + late, book)
        assert name not in tick(dossier, book, until + timedelta(days=30)), "once, and not at all what was in time"
        unseen = line.copy(fresh)
        line.act(unseen, verb, who, line.forms(book)[verb], until + late, book)
        assert (name in tick(unseen, book, until + timedelta(days=30))) is not in_time, "told from the facts"
        fell = [read(li.text).facts[0] for li in dossier.lines if REGISTRY_OF[li.kind] == name]
        assert [datetime.fromisoformat(one) for one in fell] == [until for _ in noted]
        yield out, in_time
    missed = line.copy(fresh)
    assert tick(missed, book, until + timedelta(days=30)) == [name], "a missed tick is only late"


@pytest.mark.clause("R-19")
@pytest.mark.parametrize("day", DAYS)
def test_the_offices_date_for_dispatching_what_came_by_telephone(book: Rulebook, day: str) -> None:
    """Two hours, forty-five minutes in the other city, through the night and into whatever day."""
    began, until = night(book, day, suzhou="01:30", example="00:15")
    fresh = line.lived(book, "accept", began)
    assert fresh.matter.dispatch_until == until
    assert len(list(office_late(fresh, book, until, "note_dispatch_late", "dispatch"))) == 3


@pytest.mark.clause("R-19")
@pytest.mark.parametrize("day", DAYS)
def test_the_offices_date_for_dispatching_what_came_by_web(book: Rulebook, day: str) -> None:
    until = ends(book, day, suzhou=1, example=2)
    fresh = delivered(book, day, "accept", register={"channel": "web"})
    assert fresh.matter.dispatch_until == until
    assert len(list(office_late(fresh, book, until, "note_dispatch_late", "dispatch"))) == 3


@pytest.mark.clause("五（二）5a", "R-08")
@pytest.mark.parametrize("day", DAYS)
def test_the_offices_date_for_dispatching_what_is_urgent(book: Rulebook, day: str) -> None:
    """Half an hour, twenty minutes in the other city: there it is the same day still."""
    began, until = night(book, day, suzhou="00:00", example="00:00")
    until = here(book, suzhou=until, example=began + 20 * MINUTE)
    urgent = {"urgent": "1", "urgent_reason": "漏气"}
    fresh = line.lived(book, "accept", began, register=urgent, accept=urgent)
    assert len(list(office_late(fresh, book, until, "note_dispatch_late", "dispatch"))) == 3


@pytest.mark.clause("R-19")
@pytest.mark.parametrize("day", DAYS)
def test_the_offices_date_for_reviewing(book: Rulebook, day: str) -> None:
    fresh, until = delivered(book, day, "file"), ends(book, day, suzhou=2, example=3)
    assert fresh.orders[0].review_until == until
    for out, in_time in office_late(fresh, book, until, "note_review_late", "approve"):
        assert read(out.lines[0].text).facts[1] is in_time


@pytest.mark.clause("R-12")
@pytest.mark.parametrize("day", DAYS)
def test_the_end_of_the_rating_period_archives(book: Rulebook, day: str) -> None:
    """In calendar days, rest days too."""
    fresh, until = delivered(book, day, "follow_up", dispatch={"major": "1"}), rating_ends(book, day)
    for late, early in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        tick(dossier, book, until + late)
        assert dossier.matter.status == ("closed" if early else "archived")
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
