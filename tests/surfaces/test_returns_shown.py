"""退回上页: a return on the desks, on the matter's page and on the citizen's; a designation before the leaders; what was
recalled from a unit it reads no longer. On the database, through the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotline.casework import clock, desks
from hotline.procedure import times
from hotline.procedure.actor import Actor
from surfaces.city import WEDNESDAY, put_clock
from surfaces.test_extensions_shown import CLERK, DEPUTY, citizens_page, done, page, sent
from surfaces.walk import PHONE, Walk, unit_id

DISPATCHER, LEADER = "dispatcher", "leader"
ASK = {"reason": "路灯归市政局管，不归我们", "basis": "某府发〔2017〕12号第三条"}
OTHER = "341321"  # 砀山县


@pytest.fixture
def agreed(walk: Walk) -> Walk:
    """Asked by the clerk and agreed to by the deputy: before the office."""
    walk.until("sign_for")
    done(walk, "request_return", CLERK, **ASK)
    done(walk, "agree_to_return", DEPUTY)
    return walk


def dispatch(walk: Walk, code: str) -> None:
    """To a unit by its code."""
    done(walk, "dispatch", DISPATCHER, kind="complaint", unit=str(unit_id(code)))


def status(walk: Walk, login: str, address: str = "") -> int:
    answer: Any = walk.client(login).get(address or walk.url)
    return int(answer.status_code)


def test_from_desk_to_desk_and_dispatched_anew(walk: Walk) -> None:
    walk.until("sign_for")
    listed = walk.number[4:13]
    assert "可申请至 还剩 1 个工作日 13 小时 11月19日（周四）24:00 五（六）" in page(walk, CLERK, f"{walk.url}request_return/")
    assert "可退回至 还剩 1 个工作日 13 小时 11月19日（周四）24:00 五（六）" in page(walk, CLERK)
    done(walk, "request_return", CLERK, **ASK)
    assert listed in page(walk, DEPUTY, "/staff/desk/returns-to-agree/")
    assert listed not in page(walk, DISPATCHER, "/staff/desk/returns/")
    assert "退回申请 待本单位负责同志同意" in page(walk, CLERK)
    done(walk, "agree_to_return", DEPUTY)
    assert listed not in page(walk, DEPUTY, "/staff/desk/returns-to-agree/")
    list_ = page(walk, DISPATCHER, "/staff/desk/returns/")
    assert listed in list_
    assert "11月19日 24:00 二段2" in list_, "by when the office is to decide"
    said = page(walk, DISPATCHER)
    assert "退回申请 待热线办决定，11月19日 24:00 前决定" in said
    assert ASK["reason"] in said
    assert f"依据：{ASK['basis']}" in said
    sent()
    done(walk, "take_back", DISPATCHER, because="确实不归埇桥区管")
    assert [to == PHONE for to, _ in sent()] == [False, True]
    assert "退回申请 热线办同意退回，已收回" in page(walk, DISPATCHER)
    assert "理由：确实不归埇桥区管" in page(walk, CLERK)
    told = citizens_page(walk)
    assert "这件事不归埇桥区管，我们另找单位" in told
    assert "谁在办" not in told
    dispatch(walk, OTHER)
    told = citizens_page(walk)
    assert "原来转给埇桥区，现在换成砀山县办" in told
    assert "转给埇桥区办" in told
    assert "转给砀山县办" in told
    assert "五（六）" not in told


def test_the_list_is_paged_by_its_own_date(agreed: Walk) -> None:
    who, until = Actor("dispatcher", 1, 1, 1), times.now().replace(hour=16, minute=0, second=0, microsecond=0)
    until += timedelta(days=1)  # 11月19日 24:00
    spec = desks.desk(who, "returns")
    (row,) = desks.page(who, None, spec, None, WEDNESDAY)
    assert row.at == row.due_at == until
    assert desks.page(who, None, spec, (until, row.id), WEDNESDAY) == []
    assert desks.page(who, None, spec, (until, row.id - 1), WEDNESDAY) == [row]


def test_refused_with_its_reason(agreed: Walk) -> None:
    assert "办理期限" in page(agreed, DISPATCHER, f"{agreed.url}refuse_return/")
    done(agreed, "refuse_return", DISPATCHER, because="三定规定写明归你们管")
    said = page(agreed, CLERK)
    assert "退回申请 热线办不同意，由本单位办理" in said
    assert "理由：三定规定写明归你们管" in said
    assert "退回申请未获同意" in sent()[-1][1]


def test_too_late_it_is_only_recorded(walk: Walk) -> None:
    walk.until("sign_for")
    put_clock(times.now().replace(day=20))
    shut = page(walk, CLERK, f"{walk.url}request_return/")
    assert "退回的期限已于 11月19日（周四）24:00 届满" in shut
    assert "五（六）" in shut
    done(walk, "record_late_return", CLERK, **ASK)
    said = page(walk, CLERK)
    assert "退回申请 逾期，不予退回，记录在案" in said
    assert "逾期申请退回，不予退回，记录在案" in said


def test_what_was_recalled_from_a_unit_it_reads_no_longer(agreed: Walk) -> None:
    assert status(agreed, CLERK) == 200
    done(agreed, "recall", DISPATCHER, because="派错了单位")
    assert "派错了单位" not in "".join(text for _, text in sent())
    for login in (CLERK, DEPUTY):
        assert status(agreed, login) == 404
        assert agreed.number[4:13] not in page(agreed, login, "/staff/desk/open/")
    dispatch(agreed, "341302")
    assert status(agreed, CLERK) == 200, "dispatched to it again after all"


def test_leaders_see_what_is_put_before_them_and_nothing_else(walk: Walk) -> None:
    walk.until("sign_for")
    listed, other = walk.number[4:13], Walk()
    other.until("sign_for")
    assert status(walk, LEADER) == 404
    form = {"unit": str(unit_id(OTHER)), "opinion": "两家都说不归自己管，建议归砀山县"}
    done(walk, "propose_designation", DISPATCHER, **form)
    list_ = page(walk, LEADER, "/staff/desk/to-designate/")
    assert listed in list_
    assert other.number[4:13] not in list_
    assert "11月20日 24:00 四（二）3" in list_, "by when it is to be designated"
    assert status(walk, LEADER) == 200
    assert status(other, LEADER) == 404
    put_clock(times.now().replace(day=23))
    while clock.sweep(times.now()).claimed:
        pass
    assert "指定超过时限，已上报" in page(walk, LEADER)
    assert any("提请指定承办单位已超过时限" in text for _, text in sent())
    done(walk, "designate", LEADER, unit=str(unit_id(OTHER)), document="某政办〔2026〕3号")
    assert listed not in page(walk, LEADER, "/staff/desk/to-designate/")
    said = page(walk, LEADER)
    assert "指定 由政府指定承办，不能退回 四（二）3" in said
    told = citizens_page(walk)
    assert "市政府指定由砀山县办" in told
    assert "原来转给埇桥区，现在换成砀山县办" in told
    assert any(to == PHONE and "现在换了一个单位办理" in text for to, text in sent())
    assert status(walk, CLERK) == 404, "whoever gave way reads it no longer"
