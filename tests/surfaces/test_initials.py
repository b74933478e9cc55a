"""拼音首字母: long lists are found by them; the categories of each city are a tree whose words all have their letters."""

from __future__ import annotations

import re

import pytest

from hotline.jobs.simulate import topics
from hotline.network import categories
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.ui.initials import initials

CITIES = ("suzhou-2018", "example-city")


@pytest.mark.parametrize(
    "said,expected",
    [("社会管理", "shgl"), ("埇桥区", "yqq yqo"), ("砀山县", "dsx"), ("灵璧县", "lbx"), ("社会管理 › 养犬管理", "shgl yqgl"),
     ("三（一）6 影响", "s y 6 yx"), ("朱仙庄镇", "zxzz"), ("𠮷", "")],
)  # fmt: skip
def test_a_name_is_found_by_its_letters(said: str, expected: str) -> None:
    assert set(expected.split()) <= set(initials(said).split()) | {""}


def test_what_is_often_read_otherwise_is_found_both_ways() -> None:
    assert set(initials("长途")) - {" "} == set("czt")
    assert {"ct", "zt"} == set(initials("长途").split())
    assert len(initials("长长长长长长").split()) == 4


@pytest.mark.parametrize("city", CITIES)
def test_every_word_of_the_tree_has_its_letters(city: str) -> None:
    tree = categories.born(city)
    leaves = [leaf for below in tree.values() for leaf in below]
    assert len(leaves) == len(set(leaves)) > 20
    assert not set(tree) & set(leaves)
    assert all(re.fullmatch(r"[a-z ]+", initials(one)) for one in (*tree, *leaves))


@pytest.mark.parametrize("city", CITIES)
def test_what_simulated_people_bring_can_be_sorted(city: str) -> None:
    leaves = {one for top, below in categories.born(city).items() for one in (top, *below)}
    assert {topic.category for topic in topics.topics()} <= leaves


def test_long_lists_alone_carry_letters() -> None:
    few, many = (tuple(s.Choice(str(i), "甲") for i in range(n)) for n in (s.forms.LONG, s.forms.LONG + 1))
    assert not s.FieldView("a", "甲", "choice", choices=few).long
    assert s.FieldView("a", "甲", "choice", choices=many).long
    assert not s.FieldView("a", "甲", "radio", choices=many).long
