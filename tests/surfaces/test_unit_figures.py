"""单位统计: level 2 sees its units side by side, level 3 itself; the charts say their answer."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from hotline.casework import figures_of_units
from hotline.casework.models import Order
from hotline.network import desks as network
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.surfaces import frame
from hotline.surfaces.workbench.shaping.figures import figures_page
from support import ledger
from surfaces.city import client_of, put_clock, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.standing import actor_of
from surfaces.walk import Walk

URL = "/staff/unit/"


def below(until: str) -> Walk:
    """A matter that the platform assigned straight to a unit of level 3."""
    walk = Walk()
    walk.unit = "341302005"
    return walk.until(until)


def standing(login: str) -> dict[str, tuple[int, ...]]:
    actor = actor_of(login)
    unit = network.unit(actor.unit_id)
    assert unit is not None
    rows = figures_of_units.standing(actor, unit, frame.now(), frame.book().tz)
    return {network.name(one.unit_id): (one.open, one.overdue, one.today, one.filed) for one in rows}


def test_units_side_by_side(walk: Walk, statements: Any) -> None:
    Walk().until("file")
    Walk().until("dispatch", gist="井盖缺了一半")
    below("dispatch")
    upper, lower = "埇桥区", "三里湾街道"
    assert standing("yongqiao-clerk") == {upper: (2, 0, 0, 1), lower: (1, 0, 0, 0)}
    assert standing("sanliwan-clerk") == {lower: (1, 0, 0, 0)}
    assert standing("dangshan-clerk") == {}
    client = client_of("yongqiao-head")
    said = text_of(client.get(URL).content)
    for words in ("没有逾期的件", "未结 3 件，其中已逾期 0 件", "100% 按时报送", f"{upper}（本级）", lower):
        assert words in said, words
    assert counted(statements, client, URL) <= MOST_OF_A_PAGE - 3
    due = Order.objects.order_by("due_at").values_list("due_at", flat=True).last()
    assert due is not None
    put_clock(due - timedelta(hours=1))
    assert standing("yongqiao-clerk")[lower][2] == 1
    put_clock(due)
    assert [row[1] for row in standing("yongqiao-clerk").values()] == [1, 1]
    page = client_of("yongqiao-head").get(URL).content.decode()
    assert "逾期" in text_of(page)
    own = f"/staff/search/?unit={Order.objects.order_by('-id')[0].unit_id}"
    assert f'href="{own}"' in page, "what is compared is all that was given"
    still = f"{own}&status=o-open"
    assert f'href="{still.replace("&", "&amp;")}"' in page
    found = text_of(client_of("yongqiao-head").get(still).content)
    assert "共 1 件" in found, "as many as the figure says"
    Order.objects.filter(unit_id=Order.objects.order_by("-id")[0].unit_id).update(status="approved")
    assert "没有" in text_of(client_of("yongqiao-head").get(still).content)
    assert "共 1 件" in text_of(client_of("yongqiao-head").get(own).content)
    assert "下级单位" not in text_of(client_of("sanliwan-clerk").get(URL).content)


def test_the_chart_says_who_has_most_of_it(city: str) -> None:
    actor = actor_of("yongqiao-clerk")
    own, down = network.unit(actor.unit_id), network.unit(actor_of("sanliwan-clerk").unit_id)
    assert own is not None
    assert down is not None
    rows = [figures_of_units.Standing(unit.id, 9, late, 0, 0, 0, 0, 0) for unit, late in ((down, 6), (own, 2))]
    first, second = figures_page(own, rows, [figures_of_units.Lately(own.id, 4, 3, 1, 0)], "").charts
    assert (first.title, [bar.length for bar in first.bars]) == ("三里湾街道占了逾期的 75%", [100, 33])
    assert (second.title, second.bars[0].said) == ("75% 按时报送", "75%，4 件")
    thirds = figures_page(own, rows, [figures_of_units.Lately(own.id, 18, 12, 6, 0)], "").charts
    assert thirds[1].title == "67% 按时报送"
    only = figures_page(own, rows[:1], [], "").charts
    assert [chart.title for chart in only] == ["逾期的 6 件都在三里湾街道", "还看不出按时率"]


def test_whoever_works_in_no_unit_has_none(city: str) -> None:
    assert client_of("operator").get(URL).status_code == 403


def test_taken_away_as_a_sheet_that_says_who_took_it(walk: Walk) -> None:
    walk.until("file")
    below("dispatch")
    client = client_of("yongqiao-head")
    assert 'href="/staff/unit/export/"' in client.get(URL).content.decode()
    assert "请选用途" in text_of(client.post(f"{URL}export/", {}).content)
    answer = client.post(f"{URL}export/", {"purpose": "figures"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    rows = [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    assert rows[0][0] == rows[-1][0]
    assert all(words in rows[0][0] for words in ("导出，用途：统计分析", "2 个单位", "不得外传"))
    assert [row[0] for row in rows[2:-1]] == ["埇桥区（本级）", "三里湾街道"]
    assert rows[2][1] == rows[3][1] == "1"
    (line,) = ledger.lines("kind = 'figures_exported'")
    assert (line.chain_kind, line.person_id) == (CHAIN_KINDS["lookup"], actor_of("yongqiao-head").person_id)
