"""催办、督办 (四（五）段1): by the office and by level 2 on level 3, answered in time or late, noted once by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clauses.cities import DAYS, MINUTE, at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Supervision, Text
from hotline.casework.transitions.supervising import Urge
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

CLERK, SUPERVISOR = line.actor("clerk"), line.actor("supervisor")
ABOVE = line.actor("deputy", 900, line.UNIT.id)
BELOW = line.actor("clerk", 901, line.BELOW.id)


def held_below(book: Rulebook) -> MatterDossier:
    """An order that level 3 holds."""
    return line.lived(book, "dispatch", kit=line.tools(unit=line.Receiving(line.BELOW)))


def facts(dossier: MatterDossier, kind: str) -> list[list[object]]:
    return [list(read(li.text).facts) for li in dossier.lines if li.kind == kind]


def test_an_urge_tells_the_unit_and_moves_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    before = dossier.orders[0]
    out = line.act(dossier, "urge", line.actor("operator"), {"words": "诉求人又来电了"}, line.NOW, book)
    assert dossier.orders == [before]
    assert [(m.template, m.to_kind, m.to_id) for m in out.messages] == [("urged", "unit", line.UNIT.id)]
    assert [t.body for t in dossier.all(Text) if t.field == "urged"] == ["诉求人又来电了"]
    assert "诉求人又来电了" not in dossier.lines[-1].text


@pytest.mark.parametrize("verb", ["urge", "supervise"])
def test_level_2_does_it_to_level_3_and_to_nobody_else(book: Rulebook, verb: str) -> None:
    form = line.forms(book)[verb]
    line.act(held_below(book), verb, ABOVE, form, line.NOW, book)
    for dossier, who in ((held_below(book), BELOW), (held_below(book), line.actor("head", 902, line.OTHER.id)),
                         (line.lived(book, "dispatch"), ABOVE)):  # fmt: skip
        assert line.refused(dossier, verb, who, form, line.NOW, book).step == "reach"
        assert verb not in {o.card.name() for o in engine.offers(dossier, who, line.NOW, book, line.tools())}


@pytest.mark.clause("四（五）段1")
def test_the_scope_of_supervision_is_chosen_from_the_rulebooks(book: Rulebook) -> None:
    for scope in book.provision("supervision").values["scope"]:
        dossier = line.lived(book, "sign_for")
        line.act(dossier, "supervise", SUPERVISOR, {**line.forms(book)["supervise"], "scope": scope}, line.NOW, book)
        assert dossier.all(Supervision)[0].scope == scope
        assert book.provision("supervision").clause in read(dossier.lines[-1].text).clauses
    wrong = {**line.forms(book)["supervise"], "scope": "别的"}
    found = line.problems(line.lived(book, "sign_for"), "supervise", SUPERVISOR, wrong, line.NOW, book)
    assert [p.field for p in found] == ["scope"]


def test_a_notice_has_a_date_of_its_own_and_is_answered(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    due = dossier.orders[0].due_at
    out = line.act(dossier, "supervise", SUPERVISOR, line.forms(book)["supervise"], line.NOW, book)
    order, (notice,) = dossier.orders[0], dossier.all(Supervision)
    assert notice.answer_until == order.supervise_until == at(book, "2026-09-19T00:00")
    assert (order.due_at, order.round, notice.by_unit_id) == (due, 1, SUPERVISOR.unit_id)
    assert [m.template for m in out.messages] == ["supervised"]
    again = line.refused(dossier, "supervise", SUPERVISOR, line.forms(book)["supervise"], line.NOW, book)
    assert again.step == "guard"
    line.act(dossier, "answer_supervision", CLERK, {"answer": "已处理"}, line.NOW, book)
    assert dossier.orders[0].supervise_until is None
    assert dossier.all(Supervision)[0].answered_at == line.NOW
    assert facts(dossier, "supervision_answered")[0][-1] is True
    assert line.refused(dossier, "answer_supervision", CLERK, {"answer": "再答"}, line.NOW, book).step == "status"
    line.act(dossier, "supervise", SUPERVISOR, line.forms(book)["supervise"], line.NOW, book)
    assert len(dossier.all(Supervision)) == 2


def test_nobody_is_asked_to_answer_what_was_not_given(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    names = {o.card.name() for o in engine.offers(dossier, CLERK, line.NOW, book, line.tools())}
    assert "answer_supervision" not in names
    assert Urge.name() not in names


def test_a_day_that_is_over_is_no_date(book: Rulebook) -> None:
    dossier, form = line.lived(book, "sign_for"), line.forms(book)["supervise"]
    today, yesterday = "2026-09-16", "2026-09-15"
    found = line.problems(dossier, "supervise", SUPERVISOR, {**form, "answer_on": yesterday}, line.NOW, book)
    assert line.said(found) == [("answer_on", book.provision("supervision").clause)]
    assert line.problems(dossier, "supervise", SUPERVISOR, {**form, "answer_on": "明天"}, line.NOW, book)
    line.act(dossier, "supervise", SUPERVISOR, {**form, "answer_on": today}, line.NOW, book)


def given(book: Rulebook, on: str) -> MatterDossier:
    """A notice to be answered by the end of a day, on an order of that morning."""
    now = at(book, f"{on}T09:00")
    dossier = line.lived(book, "sign_for", now)
    line.act(dossier, "supervise", SUPERVISOR, {**line.forms(book)["supervise"], "answer_on": on}, now, book)
    return dossier


def note(dossier: MatterDossier, book: Rulebook, now: datetime) -> None:
    """The clock's own act."""
    case = Case(REGISTRY["note_supervision_late"], dossier, dossier.orders[0], Actor("clock"), now, book, line.tools())
    engine.live(case, {})


@pytest.mark.parametrize("day", DAYS)
def test_a_minute_before_at_and_after_its_date(book: Rulebook, day: str) -> None:
    """A notice's date is a calendar day, whatever day that is; late is noted once and stays to be answered."""
    on = here(book, suzhou=DAYS[day][0], example=DAYS[day][1])
    end = at(book, f"{on}T23:59") + MINUTE
    for late in (-MINUTE, timedelta(0), MINUTE):
        dossier = given(book, on)
        if late < timedelta(0):
            with pytest.raises(engine.Refused):
                note(dossier, book, end + late)
        else:
            note(dossier, book, end + late)
            (fell,) = (datetime.fromisoformat(str(row[0])) for row in facts(dossier, "supervision_late"))
            assert fell == end
            with pytest.raises(engine.Refused):
                note(dossier, book, end + late)
        line.act(dossier, "answer_supervision", CLERK, {"answer": "已处理"}, end + late, book)
        assert facts(dossier, "supervision_answered")[0][-1] is (late < timedelta(0))
        assert not [d for d in dossier.decisions(book) if d.card == "note_supervision_late"]


def test_a_second_notice_may_be_late_again(book: Rulebook) -> None:
    dossier = given(book, "2026-09-16")
    later = at(book, "2026-09-18T09:00")
    note(dossier, book, later)
    line.act(dossier, "answer_supervision", CLERK, {"answer": "迟了"}, later, book)
    form = {**line.forms(book)["supervise"], "answer_on": "2026-09-19"}
    line.act(dossier, "supervise", SUPERVISOR, form, later, book)
    note(dossier, book, later + timedelta(days=3))
    assert len(facts(dossier, "supervision_late")) == 2
