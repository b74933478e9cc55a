"""网络受理台: what came in writing waits in one queue, first what falls due first; whoever presses gets the next one, which
nobody else has; done with it, the next comes by itself. Advertising is refused several at a time, each told."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from hotline.casework.models import Matter
from hotline.network.models import Person
from hotline.procedure import times
from hotline.procedure.models import OutboxMessage
from hotline.surfaces import claims
from hotline.surfaces.models import Claim
from surfaces import at_desks
from surfaces.city import client_of, hidden, status_of, text_of
from surfaces.counting import counted
from surfaces.walk import FORMS, WORDS, Walk

DESK = "/staff/desk/web/"
ADVERT = "专业贷款，当天放款，加微信"
TAKEN_IN = {**FORMS["accept"], "time": "三个月前", "place": "某小区"}


def pressed(client: Client, do: str, page: str = "", **typed: Any) -> Any:
    """Press a button of the desk as it stands, be it the queue or what somebody has taken."""
    page = page or client.get(DESK).content.decode()
    form = page[page.index('id="review"') :]
    return client.post(at_desks.action(page), {**dict(re.findall(r'name="(act_id|seen_seq)" value="([^"]*)"', form)),
                                               "do": do, **typed})  # fmt: skip


def written(**report: str) -> Walk:
    return Walk().until("register", **report)


def taken(client: Client, do: str = "next") -> str:
    """Take the next one; its number."""
    answer = pressed(client, do)
    assert answer.status_code == 303, text_of(answer.content)[:800]
    return shown(client)


def shown(client: Client) -> str:
    """Which one somebody has."""
    page = client.get(DESK).content.decode()
    return at_desks.action(page).partition("?m=")[2] if "您取的" in page else ""


def numbers() -> list[tuple[str, str]]:
    return list(Claim.objects.order_by("number").values_list("number", "person__login"))


@pytest.mark.usefixtures("walk")
def test_one_after_the_other_each_to_one_alone() -> None:
    """In the order of what falls due first; a letter and what the province passed on among them; accepted, the next one
    opens; another person has another one."""
    first, second, third = written(), written(gist="井盖缺了一半"), written(gist="水压低")
    Matter.objects.filter(number=third.number).update(source="province", source_due_at=times.now() + timedelta(hours=4))
    Matter.objects.filter(number=second.number).update(channel="letter")
    web, other = client_of("web"), client_of("operator")
    page = web.get(DESK).content.decode()
    said = text_of(page)
    assert [page.index(f'id="row-{one.number}"') for one in (third, first, second)] == sorted(
        page.index(f'id="row-{one.number}"') for one in (first, second, third))  # fmt: skip
    for words in ("省级平台", "来信", "网络", "共 3 件", "来源要求", "答应", "刚到"):
        assert words in said, words
    assert taken(web) == third.number
    assert taken(other) == first.number
    assert taken(web) == third.number or shown(web)  # pressed again, one has one alone
    assert len({number for number, _ in numbers()}) == len({login for _, login in numbers()}) == 2
    assert f"{Person.objects.get(login='operator').name}取走" in text_of(web.get(DESK + "?of=all").content)
    mine = shown(web)
    page = web.get(DESK).content.decode()
    for words in (WORDS, "附近相似的未结事项", "不予受理 7 种情形", "请诉求人补充", "您取的，还留"):
        assert words in text_of(page), words
    wrong = pressed(web, "accept", page)
    said = text_of(wrong.content)  # all that is wrong at once
    assert (wrong.status_code, "请选择“受理项”" in said, "缺少“人物”" in said) == (422, True, True)
    answer = pressed(web, "accept", page, **TAKEN_IN)
    assert (answer.status_code, answer["Location"]) == (303, f"{DESK}?done=accept&was={mine}")
    assert status_of(mine) == "accepted"
    assert shown(web) not in ("", mine)  # the next one came by itself
    assert {number for number, _ in numbers()} == {shown(web), shown(other)}
    letter = client_of("web").get(second.url)
    assert (letter.status_code, "来信" in text_of(letter.content)) == (200, True)


@pytest.mark.usefixtures("walk")
def test_what_else_may_come_of_it() -> None:
    """Facts are asked for, a ground of the list is named, an emergency is handed over, it goes back into the queue."""
    for at in range(5):
        written(gist=f"第 {at} 件")
    web = client_of("web")
    first = taken(web)
    page = web.get(DESK).content.decode()
    assert pressed(web, "ask_for_facts", page).status_code == 422
    form = {"ask_missing": "请说明是哪个小区", "ask_means": "sms", "ask_outcome": "tried", "ask_note": "短信回执"}
    assert pressed(web, "ask_for_facts", page, **form)["Location"] == f"{DESK}?done=ask_for_facts&was={first}"
    second = shown(web)
    assert pressed(web, "refuse:三（二）2")["Location"] == f"{DESK}?done=decline&was={second}"
    third = shown(web)
    assert "hand_over" in pressed(web, "refuse:三（二）5")["Location"]
    assert pressed(web, "refuse:三（二）7").status_code == 422  # a reason is wanted
    assert pressed(web, "advert")["Location"] == f"{DESK}?done=propose_refusal&was={third}"
    assert [status_of(one) for one in (first, second, third)] == ["awaiting_facts", "declined", "refusal_proposed"]
    fourth = shown(web)
    assert pressed(web, "skip").status_code == 303
    fifth = shown(web)
    assert fifth not in ("", fourth)
    page = web.get(DESK).content.decode()
    assert pressed(web, "hand_back", page).status_code == 303
    assert (shown(web), numbers()) == ("", [])
    assert pressed(client_of("operator"), f"take:{fifth}").status_code == 303
    late = web.post(f"{DESK}?m={fifth}", {"act_id": hidden(page, "act_id"), "do": "accept", **TAKEN_IN})
    assert (late.status_code, "不在您手上" in late.content.decode(), status_of(fifth)) == (409, True, "registered")
    assert pressed(web, f"take:{fifth}", web.get(f"{DESK}?of=all").content.decode()).status_code == 409
    Claim.objects.update(until=times.wall() - timedelta(seconds=1))  # whoever had it went home, or was killed
    assert pressed(web, f"take:{fifth}").status_code == 303


@pytest.mark.clause("三（二）7d", "R-42")
@pytest.mark.usefixtures("walk")
def test_advertising_is_refused_together_and_each_is_told() -> None:
    """By two people, each with its line; what is honest about those that were not."""
    adverts = [written(gist=f"{ADVERT} {at}").number for at in range(3)]
    cry, held = written(gist="救命，要跳楼").number, written(gist="水压低").number
    web, lead = client_of("web"), client_of("shift")
    pressed(client_of("operator"), f"take:{held}")
    page = web.get(DESK).content.decode()
    assert "险情待接手 1" in text_of(page)
    assert (pressed(web, "refuse_all", page, reason="广告").status_code) == 422
    answer = pressed(web, "refuse_all", page, reason="是广告", numbers=[*adverts[:2], cry, held])
    said = text_of(answer.content)
    assert answer.status_code == 422
    for words in ("办成 2 件，2 件没有办成", "写着危及生命的话", "正在办"):
        assert words in said, words
    unsaid = pressed(web, "refuse_all", numbers=[adverts[2]], reason=" ")
    assert (unsaid.status_code, text_of(unsaid.content).count("请填写“理由”")) == (422, 1)
    assert re.search(rf'value="{adverts[2]}" checked', unsaid.content.decode())
    answer = pressed(web, "refuse_all", numbers=[adverts[2]], reason="是广告")
    assert (answer.status_code, answer["Location"]) == (303, f"{DESK}?done=propose_refusal&of=all")
    assert [status_of(one) for one in (*adverts, cry, held)] == [*["refusal_proposed"] * 3, *["registered"] * 2]
    waits = lead.get(f"{DESK}?of=approvals").content.decode()
    assert "书面来件2" in text_of(waits).replace(" ", "")
    assert all(one in waits for one in adverts)
    assert pressed(web, "approve_all", waits, numbers=adverts).status_code != 303
    before = OutboxMessage.objects.filter(template="refused").count()
    assert pressed(lead, "approve_all", waits, numbers=adverts).status_code == 303
    assert {status_of(one) for one in adverts} == {"declined"}
    assert OutboxMessage.objects.filter(template="refused").count() == before + 3


@pytest.mark.usefixtures("walk")
def test_the_alarm_is_taken_at_the_desk() -> None:
    """It comes before all others, and its banner goes once somebody has taken it."""
    written()
    cry = written(gist="有人要跳楼", words="他站在楼顶，说要跳楼")
    web = client_of("web")
    page = web.get(DESK).content.decode()
    assert "险情待接手 1" in text_of(page)
    assert "险情 1" in text_of(page)  # at the top of every page
    assert "险情待接手 1" in text_of(web.get("/staff/").content)  # and where one begins
    row = next(one for one in web.get("/staff/desk/alarms/").content.decode().split("<tr") if cry.number in one)
    assert "再提醒班长" in row  # when somebody is told again is no limit that anybody keeps
    assert "due-when" not in row
    assert taken(web) == cry.number
    answer = web.post(f"{cry.url}take_alarm/", {"act_id": hidden(page, "act_id")})
    assert (answer.status_code, answer["Location"]) == (303, f"{cry.url}?done=take_alarm")
    assert "险情待接手" not in text_of(web.get(DESK).content)
    page = web.get(DESK).content.decode()  # taken, and still no advertising by the key that refuses advertising
    assert "不能一个键就按广告拒" in page
    assert not re.search(r'value="advert"', page)
    assert (pressed(web, "advert", page).status_code, status_of(cry.number)) == (409, "registered")
    assert pressed(web, "refuse:三（二）7", page, reason="查过，是在演戏").status_code == 303
    assert "接手险情" in text_of(web.get(cry.url).content)


def test_of_what_is_about_oneself_nothing_waits(walk: Walk) -> None:
    about = written()
    Matter.objects.filter(number=about.number).update(against_person_id=Person.objects.get(login="web"))
    assert about.number not in client_of("web").get(DESK).content.decode()
    assert pressed(client_of("web"), "next").status_code == 409
    assert taken(client_of("operator")) == about.number


def test_a_letter_is_registered_from_the_desk_and_waits_there(walk: Walk) -> None:
    web = client_of("web")
    link = re.search(r'href="(/staff/register/[^"]*)">登记来信、来函', web.get(DESK).content.decode())
    assert link
    form = web.get(link[1]).content.decode()
    assert re.search(r'<option value="letter" selected>来信', form)
    letter = {**FORMS["accept"], "kind": "complaint", "gist": "来信说楼道灯不亮", "words": "三个月了。", "channel": "letter",
              "publish_wish": "not_asked", "act_id": hidden(form, "act_id")}  # fmt: skip
    assert web.post("/staff/register/", letter).status_code == 303
    assert "来信说楼道灯不亮" in web.get(DESK).content.decode()
    assert re.search(r'<option value="phone" selected>', web.get("/staff/register/?channel=nonsense").content.decode())


def test_what_the_desk_costs(walk: Walk, statements: Any) -> None:
    """The queue and what one has taken, with an alarm standing: no more than eight statements, however many wait."""
    written(gist="救命，要跳楼")
    web, costs = client_of("web"), []
    for gist in ("井盖缺了一半", "水压低"):
        for _ in range(4):
            written(gist=gist)
        web.get(DESK)
        costs.append([counted(statements, web, DESK + "?of=all"), 0])
        taken(web)
        web.get(DESK)
        costs[-1][1] = counted(statements, web, DESK)
        pressed(web, "hand_back")
    assert costs == [[6, 8]] * 2


class Somebody:
    """As much of a visitor as a claim asks for."""

    def __init__(self, person: Any):
        self.person = person


def test_two_people_at_once_never_get_the_same(walk: Walk) -> None:
    """On the database, several at the same instant, again and again; and all there is is given out."""
    people = [Somebody(one) for one in Person.objects.order_by("id")[:6]]
    offered = [(n, f"N{n}") for n in range(1, 6)]
    together, got = threading.Barrier(len(people)), list[tuple[int, int]]()

    def takes(one: Somebody) -> None:
        try:
            for turn in range(4):
                together.wait()
                found = claims.take(one, offered)  # type: ignore[arg-type]
                if found is not None:
                    got.append((turn, found.matter_id))
                together.wait()
                claims.hand_back(one)  # type: ignore[arg-type]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=takes, args=(one,)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(got) == len({*got})
    assert [len([1 for turn, _ in got if turn == at]) for at in range(4)] == [len(offered)] * 4
