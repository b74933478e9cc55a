"""verify on a matter: what was written about and by a citizen cannot be changed unseen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from hotline.procedure.verify import verify
from transitions.test_line_database import NOW, live_line


@pytest.fixture
def matter(city: Any) -> int:
    return live_line().chain.id


def whys(sql: str, *values: object) -> list[str]:
    with connections["owner"].cursor() as cur:
        cur.execute(sql, values)
        assert cur.rowcount
    return [broken.why for broken in verify().broken]


def test_an_untouched_matter_is_clean(matter: int) -> None:
    assert verify().ok


@pytest.mark.usefixtures("matter")
def test_an_edited_text_is_found() -> None:
    assert any("改过" in why for why in whys("UPDATE casework_text SET body = '被偷改' WHERE field = 'words'"))


@pytest.mark.usefixtures("matter")
def test_a_text_edited_with_its_salt_taken_away_is_found() -> None:
    assert any("盐" in why for why in whys("UPDATE casework_text SET salt = NULL, body = '改' WHERE field = 'words'"))


def test_a_text_put_under_another_matter_is_found(matter: int) -> None:
    other = live_line(NOW + timedelta(hours=1), until="register").chain.id
    moved = whys("UPDATE casework_text SET matter_id = %s WHERE matter_id = %s AND field = 'words'", other, matter)
    assert any("被删" in why for why in moved)


@pytest.mark.parametrize("body", ["body", "'别的话'"])
def test_two_texts_of_one_number_are_found(matter: int, body: str) -> None:
    """No index refuses the second; which of the two would be read is nobody's choice."""
    live_line(NOW + timedelta(hours=1), until="register")
    doubled = ("INSERT INTO casework_text (matter_id, id, field, salt, body) SELECT matter_id, id, field, salt, {}"
               " FROM casework_text WHERE matter_id = %s AND field = 'words' RETURNING id")  # fmt: skip
    with connections["owner"].cursor() as cur:
        cur.execute(doubled.format(body), [matter])
        ((number,),) = cur.fetchall()
    broken = verify().broken
    assert ("matter/" + str(matter), f"第 {number} 号文字有 2 段：编号重复") in [(one.chain, one.why) for one in broken]
    assert {one.chain for one in broken} == {f"matter/{matter}"}


def test_two_matters_with_one_number_are_found(matter: int) -> None:
    other = live_line(NOW + timedelta(hours=1), until="register").chain.id
    same = "UPDATE casework_matter m SET number = o.number FROM casework_matter o WHERE m.id = %s AND o.id = %s"
    (why,) = whys(same, other, matter)
    assert "不止一件有" in why
    assert str(max(other, matter)) in why


@pytest.mark.usefixtures("matter")
def test_a_citizens_name_exchanged_is_found() -> None:
    assert any("密文" in why for why in whys("UPDATE casework_citizen SET name_sealed = phone_sealed"))
