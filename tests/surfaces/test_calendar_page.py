"""日历页: the years as they stand, and what a file would change, counted before anybody publishes it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
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


@pytest.mark.parametrize(("file", "said"), [
    (YEAR.replace("2026-11-20", "2026-11-31"), "2026.yaml：第 5 行没有“2026-11-31”这一天"),
    (YEAR.replace("2026-11-20", "2025-11-20"), "2026.yaml，holidays.演习 一项：2025-11-20 不是 2026 年的日期"),
    (YEAR.replace("holidays", "status"), "2026.yaml：第 1 行“status”写了两次"),
    (YEAR.replace("year: 2026", "year: 20260"), "year 一项：应当是四位数的年份"),
    ("year: 9999\nstatus: official\nholidays: {}\nworkdays: {}\n", "year 一项：应当是四位数的年份"),
    (YEAR.replace("year: 2026", "year: true"), "year 一项：应当是四位数的年份"),
    (YEAR + "amended_by: 5\nextra: 1\n", "extra 一项：日历没有这一项"),
    (YEAR.replace("国办发明电〔2026〕99号", "[1]"), "notice 一项：应当是通知的文号"),
    ("? [a]\n: b\n", "不是合格的 YAML"), ("[" * 30_000, "不是合格的 YAML"), ("\x00", "不是合格的 YAML"),
])  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_with_its_place(city: Any, file: str, said: str) -> None:
    """Never a page that says the system has failed; the file by its own name, the line or the entry, and the rule."""
    put_clock()
    wrong = send(client_of("admin"), file)
    assert (wrong.status_code, said in text_of(wrong.content)) == (422, True), text_of(wrong.content)[:600]
    page = wrong.content.decode()
    assert page.index('id="f-file"') < page.index("各年"), "what is wrong stands above the list of years"


def test_a_file_that_is_none_is_said(city: Any) -> None:
    put_clock()
    admin = client_of("admin")
    for text, because in (("year: [", "不是合格的 YAML"), ("year: 2026", "应当是 official 或 provisional"), ("- 1", "应当")):
        wrong = send(admin, text)
        assert (wrong.status_code, because in text_of(wrong.content)) == (422, True), text
    assert client_of("reviewer").get(URL).status_code == 403
