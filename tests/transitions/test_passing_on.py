"""转告与转外地: praise reaches its unit; another city's matter goes there and ends here (R-37)."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Handover, Revisit
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

OPERATOR, DISPATCHER, SHIFT = line.actor("operator"), line.actor("dispatcher"), line.actor("shift_leader")


def act(dossier: MatterDossier, book: Rulebook, verb: str, who: Any, **changed: Any) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **changed}, line.NOW, book)


def refusal(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> tuple[str, str]:
    found = line.refused(dossier, verb, who, line.forms(book)[verb], line.NOW, book)
    return found.step, found.verdict.clause


@pytest.mark.clause("一段1", "R-37")
def test_praise_reaches_its_unit_and_is_done(book: Rulebook) -> None:
    dossier = line.lived(book, "accept", kind="praise")
    assert dossier.matter.promised_at is None
    out = act(dossier, book, "pass_on_praise", OPERATOR)
    matter = dossier.matter
    assert (matter.status, matter.closed_at, matter.drawn, dossier.orders) == ("closed", line.NOW, None, [])
    assert [(m.template, m.to_kind) for m in out.messages] == [("praise_passed_on", "unit"), ("praise_told", "citizen")]
    told = here(book, suzhou="谢谢您，您的表扬已经转告被表扬的单位（测试局）。", example="谢意带到了（测试局）。")
    assert dossier.body(matter.told_id) == told
    assert [one.kind for one in dossier.lines[-2:]] == ["praise_passed_on", "closed"]
    assert read(dossier.lines[-1].text).figures[3:] == read(dossier.lines[0].text).figures[3:], "no due date anywhere"
    assert dossier.all(Revisit) == []
    act(dossier, book, "archive", line.actor("reviewer"))


@pytest.mark.clause("一段1", "R-37")
def test_what_must_be_handled_is_not_merely_passed_on(book: Rulebook) -> None:
    clause = here(book, suzhou="一段1", example="第1条")
    assert refusal(line.lived(book, "accept"), book, "pass_on_praise", OPERATOR) == ("status", clause)
    dossier, kit = line.lived(book, "accept", kind="praise"), line.tools(unit=None)
    form = line.forms(book)["pass_on_praise"]
    found = line.problems(dossier, "pass_on_praise", OPERATOR, form, line.NOW, book, kit)
    assert line.said(found) == [("unit", clause)]


@pytest.mark.clause("三（二）7", "R-37")
@pytest.mark.parametrize("until", ["register", "accept"])
def test_another_citys_matter_goes_there_and_ends_here(book: Rulebook, until: str) -> None:
    dossier = line.lived(book, until)
    out = act(dossier, book, "transfer_elsewhere", DISPATCHER, words="可以打那里的电话查询")
    matter, (row,) = dossier.matter, dossier.all(Handover)
    assert (matter.status, matter.refusal, matter.closed_at) == ("ended", None, line.NOW)
    assert (matter.promised_at, matter.dispatch_until, matter.decide_until) == (None, None, None)
    assert (dossier.body(row.taken_by_id), dossier.body(row.their_number_id)) == ("邻市 12345", "邻 7 号")
    said = here(book, suzhou="这件事不归本市管，已经转到", example="这是别处的事，带到")
    assert dossier.body(matter.told_id) == f"{said}：邻市 12345，那里的编号是 邻 7 号。\n可以打那里的电话查询"
    assert [message.template for message in out.messages] == ["transferred"]
    assert "邻市" not in dossier.lines[-1].text, "the ledger holds no words"
    act(dossier, book, "archive", line.actor("reviewer"))


@pytest.mark.clause("三（二）7", "R-37")
def test_nothing_goes_elsewhere_that_somebody_here_waits_for(book: Rulebook) -> None:
    clause = here(book, suzhou="三（二）7", example="第9条第7款")
    accepted = line.lived(book, "accept")
    waiting = line.changed(accepted, accepted.matter, designate_until=line.NOW)
    assert refusal(waiting, book, "transfer_elsewhere", SHIFT) == ("guard", clause)
    asked = line.lived(book, "register")
    act(asked, book, "ask_to_withdraw", line.actor("citizen"))
    assert refusal(asked, book, "transfer_elsewhere", SHIFT) == ("guard", clause)
    assert refusal(line.lived(book, "dispatch"), book, "transfer_elsewhere", SHIFT)[0] == "status"
