"""日历页: the years as they stand, and what a file would change, counted before anybody publishes it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from hotline.casework.models import Order
from hotline.config import freshness, wiring
from hotline.jobs import loops
from hotline.network import desks, years
from hotline.network.models import CalendarYear
from hotline.procedure import verify
from hotline.procedure.world import current
from support import ledger, many
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


def kept(page: str) -> str:
    """What stands in the field of the calendar's content."""
    found = re.search(r'<textarea[^>]* name="content"[^>]*>\n(.*?)</textarea>', page, re.S)
    return unescape(found[1]).strip() if found else ""


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

LONG = """year: 2026
status: official
holidays:
  国庆节: [2026-10-01,
    2026-10-02,
    2026-10-11]
workdays:
  国庆节:
  - 2026-10-11
  - 2026-10-12
"""


@pytest.mark.parametrize(("file", "said"), [
    (YEAR.replace("2026-11-20", "2026-11-31"), "2026.yaml：第 5 行没有“2026-11-31”这一天"),
    (YEAR.replace("2026-11-20", "2025-11-20"), "2026.yaml，第 5 行，holidays.演习 一项：2025-11-20 不是 2026 年的日期"),
    (LONG, "2026.yaml，第 9 行，workdays.国庆节 一项：2026-10-11 既放假又上班"),
    (LONG.replace("- 2026-10-11\n  - 2026-10-12", "- 2026-10-10\n  - 2026-10-12"),
     "第 10 行，workdays.国庆节 一项：2026-10-12 不是周末"),
    (LONG.replace("2026-10-02", "2025-10-02"), "第 5 行，holidays.国庆节 一项：2025-10-02 不是 2026 年的日期"),
    ("year: 2026\nstatus: official\nholidays: {国庆节: [2025-10-01]}\nworkdays:\n  国庆节: [2026-10-10]\n",
     "第 3 行，holidays.国庆节 一项：2025-10-01 不是"),
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
    assert kept(page) == file.strip(), "it comes back to be mended on the page"
    assert page.count('class="error-summary"') == 1, "what is wrong just now, and nothing else, looks wrong"


def test_a_file_that_is_none_is_said(city: Any) -> None:
    put_clock()
    admin = client_of("admin")
    for text, because in (("year: [", "不是合格的 YAML"), ("year: 2026", "应当是 official 或 provisional"), ("- 1", "应当")):
        wrong = send(admin, text)
        assert (wrong.status_code, because in text_of(wrong.content)) == (422, True), text
    assert client_of("reviewer").get(URL).status_code == 403


# 发布

@pytest.fixture
def folder(city: Any, tmp_path: Path) -> Iterator[Path]:
    """The city's own calendars, apart from every other test's."""
    put_clock()
    desks.forget()
    years._followed.count, years._PUBLISHED._kept = 0, None  # what was seen of a database of the same name
    with override_settings(HOTLINE_CALENDARS_DIR=tmp_path / "calendars"):
        wiring.wire()
        yield tmp_path / "calendars"
    wiring.wire()


def publish(client: Client, text: str, **more: str) -> Any:
    return client.post(f"{URL}publish/", {"content": text, "act_id": str(uuid4()), **more})


def dues() -> set[datetime]:
    return set(Order.objects.values_list("due_at", flat=True))


def facts() -> list[list[Any]]:
    return [list(one.read().facts) for one in ledger.lines("kind = 'calendar_published'")]


def test_a_year_is_looked_at_and_published_and_dates_go_by_it(folder: Path) -> None:
    many.write(3, DELIVERED)
    before = dues()
    admin = client_of("admin")
    page = send(admin, YEAR).content.decode()
    assert kept(page) == YEAR.strip()
    assert "发布 2026 年日历" in page
    asked = publish(admin, YEAR)
    assert asked.status_code == 422
    assert "2026 年已有正式日历" in text_of(asked.content)
    assert kept(asked.content.decode()) == YEAR.strip()
    assert (facts(), current().book.calendar.years[2026].notice == "国办发明电〔2026〕99号") == ([], False)
    done = publish(admin, YEAR, replaces="1")
    assert (done.status_code, done["Location"]) == (303, f"{URL}?done=publish_calendar")
    told = text_of(admin.get(done["Location"]).content)
    assert "已发布日历。" in told
    assert "后台循环正在按现行日历重算未结工单" in told
    assert not current().book.calendar.is_workday(date(2026, 11, 19)), "the next request goes by it"
    loop = loops.Recomputation()
    while loop.turn():
        pass
    assert min(dues()) - max(before) >= timedelta(2), "two days off more"
    file = (folder / "2026.yaml").read_bytes()
    (line,) = facts()
    assert line[1:5] == [2026, "official", "国办发明电〔2026〕99号", hashlib.sha256(file).hexdigest()]
    assert file.decode() == f"{YEAR.strip()}\n"
    assert verify.verify().ok


def test_what_holds_is_not_published_again_and_what_was_replaced_stays_on_record(folder: Path) -> None:
    admin = client_of("admin")
    text = "year: 2031\nstatus: provisional\nholidays: {}\nworkdays: {}\n"
    assert publish(admin, text).status_code == 303
    again = publish(admin, text)
    assert (again.status_code, "与现行的一样" in text_of(again.content)) == (422, True)
    official = text.replace("provisional", "official") + "notice: 国办发明电〔2030〕7号\n"
    assert publish(admin, official).status_code == 303, "a provisional year turns official unasked"
    changed = official.replace("holidays: {}", "holidays: {元旦: [2031-01-01]}")
    assert publish(admin, changed).status_code == 422
    assert publish(admin, changed, replaces="1").status_code == 303
    rows = CalendarYear.objects.order_by("id")
    assert [(one.state, one.ended_at is None) for one in rows] == [
        ("provisional", False), ("official", False), ("official", True)]  # fmt: skip
    shown = text_of(admin.get(URL).content)
    assert shown.count("2031 正式 国办发明电〔2030〕7号") == 2
    assert "2031 正式 1 天 0 天" in shown


@pytest.mark.parametrize(("text", "said"), [
    (YEAR.replace("2026-11-20", "2025-11-20"), "第 5 行，holidays.演习 一项：2025-11-20 不是 2026 年的日期"),
    ("year: [", "不是合格的 YAML"), ("", "应当"),
    (YEAR.replace("国办发明电〔2026〕99号", "国" * 101), "文号最多 100 个字"),
])  # fmt: skip
def test_a_faulty_one_is_published_by_nobody(folder: Path, text: str, said: str) -> None:
    wrong = publish(client_of("admin"), text, replaces="1")
    assert (wrong.status_code, said in text_of(wrong.content)) == (422, True), text_of(wrong.content)[:600]
    assert kept(wrong.content.decode()) == text.strip()
    assert (facts(), folder.exists()) == ([], False)


def test_only_the_administrator_publishes(folder: Path) -> None:
    for login in ("office-head", "reviewer", "shift"):
        assert publish(client_of(login), YEAR, replaces="1").status_code == 403, login
    shown = send(client_of("office-head"), YEAR).content.decode()
    assert "由系统管理员发布" in shown
    assert f"{URL}publish/" not in shown
    assert (facts(), folder.exists()) == ([], False)


@pytest.mark.parametrize("who", ["the loop", "another machine's balancer"])
def test_killed_between_database_and_file(folder: Path, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """The line and the content are one transaction; whoever comes next makes the file of it."""
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    admin = client_of("admin")
    monkeypatch.setattr(years, "_write", die)
    with pytest.raises(KeyboardInterrupt):
        publish(admin, YEAR, replaces="1")
    monkeypatch.undo()
    assert (len(facts()), folder.exists()) == (1, False)
    assert current().book.calendar.is_workday(date(2026, 11, 19))
    desks.forget()
    if who == "the loop":
        freshness.Calendars().turn()
    else:
        assert Client().get("/health/ready").status_code == 200, "as the balancer asks every two seconds"
        Client().get("/")
    assert hashlib.sha256((folder / "2026.yaml").read_bytes()).hexdigest() == facts()[0][4]
    assert not current().book.calendar.is_workday(date(2026, 11, 19))
    assert years.install(folder) is False
