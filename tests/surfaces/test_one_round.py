"""一次说全: whatever is wrong with a paper that is taken in is told in one round: fields, elements and scans; the form
comes back filled, and the scans that were good are kept."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hotline.casework.models import Attachment, Matter, PaperDocument
from hotline.rules import elements
from hotline.surfaces import frame
from support import line
from support.pictures import pdf
from surfaces.city import client_of, hidden, text_of
from surfaces.test_files import store, ticked
from surfaces.walk import Walk

storing = store  # a store of the test's own
PAPER = line.paper(line.rulebook("suzhou-2018"))
LETTER = {"channel": "letter", "gist": "路灯不亮", "words": "信上说路灯坏了三个月。", "time": "三个月前", "place": "某小区",
          "publish_wish": "not_asked", "caller": "enterprise", "name": "某厂", "credit_code": "9134",
          "urgent": "1"}  # fmt: skip


def scans() -> dict[str, Any]:
    """One that is good, one that is a program."""
    return {"files-new": [SimpleUploadedFile("来信.pdf", pdf()), SimpleUploadedFile("坏.jpg", b"MZ" + b"x" * 99)]}


def wrong_fields(page: Any) -> set[str]:
    """Which fields are marked."""
    found = set(re.findall(r'id="f-([a-z_-]+)-error"[^>]*>[^<\s]', page.content.decode()))
    return {name.replace("-", "_") for name in found}


@pytest.mark.clause("四（一）段1a")
def test_a_letter_is_told_whole_and_kept(walk: Walk) -> None:
    operator = client_of("operator")
    wrong = operator.post("/staff/register/", {**LETTER, "act_id": str(uuid4()), **scans()})
    said, absent = text_of(wrong.content), list(elements.terms(frame.book()))[2:]
    assert wrong.status_code == 422
    assert wrong_fields(wrong) == {"kind", *absent, "contact", "credit_code", "urgent_reason", "files"}, said[:3000]
    for words in ("请选择“种类”。", "请写企业的联系人。", "统一社会信用代码不对", "标为紧急须写明理由", "“坏.jpg”是程序或网页，不能收"):
        assert words in said, words
    assert LETTER["words"] in said
    (kept,) = ticked(wrong)
    right = {**LETTER, "kind": "help", "credit_code": "", "contact": "经办丁", "absence": "信上没有写", "urgent": "",
             "files": kept, "act_id": str(uuid4())}  # fmt: skip
    assert operator.post("/staff/register/", right).status_code == 303
    assert (Matter.objects.count(), Attachment.objects.count()) == (1, 1)


def test_an_element_too_long_is_not_called_missing(walk: Walk) -> None:
    wrong = client_of("operator").post("/staff/register/", {**LETTER, "absence": "没" * 201, "act_id": str(uuid4())})
    assert "absence" in wrong_fields(wrong)
    assert not wrong_fields(wrong) & set(elements.terms(frame.book())), "there is a reason, only too long"


@pytest.mark.parametrize("verb", ["record_paper_in", "record_paper_out"])
def test_a_paper_registered_is_told_whole_too(walk: Walk, verb: str) -> None:
    walk.until("accept")
    address = f"{walk.url}{verb}/"
    shift = client_of("shift")
    seen = {"seen_seq": hidden(shift.get(address).content, "seen_seq")}
    form = {**PAPER, "means": "", "sheets": "6000", "party": "某局", "at": "2037-01-01T08:00", **seen}
    wrong = shift.post(address, {**form, "act_id": str(uuid4()), **scans()})
    said = text_of(wrong.content)
    assert (wrong.status_code, wrong_fields(wrong)) == (422, {"means", "sheets", "at", "files"}), said[:3000]
    assert "还没有到的时刻不能登记" in said
    (kept,) = ticked(wrong)
    right = {**form, "means": PAPER["means"], "sheets": "3", "at": "", "files": kept, "act_id": str(uuid4())}
    assert shift.post(address, right).status_code == 303
    assert (PaperDocument.objects.count(), Attachment.objects.count()) == (1, 1)


def test_nobody_says_from_outside_what_the_page_found(walk: Walk) -> None:
    """What a page adds to a form is no field that could be sent."""
    data = {**LETTER, "kind": "help", "credit_code": "", "contact": "经办丁", "absence": "无", "urgent": "",
            "\0found": "x", "act_id": str(uuid4())}  # fmt: skip
    assert client_of("operator").post("/staff/register/", data).status_code == 303
