"""栏目: the elements, aspects and letter elements a form asks for are the rulebook's, by its names and in its order."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from clauses import changing
from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import beside
from hotline.casework.records import Contact, Letter
from hotline.casework.transitions.intake import record_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Field
from hotline.procedure.ledger import read
from hotline.rules import book as books
from hotline.rules import checks
from hotline.rules.book import Rulebook
from support import line

OPERATOR, CLERK = line.actor("operator"), line.actor("clerk")


def asked(book: Rulebook, verb: str) -> dict[str, str]:
    """The labels of a verb's form, by field."""
    return {field.name: field.label for field in REGISTRY[verb].fields(book)}


def sections(book: Rulebook, verb: str) -> dict[str, str]:
    """Under which field each heading of a form stands."""
    return {field.section: field.name for field in REGISTRY[verb].fields(book) if field.section}


def another(book: Rulebook, provision: str, value: str, key: str, entry: Any) -> Rulebook:
    """The rulebook with one entry more in a table of values."""
    files = copy.deepcopy(dict(changing.raw(book.id).files))
    changing.holder(files, book.provision(provision), value)[value][key] = entry
    return books.build(replace(changing.raw(book.id), files=files), book.calendar)


# 要素


@pytest.mark.clause("四（一）段1a")
@pytest.mark.parametrize("verb", ["register", "accept"])
def test_the_record_asks_for_the_elements_of_the_city(book: Rulebook, verb: str) -> None:
    found, wanted = asked(book, verb), here(
        book,
        suzhou={"time": "时间", "place": "地点", "people": "人物", "cause": "事由", "course": "经过", "outcome": "结果"},
        example={"time": "何时", "place": "何地", "cause": "何事", "course": "怎样", "outcome": "如何了结"},
    )  # fmt: skip
    first = list(found).index("time")
    assert list(found.items())[first : first + len(wanted)] == list(wanted.items())
    assert "people" in found or book.id == "example-city"
    assert sections(book, verb)[here(book, suzhou="六要素", example="五要素")] == "time"


@pytest.mark.clause("四（一）段1a")
def test_an_element_of_the_citys_own_is_asked_kept_and_checked(book: Rulebook) -> None:
    city, form = another(book, "elements", "terms", "weather", "天气"), line.forms(book)["register"]
    assert asked(city, "register")["weather"] == "天气"
    found = line.problems(line.newborn(), "register", OPERATOR, form, line.NOW, city)
    assert line.said(found) == [("weather", city.provision("elements").clause)]
    dossier = line.newborn()
    line.act(dossier, "register", OPERATOR, {**form, "weather": "大雨"}, line.NOW, city)
    assert record_of(dossier.body(dossier.all(Contact)[0].record_id))[0]["weather"] == "大雨"


def test_what_no_rulebook_asks_for_is_not_taken(book: Rulebook) -> None:
    dossier = line.newborn()
    line.act(dossier, "register", OPERATOR, {**line.forms(book)["register"], "weather": "大雨"}, line.NOW, book)
    assert "weather" not in record_of(dossier.body(dossier.all(Contact)[0].record_id))[0]


def test_no_element_can_bear_the_name_of_another_field() -> None:
    from hotline.surfaces.portal.submitting import ELEMENTS, FIELDS

    fixed = {f.name for verb in ("register", "accept") for f in REGISTRY[verb].form if isinstance(f, Field)}
    assert fixed | {"absence"} | {f.name for f in FIELDS} - set(ELEMENTS) <= checks.TAKEN


# 回访的方面


@pytest.mark.clause("四（四）段1c")
def test_a_follow_up_asks_for_the_aspects_of_the_city(book: Rulebook) -> None:
    assert asked(book, "follow_up") == {
        "means": "方式", "reached": "联系上了", "solved": "事情解决了吗",
        **here(book, suzhou={"attitude": "态度", "speed": "速度", "result": "结果"},
               example={"attitude": "态度", "result": "结果"}),
        "opinion": "意见、建议",
    }  # fmt: skip


# 反馈件的要素

LETTERS = {
    "suzhou-2018": {
        "reply": "反馈件正文", "answer": "给诉求人的答复", "publishable": "可公开的文字", "responds": "对诉求的正面回应",
        "citations": "政策法规引用的文号和出处", "no_citation_reason": "没有引用的理由",
        "contact_means": "与诉求人沟通的联系方式", "contact_summary": "与诉求人沟通反馈的情况",
        "satisfaction": "诉求人的满意程度", "truthful": "是否属实", "solved": "是否解决",
        "publish_opinion": "单位的公开意见", "publish_reason": "不公开的理由",
        "understanding": "是否取得理解", "review_on": "复查日期", "responsible_unit": "办理责任单位名称",
        "responsible_name": "责任人姓名", "handler_name": "承办责任人姓名", "handler_unit": "承办责任人所在单位",
        "handler_phone": "承办责任人联系电话", "cites": "引用的词条", "files": "证据材料",
    },
    "example-city": {
        "reply": "怎么办的", "answer": "对来电人怎么说", "publishable": "可公开的文字", "responds": "正面的回答",
        "citations": "依据的文件", "no_citation_reason": "没有引用的理由", "contact_means": "怎样联系",
        "truthful": "真假", "solved": "办成没有", "publish_opinion": "单位的意见", "publish_reason": "不公开的理由",
        "review_on": "哪天再看", "responsible_unit": "责任单位", "responsible_name": "责任人", "responsible_phone": "责任人电话",
        "handler_name": "经办人", "handler_phone": "经办人电话", "cites": "引用的词条",
        "files": "证据材料",
    },
}  # fmt: skip


def drafted(book: Rulebook, **fields: str) -> MatterDossier:
    dossier = line.lived(book, "record_contact")
    line.act(dossier, "draft_reply", CLERK, {**line.forms(book)["draft_reply"], **fields}, line.NOW, book)
    return dossier


@pytest.mark.clause("五（三）a", "五（三）d", "五（四）a", "五（五）")
def test_a_letter_asks_for_what_the_city_asks_for_by_its_names(book: Rulebook) -> None:
    found = asked(book, "draft_reply")
    assert found == LETTERS[book.id]
    assert list(found) == list(LETTERS[book.id])
    assert sections(book, "draft_reply") == {
        "三个文本": "reply", "要素": "responds",
        "当前确实无法解决的": here(book, suzhou="understanding", example="review_on"),
        "责任人和承办人": "responsible_unit", "知识库": "cites", "证据": "files",
    }  # fmt: skip


def test_what_a_letter_is_not_asked_for_stays_empty(book: Rulebook) -> None:
    satisfaction = here(book, suzhou="满意", example="好")
    dossier = drafted(book, satisfaction=satisfaction, responsible_phone="05571234567", contact_summary="说过了")
    (letter,) = dossier.all(Letter)
    empty = here(book, suzhou={"responsible_phone"}, example={"satisfaction", "contact_summary", "handler_unit"})
    also = beside(dossier.body, letter)
    kept = {"responsible_phone": also.signature["responsible_phone"] == "05571234567",
            "handler_unit": also.signature["handler_unit"] == "测试局",
            "satisfaction": letter.satisfaction != "", "contact_summary": also.contact_summary != ""}  # fmt: skip
    assert {name for name, there in kept.items() if not there} == empty


def test_answers_that_a_rulebook_offers_for_another_element_are_the_ones_to_choose_from(book: Rulebook) -> None:
    offered = {"term": "联系办法", "rule": "one_of", "options": ["登门", "写信"], "consequence": "send_back"}
    city = another(book, "letter_elements", "elements", "contact_means", offered)
    assert asked(city, "draft_reply")["contact_means"] == "联系办法"
    form = line.forms(book)["draft_reply"]
    found = line.problems(line.lived(city, "record_contact"), "draft_reply", CLERK, form, line.NOW, city)
    assert line.said(found) == [("contact_means", "")]
    assert drafted(city, contact_means="写信").all(Letter)[0].contact_means == "写信"
    assert read(drafted(city, contact_means="").lines[-1].text).facts[2] == ["contact_means"]


@pytest.mark.parametrize(("verb", "name", "said"), [
    ("register", "kind", "请选择“种类”。"), ("register", "gist", "请填写“要点”。"), ("dispatch", "unit", "请选择"),
    ("roster_duty", "from_at", "请填写"), ("propose_abuse", "last_day", "请填写"),
])  # fmt: skip
def test_what_is_listed_is_chosen_and_what_is_written_filled_in(book: Rulebook, verb: str, name: str,
                                                                said: str) -> None:  # fmt: skip
    (field,) = (one for one in REGISTRY[verb].fields(book) if one.name == name)
    assert field.missing_said.startswith(said)
