"""保管期限 (R-36): said at archiving, proposed by the clock at its end, agreed to by two people, then destroyed by the
system; chains and figures stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, Contact, PersonKey, Text
from hotline.casework.redacting import FORGOTTEN
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules import retention
from hotline.rules.book import Rulebook
from support import line

INSPECTOR, SHIFT, CLOCK = line.actor("inspector"), line.actor("shift_leader"), line.actor("clock")
MINUTE = timedelta(minutes=1)


def archived(book: Rulebook, **changed: dict[str, Any]) -> MatterDossier:
    return line.lived(book, "archive", **changed)


def do(dossier: MatterDossier, book: Rulebook, verb: str, who: Any, now: datetime, **form: str) -> Any:
    kit = line.tools(ids=line.Counter(10_000 + 1000 * (dossier.head.seq + 1)), elsewhere=0)
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **form}, now, book, kit)


def end(dossier: MatterDossier) -> datetime:
    assert dossier.matter.retain_until is not None
    return dossier.matter.retain_until


def proposed(book: Rulebook) -> tuple[MatterDossier, datetime]:
    dossier = archived(book)
    now = end(dossier)
    do(dossier, book, "propose_destruction", CLOCK, now)
    return dossier, now


@pytest.mark.clause("四（六）段1", "R-36")
@pytest.mark.parametrize("major", ["", "1"])
def test_archived_it_says_for_how_long(book: Rulebook, major: str) -> None:
    waits = line.lived(book, "follow_up", dispatch={"major": major})
    case: Any = Case(REGISTRY["archive"], waits, waits.matter, line.actor("reviewer"), line.NOW, book, line.tools())
    (effect,) = REGISTRY["archive"].effects(case)
    dossier = archived(book, dispatch={"major": major})
    years = here(book, suzhou=15 if major else 5, example=8 if major else 2)
    until = retention.ends(book, years, line.NOW)
    assert end(dossier) == until
    assert until.astimezone(book.tz).year == 2026 + years
    assert f"{years} 年" in str(effect.value)
    facts = read(dossier.lines[-1].text).facts
    assert facts[-2] == dossier.matter.retention == retention.kept(book, "complaint", {"major": bool(major)}).id


@pytest.mark.clause("R-36")
def test_the_clock_proposes_at_its_end_and_not_before(book: Rulebook) -> None:
    dossier = archived(book)
    now = end(dossier)
    assert dossier.matter.next_decision_at == now
    assert line.refused(dossier, "propose_destruction", CLOCK, {}, now - MINUTE, book).step == "guard"
    do(dossier, book, "propose_destruction", CLOCK, now)
    assert dossier.matter.dispose_asked_at == now
    assert dossier.matter.next_decision_at is None
    assert line.refused(dossier, "propose_destruction", CLOCK, {}, now + MINUTE, book).step == "guard"


@pytest.mark.clause("四（六）段1", "R-36")
def test_two_people_agree_and_only_then_it_is_destroyed(book: Rulebook) -> None:
    dossier, now = proposed(book)
    system = line.actor("system")
    assert line.refused(dossier, "approve_destruction", SHIFT, {}, now, book).step == "guard"
    assert line.refused(dossier, "destroy_expired", system, {}, now, book).step == "guard"
    do(dossier, book, "agree_to_destroy", INSPECTOR, now)
    assert line.refused(dossier, "agree_to_destroy", INSPECTOR, {}, now, book).step == "guard"
    same = line.actor("shift_leader", INSPECTOR.person_id)
    assert line.refused(dossier, "approve_destruction", same, {}, now, book).step == "not_by"
    assert line.refused(dossier, "destroy_expired", system, {}, now, book).step == "guard"
    do(dossier, book, "approve_destruction", SHIFT, now)
    (citizen,) = dossier.all(Citizen)
    lines, words = len(dossier.lines), dossier.matter.words_id
    do(dossier, book, "destroy_expired", system, now, citizen=str(citizen.id))
    assert dossier.find(PersonKey, citizen.id) is None
    assert dossier.get(Citizen, citizen.id).phone_index is None
    assert dossier.get(Text, words).body == FORGOTTEN
    assert dossier.all(Contact)[0].forgotten_at == now
    assert (dossier.matter.dispose_asked_at, dossier.matter.dispose_at) == (None, None), "nothing waits any more"
    assert [one.kind for one in dossier.lines[lines:]] == ["personal_data_destroyed"]
    assert dossier.matter.status == "archived"
    assert dossier.decisions(book) == []


@pytest.mark.clause("R-36")
def test_kept_longer_for_a_reason_until_a_day_and_proposed_again(book: Rulebook) -> None:
    dossier, now = proposed(book)
    do(dossier, book, "agree_to_destroy", INSPECTOR, now)
    today = book.calendar.day_of(now)
    bad = {"last_day": (today - timedelta(days=1)).isoformat(), "reason": "正在诉讼"}
    assert [one.field for one in line.problems(dossier, "keep_longer", SHIFT, bad, now, book)] == ["last_day"]
    last = today + timedelta(days=300)
    do(dossier, book, "keep_longer", SHIFT, now, last_day=last.isoformat())
    matter = dossier.matter
    assert matter.retain_until == retention.through(book, last)
    assert (matter.dispose_asked_at, matter.dispose_agreed_at) == (None, None)
    assert matter.next_decision_at == matter.retain_until
    do(dossier, book, "propose_destruction", CLOCK, end(dossier))
    assert line.refused(dossier, "approve_destruction", SHIFT, {}, end(dossier), book).step == "guard"


@pytest.mark.clause("R-36")
def test_who_was_forgotten_before_is_not_proposed(book: Rulebook) -> None:
    early = archived(book)
    do(early, book, "anonymise", INSPECTOR, line.NOW)
    assert early.decisions(book) == []
    dossier, now = proposed(book)
    do(dossier, book, "anonymise", INSPECTOR, now)
    assert dossier.matter.dispose_asked_at is None
    assert line.refused(dossier, "agree_to_destroy", INSPECTOR, {}, now, book).step == "status"
