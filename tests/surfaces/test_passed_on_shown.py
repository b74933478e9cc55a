"""转告与转外地上页: who is told what, and what the citizen reads."""

from __future__ import annotations

import pytest

from hotline.casework.models import Matter
from surfaces.city import status_of
from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import PHONE, Walk, unit_id


@pytest.mark.clause("一段1")
def test_praise_is_told_to_unit_and_citizen(walk: Walk) -> None:
    walk.until("accept")
    done(walk, "change_kind", "dispatcher", kind="praise", category="窗口服务", reason="是表扬")
    asked = page(walk, "web", f"{walk.url}pass_on_praise/")
    assert "表扬哪个单位" in asked
    sent()
    done(walk, "pass_on_praise", "web", unit=str(unit_id()), words="灯修得又快又好")
    told = sent()
    assert any("转告表扬" in words and "灯修得又快又好" in words for _, words in told)
    assert [to for to, words in told if "您的表扬已经转告" in words] == [PHONE]
    assert status_of(walk.number) == "closed"
    assert "表扬转告" in page(walk, "reviewer")
    assert "您的表扬已经转告被表扬的单位（宿州市埇桥区人民政府）" in citizens_page(walk) or "埇桥" in citizens_page(walk)


@pytest.mark.clause("三（二）7")
def test_the_citizen_reads_where_it_went(walk: Walk) -> None:
    walk.until("accept")
    sent()
    done(walk, "transfer_elsewhere", "dispatcher", place="邻市 12345", means="phone", their_number="邻 7 号",
         words="请向那里查询")  # fmt: skip
    assert [to for to, words in sent() if "不是本市管的事，已转到邻市 12345" in words] == [PHONE]
    shown = page(walk, "reviewer")
    for said in ("转外地", "邻市 12345", "邻 7 号", "已终止"):
        assert said in shown, said
    read = citizens_page(walk)
    for said in ("热线不再办理", "已经转到：邻市 12345，那里的编号是 邻 7 号", "请向那里查询"):
        assert said in read, said
    assert "法定途径" not in read
    assert Matter.objects.get(number=walk.number).refusal is None
