"""保密上页: the unit reads neither name nor number of a caller who is kept secret; the office finds what it is to ask."""

from __future__ import annotations

from surfaces.test_extensions_shown import done, page, sent
from surfaces.walk import NAME, PHONE, Walk

CLERK = "yongqiao-clerk"


def test_hidden_from_the_unit_and_called_by_the_office(walk: Walk) -> None:
    walk.until("accept", secrecy="1")
    walk.act("dispatch", secrecy="1")
    walk.act("sign_for")
    said, listed = page(walk, CLERK), walk.number[4:13]
    assert "姓名 要求保密 须联系的，请热线办联系" in said
    assert "电话 ＊" not in said
    reveal = walk.client(CLERK).post(f"{walk.url}reveal/")
    assert reveal.status_code == 403
    assert "电话 ＊＊＊＊" in page(walk, "follow")
    assert listed not in page(walk, "follow", "/staff/desk/relays/")
    done(walk, "ask_to_relay", CLERK, purpose="contact", words="请问灯在哪一层")
    for login in ("follow", "web", "shift"):
        assert listed in page(walk, login, "/staff/desk/relays/")
    assert "请问灯在哪一层" in page(walk, "follow")
    sent()
    done(walk, "relay", "follow", outcome="reached", means="phone", note="三楼那一盏")
    (told,) = sent()
    assert "已代为联系诉求人" in told[1]
    said = page(walk, CLERK)
    assert "三楼那一盏" in said
    assert "热线办代为联系，联系上了" in said
    assert NAME not in said
    assert PHONE not in said
    assert listed not in page(walk, "follow", "/staff/desk/relays/")
