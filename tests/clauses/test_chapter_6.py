"""六、诉求事项公开。"""

import pytest

from clauses.cities import here
from hotline.rules import letters, publication
from hotline.rules.book import Rulebook

BARS = ("secrets", "privacy", "another_purpose", "confidential", "application_approved")


@pytest.mark.clause("六段1")
def test_the_website(book: Rulebook) -> None:
    website = book.provision("website").values
    assert website["name"] == here(book, suzhou="宿州市12345政府热线网站", example="民声网")
    assert website["ratings"] is here(book, suzhou=True, example=False)


@pytest.mark.clause("六（一）")
def test_acceptance_is_public_by_default(book: Rulebook) -> None:
    found = publication.may_publish(book, "acceptance", "yes", {})
    assert found.ok is here(book, suzhou=True, example=False)


@pytest.mark.clause("六（一）")
def test_the_result_is_public_by_default(book: Rulebook) -> None:
    assert publication.may_publish(book, "result", "yes", {}).ok


@pytest.mark.clause("六（二）")
def test_a_unit_applies_and_the_office_decides(book: Rulebook) -> None:
    rule = book.provision("non_publication").values
    assert (rule["applied_by"], rule["decided_by"]) == ("unit", "office")


@pytest.mark.clause("六（二）")
def test_an_approved_application_closes_the_online_answer(book: Rulebook) -> None:
    assert publication.answered_online(book, application_approved=True).ok is here(book, suzhou=False, example=True)
    assert publication.answered_online(book, application_approved=False).ok


@pytest.mark.clause("六（三）段1")
def test_wish_and_opinion_are_recorded(book: Rulebook) -> None:
    assert publication.wishes(book) == here(
        book,
        suzhou={"yes": "要求公开", "no": "要求不公开", "not_asked": "未询问"},
        example={"yes": "愿意", "no": "不愿意", "not_asked": "没有问"},
    )
    lack = letters.missing(book, {}, only={"publish_opinion"})
    assert [(m.field, m.clause, m.because, m.consequence) for m in lack] == here(
        book,
        suzhou=[("publish_opinion", "六（三）段1", "缺少单位的公开意见（公开、不公开）", "send_back")],
        example=[("publish_opinion", "第32条", "缺少单位的意见（公开、不公开）", "send_back")],
    )


@pytest.mark.clause("六（三）1")
def test_what_is_wished_for_is_published(book: Rulebook) -> None:
    published = [wish for wish in publication.wishes(book) if publication.may_publish(book, "result", wish, {}).ok]
    assert published == here(book, suzhou=["yes", "not_asked"], example=["yes"])


@pytest.mark.clause("六（三）2")
def test_what_bars_publication(book: Rulebook) -> None:
    barred = [bar for bar in BARS if not publication.may_publish(book, "result", "yes", {bar: True}).ok]
    assert barred == here(book, suzhou=list(BARS), example=list(BARS[:4]))
    assert "、".join(publication.bars(book).values()) == here(
        book,
        suzhou="涉及国家秘密、涉及个人隐私、另有目的、事项需要保密、承办单位的不公开申请已获同意",
        example="涉密、涉私、另有所图、要保密",
    )
    refused = publication.may_publish(book, "result", "no", {})
    assert (refused.ok, refused.clause) == (False, here(book, suzhou="六（三）2", example="第32条"))


@pytest.mark.clause("六（四）")
def test_the_handlers_personal_data_is_masked(book: Rulebook) -> None:
    assert publication.masked_fields(book) == here(
        book,
        suzhou=("responsible_name", "handler_name", "handler_phone"),
        example=("handler_name", "handler_phone", "responsible_phone"),
    )
