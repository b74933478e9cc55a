"""通知方式: a page of one's own, reached from the notices and from one's account; nobody else reads what is on it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from hotline.network.models import NoticeChoice
from surfaces.city import client_of, text_of

URL, NOTICES = "/staff/notices/ways/", "/staff/notices/"
PHONE, MAIL = "0557-0009021", "lan.ming@example.org"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="((?:sms|mail)_\w+)"[^>]*checked', page)


@pytest.mark.usefixtures("city")
@pytest.mark.clause("五段1d", "R-44")
def test_one_says_where_to_and_what() -> None:
    clerk = client_of("yongqiao-clerk")
    for url in (NOTICES, "/staff/security/"):
        assert f'href="{URL}"' in clerk.get(url).content.decode()
    page = clerk.get(URL).content.decode()
    assert ticked(page) == ["sms_arrived", "sms_pressing"], "what the rulebook says of units"
    assert ticked(client_of("reviewer").get(URL).content.decode()) == ["sms_pressing"]
    for words in ("险情", "昼夜都发", "没有诉求人的任何情况", "五段1"):
        assert words in text_of(page), words
    form = {"act_id": str(uuid4()), "hours": "office", "sms_due": "1", "mail_left": "1"}
    wrong = clerk.post(URL, {**form, "mail": MAIL})
    assert wrong.status_code == 422
    assert "勾了要发的，请填写办公电话" in text_of(wrong.content)
    both = text_of(clerk.post(URL, {**form, "mail": "abc", "phone": "12"}).content)
    assert ("“办公电话”只能是数字" in both, "“邮箱”请写成 名字@单位.cn 的样子" in both) == (True, True), "in one round"
    answer = clerk.post(URL, {**form, "mail": MAIL, "phone": PHONE})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{NOTICES}?done=choose_notices")
    page = clerk.get(URL).content.decode()
    assert ticked(page) == ["sms_due", "mail_left"]
    assert f'value="{PHONE}"' in page
    assert f'value="{MAIL}"' in page
    assert PHONE not in client_of("reviewer").get(URL).content.decode()
    row = NoticeChoice.objects.get(ended_at=None)
    assert PHONE.encode() not in bytes(row.phone_sealed or b"")
    assert client_of("admin").get(URL).status_code == 403
