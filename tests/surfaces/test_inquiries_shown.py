"""核实上页: what a unit looked into, and what the office found on site, on forms and pages; who is told."""

from __future__ import annotations

from typing import Any

import pytest

from hotline.casework.models import Mark
from hotline.procedure import times
from hotline.procedure.world import current
from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import PHONE, Walk

CLERK, CHECKER = "yongqiao-clerk", "inspector"


def today() -> str:
    return current().book.calendar.day_of(times.now()).isoformat()


def check(walk: Walk, **changed: Any) -> None:
    form = {"looked_on": today(), "means": "site", "who": "抽查甲", "as_it_is": "yes", "finding": "灯亮着"}
    done(walk, "check_on_site", CHECKER, **{**form, **changed})


@pytest.mark.clause("四（三）段1c")
def test_an_investigation_stands_on_the_page(walk: Walk) -> None:
    walk.until("record_contact")
    asked = walk.client(CLERK).get(f"{walk.url}record_investigation/?order={walk.order()}").content.decode()
    assert f'value="{today()}"' in asked
    done(walk, "record_investigation", CLERK, looked_on=today(), means="site", who="调查甲", finding="灯罩脱落")
    shown = page(walk, "reviewer")
    for said in ("核实的人：调查甲", "灯罩脱落", "现场查看"):
        assert said in shown, said
    walk.act("draft_reply")
    walk.act("answer_citizen")
    asked = walk.client("yongqiao-deputy").get(f"{walk.url}sign_off/?order={walk.order()}").content.decode()
    assert "1 次，最近" in asked


@pytest.mark.clause("四（四）段1b")
def test_found_untrue_the_unit_and_the_citizen_are_told(walk: Walk) -> None:
    walk.until("approve")
    assert [to for to, words in sent() if "查看并评价，可以评价到12月3日。" in words] == [PHONE]
    check(walk, as_it_is="no", finding="灯还是不亮", evidence="照片三张")
    assert [words for _, words in sent() if "反馈与实际不符" in words]
    assert Mark.objects.filter(matter__number=walk.number, cause="false_reply", colour="red").count() == 1
    shown = page(walk, CLERK)
    for said in ("与反馈件不符", "证据：照片三张", "查实反馈不实，亮红牌"):
        assert said in shown, said
    done(walk, "redo_after_check", "shift", words="灯要真的修好")
    told = sent()
    assert [to for to, words in told if "我们抽查发现办理情况与答复不一致" in words] == [PHONE]
    assert any("抽查不实，请重新办理" in words for _, words in told)
    assert "抽查不实，重办" in page(walk, CLERK)
    assert "正在重新办 ，因为我们去核实过，实际和上次的答复不一样" in citizens_page(walk)


def test_as_it_is_nothing_but_the_record(walk: Walk) -> None:
    walk.until("file")
    check(walk)
    assert "与反馈件相符" in page(walk, "reviewer")
    walk.act("approve")
