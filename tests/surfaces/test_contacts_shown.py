"""联系记录: how often the unit was in touch with the citizen stands beside its order, each time with its instant."""

from __future__ import annotations

from surfaces.city import client_of, text_of
from surfaces.walk import Walk


def test_contacts_and_tries_are_counted_and_dated(walk: Walk) -> None:
    walk.until("sign_for")
    assert "联系记录" not in text_of(client_of("yongqiao-clerk").get(walk.url).content)
    for outcome, note in (("tried", "响了一分钟没有人接"), ("reached", "问清了位置")):
        form = {"outcome": outcome, "means": "phone", "note": note}
        assert walk.post("record_contact", form, "yongqiao-clerk").status_code == 303
    said = text_of(client_of("reviewer").get(walk.url).content)
    assert "联系记录 联系上了 1 次，没有联系上 1 次" in said
    assert "11月18日（周三）10:00 电话没有联系上" in said
