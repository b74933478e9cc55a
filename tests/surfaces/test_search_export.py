"""导出查到的: as a sheet that says who took it and what for, after a line in one's own chain; never too much, never what
one may not see."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from hotline.casework import searching
from hotline.casework.models import Matter, Text
from hotline.casework.transitions.looking import PURPOSES
from hotline.surfaces.workbench import exporting
from surfaces.city import client_of
from surfaces.test_search import UNIT, actor_of, asked, lines, many
from surfaces.walk import GIST, NAME, PHONE, WORDS, Walk

EXPORT = "/staff/search/export/"


def taken(who: str, query: str, purpose: str = "handling") -> Any:
    return client_of(who).post(f"{EXPORT}?{query}", {"purpose": purpose})


def cells(answer: Any) -> list[list[str]]:
    """The rows of a sheet that was handed out."""
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert "search.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


@pytest.mark.parametrize("who", ["operator", UNIT])
def test_what_was_found_is_a_sheet_with_who_took_it_and_what_for(walk: Walk, who: str) -> None:
    walk.until("sign_for")
    link = re.search(r'href="(/staff/search/export/[^"]+)"', asked(client_of(who), q="楼道灯", kind="complaint"))
    assert link
    form = client_of(who).get(link[1].replace("&amp;", "&"))
    assert form.status_code == 200
    assert all(term in form.content.decode() for _, term in PURPOSES)
    above, heads, row, below = cells(taken(who, f"q={quote('楼道灯')}&kind=complaint", "checking"))
    assert above[0] == below[0]
    for said in ("11-18 10:0", "用途：督办检查", "查 字词“楼道灯”，投诉，共 1 件", "不得外传"):
        assert said in above[0]
    person = {"operator": "受理员", UNIT: "承办人"}[who]
    assert re.match(rf"\S+（\S+ \S*{person}）2026-", above[0]), above[0]
    assert heads == list(("编号", "要点", "种类", "承办", "状态", "登记", "期限", "现有的牌"))
    assert row[:4] == [walk.number, GIST, "投诉", "埇桥区"]
    assert row[4] == "办理中"
    assert row[5].startswith("2026-11-18 10:0")
    assert re.fullmatch(r"2026-\d\d-\d\d 24:00", row[6])  # as pages say it: the limit belongs to the day that ends
    whole = "".join(cell for line in (above, row) for cell in line)
    assert not [said for said in (NAME, PHONE, WORDS) if said in whole]


def test_it_leaves_a_line_in_ones_own_chain(walk: Walk) -> None:
    walk.until("sign_for")
    cells(taken("operator", "kind=complaint", "leaders"))
    [(person, rest)] = lines("matters_exported")
    assert person == actor_of("operator").person_id
    assert "leaders" in rest
    assert "complaint" not in rest


@pytest.mark.parametrize("purpose", ["", "fun", "\x00"])
def test_without_a_purpose_nothing_is_handed_out(walk: Walk, purpose: str) -> None:
    walk.until("sign_for")
    answer = taken("operator", "kind=complaint", purpose)
    assert answer.status_code == 422
    assert "请选用途" in answer.content.decode()
    assert lines("matters_exported") == []


def test_too_much_is_refused_and_said(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    every = many(walk, 3)
    monkeypatch.setattr(exporting, "MOST", 3)
    assert sorted(row[0] for row in cells(taken("operator", "kind=complaint"))[2:-1]) == sorted(every)
    monkeypatch.setattr(exporting, "MOST", 2)
    for query in ("kind=complaint", f"q={quote('楼道灯')}"):
        answer = taken("operator", query)
        assert answer.status_code == 422
        assert "请加条件或者缩小日期" in answer.content.decode()
    assert len(lines("matters_exported")) == 1


@pytest.mark.parametrize("who", ["operator", UNIT])
def test_it_goes_on_until_all_is_looked_through(walk: Walk, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    every = many(walk, 5)
    for name, value in (("GLANCE", 1), ("WALK", 2), ("RARE", 0)):
        monkeypatch.setattr(searching, name, value)
    Text.objects.using("owner").filter(matter__number=every[2], field__in=("gist", "words")).update(body="井盖")
    found = [row[0] for row in cells(taken(who, f"q={quote('楼道灯')}"))[2:-1]]
    assert found == [number for number in every if number != every[2]]
    monkeypatch.setattr(searching, "ROUNDS", 2)
    answer = taken(who, f"q={quote('楼道灯')}")
    assert answer.status_code == 422
    assert "翻到 11月18日 登记的还没有翻完" in answer.content.decode()


def test_nobody_takes_away_what_is_not_theirs(walk: Walk) -> None:
    walk.until("sign_for")
    for who in ("dangshan-clerk", "leader"):
        answer = taken(who, "kind=complaint")
        assert answer.status_code == 422
        assert "没有可导出的" in answer.content.decode()
    assert taken("admin", "kind=complaint").status_code == 403
    assert lines("matters_exported") == []
    Matter.objects.using("owner").update(locked=True)
    assert cells(taken("operator", "kind=complaint"))[2][1] == "（文字已封存）"


def test_a_wrong_search_leads_back_to_its_form(walk: Walk) -> None:
    answer = client_of("operator").get(f"{EXPORT}?q={quote('灯')}")
    assert answer.status_code == 302
    assert client_of("operator").get(answer.headers["Location"]).status_code == 422


def test_no_cell_is_run(walk: Walk) -> None:
    walk.until("register", gist="=1+1 的路灯")
    assert cells(taken("operator", f"q={quote('路灯')}"))[2][1] == "'=1+1 的路灯"
