"""答应过又变了的: what a citizen hears when it turns out otherwise than they had been told, on paper and on their page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from hotline.surfaces.portal import shaping, steps
from support import line
from transitions.test_ticking import tick

CLERK, SYSTEM, INSPECTOR = line.actor("clerk"), line.actor("system"), line.actor("inspector")
LINE_AGAIN = (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", line.actor("head")), ("file", CLERK),
              ("approve", line.actor("reviewer")))  # fmt: skip
UNHAPPY = {"solved": "no"}


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network's names without its database."""
    names = {line.UNIT.id: "测试局", line.OTHER.id: "另一局"}
    monkeypatch.setattr(steps.network, "name", lambda number: names.get(number, ""))


def read_on_page(book: Rulebook, dossier: MatterDossier) -> list[str]:
    return [step.said for step in steps.steps_of(dossier, book, "测试局")]


def act(book: Rulebook, dossier: MatterDossier, verb: str, who: object, **form: str) -> list[str]:
    good = {**line.forms(book)[verb], **form}
    return [m.template for m in line.act(dossier, verb, who, good, line.NOW, book).messages]  # type: ignore[arg-type]


def asked(book: Rulebook, explained: bool) -> MatterDossier:
    """An extension before the office, explained beforehand or not."""
    dossier = line.lived(book, "record_contact")
    act(book, dossier, "request_extension", CLERK)
    act(book, dossier, "agree_to_extension", line.actor("head", 700))
    if explained:
        act(book, dossier, "explain_extension", CLERK)
    return dossier


@pytest.mark.clause("R-07")
@pytest.mark.parametrize("explained", [True, False])
def test_who_was_told_that_it_takes_longer_hears_that_it_does_not(book: Rulebook, explained: bool) -> None:
    dossier = asked(book, explained)
    told = act(book, dossier, "refuse_extension", line.actor("supervisor"))
    assert told == ["extension_refused", *(["not_extended"] if explained else [])]
    assert ("没有同意多办几天，仍按原来答应您的日子办" in read_on_page(book, dossier)) is explained


@pytest.mark.clause("R-07")
def test_nor_when_silence_files_nothing(book: Rulebook) -> None:
    """The cap was used up meanwhile."""
    dossier = asked(book, True)
    due = dossier.orders[0].due_at
    assert due is not None
    dossier = line.changed(dossier, dossier.orders[0], extended_by=10_000)
    fallen = next(d for d in dossier.decisions(book) if d.card == "file_extension_by_silence")
    out = line.act(dossier, fallen.card, line.actor("clock"), {}, due, book)
    assert [m.template for m in out.messages] == ["extension_refused", "not_extended"]
    assert dossier.all(Extension)[0].outcome == "refused"
    assert read_on_page(book, dossier)[-1] == "没有同意多办几天，仍按原来答应您的日子办"
    assert "not_extended" not in [m.template for m in line.act(
        asked(book, True), fallen.card, line.actor("clock"), {}, due, book).messages], "what is filed is extended"


@pytest.mark.clause("R-05")
def test_a_unit_that_ended_gives_way_and_the_citizen_hears_of_it(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    assert act(book, dossier, "take_from_ended", SYSTEM) == ["unit_changes"]
    assert read_on_page(book, dossier)[-1] == "测试局撤销了，我们换一个单位来办"


def test_the_page_says_who_carries_on_and_that_the_kind_was_wrong(book: Rulebook) -> None:
    """Also for whoever called without leaving a number: nobody sends them a message."""
    dossier = line.lived(book, "sign_for")
    act(book, dossier, "inherit_order", SYSTEM)
    assert read_on_page(book, dossier)[-1] == "原来的单位撤销了，由另一局接着办"
    act(book, dossier, "change_kind", line.actor("dispatcher"))
    assert read_on_page(book, dossier)[-1] == "我们更正了这件事的分类"
    about = line.lived(book, "sign_for")
    act(book, about, "name_target", line.actor("operator"))
    assert "我们换一个单位来办" in read_on_page(book, about)


@pytest.mark.clause("五（四）a")
def test_bounced_is_not_sent_back(book: Rulebook) -> None:
    """退单 and 退回重办 are two things, on the citizen's page too."""
    bounced, sent_back = line.lived(book, "file"), line.lived(book, "file")
    act(book, bounced, "bounce", line.actor("reviewer"))
    act(book, sent_back, "send_back", line.actor("reviewer"))
    assert "退回重办" in read_on_page(book, sent_back)[-1]
    assert read_on_page(book, bounced)[-1] == "测试局的答复没有写全单位、责任人和签批，我们退给它补齐"


@pytest.mark.clause("四（四）段1b", "R-12", "R-34")
def test_a_redo_after_a_check_is_nobodys_dissatisfaction(book: Rulebook) -> None:
    """Not counted as one, not said to be one, and not drawn for being one."""
    dossier = line.lived(book, "approve", dispatch={"major": "1"})
    act(book, dossier, "check_on_site", INSPECTOR, as_it_is="no")
    act(book, dossier, "redo_after_check", INSPECTOR)
    assert dossier.matter.redos == 0
    assert shaping._now(book, dossier, "答复") == ("正在重新办", "，因为我们去核实过，实际和上次的答复不一样")
    assert "我们去核实过，实际和测试局的答复不一样，让测试局重新办" in read_on_page(book, dossier)
    for verb, who in LINE_AGAIN:
        act(book, dossier, verb, who)
    because = dossier.matter.drawn_because or ""
    assert "不满意" not in because
    assert ("曾退回重办" in because) is (book.id == "suzhou-2018")
    act(book, dossier, "follow_up", line.actor("follow_up"), **UNHAPPY)
    act(book, dossier, "order_redo", line.actor("follow_up"))
    (redo,) = (read(li.text).facts for li in dossier.lines if li.kind == "redo_ordered")
    assert (redo[1], dossier.matter.redos) == (1, 1)
    assert shaping._now(book, dossier, "答复") == ("正在重新办", "，因为您对上次的答复不满意")


@pytest.mark.clause("R-12")
def test_an_answer_given_at_once_may_be_rated_and_is_archived_as_any_other(book: Rulebook) -> None:
    answered = line.lived(book, "accept")
    act(book, answered, "answer_at_once", line.actor("operator"))
    until = answered.matter.rating_until
    assert until is not None
    assert until == line.lived(book, "approve").matter.rating_until
    (fallen,) = answered.decisions(book)
    assert (fallen.at, fallen.card) == (until, "archive")
    rated = line.copy(answered)
    good = {**line.forms(book)["follow_up"], "means": "rating"}
    line.act(rated, "follow_up", line.actor("citizen"), good, until - timedelta(minutes=1), book)
    for late in (timedelta(0), timedelta(minutes=1)):
        no = line.refused(answered, "follow_up", line.actor("citizen"), good, until + late, book)
        assert (no.step, no.verdict.because) == ("guard", "评价的期限已经过了。")
    ask = shaping._ask(book, answered, line.NOW, True)
    assert ask is not None
    assert ask.hint.endswith(" 前可以评价")
    assert tick(answered, book, until) == ["archive"]


@pytest.mark.clause("R-12")
def test_praise_asks_for_no_rating(book: Rulebook) -> None:
    praised = line.fit(book, line.lived(book, "accept"), "pass_on_praise")
    act(book, praised, "pass_on_praise", line.actor("dispatcher"))
    form = {**line.forms(book)["follow_up"], "means": "rating"}
    assert line.refused(praised, "follow_up", line.actor("citizen"), form, line.NOW, book).step == "guard"


@pytest.mark.clause("R-12")
def test_what_was_answered_in_the_call_is_rated_too(book: Rulebook) -> None:
    called = line.fit(book, line.lived(book, "accept"), "connect")
    act(book, called, "connect", line.actor("operator"))
    assert called.matter.rating_until == line.lived(book, "approve").matter.rating_until
