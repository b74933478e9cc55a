"""反馈件: draft, answer the citizen, sign off. What the letter must hold: 五（三）, 五（四）, 五（五）, 六（三）段1."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import beside
from hotline.casework.records import Letter, Text
from hotline.casework.transitions.base import letter_facts
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import read
from hotline.rules import grounds, letters, signing
from hotline.rules.book import Rulebook
from support import line

CLERK, DEPUTY, HEAD = (line.actor(role) for role in ("clerk", "deputy", "head"))

# field of the form: (element of the letter, clause in 宿州, clause in the other city; None: not asked for there)
ELEMENTS: dict[str, tuple[str, str, str | None]] = {
    "responds": ("responds_to_request", "五（三）", "第24条"),
    "citations": ("citations", "五（三）", "第24条"),
    "contact_means": ("contact_means", "五（三）", "第24条"),
    "contact_summary": ("contact_summary", "五（三）", None),
    "satisfaction": ("satisfaction", "五（三）", None),
    "truthful": ("truthful", "五（三）", "第24条"),
    "solved": ("solved", "五（三）", "第24条"),
    "responsible_unit": ("responsible_unit", "五（四）", "第25条"),
    "responsible_name": ("responsible_name", "五（四）", "第25条"),
    "responsible_phone": ("responsible_phone", "", "第25条"),
    "handler_name": ("handler_name", "五（五）", "第26条"),
    "handler_unit": ("handler_unit", "五（五）", None),
    "handler_phone": ("handler_phone", "五（五）", "第26条"),
    "publish_opinion": ("publish_opinion", "六（三）段1", "第32条"),
}
BOUNCED = {"responsible_unit", "responsible_name", "responsible_phone"}


def asked(book: Rulebook, field: str) -> bool:
    """Whether the city asks for the element of this field."""
    return bool(here(book, suzhou=ELEMENTS[field][1], example=ELEMENTS[field][2]))


def draft(book: Rulebook, dossier: MatterDossier | None = None, **fields: str) -> MatterDossier:
    dossier = dossier or line.lived(book, "record_contact")
    line.act(dossier, "draft_reply", CLERK, {**line.forms(book)["draft_reply"], **fields}, line.NOW, book)
    return dossier


def facts(book: Rulebook, dossier: MatterDossier) -> Any:
    case = Case(REGISTRY["sign_off"], dossier, dossier.orders[0], DEPUTY, line.NOW, book, line.tools())
    return letter_facts(case, dossier.all(Letter)[-1])


# 写反馈件


@pytest.mark.clause("五（一）b")
def test_a_letter_keeps_three_texts_apart(book: Rulebook) -> None:
    dossier, form = draft(book), line.forms(book)["draft_reply"]
    (letter,) = dossier.all(Letter)
    assert dossier.orders[0].status == "drafted"
    assert dossier.body(letter.reply_id) == form["reply"]
    assert dossier.body(letter.answer_id) == form["answer"]
    assert dossier.body(letter.publishable_id) == form["publishable"]
    assert (letter.order_id, letter.round, letter.drafted_at) == (dossier.orders[0].id, 1, line.NOW)


@pytest.mark.clause("五（三）c", "五（三）d", "五段1a", "五（五）", "六（三）段1")
def test_a_letter_keeps_every_element(book: Rulebook) -> None:
    dossier, form = draft(book), line.forms(book)["draft_reply"]
    letter = dossier.all(Letter)[0]
    assert letter.responds is True
    assert letter.solved is True
    also = beside(dossier.body, letter)
    assert also.citations == [["某条例", "〔2017〕1号"]]
    assert also.contact_summary == here(book, suzhou=form["contact_summary"], example="")
    for name in ("contact_means", "satisfaction", "truthful", "publish_opinion"):
        assert getattr(letter, name) == (form[name] if asked(book, name) else "")
    assert also.signature == {name: form[name] if asked(book, name) else "" for name in also.signature}


@pytest.mark.clause("五（三）a", "五（四）a", "五（五）")
def test_the_line_of_a_draft_cites_every_clause_on_letters(book: Rulebook) -> None:
    written = read(draft(book).lines[-1].text)
    assert written.clauses == here(book, suzhou=("五（三）", "五（四）", "五（五）", "六（三）段1"),
                                   example=("第24条", "第25条", "第26条", "第32条"))  # fmt: skip
    assert written.facts[2] == []


@pytest.mark.parametrize("field", ["reply", "answer"])
def test_a_draft_has_at_least_its_texts(book: Rulebook, field: str) -> None:
    form = {**line.forms(book)["draft_reply"], field: ""}
    found = line.problems(line.lived(book, "record_contact"), "draft_reply", CLERK, form, line.NOW, book)
    assert line.said(found) == [(field, "")]


@pytest.mark.parametrize(("field", "value"), [
    ("truthful", "大概"), ("publish_opinion", "随便"), ("satisfaction", "凑合"), ("solved", "maybe"),
    ("handler_phone", "打我手机"), ("responsible_phone", "x"),
])  # fmt: skip
def test_an_answer_that_is_not_offered_is_refused(book: Rulebook, field: str, value: str) -> None:
    if not asked(book, field):
        assert read(draft(book, **{field: value}).lines[-1].text).facts[2] == []
        return
    form = {**line.forms(book)["draft_reply"], field: value}
    found = line.problems(line.lived(book, "record_contact"), "draft_reply", CLERK, form, line.NOW, book)
    assert line.said(found) == [(field, "")]


@pytest.mark.clause("五（三）d")
def test_the_degrees_of_satisfaction_are_the_rulebooks(book: Rulebook) -> None:
    if not asked(book, "satisfaction"):
        assert draft(book, satisfaction="好").all(Letter)[0].satisfaction == ""
        return
    for grade in ("非常满意", "满意", "基本满意", "不满意", "非常不满意", "未表态"):
        assert draft(book, satisfaction=grade).all(Letter)[0].satisfaction == grade


def test_a_redraft_is_a_new_letter_and_the_earlier_one_stays(book: Rulebook) -> None:
    dossier = draft(book, draft(book), reply="改过的正文")
    first, second = dossier.all(Letter)
    assert dossier.letter_of(dossier.orders[0]) == second
    assert dossier.body(first.reply_id) == "已经核实并修复。"
    assert dossier.body(second.reply_id) == "改过的正文"


# 要素：写、签批、报送三处都查


@pytest.mark.clause("五（三）a", "五（三）c", "五（三）d", "五（四）a", "五（五）", "五段1a", "六（三）段1")
@pytest.mark.parametrize("field", ELEMENTS)
def test_an_element_left_out_is_named_by_the_draft_and_closes_sign_off_and_filing(book: Rulebook, field: str) -> None:
    element, suzhou, example = ELEMENTS[field]
    clause = here(book, suzhou=suzhou or None, example=example)
    dossier = draft(book, **{field: ""})
    line.act(dossier, "answer_citizen", CLERK, {"means": "phone"}, line.NOW, book)
    assert read(dossier.lines[-2].text).facts[2] == ([element] if clause else [])
    if clause is None:
        line.act(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
        return
    no = line.refused(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", clause)
    smuggled = line.changed(dossier, dossier.orders[0], status="signed_off")
    also = line.refused(smuggled, "file", CLERK, {}, line.NOW, book)
    assert (also.step, also.verdict.clause) == ("guard", clause)
    (lack,) = letters.missing(book, facts(book, dossier))
    assert lack.because in no.verdict.because
    assert lack.because in also.verdict.because
    assert lack.consequence == ("bounce" if field in BOUNCED else "send_back")


@pytest.mark.clause("五（三）c")
@pytest.mark.parametrize("citations", ["某条例", "| 〔2017〕1号", "某条例 | 〔2017〕1号\n另一条例"])
def test_every_citation_has_title_and_number(book: Rulebook, citations: str) -> None:
    no = line.refused(draft(book, citations=citations), "sign_off", DEPUTY, {}, line.NOW, book)
    assert no.verdict.clause == here(book, suzhou="五（三）", example="第24条")


@pytest.mark.clause("五（三）c")
def test_a_reason_stands_for_a_citation(book: Rulebook) -> None:
    dossier = draft(book, citations="", no_citation_reason="没有对应的规定")
    line.act(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    assert dossier.orders[0].status == "signed_off"


@pytest.mark.clause("五（四）a", "五（五）")
def test_everything_missing_is_said_at_once_in_the_order_of_the_text(book: Rulebook) -> None:
    dossier = draft(book, **dict.fromkeys(ELEMENTS, ""))
    no = line.refused(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    lacking = letters.missing(book, facts(book, dossier))
    assert [m.field for m in lacking] == read(dossier.lines[-1].text).facts[2]
    assert all(m.because in no.verdict.because for m in lacking)
    assert no.verdict.clause == here(book, suzhou="五（三）", example="第24条")


@pytest.mark.parametrize("fields", [
    {}, {"solved": ""}, {"solved": "no"}, {"citations": "甲\n乙|2"}, {"responds": ""}, {"handler_name": " "},
    {"publish_opinion": "", "truthful": ""}, {"publishable": ""},
])  # fmt: skip
def test_what_the_draft_says_is_missing_is_what_the_sign_off_finds(book: Rulebook, fields: dict[str, str]) -> None:
    dossier = draft(book, **fields)
    found = [m.field for m in letters.missing(book, facts(book, dossier))]
    assert read(dossier.lines[-1].text).facts[2] == found


def test_a_signature_survives_line_breaks_in_a_name(book: Rulebook) -> None:
    dossier = draft(book, responsible_name="甲\r\n乙", handler_name="丙\n丁")
    signed = beside(dossier.body, dossier.all(Letter)[0]).signature
    assert (signed["responsible_name"], signed["handler_name"]) == ("甲 乙", "丙 丁")
    assert signed["handler_phone"] == "05570000000"


# 答复诉求人


@pytest.mark.clause("四（三）段1d")
@pytest.mark.parametrize("means", ["phone", "visit", "sms", "online", "post"])
def test_the_unit_tells_the_citizen_and_means_person_and_instant_are_kept(book: Rulebook, means: str) -> None:
    dossier, later = line.lived(book, "draft_reply"), line.NOW + timedelta(hours=1)
    line.act(dossier, "answer_citizen", CLERK, {"means": means, "note": "表示理解"}, later, book)
    letter, written = dossier.all(Letter)[0], dossier.lines[-1]
    assert (letter.answered_at, letter.answered_means) == (later, means)
    assert (written.kind, written.person_id) == ("citizen_answered", CLERK.person_id)
    assert read(written.text).clauses[0] == here(book, suzhou="四（三）段1", example="第13条")
    assert {t.field: t.body for t in dossier.all(Text)}["citizen_said"] == "表示理解"


@pytest.mark.clause("四（三）段1d")
@pytest.mark.parametrize("means", ["", "telepathy"])
def test_an_answer_has_its_means(book: Rulebook, means: str) -> None:
    dossier = line.lived(book, "draft_reply")
    found = line.problems(dossier, "answer_citizen", CLERK, {"means": means}, line.NOW, book)
    assert line.said(found) == [("means", "")]


@pytest.mark.clause("四（三）段1d")
def test_an_answer_given_stays_given_while_its_words_stay(book: Rulebook) -> None:
    dossier = draft(book, line.lived(book, "answer_citizen"), reply="正文改了，答复没有改")
    assert dossier.all(Letter)[-1].answered_at == line.NOW
    assert dossier.all(Letter)[-1].answered_means == "phone"


@pytest.mark.clause("四（三）段1d")
def test_another_answer_must_be_given_again(book: Rulebook) -> None:
    dossier = draft(book, line.lived(book, "answer_citizen"), answer="答复改了")
    assert dossier.all(Letter)[-1].answered_at is None
    line.act(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    assert "答复" in line.refused(dossier, "file", CLERK, {}, line.NOW, book).verdict.because


# 签批


@pytest.mark.clause("五（四）b")
@pytest.mark.parametrize("role", ["deputy", "head"])
def test_an_ordinary_letter_is_signed_by_the_deputy_or_whoever_stands_above(book: Rulebook, role: str) -> None:
    dossier = line.lived(book, "answer_citizen")
    line.act(dossier, "sign_off", line.actor(role), {"remarks": "同意"}, line.NOW, book)
    letter, written = dossier.all(Letter)[0], read(dossier.lines[-1].text)
    assert (letter.signed_off_at, letter.signed_off_role) == (line.NOW, role)
    assert written.clauses[0] == here(book, suzhou="五（四）", example="第25条")
    assert written.facts == (letter.id, role)
    assert written.person_id == line.actor(role).person_id


@pytest.mark.clause("五（四）c", "R-10")
def test_a_major_letter_is_signed_by_the_head_alone(book: Rulebook) -> None:
    dossier = line.lived(book, "answer_citizen", dispatch={"major": "1"})
    no = line.refused(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="五（四）", example="第25条"))
    assert here(book, suzhou="重大事项", example="要紧的") in no.verdict.because
    assert no.verdict.readings == signing.level(book, major=True).readings
    line.act(dossier, "sign_off", HEAD, {}, line.NOW, book)
    assert dossier.all(Letter)[0].signed_off_role == "head"


@pytest.mark.clause("五（四）b")
def test_nothing_is_filed_unsigned(book: Rulebook) -> None:
    assert line.refused(line.lived(book, "answer_citizen"), "file", CLERK, {}, line.NOW, book).step == "status"


def test_the_deputys_page_greys_the_sign_off_of_a_letter_that_lacks_something(book: Rulebook) -> None:
    lacking = draft(book, responsible_name="", handler_name="", publish_opinion="")
    offered = engine.offers(lacking, DEPUTY, line.NOW, book, line.tools())
    verdict = next(o.verdict for o in offered if o.card.name() == "sign_off")
    assert (verdict.ok, verdict.clause) == (False, here(book, suzhou="五（四）", example="第25条"))
    assert verdict.because == "反馈件还不能签批：" + here(
        book,
        suzhou="缺少责任人姓名（五（四））；缺少承办责任人姓名（五（五））；缺少单位的公开意见（公开、不公开）（六（三）段1）",
        example="缺少责任人（第25条）；缺少经办人（第26条）；缺少单位的意见（公开、不公开）（第32条）",
    )


def test_a_draft_handed_back_moves_no_date_and_is_written_again(book: Rulebook) -> None:
    dossier = draft(book)
    before = dossier.orders[0]
    with pytest.raises(FormErrors) as wrong:
        line.act(dossier, "hand_back_draft", DEPUTY, {}, line.NOW, book)
    assert [p.field for p in wrong.value.problems] == ["words"]
    reason = next(iter(grounds.merits(book))).id
    line.act(dossier, "hand_back_draft", DEPUTY, {f"because_{reason}": "1"}, line.NOW, book)
    after, last = dossier.orders[0], dossier.lines[-1].read()
    assert (after.status, after.due_at, after.round, after.send_backs) == ("signed", before.due_at, before.round, 0)
    assert (last.kind, last.clauses[0], last.facts[1]) == (
        "draft_handed_back", book.provision("sign_off").clause, [reason])  # fmt: skip
    line.act(dossier, "draft_reply", CLERK, line.forms(book)["draft_reply"], line.NOW, book)
    line.act(dossier, "sign_off", DEPUTY, {}, line.NOW, book)
    assert dossier.orders[0].status == "signed_off"
