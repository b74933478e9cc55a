"""对外上页: an emergency handed over, an emergency reported, a matter from the province: on forms, lists and pages, and by
which channel who is told."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.casework.models import Handover, Source
from hotline.gateways import mail, sms, upward
from hotline.procedure import times
from hotline.procedure.outbox import NotTaken
from surfaces.city import status_of
from surfaces.test_explained_shown import swept
from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import PHONE, Walk

OFFICE = "shift"
REPORT = {"means": "phone", "taken_by": "总值班室甲", "words": "两人受伤，已送医"}


def test_an_emergency_is_handed_over_and_the_citizen_is_told_whom_to_call(walk: Walk) -> None:
    walk.until("register")
    declined = walk.post("decline", {"refusal": "三（二）5"}, "web")
    assert declined.status_code == 422
    assert "请用“移交紧急救助”" in declined.content.decode()
    done(walk, "hand_over", "web", number="119", means="three_party", outcome="taken", taken_by="2 号席")
    assert status_of(walk.number) == "declined"
    assert "移交 119，对方接下了" in page(walk, OFFICE)
    assert "接的人：2 号席" in page(walk, OFFICE)
    assert Handover.objects.filter(matter__number=walk.number, taken=True).count() == 1
    assert "情况紧急，我们转给了紧急救助" in citizens_page(walk)
    assert [to for to, words in sent() if "已转给 119" in words] == [PHONE]


def test_an_emergency_has_minutes_and_the_clock_notes_them(walk: Walk) -> None:
    listed = walk.until("accept").number[4:13]
    done(walk, "recognise_emergency", "operator", sort="accident", why="现场有人受伤")
    assert listed in page(walk, OFFICE, "/staff/desk/unreported/")
    assert "还没有报" in page(walk, OFFICE)
    sent()
    times.set_simulated(times.now() + timedelta(minutes=31))
    swept()
    assert "紧急信息超过时限没有报送" in page(walk, OFFICE)
    assert any("超过时限还没有报送" in words for _, words in sent())
    done(walk, "report_emergency", OFFICE, **REPORT)
    assert "紧急信息报总值班室，超过时限" in page(walk, OFFICE)
    assert "接的人：总值班室甲" in page(walk, OFFICE)
    assert listed not in page(walk, OFFICE, "/staff/desk/unreported/")
    assert any("已报总值班室" in words for _, words in sent())
    done(walk, "follow_up_emergency", OFFICE, **{**REPORT, "words": "一人已出院"})
    assert "紧急信息续报" in page(walk, OFFICE)


def test_a_matter_from_the_province_has_its_number_and_day_and_is_fed_back(walk: Walk, tmp_path: Path) -> None:
    listed = walk.until("register").number[4:13]
    done(walk, "record_source", "operator", source="province", number="皖转 2026-77", due_on="2026-11-24")
    shown = page(walk, OFFICE)
    assert "省级平台 皖转 2026-77" in shown
    assert "先到的 11月24日（周二）24:00 前 来源的期限" in shown
    assert listed in page(walk, OFFICE, "/staff/desk/sourced/")
    for verb in ("accept", "dispatch", "sign_for", "record_contact", "draft_reply", "answer_citizen"):
        walk.act(verb)
    assert walk.post("sign_off", walk.form("sign_off"), "yongqiao-deputy").status_code == 409
    assert walk.post("sign_off", walk.form("sign_off"), "yongqiao-head").status_code == 303
    walk.act("file")
    walk.act("approve")
    assert listed in page(walk, "reviewer", "/staff/desk/to-feed-back/")
    sent()
    done(walk, "feed_back", "reviewer", feedback="楼道灯已换好")
    assert Source.objects.get(matter__number=walk.number).fed_back_at is not None
    told = [(to, words) for to, words in sent() if "皖转" in words]
    assert [to for to, _ in told] == ["up:province/皖转 2026-77"]
    assert "楼道灯已换好" in told[0][1]
    routed = upward.Routed(sms.FolderSms(tmp_path, "simulated"), upward.choose("simulated", tmp_path),
                           mail.choose("simulated", tmp_path))  # fmt: skip
    for number, to in enumerate(("up:province/皖转 2026-77", PHONE, "mail:lan.ming@example.org")):
        routed.send(number, to, "字")
    assert json.loads((tmp_path / "upward.jsonl").read_text())["to"] == "province/皖转 2026-77"
    assert json.loads((tmp_path / "sms.jsonl").read_text())["to"] == PHONE
    assert json.loads((tmp_path / "mail.jsonl").read_text())["to"] == "lan.ming@example.org"


def test_a_real_city_without_a_platform_above_keeps_its_feedback_waiting(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="HOTLINE_UPWARD_URL"):
        upward.choose("real", tmp_path).send(1, "province/1", "字")
    with pytest.raises(sms.WrongCity):
        upward.HttpUpward("https://upward.example", "simulated")
    with pytest.raises(sms.WrongCity):
        upward.HttpUpward("ftp://upward.example", "real")
