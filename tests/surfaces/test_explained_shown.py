"""已解释、未解决上页: on the form, on the desk, on the citizen's page; the clock calls again; leaders are reminded."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import clock
from hotline.procedure import times
from surfaces.city import put_clock
from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import PHONE, Walk, leader_post

PROPOSAL = {"solved": "no", "understanding": "gained", "review_on": "2027-01-20"}
REVIEW = datetime.fromisoformat("2027-01-20T00:00+08:00")


def swept() -> None:
    """The clock has done what there is."""
    while clock.sweep(times.now()).claimed:
        pass


def test_from_the_letter_to_the_review(walk: Walk) -> None:
    walk.until("record_contact")
    walk.act("draft_reply", **PROPOSAL)
    for verb in ("answer_citizen", "sign_off", "file"):
        walk.act(verb)
    assert "取得理解，2027年1月20日（周三）复查" in page(walk, "reviewer")
    refused = walk.post("approve", {}, "reviewer")
    assert refused.status_code == 409
    assert "请按已解释办结" in refused.content.decode()
    assert "2027年1月20日（周三）再请承办单位办一次" in page(walk, "reviewer", f"{walk.url}approve_explained/")
    done(walk, "approve_explained", "reviewer")
    listed = walk.number[4:13]
    for login in ("reviewer", "yongqiao-clerk"):
        assert listed in page(walk, login, "/staff/desk/to-call-again/")
    assert "1月20日（周三）" in page(walk, "reviewer", "/staff/desk/to-call-again/")
    assert "已解释、未解决 1月20日 复查 五（二）段2" in page(walk, "reviewer")
    assert "现在还解决不了，1月20日再办一次" in citizens_page(walk)
    sent()
    put_clock(REVIEW)
    swept()
    assert listed in page(walk, "yongqiao-clerk", "/staff/desk/to-redo/")
    assert listed not in page(walk, "yongqiao-clerk", "/staff/desk/to-call-again/")
    assert "到复查日，请承办单位再办一次" in page(walk, "reviewer")
    said = citizens_page(walk)
    assert "正在再办一次" in said
    assert "五（二）" not in said
    told = sent()
    assert any("到了复查日，请再办一次" in words for _, words in told)
    assert any(to == PHONE and "到了复查的日子" in words for to, words in told)


def test_leaders_are_reminded(walk: Walk) -> None:
    from hotline.network.models import Person

    Person.objects.filter(login="leader").update(phone="05570000099")
    walk.until("accept")
    done(walk, "submit", "dispatcher", ground="疑难性", opinion="拟请牵头研究", leader=leader_post())
    sent()
    put_clock(datetime.fromisoformat("2026-11-21T00:00+08:00"))  # 11月18日（周三）呈报，2 个工作日
    swept()
    assert "提醒市领导批示" in page(walk, "dispatcher")
    assert [to for to, words in sent() if "还没有批示" in words] == ["05570000099"]
