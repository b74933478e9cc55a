"""反馈件的栏目 (letter form): what a letter has room for, asked as far as the rulebook does and by its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework import explained as explained_facts
from hotline.casework import sharing
from hotline.casework.transitions.base import YES_NO, OrderCase
from hotline.procedure.forms import Field, headed
from hotline.rules import explained, follow_up, letters
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing

LONG = 20000
UNSAID = "未表态"
TALKED = tuple((term, term) for term in ("电话", "当面", "短信", "网上", "书面", "没有联系上"))


def _satisfaction(case: OrderCase) -> list[tuple[str, str]]:
    """The rulebook's grades, and that the citizen said nothing of the kind."""
    return [(grade, grade) for grade in (*follow_up.grades(case.book), UNSAID)]


TEXTS = (
    Field("reply", "反馈件正文", "textarea", max_length=LONG, hint="报给热线办：事实、处理、依据"),
    Field("answer", "给诉求人的答复", "textarea", max_length=LONG, hint="诉求人会看到这一段"),
    Field("publishable", "可公开的文字", "textarea", required=False, max_length=LONG, hint="去掉个人信息"),
)
# What else a letter has room for. It is asked for where the rulebook does, in the rulebook's words.
ELEMENTS = (
    Field("responds", "正面回应", "flag", required=False),
    Field("citations", "政策法规依据", "pairs", required=False, max_length=2000, hint="每行一条：名称 | 文号"),
    Field("no_citation_reason", "没有引用的理由", required=False, max_length=300),
    Field("contact_means", "与诉求人沟通的联系方式", "choice", choices=TALKED, required=False),
    Field("contact_summary", "沟通情况", "textarea", required=False, max_length=2000),
    Field("satisfaction", "诉求人满意程度", "choice", choices=_satisfaction, required=False),
    Field("truthful", "是否属实", "choice", required=False),
    Field("solved", "是否解决", "choice", choices=YES_NO, required=False),
    Field("publish_opinion", "公开意见", "choice", required=False),
    Field("publish_reason", "不公开的理由", required=False, max_length=300),
)
SIGNERS = (
    Field("responsible_unit", "责任单位", required=False, max_length=60),
    Field("responsible_name", "责任人姓名", required=False, max_length=30),
    Field("responsible_phone", "责任人电话", "phone", required=False, max_length=20),
    Field("handler_name", "承办人姓名", required=False, max_length=30),
    Field("handler_unit", "承办人单位", required=False, max_length=60),
    Field("handler_phone", "承办人电话", "phone", required=False, max_length=20),
)
# What only a letter asks for that wants to end with an explanation instead of a solution, as the rulebook names it.
UNDERSTANDING = (("gained", "取得理解"), ("not_gained", "没有取得理解"))
EXPLAINED = (
    Field("understanding", "是否取得理解", "choice", choices=UNDERSTANDING, required=False),
    Field("review_on", "复查日期", "date", required=False, hint="到这一天再办一次"),
)
ELEMENT_OF = {"responds": "responds_to_request"}  # the field of an element that bears another name
REASON_OF = {"publish_reason": "publish_opinion"}  # asked for together with the element it explains
SOLVED = {"yes": True, "no": False}
EMPTY: Mapping[str, Any] = {"flag": False, "pairs": []}
BLANK: Mapping[str, Any] = {f.name: EMPTY.get(f.kind, "") for f in (*TEXTS, *ELEMENTS, *EXPLAINED, *SIGNERS)}


def _named(book: Rulebook, field: Field) -> Field:
    """The field under the rulebook's own name, with the answers it offers."""
    element = ELEMENT_OF.get(field.name, field.name)
    label, offered = letters.terms(book).get(element, field.label), letters.options(book, element)
    return replace(field, label=label, choices=tuple((o, o) for o in offered) or field.choices)


def _asked(book: Rulebook, fields: Sequence[Field]) -> list[Field]:
    wanted = letters.terms(book).keys() | letters.stand_ins(book)
    names = {f.name: REASON_OF.get(f.name, ELEMENT_OF.get(f.name, f.name)) for f in fields}
    return [_named(book, field) for field in fields if names[field.name] in wanted]


def _of_explained(book: Rulebook) -> list[Field]:
    needs = explained.needs(book)
    return [replace(field, label=needs[field.name]) for field in EXPLAINED if field.name in needs]


def letter_fields(book: Rulebook) -> tuple[Field, ...]:
    """The three texts, and the elements that the rulebook asks for, by the names it gives them."""
    return (*headed("三个文本", [_named(book, field) for field in TEXTS]),
            *headed("要素", _asked(book, ELEMENTS), "可以先存着，签批前要写齐"),
            *headed("当前确实无法解决的", _of_explained(book), "按已解释办结的才填；没有填的照常审核"),
            *headed("责任人和承办人", _asked(book, SIGNERS)))  # fmt: skip


def wanted_of(case: OrderCase) -> Sequence[str] | None:
    """The elements that the letter must have; None: all of them."""
    return sharing.OF_A_SHARE if sharing.assists(case.subject) else None


def missing_in(case: OrderCase, form: Mapping[str, Any]) -> list[Missing]:
    """What a letter would lack that says what this form does."""
    cited = [{"title": row[0], "number": row[1] if len(row) > 1 else ""} for row in form["citations"]]
    facts = {**form, "responds_to_request": form["responds"], "citations": cited, "solved": SOLVED.get(form["solved"])}
    found = letters.missing(case.book, facts, only=wanted_of(case))
    return [*found, *explained_facts.lacks_of(case.book, case.dossier, case.subject, form["understanding"],
                                              form["review_on"] or None)]  # fmt: skip
