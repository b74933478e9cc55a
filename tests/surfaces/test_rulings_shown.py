"""裁定 over HTTP: put down in one matter it proposes itself for what is alike, with who put it down, when, and what was
dispatched by it; for another county, another category, told otherwise, or once revoked, it does not; nor does the
target of a complaint see that it was settled there."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import uuid4

from hotline.casework.models import Matter, Rested
from hotline.casework.words import alike
from surfaces import at_desks
from surfaces.city import client_of, hidden, text_of
from surfaces.walk import Walk, unit_id

DESK = "/staff/desk/dispatch/"
COUNTY, OTHER, HOUSING = "341302", "341321", "204"
FORM = {"kind": "complaint", "urgent": "", "urgent_reason": "", "unit": "", "assisting": "", "ruling": ""}
RULING = {"sort": "meeting", "category": "公共照明", "local": "1", "document": "会商纪要〔2026〕9号",
          "words": "小区道路的灯由住建局牵头。"}  # fmt: skip
pressed = partial(at_desks.pressed, desk=DESK)


def put_down(number: str, verb: str, form: dict[str, str]) -> Any:
    """The dispatcher's form of a verb, as its own page gives it out."""
    client, url = client_of("dispatcher"), f"/staff/m/{number}/{verb}/?desk=dispatch"
    page = client.get(url).content.decode()
    return client.post(url, {**{name: hidden(page, name) for name in ("act_id", "seen_seq")}, **form})


def accepted(area: str = COUNTY, **report: str) -> Walk:
    one = Walk().until("accept", **report)
    Matter.objects.filter(number=one.number).update(area=area)
    return one


def proposal(one: Walk) -> str:
    """What the desk says of the units for a matter."""
    said = text_of(client_of("dispatcher").get(f"{DESK}?m={one.number}").content)
    return said[said.index("建议的单位") : said.index("另选单位")]


def test_what_was_settled_proposes_itself_for_what_is_alike(walk: Walk) -> None:
    settled = accepted()
    page = client_of("dispatcher").get(f"{DESK}?m={settled.number}").content.decode()
    where = re.search(r'href="([^"]+record_ruling[^"]+)" accesskey="r"', page)
    assert where
    answer = put_down(settled.number, "record_ruling", {**RULING, "unit": str(unit_id(HOUSING))})
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{DESK}?m={settled.number}")
    assert "记裁定，只管这个县区" in text_of(client_of("dispatcher").get(settled.url).content)
    like, far, water = accepted(), accepted(OTHER), accepted(gist="自来水没有压力")
    Matter.objects.filter(number=water.number).update(category="供水")
    said = proposal(like)
    for words in ("建议的单位 3 ", "裁定（会商纪要）：会商纪要〔2026〕9号", "郑允执", "只管这个县区；还没有照它派过", RULING["words"]):
        assert words in said, words
    assert said.index("市住建局") < said.index("市城管局")
    assert ["裁定（" in proposal(one) for one in (far, water)] == [False, False]
    desk = client_of("dispatcher").get(f"{DESK}?m={like.number}").content.decode()
    [first] = re.findall(r'value="(dispatch:[^"]+)" accesskey="1"', desk)
    assert first == f"dispatch:{unit_id(HOUSING)}:{settled.number}"
    assert pressed(client_of("dispatcher"), first, desk, **FORM).status_code == 303
    assert Rested.objects.get().other_number == settled.number
    shown = text_of(client_of("dispatcher").get(like.url).content)
    assert f"照裁定派 {settled.number}" in shown
    assert settled.number not in text_of(client_of("zhujian-clerk").get(like.url).content)
    again = accepted()
    assert "照它派过 1 件：" in proposal(again)
    wrong = {**FORM, "unit": str(unit_id("205")), "ruling": settled.number}
    answer = pressed(client_of("dispatcher"), "dispatch",
                     client_of("dispatcher").get(f"{DESK}?m={again.number}").content.decode(), **wrong)  # fmt: skip
    assert (answer.status_code, "这份裁定定的不是这个单位" in answer.content.decode()) == (422, True)
    assert put_down(settled.number, "revoke_ruling", {"because": "职责已经调整。"}).status_code == 303
    assert "裁定（" not in proposal(again)
    put_down(settled.number, "record_ruling", {**RULING, "local": "", "unit": str(unit_id(OTHER))})
    assert "裁定（" not in proposal(again)  # whoever answers for another county
    assert "废止：职责已经调整。" in text_of(client_of("dispatcher").get(settled.url).content)


def test_told_in_much_the_same_words_it_proposes_itself_too(walk: Walk) -> None:
    settled = accepted()
    put_down(settled.number, "record_ruling", {**RULING, "local": "", "unit": str(unit_id(HOUSING))})
    like = accepted(OTHER)
    Matter.objects.filter(number=like.number).update(category="市政设施")
    assert "裁定（会商纪要）" in proposal(like)
    assert alike("楼道灯三个月不亮", "自来水没有压力") == 0


def test_of_what_is_about_whoever_asks_it_says_nothing(walk: Walk) -> None:
    settled, like = accepted(), accepted()
    put_down(settled.number, "record_ruling", {**RULING, "unit": str(unit_id(HOUSING))})
    assert "裁定（会商纪要）" in proposal(like)
    form = {"target": "staff", "name": "郑允执", "reason": "说的就是派单员", "act_id": str(uuid4())}
    page = client_of("web").get(f"{settled.url}name_target/").content.decode()
    answer = client_of("web").post(f"{settled.url}name_target/", {**form, "seen_seq": hidden(page, "seen_seq")})
    assert answer.status_code == 303, answer.content.decode()[:1500]
    assert "裁定（" not in proposal(like)
    desk = client_of("dispatcher").get(f"{DESK}?m={like.number}").content.decode()
    answer = pressed(client_of("dispatcher"), f"dispatch:{unit_id(HOUSING)}:{settled.number}", desk, **FORM)
    assert (answer.status_code, "没有这份在用的裁定" in answer.content.decode()) == (422, True)
