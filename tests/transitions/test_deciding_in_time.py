"""What one proposes another decides by a date of the office's own; silence decides nothing (R-26, R-28, R-29, R-33).
And until when a review may be asked for. A minute before, at and after, on the four kinds of day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, at, begins, ends, here
from hotline.casework.dossier import MatterDossier
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

OPERATOR, LEADER, CITIZEN, REVIEWER = (
    line.actor(role) for role in ("operator", "shift_leader", "citizen", "reviewer")
)
OTHER = line.actor("shift_leader", 777)


class Proposed(NamedTuple):
    """From where, by whom, decided by whom, and within how many working days, as each text says."""

    until: str
    verb: str
    by: Actor
    decider: Actor
    decisions: tuple[str, str]
    suzhou: int
    example: int


PROPOSALS = {
    "refusal": Proposed("register", "propose_refusal", OPERATOR, LEADER, ("approve_refusal", "reject_refusal"), 1, 2),
    "review": Proposed("register", "ask_for_review", CITIZEN, OTHER, ("uphold_refusal", "accept_after_all"), 3, 5),
    "withdrawal": Proposed("dispatch", "ask_to_withdraw", CITIZEN, LEADER,
                           ("confirm_withdrawal", "refuse_to_withdraw"), 1, 2),
    "ending": Proposed("dispatch", "propose_end", REVIEWER, LEADER, ("approve_end", "reject_end"), 1, 3),
    "abuse": Proposed("register", "propose_abuse", OPERATOR, LEADER, ("approve_abuse", "reject_abuse"), 1, 2),
}  # fmt: skip
REVIEWS = {  # 24:00 of the fifteenth (twentieth) calendar day after the refusal
    "a working day": ("2026-10-02", "2026-10-07"),
    "before rest days": ("2026-11-22", "2026-11-26"),
    "before a make-up workday": ("2026-10-04", "2026-10-15"),
    "across New Year": ("2027-01-15", "2027-01-19"),
}


def do(book: Rulebook, dossier: MatterDossier, verb: str, who: Actor, now: datetime) -> Any:
    form = line.forms(book)[verb]
    if verb == "propose_abuse":  # a mark has an end, not too far off
        form = {**form, "last_day": (now + timedelta(days=20)).date().isoformat()}
    return line.act(dossier, verb, who, form, now, book)


def refused(book: Rulebook, now: datetime) -> MatterDossier:
    dossier = line.lived(book, "register", now)
    do(book, dossier, "propose_refusal", OPERATOR, now)
    do(book, dossier, "approve_refusal", LEADER, now)
    return dossier


@pytest.mark.clause("R-26", "R-28", "R-29", "R-33")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("what", PROPOSALS)
def test_decided_a_minute_before_its_date_at_it_and_after(book: Rulebook, what: str, day: str) -> None:
    how, now = PROPOSALS[what], begins(book, day)
    fresh = refused(book, now) if what == "review" else line.lived(book, how.until, now)
    do(book, fresh, how.verb, how.by, now)
    until = ends(book, day, suzhou=how.suzhou, example=how.example)
    assert fresh.matter.decide_until == until
    for late, in_time in BEFORE_AT_AFTER:
        waiting = line.copy(fresh)
        assert ("note_decision_late" in tick(waiting, book, until + late)) is not in_time
        fell = [read(li.text).facts[0] for li in waiting.lines if li.kind == "decision_late"]
        assert [datetime.fromisoformat(one) for one in fell] == ([] if in_time else [until])
        assert "note_decision_late" not in tick(waiting, book, until + late), "once"
        assert (waiting.matter.status, waiting.matter.deciding) == (fresh.matter.status, what)  # nothing is decided
        for verb in how.decisions:
            dossier = line.copy(waiting)
            out = do(book, dossier, verb, how.decider, until + late)
            said = dict(zip(REGISTRY[verb].ledger.facts, read(out.lines[0].text).facts, strict=True))
            assert said["in_time"] is in_time
            assert "note_decision_late" not in tick(dossier, book, max(until, until + late) + MINUTE)


@pytest.mark.clause("三（二）7", "R-26")
@pytest.mark.parametrize("day", DAYS)
def test_a_review_is_asked_for_until_its_time_is_over(book: Rulebook, day: str) -> None:
    """In calendar days; until then nothing is archived."""
    fresh = refused(book, begins(book, day))
    until = at(book, f"{here(book, suzhou=REVIEWS[day][0], example=REVIEWS[day][1])}T00:00")
    assert fresh.matter.review_until == until
    for late, in_time in BEFORE_AT_AFTER:
        dossier, now = line.copy(fresh), until + late
        if in_time:
            assert line.refused(dossier, "archive", REVIEWER, {}, now, book).step == "guard"
            do(book, dossier, "ask_for_review", CITIZEN, now)
            assert dossier.matter.status == "under_review"
        else:
            no = line.refused(dossier, "ask_for_review", CITIZEN, line.forms(book)["ask_for_review"], now, book)
            assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="三（二）7", example="第9条第7款"))
            do(book, dossier, "archive", REVIEWER, now)
