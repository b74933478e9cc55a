"""查找: words, what a matter is, telephone; found by whom it concerns and by nobody else; what is wrong is said."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from hotline.casework import searching, seeking
from hotline.casework.models import Matter, Order, Text
from hotline.casework.seeking import Wanted
from hotline.network import desks as network
from hotline.network.models import Post
from hotline.procedure.actor import Actor
from support import ledger
from surfaces.city import WEDNESDAY, client_of, text_of
from surfaces.test_avoided_shown import named
from surfaces.test_extensions_shown import done
from surfaces.walk import GIST, PHONE, Walk, leader_post, unit_id

SEARCH = "/staff/search/"
UNIT = "yongqiao-clerk"


def asked(client: Client, **query: str) -> str:
    """The page of a search that is well."""
    answer = client.get(SEARCH, query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def numbers(html: str) -> list[str]:
    """Of the rows that were found."""
    return re.findall(r'class="desk-row" id="row-([\d-]+)"', html)


def found(who: str, **query: str) -> list[str]:
    return numbers(asked(client_of(who), **query))


def actor_of(login: str) -> Actor:
    post = Post.objects.filter(person__login=login, status="open").order_by("began_at", "id")[0]
    return Actor(post.role, post.person_id, post.id, post.unit_id)


def desk_of(login: str, wanted: Wanted, **more: Any) -> searching.Found:
    actor = actor_of(login)
    return searching.search(actor, network.unit(actor.unit_id), wanted, **more)


def test_words_are_found_in_what_was_said_and_in_what_was_written_back(walk: Walk) -> None:
    walk.until("approve")
    for words in ("楼道灯", "不亮", "灯三个月没亮", "督促物业", "已经换好", "三个月 物业", "楼道灯，换好！"):
        assert found("operator", q=words) == [walk.number], words
    for words in ("楼道灯不亮的", "灯亮", "月不亮我", "三个月 自来水", "亮了没"):
        assert found("operator", q=words) == [], words
    assert found("operator", q="楼道灯", kind="complaint") == [walk.number]
    assert found("operator", q="楼道灯", kind="help") == []


def test_the_word_is_shown_where_it_stands(walk: Walk) -> None:
    walk.until("approve")
    html = asked(client_of("operator"), q="督促 单元")
    assert "<b>督促</b>物业更换。" in html
    assert "<b>单元</b>从一楼到六楼" in html
    found = asked(client_of("operator"), q="楼道灯").partition("<main")[2]
    assert "<b>" not in found, "the gist shows it"
    assert "查 字词“督促 单元”" in text_of(html)
    assert "共 1 件" in html


def test_letters_are_found_large_and_small_and_signs_stand_for_nothing_else(walk: Walk) -> None:
    walk.until("register", words="小区WiFi坏了，进度50%_左右\\没人管。", gist="WiFi坏了")
    for words in ("wifi", "WIFI坏", "50%", "%_左", "右\\没", "'; --没"):
        assert found("operator", q=words) == ([] if "--" in words else [walk.number]), words
    assert found("operator", q="5%%") == []
    assert found("operator", q="50__左") == []


def test_one_letter_alone_is_too_wide_and_with_something_else_it_is_not(walk: Walk) -> None:
    walk.until("register")
    answer = client_of("operator").get(SEARCH, {"q": "灯"})
    assert answer.status_code == 422
    assert "一个字查得太宽" in answer.content.decode()
    assert 'value="灯"' in answer.content.decode()
    assert found("operator", q="灯", kind="complaint") == [walk.number]
    assert found("operator", q="灯 六楼") == [walk.number]
    assert found("operator", q="井 六楼") == []


@pytest.mark.parametrize(("query", "said"), [
    ({"since": "11月"}, "日期请写成"), ({"since": "2026-13-01"}, "日期请写成"), ({"since": "0001-01-01"}, "日期请写成"),
    ({"until": "9999-12-31"}, "日期请写成"), ({"since": "2026-11-02", "until": "2026-11-01"}, "请对调"),
    ({"kind": "murder"}, "没有这个种类"), ({"status": "m-gone"}, "没有这个状态"), ({"unit": "1"}, "没有这个单位"),
    ({"card": "green"}, "没有这个现有的牌"), ({"q": "一二 三四 五六 七八 九十 甲乙"}, "最多查 5 个词"),
    ({"q": "长" * 41}, "最多 40 个字"), ({"q": "，。"}, "请写要查的字词"), ({"q": PHONE}, "电话不写在这里"),
    ({"q": "0557-303 0001"}, "电话不写在这里"), ({"caller": "forged"}, "只保留半小时"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(walk: Walk, query: dict[str, str], said: str) -> None:
    answer = client_of("operator").get(SEARCH, {"place": "某小区", **query})
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert said in html
    assert 'value="某小区"' in html
    if "q" in query:
        assert f'value="{query["q"]}"' in html
    above = html[html.index("error-summary") : html.index("<form", html.index("error-summary"))]
    assert "caller" in query or re.search(r"“\w+”：", above), "each with its field, above all"


def test_nothing_asked_for_is_nothing_looked_for(walk: Walk) -> None:
    walk.until("register")
    html = asked(client_of("operator"))
    assert numbers(html) == []
    assert "没有查到" not in html


def test_what_is_not_there_says_what_was_looked_for(walk: Walk) -> None:
    said = text_of(asked(client_of("operator"), q="自来水", kind="complaint", since="2026-11-01", unit=str(unit_id())))
    assert "没有查到：字词“自来水”，投诉，埇桥区人民政府，登记从 11月1日。" in said
    assert "只查您能看的事项" in said


FILTERS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "kind": ({"kind": "complaint"}, {"kind": "help"}),
    "category": ({"category": "公共"}, {"category": "供水"}),
    "place": ({"place": "6 栋"}, {"place": "7 栋"}),
    "matter": ({"status": "m-in_hand"}, {"status": "m-archived"}),
    "order": ({"status": "o-signed"}, {"status": "o-filed"}),
    "registered": ({"since": "2026-11-18", "until": "2026-11-18"}, {"since": "2026-11-19"}),
    "before": ({"until": "2026-11-18"}, {"until": "2026-11-17"}),
    "due": ({"due_since": "2026-11-19", "due_until": "2027-01-31"}, {"due_until": "2026-11-18"}),
    "card": ({"card": "yellow"}, {"card": "red"}),
}


@pytest.mark.parametrize("what", FILTERS)
@pytest.mark.parametrize("words", [{}, {"q": "楼道灯"}, {"q": "六楼 灯"}])
def test_every_condition_holds_for_the_office_and_for_the_unit(walk: Walk, what: str, words: dict[str, str]) -> None:
    from hotline.casework.models import Mark
    from hotline.procedure.world import current

    walk.until("sign_for")
    order = Order.objects.get(matter__number=walk.number)
    Mark.objects.using("owner").create(id=current().ids.next(), matter_id=order.matter_id, order_id=order.id,
                                       unit_id=order.unit_id, colour="yellow", cause="due_day", round=1,
                                       given_at=WEDNESDAY)  # fmt: skip
    fits, fits_not = FILTERS[what]
    for who in ("operator", UNIT):
        if who == UNIT and what == "matter":
            continue
        assert found(who, **words, **fits) == [walk.number], who
        assert found(who, **words, **fits_not) == [], who
    unit, other = str(unit_id()), str(unit_id("341321"))
    assert found("operator", **words, **fits, unit=unit) == [walk.number]
    assert found("operator", **words, **fits, unit=other) == []


def test_a_category_of_the_first_level_finds_what_stands_below_it(walk: Walk) -> None:
    walk.until("sign_for")
    for who in ("operator", UNIT):
        assert found(who, category="城乡建设") == [walk.number], who
        assert found(who, category="城乡建设", q="楼道灯") == [walk.number], who
        assert found(who, category="交通出行") == [], who
    assert "送达，新的在前" in asked(client_of(UNIT), category="城乡建设"), "a unit's orders, by when each was given"
    html = asked(client_of("operator"), category="城乡建设")
    assert "登记，新的在前" in html
    assert re.search(r'<option value="公共照明" data-py="cxjs ggzm">城乡建设 › 公共照明</option>', html), "by its initials"
    assert '<option value="城乡建设" data-py="cxjs" selected>' in html
    assert "名称里有“照明”的" in asked(client_of("operator"), category="照明"), "what was kept before is asked as before"


def test_who_may_not_see_a_matter_does_not_find_it(walk: Walk) -> None:
    walk.until("sign_for", secrecy="1")
    for who in ("operator", "dispatcher", "reviewer", "follow", "inspector", "shift", UNIT, "yongqiao-head"):
        assert found(who, q="楼道灯") == [walk.number], who
        assert found(who, q="楼道灯 六楼", kind="complaint") == [walk.number], who
    for who in ("dangshan-clerk", "sanliwan-clerk", "leader"):
        assert found(who, q="楼道灯") == [], who
        assert found(who, kind="complaint") == [], who
        said = text_of(asked(client_of(who), q="楼道灯"))
        assert said.count("楼道灯") == 1, "the word that was typed, nothing of the matter"
    assert client_of("admin").get(SEARCH, {"q": "楼道灯"}).status_code == 403
    assert Client().get(SEARCH, {"q": "楼道灯"}).status_code == 302


def test_the_target_of_a_complaint_does_not_find_it(walk: Walk) -> None:
    walk.until("sign_for")
    named(walk, "unit", unit=str(unit_id()))
    assert found(UNIT, q="楼道灯") == []
    assert found(UNIT, kind="complaint") == []
    assert found("operator", q="楼道灯") == [walk.number]


def test_what_went_on_to_another_unit_is_found_there_alone(walk: Walk) -> None:
    walk.until("dispatch")
    Order.objects.using("owner").update(status="recalled")
    assert found(UNIT, q="楼道灯") == []
    assert found("operator", q="楼道灯") == [walk.number]


def test_what_is_sealed_is_found_by_no_word(walk: Walk) -> None:
    walk.until("sign_for")
    Matter.objects.using("owner").update(locked=True)
    for who in ("operator", UNIT):
        assert found(who, q="楼道灯") == []
        assert found(who, place="某小区") == []
        html = asked(client_of(who), kind="complaint")
        assert numbers(html) == [walk.number]
        assert GIST not in html


def test_what_is_redacted_is_in_the_index_no_longer(walk: Walk) -> None:
    walk.until("archive")
    assert found("operator", q="楼道灯") == [walk.number]
    inspector = client_of("inspector")
    page = inspector.post("/staff/persons/", {"phone": PHONE}).content.decode()
    person = re.findall(r'href="(/staff/persons/[^"]+/)"', page)[0]
    assert inspector.post(person, {"reason": "本人当面提出"}).status_code == 200
    for words in ("不亮", "六楼", "一楼到六楼"):
        assert found("operator", q=words) == [], words
    with_words = Text.objects.extra(where=["casework_grams(body) @@ '''六楼'''::tsquery"])
    assert not with_words.exists()


def many(walk: Walk, count: int) -> list[str]:
    """So many matters of one unit, the newest first."""
    for _ in range(count):
        walk.until("dispatch")
    return list(Matter.objects.order_by("-number").values_list("number", flat=True))


@pytest.mark.parametrize("who", ["operator", UNIT])
def test_page_by_page_the_newest_first(walk: Walk, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(searching, "PAGE", 2)
    every = many(walk, 5)
    client, url, seen = client_of(who), f"{SEARCH}?{urlencode({'q': '楼道灯'})}", list[str]()
    for page in range(3):
        html = client.get(url).content.decode()
        seen += numbers(html)
        following = re.search(r'class="desk-next" href="([^"]+)"', html)
        assert bool(following) is (page < 2)
        assert ("回到第一页" in html) is (page > 0)
        url = unescape(following[1]) if following else ""
    assert seen == every
    assert not re.search(r"共 \d+ 件", html)


WALKS = {"operator": "number", UNIT: "dispatched_at"}


@pytest.mark.parametrize("who", WALKS)
def test_where_not_all_was_looked_through_it_goes_on_from_there(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    every = many(walk, 4)
    oldest = Matter.objects.get(number=every[-1])
    Text.objects.using("owner").filter(matter_id=oldest.id, field="words").update(body="井盖丢了")
    for name, value in (("GLANCE", 1), ("WALK", 3), ("RARE", 0)):
        monkeypatch.setattr(searching, name, value)
    html = asked(client_of(who), q="井盖")
    assert numbers(html) == []
    assert "更早的还没有查" in html
    following = re.search(r'class="desk-next" href="([^"]+)"[^>]*>接着往前查', html)
    assert following
    rest = client_of(who).get(unescape(following[1])).content.decode()
    assert numbers(rest) == [every[-1]]
    assert "接着往前查" not in rest
    monkeypatch.undo()
    assert found(who, q="井盖") == [every[-1]], "the index says at once where it is"


def test_rare_and_frequent_words_are_found_alike(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    every = many(walk, 3)
    for glance, walked, rare in ((400, 6_000, 8_000), (1, 10, 8_000), (1, 10, 0)):
        for name, value in (("GLANCE", glance), ("WALK", walked), ("RARE", rare)):
            monkeypatch.setattr(searching, name, value)
        assert found("operator", q="楼道灯") == every
        assert found("operator", q="楼道灯 六楼") == every
        assert found(UNIT, q="六楼") == every


def test_a_number_leads_to_its_matter_and_to_no_strangers(walk: Walk) -> None:
    walk.until("dispatch")
    for typed in (walk.number, walk.number.replace("-", ""), walk.number[4:13]):
        answer = client_of("operator").get(SEARCH, {"q": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, walk.url)
        sent = client_of("operator").post(SEARCH, {"q": typed})
        assert sent.status_code == 303
        assert client_of("operator").get(sent.headers["Location"]).headers["Location"] == walk.url
    stranger = client_of("dangshan-clerk").get(SEARCH, {"q": walk.number})
    assert stranger.status_code == 200
    assert "或者不在您能看的范围里" in stranger.content.decode()


def test_the_box_in_the_top_bar_leads_to_the_search(walk: Walk) -> None:
    walk.until("register")
    operator = client_of("operator")
    assert f'method="post" action="{SEARCH}"' in operator.get("/staff/desk/open/").content.decode()
    assert "top-search" not in client_of("admin").get("/staff/network/").content.decode()
    sent = operator.post(SEARCH, {"q": " 楼道灯 "})
    assert sent.status_code == 303
    assert numbers(operator.get(sent.headers["Location"]).content.decode()) == [walk.number]
    assert operator.post(SEARCH, {"q": ""}).headers["Location"] == SEARCH


def lines(kind: str) -> list[tuple[int, Any]]:
    return [(line.person_id, line.read().facts) for line in ledger.lines("kind = %s", kind)]


def test_a_telephone_number_is_looked_for_by_the_office_and_leaves_a_line(walk: Walk) -> None:
    walk.until("dispatch")
    other = Walk()
    other.report(phone="13955700077")
    operator = client_of("operator")
    for form in ({"phone": PHONE}, {"q": PHONE}, {"q": "139 5570 3218"}, {"phone": f"+86 {PHONE}"}):
        sent = operator.post(SEARCH, form)
        assert sent.status_code == 303
        assert PHONE not in sent.headers["Location"]
        html = operator.get(sent.headers["Location"]).content.decode()
        assert numbers(html) == [walk.number]
        assert "这个电话反映的" in html
        assert PHONE not in html
    assert len(lines("caller_sought")) == 4
    token = parse_qs(urlsplit(sent.headers["Location"]).query)["caller"][0]
    assert found("operator", caller=token, q="楼道灯") == [walk.number]
    assert found("operator", caller=token, q="自来水") == []
    assert found("operator", caller=token, q="灯") == [walk.number], "one letter is enough among so few"
    assert client_of("reviewer").get(SEARCH, {"caller": token}).status_code == 422, "whose token it is, uses it"
    nobody = operator.post(SEARCH, {"phone": "13900000000"})
    assert "没有查到：这个电话反映的" in text_of(operator.get(nobody.headers["Location"]).content)


def test_a_unit_looks_for_no_telephone_number(walk: Walk) -> None:
    walk.until("dispatch")
    for who in (UNIT, "leader"):
        for form in ({"phone": PHONE}, {"q": PHONE}):
            answer = client_of(who).post(SEARCH, form)
            assert answer.status_code == 200
            assert "由热线办" in answer.content.decode()
            assert numbers(answer.content.decode()) == []
        assert "按诉求人的电话查" not in asked(client_of(who))
    assert lines("caller_sought") == []
    wrong = client_of("operator").post(SEARCH, {"phone": "很多"})
    assert wrong.status_code == 422
    assert "请填写电话" in wrong.content.decode()


def test_a_leader_finds_what_was_put_before_them(walk: Walk) -> None:
    walk.until("accept")
    done(walk, "submit", "dispatcher", ground="疑难性", leader=leader_post(), opinion="请批示")
    assert found("leader", q="楼道灯") == [walk.number]
    assert found("leader", kind="complaint") == [walk.number]
    assert found("leader", q="请批示") == [], "what is written between posts is not searched"


def test_a_leader_is_told_where_not_all_were_looked_through(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "BEFORE_LEADER", 1)
    every = []
    for _ in range(2):
        walk.until("accept")
        done(walk, "submit", "dispatcher", ground="疑难性", leader=leader_post(), opinion="请批示")
        every.append(walk.number)
    html = asked(client_of("leader"), q="楼道灯")
    assert numbers(html) == every[1:]
    assert "只查了最近呈报的" in html


def test_the_fields_that_are_searched_are_those_that_the_index_holds(city: str) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cur:
        cur.execute("SELECT pg_get_indexdef('text_grams'::regclass)")
        made = cur.fetchone()[0]
    assert set(re.findall(r"'(\w+)'", made)) == set(seeking.FIELDS)
    assert all(f"'{name}'" in seeking._FIELDS for name in seeking.FIELDS)


def test_words_are_parted_where_the_index_makes_no_pairs(city: str) -> None:
    from django.db import connection

    said = "甲乙 丙丁，戊己。a-b/c「子丑」寅\u3000卯\u00a0辰'巳\"午|未\\申%酉_戌"
    pairs = {word[i : i + 2] for word in seeking.words_of(said) for i in range(len(word) - 1)}
    with connection.cursor() as cur:
        cur.execute("SELECT tsvector_to_array(casework_grams(%s))", [said])
        assert set(cur.fetchone()[0]) == pairs
        cur.execute("SELECT casework_grams('')::text, casework_grams('一')::text, casework_grams('，，')::text")
        assert cur.fetchone() == ("", "", "")
