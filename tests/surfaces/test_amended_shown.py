"""修改记录: the page shows the record as it is and as it was at first, to the office and to the unit."""

from __future__ import annotations

import pytest

from surfaces.city import client_of, text_of
from surfaces.walk import WORDS, Walk

AMENDED = {"place": "某小区 7 栋 1 单元", "words": WORDS, "reason": "回听录音，栋号记错了"}


@pytest.mark.clause("四（一）段1")
def test_everybody_sees_both_versions_and_why(walk: Walk) -> None:
    walk.until("sign_for")
    walk.post("amend_record", AMENDED, "web")
    for login in ("web", "yongqiao-clerk"):
        page = text_of(client_of(login).get(walk.url).content)
        assert "某小区 7 栋 1 单元" in page
        assert "最初的记录" in page
        assert "某小区 6 栋 2 单元" in page
        assert "回听录音，栋号记错了" in page
        assert '"elements"' not in page


@pytest.mark.clause("四（一）段1")
def test_the_form_begins_with_the_record_and_keeps_a_citizens_own_words(walk: Walk) -> None:
    walk.until("accept")
    form = client_of("web").get(f"{walk.url}amend_record/").content.decode()
    assert WORDS in form
    assert "某小区 6 栋 2 单元" in form
    changed = {**AMENDED, "words": "别的话", "seen_seq": "99", "act_id": "0b9f7d3a-6a55-4f0e-9d70-1f1f6c1d2b11"}
    answer = client_of("web").post(f"{walk.url}amend_record/", changed)
    assert answer.status_code == 422
    assert "诉求人自己写的话" in text_of(answer.content)
