"""呈办上页: before one leader and no other, on lists and on the matter's page; who is told."""

from __future__ import annotations

from hotline.network.models import Person
from surfaces.test_extensions_shown import citizens_page, done, page, sent
from surfaces.walk import Walk, leader_post, unit_id

OPINION, INSTRUCTION, REPORT = "拟请住建牵头，区里配合", "请住建局一周内拿出办法", "灯已全部换好，诉求人满意"
OFFICE, LEADER, OTHER, UNIT = "dispatcher", "leader", "leader2", "yongqiao-clerk"


def submitted(walk: Walk) -> str:
    """Put before the first of two leaders; how the lists show the matter."""
    for number, login in enumerate((LEADER, OTHER), start=1):
        Person.objects.filter(login=login).update(phone=f"0557000009{number}")
    walk.until("accept")
    done(walk, "submit", OFFICE, ground="跨部门", opinion=OPINION, leader=leader_post(), unit=str(unit_id("204")),
         assisting="埇桥区")  # fmt: skip
    return walk.number[4:13]


def test_what_lies_before_a_leader_is_read_by_that_leader_and_the_office_alone(walk: Walk) -> None:
    listed = submitted(walk)
    assert listed in page(walk, LEADER, "/staff/desk/to-instruct/")
    assert listed not in page(walk, OTHER, "/staff/desk/to-instruct/")
    assert walk.client(OTHER).get(walk.url).status_code == 404
    assert walk.client(OTHER).post(f"{walk.url}instruct/", {"instruction": "好"}).status_code == 404
    assert listed in page(walk, OFFICE, "/staff/desk/submitted/")
    for login in (LEADER, OFFICE):
        assert OPINION in page(walk, login)
        assert "拟办单位 市住建局（协办：埇桥区）" in page(walk, login)
    done(walk, "dispatch_meanwhile", OFFICE, kind="complaint", unit=str(unit_id()))
    assert "先转给埇桥区办，同时等市领导批示" in citizens_page(walk)
    assert "呈报市领导：跨部门" in page(walk, UNIT)
    assert OPINION not in page(walk, UNIT)
    done(walk, "instruct", LEADER, instruction=INSTRUCTION, unit=str(unit_id()), wanted_on="2026-11-25")
    assert INSTRUCTION in page(walk, UNIT)
    assert "要求报结果 11月25日 以前" in page(walk, UNIT)
    assert OPINION not in page(walk, UNIT)
    assert INSTRUCTION not in citizens_page(walk)
    assert "市领导批示，承办单位与拟办不同" in page(walk, OFFICE)


def test_on_paper_it_is_for_the_office_and_that_leader(walk: Walk) -> None:
    """With lines to write on while it waits; with the words, the units and the day once they are there."""
    submitted(walk)
    sheet = f"{walk.url}sheet/"
    for login in (LEADER, OFFICE):
        assert f"关于 {walk.number} 号诉求事项的呈办单" in page(walk, login, sheet)
        assert OPINION in page(walk, login, sheet)
        assert "同志：" in page(walk, login, sheet)
        assert "种类 投诉" in page(walk, login, sheet)
    done(walk, "dispatch_meanwhile", OFFICE, kind="complaint", unit=str(unit_id()))
    assert {walk.client(login).get(sheet).status_code for login in (OTHER, UNIT)} == {404}
    done(walk, "instruct", LEADER, instruction=INSTRUCTION, unit=str(unit_id()), wanted_on="2026-11-25")
    told = page(walk, OFFICE, sheet)
    assert told.count("已批示") == 1, "how far it has come, over it"
    for words in ("的批示单", INSTRUCTION, "批示的单位 埇桥区", "要求报结果 11月25日 以前", "批示于"):
        assert words in told
    assert walk.client(LEADER).get(f"{sheet}?of=7").status_code == 404
    assert 'href="' + sheet in walk.client(LEADER).get(walk.url).content.decode()


def test_a_matter_put_to_designation_shows_another_leader_nothing_of_it(walk: Walk) -> None:
    listed = submitted(walk)
    done(walk, "dispatch_meanwhile", OFFICE, kind="complaint", unit=str(unit_id()))
    done(walk, "propose_designation", OFFICE, unit=str(unit_id()), opinion="职责交叉")
    assert "职责交叉" in page(walk, OTHER)
    assert OPINION not in page(walk, OTHER)
    assert listed not in page(walk, OTHER, "/staff/desk/to-instruct/")
    assert walk.post("instruct", {"instruction": "好"}, OTHER).status_code == 409


def test_from_the_instruction_to_the_report(walk: Walk) -> None:
    listed = submitted(walk)
    sent()
    done(walk, "instruct", LEADER, instruction=INSTRUCTION, unit=str(unit_id()))
    assert any("市领导已批示" in words for _, words in sent())
    assert listed in page(walk, OFFICE, "/staff/desk/to-carry-out/")
    refused = walk.post("dispatch_as_instructed", {"kind": "complaint", "unit": str(unit_id("204"))}, OFFICE)
    assert refused.status_code == 422
    assert "改派的，请写明理由" in refused.content.decode()
    done(walk, "dispatch_as_instructed", OFFICE, kind="complaint", unit=str(unit_id()))
    assert listed not in page(walk, OFFICE, "/staff/desk/to-carry-out/")
    for verb in ("sign_for", "record_contact", "draft_reply", "answer_citizen"):
        walk.act(verb)
    assert walk.client("yongqiao-head").post(walk.address("sign_off"), walk.form("sign_off")).status_code == 303
    walk.act("file")
    walk.act("approve")
    assert listed in page(walk, "reviewer", "/staff/desk/to-report/")
    assert listed in page(walk, LEADER, "/staff/desk/instructed/")
    sent()
    done(walk, "report_to_leader", "reviewer", came_of_it=REPORT)
    assert [(to, "已有办理结果" in words) for to, words in sent() if "批示" in words] == [("05570000091", True)]
    assert REPORT in page(walk, LEADER)
    assert listed in page(walk, LEADER, "/staff/desk/reported/")
    assert listed not in page(walk, OTHER, "/staff/desk/reported/")
    assert REPORT not in page(walk, UNIT)


def test_withdrawn_it_is_no_longer_before_the_leader(walk: Walk) -> None:
    listed = submitted(walk)
    sent()
    done(walk, "withdraw_submission", OFFICE, because="两家已经谈妥")
    assert [to for to, words in sent() if "撤回" in words] == ["05570000091"]
    assert listed not in page(walk, LEADER, "/staff/desk/to-instruct/")
    assert walk.client(LEADER).get(walk.url).status_code == 404
    assert listed in page(walk, OFFICE, "/staff/desk/to-decide/")


def test_given_back_with_its_reason(walk: Walk) -> None:
    submitted(walk)
    sent()
    done(walk, "give_back", LEADER, because="先由两局商量")
    assert any("市领导已退回" in words for _, words in sent())
    assert "先由两局商量" in page(walk, OFFICE)
