"""写反馈件: the letter beside what it answers; what it lacks is said by the server; what is written is kept, cited in its
standard form, printed as it leaves the house."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hotline.casework import cited_before as citing
from hotline.casework.attachments import keeping
from hotline.casework.models import Letter, Order
from hotline.procedure import times
from hotline.procedure.models import LedgerLine
from hotline.procedure.perform import raw
from hotline.rules import letters
from hotline.surfaces import frame
from support.pictures import picture
from surfaces.city import client_of, hidden, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.walk import GIST, LETTER, WORDS, Walk

CITED = "《物业管理条例》（国务院令第698号）"


@pytest.fixture
def clerk(city: str) -> Client:
    return client_of("yongqiao-clerk")


@pytest.fixture
def signed(walk: Walk) -> Walk:
    return walk.until("record_contact")


def pressed(client: Client, walk: Walk, do: str, page: str = "", **typed: Any) -> Any:
    """Press a button of the page as it stands."""
    url = walk.address("draft_reply")
    page = page or client.get(url).content.decode()
    given = {name: hidden(page, name) for name in ("act_id", "seen_seq", "draft")}
    return client.post(url, {**given, **({"do": do} if do else {}), **typed})


def lacking(html: bytes) -> list[str]:
    """The elements that are said to be missing."""
    rows = re.findall(r'<li class="element-missing">.*?<a href="#[^"]+">([^<]+)</a>', html.decode(), re.S)
    return [str(row) for row in rows]


def test_written_kept_checked_and_handed_in(signed: Walk, clerk: Client) -> None:
    book = frame.book()
    page = clerk.get(signed.address("draft_reply"))
    said = text_of(page.content)
    for words in (signed.number, GIST, WORDS, "转办", "五（三）", "五（四）", "五（五）"):
        assert words in said, words
    targets = set(re.findall(r'<b>[有缺]</b><a href="#(f-\w+)"', page.content.decode()))
    assert len(targets) == len(letters.terms(book))
    assert targets <= set(re.findall(r'id="(f-\w+)"', page.content.decode()))
    assert set(letters.terms(book).values()) >= set(lacking(page.content)) > {"是否属实", "责任人姓名"}
    before = LedgerLine.objects.count()
    some = {name: LETTER[name] for name in ("reply", "truthful", "responsible_name")}
    answer = pressed(clerk, signed, "check", page.content.decode(), **some)
    assert {"是否属实", "责任人姓名", "反馈件正文"} & set(lacking(answer.content)) == set()
    assert (answer.status_code, "给诉求人的答复" in lacking(answer.content)) == (200, True)
    assert re.search(r'data-saved="\d\d:\d\d:\d\d 已保存在服务器"', answer.content.decode())
    again = clerk.get(signed.address("draft_reply")).content.decode()
    assert LETTER["reply"] in again
    colleague = client_of("yongqiao-head").get(signed.address("draft_reply")).content.decode()
    assert LETTER["reply"] in colleague
    assert "写到这里，本单位能写的都可以接着写" in text_of(colleague)
    assert (LedgerLine.objects.count(), Letter.objects.exists()) == (before, False)
    with raw().cursor() as cur:
        [[body]] = cur.execute("SELECT body FROM surfaces_draft").fetchall()
    assert LETTER["reply"].encode() not in bytes(body)
    answer = pressed(clerk, signed, "", again, **LETTER)
    assert (answer.status_code, Letter.objects.count()) == (303, 1)
    with raw().cursor() as cur:
        assert cur.execute("SELECT count(*) FROM surfaces_draft").fetchone() == (0,)
    assert lacking(clerk.get(signed.address("draft_reply")).content) == []


def test_a_document_is_entered_once_and_offered_to_the_next_letter(signed: Walk, clerk: Client) -> None:
    answer = pressed(clerk, signed, "cite", reply="经查。", cite_title="物业管理条例")
    assert (answer.status_code, "请写上文件名称和文号" in answer.content.decode()) == (422, True)
    assert 'name="cite_title" form="reply" value="物业管理条例"' in answer.content.decode(), "what was written stays"
    answer = pressed(clerk, signed, "cite", reply="经查。", cite_title="《物业管理条例》", cite_number="国务院令第698号")
    assert (answer.status_code, answer["Location"].endswith("#f-citations")) == (303, True)
    page = clerk.get(signed.address("draft_reply")).content.decode()
    assert "《物业管理条例》 | 国务院令第698号" in page
    assert "政策法规引用的文号和出处" not in lacking(page.encode())
    assert pressed(clerk, signed, "", page, **LETTER).status_code == 303
    assert CITED in text_of(clerk.get(signed.url).content)
    other = Walk().until("record_contact", gist="井盖缺了一半")
    page = clerk.get(other.address("draft_reply")).content.decode()
    offered = re.search(r'name="cite" value="([^"]+)">([^<]+)<', page)
    assert offered
    assert (offered[1], offered[2]) == (LETTER["citations"], CITED)
    assert "同类事项引用过，1 件" in text_of(page)
    assert pressed(clerk, other, "", page, cite=offered[1]).status_code == 303
    assert LETTER["citations"] in clerk.get(other.address("draft_reply")).content.decode()
    strangers = citing.earlier(*who("dangshan-clerk"), "公共照明")
    assert (strangers, [one.times for one in citing.earlier(*who("yongqiao-clerk"), "")]) == ([], [1])


def who(login: str) -> Any:
    """Somebody, and their unit."""
    from hotline.network import desks as network
    from surfaces.standing import actor_of

    actor = actor_of(login)
    return actor, network.unit(actor.unit_id)


def test_printed_as_it_leaves_the_house(signed: Walk, clerk: Client) -> None:
    answer = pressed(clerk, signed, "print", **LETTER)
    sheet = clerk.get(answer["Location"])
    said = text_of(sheet.content)
    said = said[said.index("埇桥区人民政府 草稿") :]
    parts = ("草稿，还没有交", f"关于 {signed.number} 号诉求事项的反馈", "宿州市12345热线：", LETTER["reply"], LETTER["answer"], CITED,
             LETTER["contact_summary"], "是否属实 属实", "2026年11月18日", LETTER["handler_name"])  # fmt: skip
    places = [said.index(words) for words in parts]
    assert places == sorted(places)
    assert LETTER["publishable"] not in said
    assert client_of("dangshan-clerk").get(answer["Location"]).status_code == 404  # not theirs
    assert client_of("reviewer").get(answer["Location"]).status_code == 404
    for verb in ("draft_reply", "answer_citizen", "sign_off", "file"):
        signed.act(verb)
    said = text_of(client_of("reviewer").get(f"{signed.url}draft_reply/print/").content)
    assert "分管负责人 11月18日" in said
    assert "草稿" not in said


def test_files_of_a_draft_stand_in_the_printed_letter_and_before_its_signer(signed: Walk, clerk: Client) -> None:
    photo = SimpleUploadedFile("修好的灯.jpg", picture(size=(40, 30)))
    answer = pressed(clerk, signed, "print", **LETTER, **{"files-new": photo})
    said = text_of(clerk.get(answer["Location"]).content)
    assert said.index("附件： 修好的灯.jpg") < said.index("（印章）"), "as a draft"
    with raw().cursor() as cur:
        cur.execute("UPDATE procedure_stagedfile SET uploaded_at = uploaded_at - interval '29 days'")
    assert keeping.sweep(times.now()) == 0, "kept as long as the draft that holds it"
    page = clerk.get(signed.address("draft_reply")).content.decode()
    token = re.search(r'name="files" value="([^"]+)" checked', page)
    assert token
    assert pressed(clerk, signed, "", page, **LETTER, files=token[1]).status_code == 303
    deputy = client_of("yongqiao-deputy").get("/staff/desk/sign-off/").content.decode()
    letter = deputy[deputy.index("反馈件 <span") : deputy.index("看打印的样子")]
    assert re.search(r'<a href="/staff/m/[\d-]+/file/\d+/">修好的灯\.jpg</a>', letter), "to be looked at before signing"
    for verb in ("answer_citizen", "sign_off", "file"):
        signed.act(verb)
    reviewer = client_of("reviewer")
    assert "附件： 修好的灯.jpg" in text_of(reviewer.get(f"{signed.url}draft_reply/print/").content)
    assert reviewer.get(f"{signed.url}pdf/letter/").content.startswith(b"%PDF")


def test_a_file_that_no_draft_holds_goes_after_a_day(signed: Walk, clerk: Client) -> None:
    pressed(clerk, signed, "save", reply="灯修好了", **{"files-new": SimpleUploadedFile("灯.jpg", picture(size=(40, 30)))})
    with raw().cursor() as cur:
        cur.execute("UPDATE procedure_stagedfile SET uploaded_at = uploaded_at - interval '31 days',"
                    " held_until = held_until - interval '31 days'")  # fmt: skip
    assert keeping.sweep(times.now()) == 1
    assert "灯.jpg" not in clerk.get(signed.address("draft_reply")).content.decode()


def test_why_it_came_back_stands_above_and_nothing_typed_is_lost(signed: Walk, clerk: Client) -> None:
    for verb in ("draft_reply", "answer_citizen", "sign_off", "file"):
        signed.act(verb)
    signed.post("send_back", signed.form("approve", because_thin="1", words="写明换了哪几盏"), "reviewer")
    page = clerk.get(signed.address("draft_reply")).content.decode()
    said = text_of(page)
    came = said[said.index("为什么要重写") :]
    for words in ("内容不详实", "写明换了哪几盏", "上一份 退回重办"):
        assert words in came
    answer = pressed(clerk, signed, "", page, reply="", answer="换好了三盏")
    assert (answer.status_code, "请填写“反馈件正文”" in answer.content.decode()) == (422, True)
    assert "换好了三盏" in answer.content.decode()
    assert pressed(clerk, signed, "drop", page).status_code == 303
    assert Order.objects.get().status == "sent_back"
    for login, status in (("reviewer", 403), ("dangshan-clerk", 404)):
        assert client_of(login).post(signed.address("draft_reply"), {"do": "save"}).status_code == status


def test_who_is_forgotten_is_forgotten_in_what_is_begun(signed: Walk, clerk: Client) -> None:
    from hotline.surfaces import drafts

    pressed(clerk, signed, "save", reply="诸葛明月反映的灯")
    drafts.forget([], [Order.objects.get().matter_id])
    assert "诸葛明月反映的灯" not in clerk.get(signed.address("draft_reply")).content.decode()
    assert pressed(clerk, signed, "save", reply="灯").status_code == 303


def test_what_is_begun_lives_for_thirty_days(signed: Walk, clerk: Client) -> None:
    from hotline.procedure import times
    from hotline.surfaces.sessions import purge

    pressed(clerk, signed, "save", reply="灯修好了")
    for days, there in ((29, True), (2, False)):
        with raw().cursor() as cur:
            cur.execute("UPDATE surfaces_draft SET saved_at = saved_at - %s * interval '1 day'", (days,))
        purge(times.wall())
        assert ("灯修好了" in clerk.get(signed.address("draft_reply")).content.decode()) is there


def test_what_it_costs(signed: Walk, clerk: Client, statements: object) -> None:
    url = signed.address("draft_reply")
    pressed(clerk, signed, "save", reply="经查。")
    assert counted(statements, clerk, url) <= MOST_OF_A_PAGE - 2
    assert counted(statements, clerk, url, {"do": "check", "reply": "经查。"}) <= 4


def test_two_who_write_at_once_lose_nothing(signed: Walk, clerk: Client) -> None:
    """A colleague goes on with it; who comes second is told, and both are kept until somebody puts one away."""
    head, url = client_of("yongqiao-head"), signed.address("draft_reply")
    first = clerk.get(url).content.decode()
    theirs = head.get(url).content.decode()
    version = {"version": hidden(first, "version")}
    assert pressed(clerk, signed, "save", first, reply="承办人写的", **version).status_code == 303
    beside = pressed(head, signed, "check", theirs, reply="负责人写的", version=hidden(theirs, "version"))
    assert "同事也在写" in beside.content.decode()
    twice = pressed(head, signed, "save", theirs, reply="负责人写的", version=hidden(theirs, "version"))
    page = twice.content.decode()
    assert (twice.status_code, "您写的还在下面" in text_of(page)) == (409, True)
    assert "负责人写的" in page
    assert "承办人写的" in page
    again = head.get(url).content.decode()
    assert ("承办人写的" in again, "您同时写的一份" in text_of(again)) == (True, True), "kept aside too"
    assert hidden(page, "over") == "1"
    over = pressed(head, signed, "save", page, reply="两份并起来", over="1", version=hidden(page, "version"))
    assert over.status_code == 303
    page = clerk.get(url).content.decode()
    assert "两份并起来" in page
    assert "换下的一份" in text_of(page)
    assert pressed(clerk, signed, "", page, take="replaced").status_code == 303
    page = clerk.get(url).content.decode()
    assert re.search(r"<textarea[^>]*>\s*承办人写的", page)
    assert "两份并起来" in page
    assert pressed(head, signed, "", head.get(url).content.decode(), leave="replaced").status_code == 303
    assert "换下的一份" not in text_of(clerk.get(url).content)
    assert client_of("dangshan-clerk").post(url, {"take": "replaced"}).status_code == 404
    page = clerk.get(url).content.decode()
    assert pressed(clerk, signed, "", page, **LETTER, version=hidden(page, "version")).status_code == 303
    with raw().cursor() as cur:
        assert cur.execute("SELECT count(*) FROM surfaces_draft").fetchone() == (0,)
