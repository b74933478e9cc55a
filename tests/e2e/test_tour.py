"""游览: every stop is an address of ours, the page in docs says what the stops say, and a walk finds what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from hotline.config.commands.shots import FOLDER
from hotline.config.tour import walking, writing
from hotline.config.tour.stops import BESIDES, STOPS, Stop
from surfaces.city import put_clock, quick_passwords


def test_every_stop_is_an_address_of_ours_and_has_its_picture() -> None:
    assert len({stop.name for stop in STOPS}) == len(STOPS)
    for stop in (*STOPS, *BESIDES):
        assert resolve(urlsplit(stop.path).path), stop.name
    assert {path.stem for path in (FOLDER / "tour").glob("*.jpg")} == {stop.name for stop in STOPS}
    assert (FOLDER / "tour.md").read_text(encoding="utf-8") == writing.tour()


@pytest.mark.parametrize("name", ["submit", "network"])
def test_a_walk_takes_pictures_and_finds_nothing(
    city: str, browser: Any, live: str, tmp_path: Path, name: str
) -> None:
    put_clock()
    stop = next(stop for stop in STOPS if stop.name == name)
    with quick_passwords():
        assert list(walking.walk(browser, live, [stop], tmp_path, check=True)) == []
    assert (tmp_path / f"{name}.jpg").stat().st_size > 5_000


def test_a_walk_says_what_is_wrong(city: str, browser: Any, live: str) -> None:
    put_clock()
    gone = Stop("gone", "没有的", "", "/nowhere/", "")
    lost = replace(gone, name="lost", path="/", follow=("a.nowhere",))
    hidden = replace(gone, name="hidden", path="/staff/")
    found = [(one.stop, one.rule) for one in walking.walk(browser, live, [gone, lost, hidden], None, check=False)]
    assert found == [("gone", "状态 404"), ("lost", "没有可点的"), ("hidden", "状态 200")]


def test_a_text_over_another_of_its_row_is_found(browser: Any) -> None:
    page = browser.new_page()
    row = "<table><tr><td><span style='display:inline-block;width:{}px;white-space:nowrap'>已逾期 18 个工作日 14 小时</span>"
    page.set_content(row.format(20) + "<time>11月3日 09:53</time></table>")
    assert page.evaluate(walking.OVERLAPS) == ["已逾期 18 个工作日 14 小时 ⨯ 11月3日 09:53"]
    page.set_content(row.format(400) + "<time>11月3日 09:53</time></table>")
    assert page.evaluate(walking.OVERLAPS) == []
    page.close()
