"""系统健康: what the doctor finds, worst first, each with what to do; for the administrator and the office's head."""

from __future__ import annotations

import os
import re
import time
from typing import Any

import pytest

from hotline.config import logs, vitals
from hotline.config.paths import data_folder
from hotline.surfaces import health
from surfaces.city import client_of, put_clock, text_of

URL = "/staff/health/"
MOST = 19  # statements as measured: each look asks its own, none of them grows with the city


def rows(client: Any) -> list[list[str]]:
    page = client.get(URL).content.decode()
    return [[text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
            for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)]  # fmt: skip


def test_it_says_what_the_doctor_says_and_what_is_wrong_first(
    city: Any, statements: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_clock()
    admin = client_of("admin")
    admin.get(URL)
    with statements:
        page = text_of(admin.get(URL).content)
    assert statements.count <= MOST
    assert f'href="{URL}"' in admin.get(URL).content.decode()
    said = {row[0]: row[1:] for row in rows(admin) if row}
    assert {"磁盘", "备份", "后台循环", "数据库", "封存", "待发消息", "时限事项", "日历", "依赖"} <= said.keys()
    assert said["数据库"][2] == "正常"
    assert "PostgreSQL" in said["数据库"][0]
    assert "没有做过备份" in page
    monkeypatch.setattr(logs, "DEBUGGING", True)
    first = [row for row in rows(admin) if row][0]
    assert first[3] == "要处理"
    assert ["日志", "要处理"] in [row[::3] for row in rows(admin)]
    assert "请去掉 HOTLINE_DEBUG" in text_of(admin.get(URL).content)


def test_each_loop_says_when_it_last_turned(city: Any) -> None:
    put_clock()
    folder = data_folder().beats
    folder.mkdir(parents=True, exist_ok=True)
    now = time.time()
    for name, ago in (("clock", 20), ("seal", 90_000)):
        file = folder / name
        file.write_text("30")
        os.utime(file, (now - ago, now - ago))
    try:
        turns = {turn.term: turn for turn in health.look().turns}
        assert [turns["时钟"].late, turns["每日封存"].late] == [False, True]
        page = text_of(client_of("office-head").get(URL).content)
        assert "每日封存 25 小时前 30 秒 停了" in page
        assert "后台循环停了：seal" in page
    finally:
        for file in folder.iterdir():
            file.unlink()
    assert not list(vitals.beats(folder))


@pytest.mark.parametrize("login", ["reviewer", "yongqiao-head", "leader"])
def test_it_is_nobody_elses(city: Any, login: str) -> None:
    client = client_of(login)
    assert client.get(URL).status_code == 403
    assert f'href="{URL}"' not in client.get("/staff/security/").content.decode()
