"""不公开上页: asked by the unit, on the office's list, decided; the citizen reads only how and when it was answered."""

from __future__ import annotations

import pytest

from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import LETTER, Walk

CLERK = "yongqiao-clerk"


@pytest.mark.clause("六（二）")
def test_who_follows_it_reads_only_how_and_when_it_was_answered(walk: Walk) -> None:
    walk.until("answer_citizen")
    listed = walk.number[4:13]
    assert listed not in page(walk, "reviewer", "/staff/desk/to-withhold/")
    done(walk, "apply_to_withhold", CLERK, reason="牵涉正在调查的案件")
    for login in ("reviewer", "shift"):
        assert listed in page(walk, login, "/staff/desk/to-withhold/")
    assert "牵涉正在调查的案件" in page(walk, "reviewer")
    sent()
    done(walk, "approve_withholding", "reviewer")
    assert "不公开申请已同意" in sent()[0][1]
    assert listed not in page(walk, "reviewer", "/staff/desk/to-withhold/")
    assert "同意不公开，不在网上公开和答复" in page(walk, CLERK)
    for verb in ("sign_off", "file", "approve"):
        walk.act(verb)
    said = citizens_page(walk)
    assert LETTER["answer"] not in said
    assert "这件事按规定不在网上公开，也不在网上答复（六（二））。承办单位已经" in said
    assert "打电话答复您。" in said
    assert LETTER["answer"] in page(walk, "reviewer"), "the office and the unit still read it"


def test_refused_it_is_answered_online_as_ever(walk: Walk) -> None:
    walk.until("answer_citizen")
    done(walk, "apply_to_withhold", CLERK, reason="怕影响不好")
    done(walk, "refuse_to_withhold", "shift", because="怕影响不好不是特殊原因")
    assert "怕影响不好不是特殊原因" in page(walk, CLERK)
    for verb in ("sign_off", "file", "approve"):
        walk.act(verb)
    assert LETTER["answer"] in citizens_page(walk)
