"""受理台: one screen for a call. What is typed is kept on the server and comes back; the buttons do what the cards do; of
a caller nothing is shown that nobody has looked for, and nothing that is about whoever asks."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.models import Contact, Matter
from hotline.procedure.perform import raw
from hotline.rules import elements, refusals
from hotline.surfaces import drafts, frame
from surfaces.city import client_of, hidden, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted, steadily
from surfaces.walk import Walk, unit_id

COST = 6  # who asks, what was begun, what came before, the cautions, what is nearby, what the knowledge base says
DESK = "/staff/desk/intake/"
PHONE = "13955702222"
RECORD = {
    "phone": PHONE, "name": "诸葛青", "time": "昨天夜里起", "place": "梧桐里小区 3 栋", "people": "同栋约四十户",
    "cause": "小区二次供水停水", "course": "昨晚十点整栋停水，物业说水泵烧了。", "outcome": "希望今天先送水上楼。",
    "kind": "help", "publish_wish": "yes", "channel": "phone", "item": "三（一）6", "category": "供水",
}  # fmt: skip


def sent(client: Client, do: str = "", **changed: str) -> Any:
    return client.post(DESK, {"act_id": str(uuid4()), "do": do, **RECORD, **changed})


def filled(page: str, name: str) -> str:
    """What a field of the page holds."""
    found = re.search(rf'<(?:input|textarea)[^>]*\bname="{name}"[^>]*?(?:value="([^"]*)"|>\n?([^<]*)</textarea>)', page)
    assert found, name
    return html.unescape(found[1] or found[2] or "")


def newest() -> Matter:
    return Matter.objects.order_by("-id")[0]


def texts(matter: Matter) -> dict[str, str]:
    from hotline.casework.models import Text

    return dict(Text.objects.filter(matter=matter).values_list("field", "body"))


def test_what_is_typed_comes_back_after_a_crash(walk: Walk) -> None:
    operator, act_id = client_of("operator"), str(uuid4())
    answer = sent(operator, "save", act_id=act_id)
    assert (answer.status_code, bool(answer["X-Saved-At"])) == (204, True)
    for url in (DESK, f"{DESK}?draft={act_id}"):  # the page as it is opened anew, by another process as well
        page = operator.get(url).content.decode()
        assert hidden(page, "act_id") == act_id
        assert {name: filled(page, name) for name in ("phone", "time", "cause", "course")} == {
            name: RECORD[name] for name in ("phone", "time", "cause", "course")
        }
        assert re.search(r'value="help"[^>]*checked', page)
    assert "小区二次供水停水" in text_of(operator.get(f"{DESK}?new=1").content)  # in the list of what was begun
    assert filled(operator.get(f"{DESK}?new=1").content.decode(), "cause") == ""
    operator.post(DESK, {"act_id": str(uuid4()), "do": "save", "phone": PHONE})
    assert "只写了号码" in text_of(operator.get(f"{DESK}?new=1").content)


def test_a_draft_is_its_writers_alone_and_unreadable_at_rest(walk: Walk) -> None:
    operator, act_id = client_of("operator"), str(uuid4())
    sent(operator, "save", act_id=act_id)
    other = client_of("shift")
    assert RECORD["cause"] not in other.get(f"{DESK}?draft={act_id}").content.decode()
    assert sent(other, "save", act_id=act_id, cause="改成别的").status_code == 409
    assert filled(operator.get(DESK).content.decode(), "cause") == RECORD["cause"]
    with raw().cursor() as cur:
        body = cur.execute("SELECT body FROM surfaces_draft").fetchall()[0][0]
    assert not any(value.encode() in bytes(body) for value in (RECORD["phone"], RECORD["cause"], RECORD["course"]))


def test_registered_or_put_away_nothing_is_left_of_it(walk: Walk) -> None:
    operator = client_of("operator")
    for do, expected in (("register", 303), ("drop", 303)):
        act_id = str(uuid4())
        sent(operator, "save", act_id=act_id)
        assert sent(operator, do, act_id=act_id).status_code == expected
        assert sent(operator, "save", act_id=act_id).status_code == 409  # a late copy does not bring it back
    with raw().cursor() as cur:
        rows = cur.execute("SELECT body, phone_index FROM surfaces_draft").fetchall()
    assert rows == [(None, None)] * 2
    assert Matter.objects.count() == 1


def test_drafts_end_after_a_day(walk: Walk) -> None:
    from hotline.procedure import times
    from hotline.surfaces.sessions import purge

    operator, wall = client_of("operator"), times.wall()
    sent(operator, "save")
    with raw().cursor() as cur:
        purge(wall + timedelta(hours=23))
        assert cur.execute("SELECT count(*) FROM surfaces_draft").fetchone() == (1,)
        cur.execute("UPDATE surfaces_draft SET saved_at = saved_at - interval '25 hours'")
        assert not filled(client_of("operator").get(DESK).content.decode(), "cause")
        purge(wall)
        assert cur.execute("SELECT count(*) FROM surfaces_draft").fetchone() == (0,)


def test_one_record_is_registered_each_thing_asked_once(walk: Walk) -> None:
    answer = sent(client_of("operator"), "register")
    matter = newest()
    assert (answer.status_code, answer["Location"]) == (303, f"/staff/m/{matter.number}/?done=register")
    assert (matter.status, matter.kind, matter.channel, matter.publish_wish) == ("registered", "help", "phone", "yes")
    said = texts(matter)
    assert said["gist"] == RECORD["cause"]
    assert said["words"] == f"{RECORD['course']}\n{RECORD['outcome']}"
    assert all(RECORD[name] in said["record"] for name in elements.terms(frame.book()))


def test_what_is_wrong_is_said_at_the_field_that_is_there(walk: Walk) -> None:
    answer = sent(client_of("operator"), "register", cause="", course="", outcome="", kind="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“事由”。" in page
    assert "请填写“经过”。" in page
    assert "请选择“种类”。" in page
    assert "要点" not in text_of(page)
    assert filled(page, "time") == RECORD["time"]
    assert "有 4 处要改" in page
    assert not Matter.objects.exists()


def test_how_far_the_record_has_come(walk: Walk) -> None:
    operator = client_of("operator")
    empty = operator.get(f"{DESK}?new=1").content.decode()
    assert empty.count('class="given"') == 0
    sent(operator, "save", outcome="")
    page = operator.get(DESK).content.decode()
    assert page.count('class="given"') == 5
    assert "六要素已有 5 项，还差“结果”" in page
    sent(operator, "save")
    assert "六要素齐全" in operator.get(DESK).content.decode()


@pytest.mark.parametrize(
    "login,way,onward,status",
    [("operator", "answer_at_once", "answer_at_once/", "accepted"), ("operator", "connect", "connect/", "accepted"),
     ("operator", "dispatch", "?done=accept", "accepted"), ("shift", "dispatch", "dispatch/", "accepted"),
     ("shift", "submit", "submit/", "accepted")],
)  # fmt: skip
def test_the_four_ways_register_take_in_and_go_on(walk: Walk, login: str, way: str, onward: str, status: str) -> None:
    client, act_id = client_of(login), str(uuid4())
    kind = {"kind": "consultation"} if way == "connect" else {}  # others are not put through
    answer = sent(client, way, act_id=act_id, **kind)
    matter = newest()
    assert (answer.status_code, answer["Location"]) == (303, f"/staff/m/{matter.number}/{onward}")
    assert (matter.status, matter.item, matter.category) == (status, "三（一）6", "供水")
    assert client.get(answer["Location"]).status_code == 200
    again = sent(client, way, act_id=act_id)  # pressed twice
    assert (again.status_code, again["Location"], Matter.objects.count()) == (303, answer["Location"], 1)


def test_without_an_item_nothing_is_half_done(walk: Walk) -> None:
    answer = sent(client_of("operator"), "dispatch", item="")
    assert answer.status_code == 422
    assert "请选受理项" in answer.content.decode()
    both = text_of(sent(client_of("operator"), "dispatch", item="", phone="没有号码").content)
    assert "有 2 处要改" in both, "all at once"
    assert not Matter.objects.exists()


def test_one_key_hands_over_whatever_is_missing(walk: Walk) -> None:
    operator = client_of("operator")
    page = operator.get(f"{DESK}?new=1").content.decode()
    assert re.findall(r'name="hand_over" value="(\d+)" accesskey="(\d)"', page) == [
        ("110", "7"), ("119", "8"), ("120", "9")]  # fmt: skip
    empty = {"act_id": str(uuid4()), "hand_over": "119", "channel": "phone", "publish_wish": "not_asked"}
    answer = operator.post(DESK, empty)
    matter = newest()
    assert (answer.status_code, answer["Location"]) == (303, f"/staff/m/{matter.number}/hand_over/?number=119")
    assert matter.kind == frame.book().provision("handing_over").values["kind"]
    assert "119" in texts(matter)["gist"]
    form = operator.get(answer["Location"]).content.decode()
    assert re.search(r'<option value="119" selected>', form)


def test_every_refusal_has_its_script_its_channel_and_its_way(walk: Walk) -> None:
    operator = client_of("operator")
    said = text_of(operator.get(f"{DESK}?new=1").content)
    every = refusals.items(frame.book()).values()
    assert len(every) == 7
    assert all(one.term in said and one.told in said and one.channel in said for one in every)
    for one in every:
        if one.hand_over:
            continue  # the next test
        answer = sent(operator, refuse=one.id)
        verb = "propose_refusal" if one.approver else "decline"
        assert answer.status_code == 303
        form = operator.get(answer["Location"])
        assert f"/{verb}/?refusal=" in answer["Location"]
        assert form.status_code == 200
        assert re.search(rf'<option value="{re.escape(one.id)}" selected>', form.content.decode())
    assert sent(operator, refuse="三（二）99").status_code == 422


@pytest.mark.clause("三（二）5")
def test_an_emergency_among_the_refusals_is_handed_over(walk: Walk) -> None:
    """Refusing alone would be refused; seconds count, so nothing is missing."""
    operator = client_of("operator")
    page = operator.get(f"{DESK}?new=1").content.decode()
    assert re.search(r'name="refuse" value="三（二）5">登记，移交紧急救助', page)
    answer = sent(operator, refuse="三（二）5", time="", course="", kind="", item="")
    assert (answer.status_code, answer["Location"]) == (303, f"/staff/m/{newest().number}/hand_over/")
    assert operator.get(answer["Location"]).status_code == 200
    assert texts(newest())["gist"] == RECORD["cause"]


@pytest.mark.parametrize("typed", ["138abc", "12", "13955７02222"])
def test_what_is_no_number_is_not_looked_for(walk: Walk, typed: str) -> None:
    """It is said at the field, nothing typed is lost, and no line says that anybody was looked for."""
    operator, act_id = client_of("operator"), str(uuid4())
    answer = sent(operator, "look", act_id=act_id, phone=typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'id="f-phone-error">“联系电话”只能是数字', page)
    assert "这不是一个电话号码，没有查" in page
    assert (filled(page, "phone"), filled(page, "cause")) == (typed, RECORD["cause"])
    assert filled(operator.get(f"{DESK}?draft={act_id}").content.decode(), "phone") == typed
    assert lines("operator") == 0
    assert sent(operator, "look", act_id=act_id).status_code == 303
    assert lines("operator") == 1


def test_what_is_too_long_is_said_to_be_too_long_and_from_top_to_bottom(walk: Walk) -> None:
    answer = sent(client_of("operator"), "register", cause="停" * 121, phone="没有号码", time="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'id="f-cause-error">“事由”最多 120 个字，现在有 121 个。', page)
    summary = page[page.index('class="error-summary"') :]
    assert re.findall(r'<li><a href="#f-(\w+)">', summary) == ["phone", "time", "cause"]
    for course, said in (("停" * 20001, "“经过”最多 20000 个字，现在有 20001 个。"),
                         ("停" * 19999, f"“经过”和“结果”合起来最多 20000 个字，现在有 {20000 + len(RECORD['outcome'])} 个。")):
        page = sent(client_of("operator"), "register", course=course).content.decode()
        assert f'id="f-course-error">{said}' in page


def test_after_a_call_the_next_one_is_one_key_away(walk: Walk) -> None:
    operator = client_of("operator")
    page = operator.get(sent(operator, "dispatch")["Location"]).content.decode()
    assert re.search(rf'<a href="{re.escape(DESK)}\?new=1" accesskey="x">接下一个来电', page)
    assert "接下一个来电" not in operator.get(f"/staff/m/{newest().number}/").content.decode()


def looked(client: Client, phone: str = PHONE) -> str:
    """The page after the caller was looked for."""
    answer = client.post(DESK, {"act_id": str(uuid4()), "do": "look", "phone": phone})
    assert answer.status_code == 303
    page: str = client.get(answer["Location"]).content.decode()
    return page


def lines(login: str) -> int:
    from hotline.network.models import Person
    from hotline.procedure.models import LedgerLine

    mine = LedgerLine.objects.filter(chain_kind=5, chain_id=Person.objects.get(login=login).id)
    return mine.filter(kind="caller_looked_up").count()


def test_a_caller_is_shown_once_looked_for_and_a_line_says_so(walk: Walk) -> None:
    walk.until("dispatch", phone=PHONE)
    operator, act_id = client_of("operator"), str(uuid4())
    before = operator.get(f"{DESK}?new=1").content.decode()
    assert walk.number not in before
    sent(operator, "save", act_id=act_id)
    assert walk.number not in operator.get(DESK).content.decode()  # typed, and not looked for yet
    assert lines("operator") == 0
    page = looked(operator)
    assert f"/staff/m/{walk.number}/" in page
    assert "未结 1" in page
    assert walk.number[4:13] in page
    assert lines("operator") == 1
    assert "诸葛" not in page  # whose it is, nobody asked
    sent(operator, "look", act_id=act_id)
    sent(operator, "look", act_id=act_id, cause="又写了一句")
    assert lines("operator") == 2  # once for each call and number
    sent(operator, "look", act_id=act_id, phone="13955709999")
    assert lines("operator") == 3


def test_what_the_page_costs(walk: Walk, statements: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much came from the telephone and was begun."""
    steadily(monkeypatch)
    for _ in range(3):
        Walk().until("dispatch", phone=PHONE)
    operator = client_of("operator")
    for _ in range(3):
        sent(operator, "save")
    sent(operator, "look")
    assert counted(statements, operator, DESK) <= COST <= MOST_OF_A_PAGE


def test_an_earlier_call_and_a_caution(walk: Walk) -> None:
    from hotline.casework.models import AbuseMark, Citizen
    from hotline.procedure.world import current

    walk.until("archive", phone=PHONE)
    contact = Contact.objects.get(matter__number=walk.number)
    index = Citizen.objects.get(id=contact.citizen_id).phone_index
    AbuseMark.objects.using("owner").create(
        id=current().ids.next(), matter_id=contact.matter_id, phone_index=index, sort="harassing", given_at=contact.at,
        until=contact.at + timedelta(days=900))  # fmt: skip
    page = looked(client_of("operator"))
    assert "以前的来电 1" in page
    assert "骚扰来电" in page
    assert "<h2>未结" not in page


def test_what_is_about_the_operator_is_not_found_by_telephone(walk: Walk) -> None:
    from hotline.network.models import Person

    walk.until("dispatch", phone=PHONE)
    me = Person.objects.get(login="operator").id
    Matter.objects.using("owner").filter(number=walk.number).update(against="hotline", against_person_id=me)
    assert walk.number not in looked(client_of("operator"))
    assert walk.number in looked(client_of("shift"))


def test_a_call_about_what_there_is_already_brings_its_words(walk: Walk) -> None:
    walk.until("dispatch", phone=PHONE)
    operator, act_id = client_of("operator"), str(uuid4())
    answer = sent(operator, act_id=act_id, repeat=walk.number)
    assert answer["Location"] == f"/staff/m/{walk.number}/record_repeat/?draft={act_id}"
    form = operator.get(answer["Location"]).content.decode()
    assert filled(form, "words") == f"{RECORD['course']}\n{RECORD['outcome']}"
    data = {"act_id": hidden(form, "act_id"), "seen_seq": hidden(form, "seen_seq"), "channel": "phone",
            "words": filled(form, "words"), "facts": "same"}  # fmt: skip
    assert operator.post(answer["Location"], data).status_code == 303
    assert Contact.objects.filter(matter__number=walk.number).count() == 2
    assert not filled(operator.get(DESK).content.decode(), "cause")  # it is on record now
    assert sent(operator, repeat="../../x").status_code == 404


def test_whoever_is_forgotten_is_forgotten_in_what_was_begun_about_them(walk: Walk) -> None:
    """By the data officer for a person, or in one matter; another caller's stays."""
    walk.until("archive", phone=PHONE)
    operator, officer = client_of("operator"), client_of("inspector")
    sent(operator, "save")
    sent(operator, "save", phone="13955708888")
    found = officer.post("/staff/persons/", {"phone": PHONE}).content.decode()
    [url] = re.findall(r'href="(/staff/persons/[^"]+/)"', found)
    assert officer.post(url, {"reason": "本人当面提出，核对过身份证"}).status_code == 200
    assert phones_kept(operator) == ["13955708888"]
    other = Walk().until("archive", phone="13955708888")
    form = {"act_id": str(uuid4()), "reason": "本人当面提出，核对过身份证"}
    answer = officer.post(f"{other.url}anonymise/", form)
    assert answer.status_code == 303, text_of(answer.content)
    assert phones_kept(operator) == []


def phones_kept(client: Client) -> list[str]:
    from hotline.procedure import times
    from hotline.surfaces.sessions import recognise

    visitor = recognise(client.cookies["minsheng_session"].value, times.wall(), times.now())
    assert visitor is not None
    return [str(one.data["phone"]) for one in drafts.mine(visitor)]


TOWNSHIP, OTHER = "341302005", "341302003"


def in_hand(area: str, gist: str, category: str = "供水") -> str:
    """A matter with a unit, in a place; its number."""
    client = client_of("shift")
    answer = sent(client, "dispatch", area=area, cause=gist, category=category, phone="")
    number = newest().number
    form = client.get(answer["Location"]).content.decode()
    data = {"act_id": hidden(form, "act_id"), "seen_seq": hidden(form, "seen_seq"), "kind": "help",
            "unit": str(unit_id("341302"))}  # fmt: skip
    assert client.post(answer["Location"], data).status_code == 303
    return number


def near(client: Client, **changed: str) -> list[str]:
    """Which matters the desk shows nearby, in its order."""
    sent(client, "save", **changed)
    page = client.get(DESK).content.decode()
    return re.findall(r'name="join" value="([\d-]+)"', page)


def test_what_looks_the_same_nearby_is_shown_the_likest_first(walk: Walk) -> None:
    operator = client_of("operator")
    same = in_hand(TOWNSHIP, "梧桐里小区停水")
    words_alone = in_hand(TOWNSHIP, "梧桐里小区停水两天", category="物业服务")
    in_hand(TOWNSHIP, "路口井盖丢失", category="市政设施")  # another thing
    in_hand(OTHER, "梧桐里小区停水")  # another place
    assert near(operator, area=TOWNSHIP, cause="梧桐里小区停水", category="供水") == [same, words_alone]
    assert near(operator, area="", cause="梧桐里小区停水") == []
    page = operator.get(DESK).content.decode()
    assert "选好县区、乡镇" in page
    assert near(operator, area=TOWNSHIP, cause="完全两样", category="教育收费") == []
    assert "没有看到同一个地方" in operator.get(DESK).content.decode()


def test_one_key_joins_what_is_the_same(walk: Walk) -> None:
    operator = client_of("operator")
    main = in_hand(TOWNSHIP, "梧桐里小区停水")
    page = operator.get(f"{DESK}?new=1").content.decode()
    assert f'<option value="{TOWNSHIP}" data-py=' in page
    answer = sent(operator, area=TOWNSHIP, join=main)
    mine = newest()
    assert (answer.status_code, mine.status, mine.area) == (303, "accepted", TOWNSHIP)
    form = operator.get(answer["Location"]).content.decode()
    assert filled(form, "number") == main
    assert "三里湾街道" in filled(form, "reason")
    data = {"act_id": hidden(form, "act_id"), "seen_seq": hidden(form, "seen_seq"),
            **{name: filled(form, name) for name in ("number", "reason", "words")}}  # fmt: skip
    assert operator.post(answer["Location"], data).status_code == 303
    mine.refresh_from_db()
    assert mine.status == "joined"


def test_what_is_about_the_operator_is_not_shown_nearby(walk: Walk) -> None:
    from hotline.network.models import Person

    main = in_hand(TOWNSHIP, "梧桐里小区停水")
    me = Person.objects.get(login="operator").id
    Matter.objects.using("owner").filter(number=main).update(against="hotline", against_person_id=me)
    assert near(client_of("operator"), area=TOWNSHIP) == []
    assert near(client_of("shift"), area=TOWNSHIP) == [main]


def test_a_place_is_a_code_or_nothing(walk: Walk) -> None:
    answer = sent(client_of("operator"), "register", area="张三家隔壁")
    assert answer.status_code == 422
    assert "没有这个县区、乡镇" in answer.content.decode()
    assert not Matter.objects.exists()


def offered(client: Client, area: str, **changed: str) -> list[str]:
    """Which communities the desk offers in a township."""
    sent(client, "save", area=area, **changed)
    page = client.get(DESK).content.decode()
    assert 'name="community"' in page
    assert 'list="communities"' in page
    found = page[page.index('id="communities"') :].split("</datalist>")[0]
    return re.findall(r'<option value="([^"]*)"></option>', found)


def test_below_the_township_stands_the_community_offered_from_what_was_written_there(walk: Walk) -> None:
    operator, shift = client_of("operator"), client_of("shift")
    for community in ("梧桐里社区", "淮河社区", "梧桐里社区"):
        assert sent(shift, "dispatch", area=TOWNSHIP, community=community, phone="").status_code == 303
    number = newest().number
    assert "三里湾街道 › 梧桐里社区" in text_of(shift.get(f"/staff/m/{number}/").content)
    assert offered(operator, TOWNSHIP) == ["梧桐里社区", "淮河社区"], "the most frequent first"
    assert offered(operator, OTHER) == []
    assert offered(operator, "") == []
    assert sent(shift, "dispatch", area=TOWNSHIP, community="超" * 31, phone="").status_code == 422
    Matter.objects.using("owner").filter(number=number).update(locked=True)
    Matter.objects.using("owner").exclude(number=number).update(against="hotline")
    assert offered(operator, TOWNSHIP) == [], "neither what is locked nor what is about the hotline"


def test_a_community_goes_with_whoever_named_it(walk: Walk) -> None:
    operator, officer = client_of("operator"), client_of("inspector")
    walk.until("archive")
    sent(client_of("shift"), "dispatch", area=TOWNSHIP, community="诸葛家门口", phone="13955708888")
    assert offered(operator, TOWNSHIP) == ["诸葛家门口"]
    Matter.objects.using("owner").filter(id=newest().id).update(status="archived")
    form = {"act_id": str(uuid4()), "reason": "本人当面提出，核对过身份证"}
    answer = officer.post(f"/staff/m/{newest().number}/anonymise/", form)
    assert answer.status_code == 303, text_of(answer.content)
    assert offered(operator, TOWNSHIP) == []
