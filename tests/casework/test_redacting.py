"""What is left of a person's texts, and of what others wrote about them."""

from __future__ import annotations

import json

import pytest

from hotline.casework.redacting import FORGOTTEN, each, forgotten, masker, strings

OWN = ["我们单元从一楼到六楼，灯三个月没亮过。"]


@pytest.mark.parametrize(("text", "left"), [
    ("诸葛明月来电", "＊＊＊＊来电"),
    ("打 13955703218 没人接", "打 ＊＊＊＊＊＊＊＊＊＊＊ 没人接"),
    ("打 139-5570 3218 没人接", "打 ＊＊＊＊＊＊＊＊＊＊＊＊＊ 没人接"),
    ("诉求人说“从一楼到六楼，灯三个月没亮”", "诉求人说“＊＊＊＊＊＊＊＊＊＊＊＊＊”"),
    ("灯三个月没亮，已修", "灯三个月没亮，已修"),  # fewer than eight of the person's own in a row
    ("已经换好 8 盏", "已经换好 8 盏"),
    ("", ""),
])  # fmt: skip
def test_name_phone_and_quoted_words_are_hidden_and_nothing_else(text: str, left: str) -> None:
    assert masker(["诸葛明月", "13955703218"], OWN)(text) == left


def test_one_letter_and_nothing_hide_nothing() -> None:
    mask = masker(["", " ", "王"], [])
    assert mask("王某说好") == "王某说好"


def test_a_text_kept_as_json_stays_json_under_its_own_names() -> None:
    body = json.dumps({"elements": {"place": "诸葛明月家", "people": ""}, "absences": {}}, ensure_ascii=False)
    assert json.loads(each(body, masker(["诸葛明月"], []))) == {
        "elements": {"place": "＊＊＊＊家", "people": ""}, "absences": {}}  # fmt: skip
    assert json.loads(each(body, forgotten))["elements"] == {"place": FORGOTTEN, "people": ""}
    assert strings(body) == ["诸葛明月家", ""]
    assert each("[不是 json", forgotten) == FORGOTTEN
