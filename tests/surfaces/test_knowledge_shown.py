"""知识库 on the pages: a unit proposes, the office confirms, an operator finds it and answers with it, and an answer
without an entry begins one."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from hotline.casework.models import Matter
from hotline.knowledge import clock, seed
from hotline.knowledge.models import Citation, Entry, Version
from hotline.procedure import times
from hotline.procedure.perform import read
from support import entries
from support.entries import GOOD
from surfaces.city import WEDNESDAY, client_of, hidden, put_clock, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.test_intake import filled, sent
from surfaces.walk import LETTER, Walk

HOME = "/staff/knowledge/"
QUESTION = {"cause": "居住证怎么办理", "course": "刚来务工，想问要带什么材料。", "kind": "consultation", "category": "户籍"}


def posted(client: Client, url: str, **form: str) -> Any:
    """Send a page's form, as the page gave it out."""
    page = client.get(url).content.decode()
    seen = re.search(r'name="seen_seq" value="(\d+)"', page)
    data = {"act_id": hidden(page, "act_id"), **({"seen_seq": seen[1]} if seen else {}), **form}
    answer = client.post(url, data)
    assert answer.status_code == 303, text_of(answer.content)[:2000]
    return answer


def test_a_unit_proposes_the_office_confirms_and_everybody_finds_it(walk: Walk) -> None:
    clerk, reviewer, operator = client_of("gongan-clerk"), client_of("reviewer"), client_of("operator")
    url = posted(clerk, f"{HOME}propose/", **GOOD)["Location"].split("?")[0]
    number = Entry.objects.get().number
    assert url == f"{HOME}e/{number}/"
    assert "待确认" in text_of(clerk.get(f"{HOME}mine/").content)
    assert (operator.get(url).status_code, number in text_of(operator.get(HOME).content)) == (404, False)
    assert "待确认的词条 1 刚刚提出" in text_of(reviewer.get("/staff/").content)
    assert "词条" not in text_of(clerk.get("/staff/").content)
    waits = text_of(reviewer.get(f"{HOME}waiting/").content)
    assert number in waits
    assert re.search(r"还剩 \d 个工作日 13 小时 11月\d\d日 24:00 四（一）段1", waits), "like any other date that is owed"
    assert re.search(r"确认期限 还剩 \d 个工作日", text_of(reviewer.get(url).content))
    assert reviewer.post(f"{url}confirm_entry/", {"act_id": str(uuid4())}).status_code == 303
    found = text_of(operator.get(f"{HOME}?q=居住证 派出所&sort=guide").content)
    assert all(word in found for word in (number, GOOD["title"], "共 1 条", "市公安局"))
    assert "没有查到" in text_of(operator.get(f"{HOME}?q=没有这回事").content)
    revised = clerk.get(f"{url}revise_entry/").content.decode()
    assert (filled(revised, "title"), filled(revised, "body")) == (GOOD["title"], GOOD["body"])
    posted(clerk, f"{url}revise_entry/", **{**GOOD, "body": "到任意一个派出所办。"})
    assert "第 1 版" in text_of(operator.get(url).content)
    assert operator.get(f"{url}?v=2").status_code == 404
    assert "还在等热线办确认" in text_of(clerk.get(f"{url}revise_entry/").content)
    posted(reviewer, f"{url}send_entry_back/", reason="没有写要带什么")
    assert "退回的原因：没有写要带什么" in text_of(clerk.get(f"{url}?v=2").content)
    posted(clerk, f"{url}withdraw_entry/", reason="政策取消了")
    page = text_of(operator.get(url).content)
    assert all(word in page for word in ("已撤下", GOOD["body"], "撤下的原因"))


def test_an_entry_is_put_into_an_answer_and_its_use_is_counted(walk: Walk) -> None:
    entry = Entry.objects.get(id=entries.confirmed(entries.somebody("clerk", "201"), WEDNESDAY))
    operator = client_of("operator")
    kept = sent(operator, "look", **QUESTION)
    assert "登记，用这条答复" in text_of(operator.get(kept["Location"]).content)
    for none in ("老年证怎么办", "怎么办"):  # what every question says is no reason to offer this one
        page = operator.get(sent(operator, "look", **{**QUESTION, "cause": none, "course": ""})["Location"]).content
        assert entry.number not in page.decode()
        assert "词条里没有说这件事的。 提一条" in text_of(page)
    plain = operator.get(sent(operator, "answer_at_once", **QUESTION)["Location"]).content.decode()
    assert (filled(plain, "answer"), filled(plain, "cites")) == ("", "")  # chosen by nobody
    typed = operator.get(sent(operator, "look", **{**QUESTION, "cause": "问", "course": ""}, find="派出所")["Location"])
    assert all(word in typed.content.decode() for word in (entry.number, 'value="派出所"'))
    answer = sent(operator, use=entry.number, **QUESTION)
    form = operator.get(answer["Location"]).content.decode()
    assert (filled(form, "answer"), filled(form, "cites")) == (GOOD["body"], entry.number)
    assert filled(form, "policy") == "市公安局 某办〔2026〕1号"
    assert f"您选的词条 {entry.number} 已写在下面" in text_of(form.encode())
    matter = Matter.objects.get(number=answer["Location"].split("/")[3])
    form_of = {"answer": GOOD["body"], "policy": "某办〔2026〕1号"}
    wrong = operator.post(answer["Location"], {"act_id": str(uuid4()), **form_of, "cites": "Z99999"})
    assert (wrong.status_code, "没有现行有效的“Z99999”" in text_of(wrong.content)) == (422, True)
    posted(operator, answer["Location"], **form_of, cites=entry.number.lower())
    assert list(Citation.objects.values_list("entry_id", "number", "version")) == [(entry.id, entry.number, 1)]
    facts = next(one for one in read("matter", matter.id).lines if one.kind == "answered_at_once").read().facts
    assert facts[-1] == [f"{entry.number} 1"]
    page = text_of(operator.get(f"/staff/m/{matter.number}/").content)
    assert f"{entry.number} 第 1 版" in page
    assert (matter.promised_at is not None, "前答复" in page, "已答复" in page) == (True, True, True)
    matter.refresh_from_db()
    assert (matter.replied_at is None, matter.promised_at == matter.replied_at) == (False, False)
    assert "1 次" in text_of(operator.get(f"{HOME}e/{entry.number}/").content)


def test_an_answered_question_without_an_entry_begins_one(walk: Walk) -> None:
    operator = client_of("operator")
    answer = sent(operator, "answer_at_once", **QUESTION)
    posted(operator, answer["Location"], answer="带身份证到派出所。", policy="某办〔2026〕1号")
    number = Matter.objects.get().number
    page = operator.get(f"/staff/m/{number}/").content.decode()
    assert f"{HOME}propose/?from={number}" in page
    begun = operator.get(f"{HOME}propose/?from={number}").content.decode()
    assert (filled(begun, "title"), filled(begun, "body")) == (QUESTION["cause"], "带身份证到派出所。")
    assert (filled(begun, "source"), hidden(begun, "from_matter")) == ("某办〔2026〕1号", number)
    posted(operator, f"{HOME}propose/?from={number}", **{**GOOD, "from_matter": number})
    assert Version.objects.get().from_matter == number
    assert "已提词条" in text_of(operator.get(f"/staff/m/{number}/").content)
    complaint = walk.until("register")
    assert "propose/?from=" not in client_of("operator").get(complaint.url).content.decode()


def test_a_letter_cites_an_entry_and_what_is_written_is_kept(walk: Walk) -> None:
    entry = Entry.objects.get(id=entries.confirmed(entries.somebody("clerk", "201"), WEDNESDAY))
    walk.until("record_contact", gist="居住证怎样办", words="想办居住证")
    clerk, url = client_of("yongqiao-clerk"), walk.address("draft_reply")
    assert entry.number in clerk.get(url).content.decode()
    typed = {**LETTER, "answer": "您好。", "citations": "", "act_id": str(uuid4())}
    looked = clerk.post(url, {**typed, "do": "find", "find": "没有这回事"})["Location"]
    page = clerk.get(looked).content.decode()
    assert ("词条里没有说这件事的" in page, filled(page, "answer")) == (True, "您好。")
    page = clerk.get(clerk.post(url, {**typed, "entry": entry.number})["Location"]).content.decode()
    assert (filled(page, "answer"), filled(page, "cites")) == (f"您好。\n{GOOD['body']}", entry.number)
    assert filled(page, "citations") == "市公安局 | 某办〔2026〕1号"
    for number in (entry.number, entry.number):  # written twice, it is cited once
        walk.act("draft_reply", cites=number)
    assert list(Citation.objects.values_list("number", "version")) == [(entry.number, 1)]
    assert walk.post("draft_reply", walk.form("draft_reply", cites="Z99999")).status_code == 422


def test_asked_confirmed_again_over_and_taken_up_again(walk: Walk) -> None:
    """From the page of its unit: asked in time, good for longer, over, found no more; revised it holds again."""
    clerk, reviewer, operator = client_of("gongan-clerk"), client_of("reviewer"), client_of("operator")
    posted(clerk, f"{HOME}propose/", **GOOD, last_day="2026-12-25")
    url = f"{HOME}e/{Entry.objects.get().number}/"
    page = reviewer.get(url).content.decode()  # at once, from the page on which it is read
    asked = {"act_id": hidden(page, "act_id"), "seen_seq": hidden(page, "seen_seq")}
    assert f'action="{url}confirm_entry/"' in page
    assert reviewer.post(f"{url}confirm_entry/", asked).status_code == 303
    assert "有效到 还剩 37 天 13 小时 12月25日（周五）24:00" in text_of(operator.get(url).content)
    put_clock(WEDNESDAY.replace(day=26))
    assert clock.sweep(times.now()).performed == 1
    assert "请重新确认" in text_of(clerk.get(f"{HOME}mine/").content)
    for where in (url, f"{HOME}mine/", f"{HOME}?q=居住证"):
        assert "due-soon" in clerk.get(where).content.decode(), where
    assert "请重新确认的词条 1 刚刚提醒" in text_of(clerk.get("/staff/").content)
    assert filled(clerk.get(f"{url}revise_entry/").content.decode(), "last_day") == "2026-12-25", "not lengthened"
    posted(clerk, f"{url}reconfirm_entry/", last_day="2027-01-31")
    assert "有效到 还剩 66 天 13 小时" in text_of(clerk.get(url).content)
    assert "词条" not in text_of(clerk.get("/staff/").content)
    assert filled(clerk.get(f"{url}revise_entry/").content.decode(), "last_day") == "2027-01-31"
    put_clock(WEDNESDAY.replace(year=2027, month=2, day=1))
    assert GOOD["title"] not in text_of(operator.get(f"{HOME}?q=居住证").content), "over, late clock or not"
    while clock.sweep(times.now()).performed:
        pass
    said = text_of(clerk.get(url).content)
    assert "已失效" in said
    assert "有效到 2027年1月31日（周日）24:00 已过" in said or "有效到 1月31日（周日）24:00 已过" in said
    assert "修订" in text_of(clerk.get(f"{url}reconfirm_entry/").content), "what is over is revised"
    posted(clerk, f"{url}revise_entry/", **GOOD)
    assert client_of("reviewer").post(f"{url}confirm_entry/", {"act_id": str(uuid4())}).status_code == 303
    assert GOOD["title"] in text_of(operator.get(f"{HOME}?q=居住证").content)


def test_the_demonstrations_entries_and_what_their_pages_cost(walk: Walk, statements: Any) -> None:
    """Filled once; a list costs the same with many entries as with one, and no more than a page may."""
    many = seed.load_demo(WEDNESDAY)
    assert (many > 30, seed.load_demo(WEDNESDAY)) == (True, 0)
    waits = Version.objects.filter(status="proposed").count()
    assert (waits > 0, Entry.objects.filter(version=1).count()) == (True, many - waits)
    reviewer, clerk = client_of("reviewer"), client_of("gongan-clerk")
    number = Entry.objects.filter(version=1).order_by("-id")[0].number
    for client, url in ((reviewer, HOME), (reviewer, f"{HOME}?q=怎样&category=户籍"), (clerk, f"{HOME}mine/"),
                        (reviewer, f"{HOME}waiting/"), (reviewer, f"{HOME}e/{number}/"),
                        (clerk, f"{HOME}propose/")):  # fmt: skip
        client.get(url)
        cost = counted(statements, client, url)
        assert cost <= MOST_OF_A_PAGE, (url, cost)
