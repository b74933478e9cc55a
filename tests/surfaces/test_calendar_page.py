"""日历页: the years as they stand, and what a file would change, counted before anybody publishes it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.test import Client

from hotline.procedure.world import current
from support import many
from surfaces.city import client_of, put_clock, text_of

URL = "/staff/calendar/"
DELIVERED = datetime.fromisoformat("2026-11-16T09:00+08:00")
YEAR = """year: 2026
status: official
notice: 国办发明电〔2026〕99号
holidays:
  演习: [2026-11-19, 2026-11-20]
workdays: {}
"""


def send(client: Client, text: str) -> Any:
    file = BytesIO(text.encode())
    file.name = "2026.yaml"
    return client.post(URL, {"file": file})


def test_years_and_what_a_file_would_change(city: Any, statements: Any) -> None:
    put_clock()
    many.write(3, DELIVERED)
    admin = client_of("admin")
    admin.get(URL)
    with statements:
        page = text_of(admin.get(URL).content)
    assert statements.count <= 3
    now = current().book.calendar.years
    assert f"2026 正式 {len(now[2026].holidays)} 天 {len(now[2026].workdays)} 天" in page
    assert now[2026].notice in page
    assert "2027 暂定" in page
    shown = send(admin, YEAR)
    said = text_of(shown.content)
    assert "11月19日（周四） 放假 演习" in said
    assert "10月1日（周四） 上班 平常的一天" in said
    assert "看了全部 3 张有期限的未结工单：3 张会推后，0 张会提前。" in said
    assert current().book.calendar.years == now, "nothing was published"
    same = text_of(send(client_of("office-head"), YEAR.replace("2026", "2028")).content)
    assert "没有这一年，整年都是新的" in same


def test_a_file_that_is_none_is_said(city: Any) -> None:
    put_clock()
    admin = client_of("admin")
    for text, because in (("year: [", "不是合格的 YAML"), ("year: 2026", "应当是 official 或 provisional"), ("- 1", "应当")):
        wrong = send(admin, text)
        assert (wrong.status_code, because in text_of(wrong.content)) == (422, True), text
    assert client_of("reviewer").get(URL).status_code == 403
