"""诉求人上页: an enterprise and an unnamed caller on form, page and receipt; the code is read out once."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.numbers import credit_check
from surfaces.city import client_of, text_of
from surfaces.test_extensions_shown import page
from surfaces.walk import PHONE, REPORT, Walk

pytestmark = pytest.mark.usefixtures("walk")
BODY = "91341300TEAT00001"
CODE = BODY + credit_check(BODY)
FIRM = {"caller": "enterprise", "name": "测试商贸有限公司", "contact": "经办丁", "credit_code": CODE}
CALL = {**REPORT, "channel": "phone", "people": "住户", "cause": "灯坏", "absence": "没有说", "course": "", "outcome": ""}


def called(**changed: str) -> tuple[Client, str]:
    """An operator takes a call; the browser, and the address of the matter's page."""
    client = client_of("operator")
    answer = client.post("/staff/register/", {**CALL, "act_id": str(uuid4()), **changed})
    assert answer.status_code == 303, text_of(answer.content)[:2000]
    return client, answer["Location"]


def test_the_operator_reads_out_number_and_code_once() -> None:
    client, address = called(caller="anonymous", name="", phone="")
    shown = text_of(client.get(address).content)
    assert "匿名" in shown
    found = re.search(r"查询码 ([0-9A-Z]{12})", shown)
    assert found
    assert "查询码" not in text_of(client.get(address).content), "once"
    number = address.split("/")[3]
    citizen = Client()
    assert citizen.post("/follow/", {"number": number, "code": found[1]}).status_code == 303
    assert REPORT["gist"] in text_of(citizen.get(f"/follow/{number}/").content)


def test_an_enterprise_is_masked_and_revealed_like_a_person() -> None:
    client, address = called(**FIRM)
    shown = text_of(client.get(address).content)
    for label in ("企业名称", "联系人", "信用代码"):
        assert label in shown
    assert not any(secret in shown for secret in (FIRM["name"], FIRM["contact"], CODE))
    opened = text_of(client.post(f"{address.split('?')[0]}reveal/").content)
    for secret in (FIRM["name"], FIRM["contact"], CODE, PHONE):
        assert secret in opened


def test_what_is_wrong_is_said_with_its_clause() -> None:
    answer = client_of("operator").post("/staff/register/", {**CALL, **FIRM, "credit_code": CODE[:-1] + "?",
                                                             "act_id": str(uuid4())})  # fmt: skip
    assert answer.status_code == 422
    assert "统一社会信用代码不对" in text_of(answer.content)


def test_an_enterprise_writes_on_the_site(walk: Walk) -> None:
    walk.report(**FIRM)
    assert "企业名称" in page(walk, "web")
    looked = walk.citizen.post("/submit/", {**REPORT, **FIRM, "act_id": str(uuid4())})
    assert "测试商贸有限公司" in text_of(looked.content)
    plain = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4())})
    assert "统一社会信用代码" not in text_of(plain.content), "nobody is shown what only enterprises fill in"
