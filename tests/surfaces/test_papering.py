"""成文的 PDF: every word stands there as it was written, whatever a typesetter would make of it; fonts within, pages
numbered; whoever may not see the page gets no file."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from pypdf import PdfReader

from hotline.casework.models import Citizen, Matter, PaperDocument
from hotline.procedure.models import LedgerLine
from hotline.rules import papers
from hotline.surfaces import frame
from hotline.surfaces.printing import pdf
from hotline.surfaces.ui import shapes as s
from surfaces.city import text_of
from surfaces.test_extensions_shown import done
from surfaces.walk import LETTER, NAME, PHONE, WORDS, Walk, leader_post

MARKUP = (r'#read("/etc/passwd")', "*粗*", "_斜_", "$x^2$", r"\\ \u{41}", "`码`", "<labelled>", "@nobody", "= 题", "- 项",
          "// 说明", "/* 说明 */", '#import "x.typ"', "#{1+1}", "[方]", "~", "12号文", '"引"')  # fmt: skip
EVIL = "\n".join(MARKUP)
LONG = s.PrintedLetter(
    f"单位{EVIL[:20]}", "关于 20261118-0001-0 号诉求事项的反馈", "宿州12345热线",
    (s.LetterText("反馈件正文", EVIL), s.LetterText("批示", "\n".join(["　"] * 5)), s.LetterText("经过", "查了一遍又一遍。\n" * 80)),
    (s.Fact("是否属实", "属实 #strong[x]"),), (s.Fact("责任人", "沈明礼"),), "2026年11月20日", "草稿 *还没有交*", "宿埇函〔2026〕12号", True,
    "特此 #反馈。",
)  # fmt: skip


def read(data: bytes) -> tuple[str, PdfReader]:
    """All that stands in a PDF, without the spaces and breaks of its lines."""
    reader = PdfReader(io.BytesIO(data))
    return "".join("".join(page.extract_text() for page in reader.pages).split()), reader


def fonts(reader: PdfReader) -> list[Any]:
    """What the pages are set in."""
    on_pages: list[Any] = [page["/Resources"] for page in reader.pages]
    every = [font.get_object() for page in on_pages for font in page["/Font"].values()]
    return [below.get_object()["/FontDescriptor"] for font in every for below in font["/DescendantFonts"]]


def got(walk: Walk, login: str, what: str, query: str = "") -> Any:
    return walk.client(login).get(f"{walk.url}pdf/{what}/{query}")


def words_of(answer: Any) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return read(answer.content)[0]


def test_every_word_is_data() -> None:
    said, reader = read(pdf.printed(LONG))
    for words in (*MARKUP, "属实#strong[x]", "草稿*还没有交*", "宿埇函〔2026〕12号", "（印章）", "2026年11月20日", "沈明礼",
                  "特此 #反馈。"):
        assert "".join(words.split()) in said, words
    assert "root:" not in said
    pages = len(reader.pages)
    assert pages > 1
    assert all(f"—{n}—" in "".join(page.extract_text().split()) for n, page in enumerate(reader.pages, 1))
    assert {"NotoSerifSC-Regular", "NotoSansSC-Regular"} == {f["/FontName"].split("+")[1] for f in fonts(reader)}
    assert all("/FontFile3" in f or "/FontFile2" in f for f in fonts(reader)), "not there but by name"


def test_an_answer_at_once_says_on_paper_what_it_rests_on(walk: Walk) -> None:
    walk.until("register")
    walk.act("accept")
    walk.act("answer_at_once")
    said = words_of(got(walk, "web", "answer"))
    assert "每天八点开门。依据：某办法〔2017〕2号" in said


def test_the_letter_and_the_answer_leave_the_house(walk: Walk) -> None:
    walk.until("sign_off")
    clerk = "yongqiao-clerk"
    assert got(walk, "reviewer", "answer").status_code == 404, "nothing was answered yet"
    means = next(iter(papers.means(frame.book())))
    sheet = {"means": means, "number": "宿埇函〔2026〕12号", "sheets": "2", "words": "反馈", "act_id": str(uuid4())}
    sent = walk.client(clerk).post(f"{walk.url}report_on_paper/?order={walk.order()}", sheet)
    assert sent.status_code == 303
    answer = got(walk, clerk, "letter", f"?order={walk.order()}")
    said = words_of(answer)
    for words in (LETTER["reply"], "埇桥区人民政府", "宿埇函〔2026〕12号", walk.number, "（印章）", "签批"):
        assert "".join(words.split()) in said, words
    title = quote(f"关于 {walk.number} 号诉求事项的反馈.pdf")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{title}"
    page = walk.client(clerk).get(f"{walk.url}draft_reply/print/?order={walk.order()}").content.decode()
    assert f"{walk.url}pdf/letter/?order={walk.order()}" in page
    assert "宿埇函〔2026〕12号" in page
    for login, what in (("dangshan-clerk", "letter"), ("admin", "letter"), ("leader", "letter"), (clerk, "answer"),
                        (clerk, "none"), (clerk, "sheet")):  # fmt: skip
        assert got(walk, login, what).status_code == 404, (login, what)
    walk.act("file")
    walk.act("approve")
    done(walk, "record_paper_out", "reviewer", means=means, party="诉求人", number="宿热复〔2026〕3号", sheets="1",
         words="答复函")  # fmt: skip
    paper = PaperDocument.objects.get(matter__number=walk.number, order_id=None)
    said = words_of(got(walk, "reviewer", "answer", f"?of={paper.id}"))
    for words in (LETTER["answer"], "宿热复〔2026〕3号", "号诉求事项的答复", "宿州市12345热线", "办理单位埇桥区"):
        assert "".join(words.split()) in said, words
    assert LETTER["contact_summary"] not in said
    assert "〔2026〕号" in words_of(got(walk, "reviewer", "answer")), "to be written by hand"
    assert got(walk, "reviewer", "answer", "?of=7").status_code == 404
    assert "/answer/?of=" in walk.client("reviewer").get(walk.url).content.decode()
    assert "/answer/" not in walk.client(clerk).get(walk.url).content.decode()


def test_what_lies_before_a_leader(walk: Walk) -> None:
    walk.until("accept")
    done(walk, "submit", "dispatcher", ground="跨部门", opinion="拟请 #emph[住建] 牵头", leader=leader_post())
    for login in ("leader", "dispatcher"):
        said = words_of(got(walk, login, "sheet"))
        for words in ("呈办单", "拟请#emph[住建]牵头", "".join(WORDS.split()), "跨部门"):
            assert words in said, words
    assert got(walk, "leader2", "sheet").status_code == 404
    assert f"{walk.url}pdf/sheet/" in walk.client("leader").get("/staff/desk/leaders/").content.decode()


def looks() -> int:
    return LedgerLine.objects.filter(kind="revealed").count()


def test_a_letter_addresses_the_citizen_masked_until_the_name_is_asked_for(walk: Walk) -> None:
    """On a page a mask, in a file room to write; by a POST the name, each time with a line."""
    walk.until("approve")
    clerk, reviewer = walk.client("yongqiao-clerk"), walk.client("reviewer")
    doors = ((clerk, f"{walk.url}draft_reply/print/", "letter"), (reviewer, f"{walk.url}answer/", "answer"))
    before = looks()
    for who, url, what in doors:
        page = text_of(who.get(url).content)
        assert "尊敬的＊＊＊先生（女士） ：" in page or "尊敬的＊＊＊先生（女士）：" in page, url
        assert LETTER["answer"] in page
        file = words_of(who.get(f"{walk.url}pdf/{what}/"))
        assert "尊敬的先生（女士）：" in file
        assert NAME not in page + file
    assert looks() == before
    for made, (who, url, what) in enumerate(doors, 1):
        assert f"尊敬的{NAME}先生（女士）：" in text_of(who.post(url).content), url
        assert f"尊敬的{NAME}先生（女士）：" in words_of(who.post(f"{walk.url}pdf/{what}/"))
        assert looks() == before + 2 * made
        assert PHONE not in text_of(who.get(url).content)
    assert walk.client("dangshan-clerk").post(doors[0][1]).status_code == 404
    assert clerk.post(f"{walk.url}pdf/sheet/").status_code == 404
    assert looks() == before + 4


@pytest.mark.parametrize("changed, said", [
    ({"secrecy": True}, "市民"), ({"kind": "report"}, "举报人"), ({}, "市民"),
])  # fmt: skip
def test_who_asked_to_be_kept_secret_or_gave_no_name_is_never_named(
    walk: Walk, changed: dict[str, Any], said: str
) -> None:
    walk.until("approve")
    if changed:
        Matter.objects.using("owner").update(**changed)
    else:
        Citizen.objects.using("owner").update(name_sealed=None)
    before = looks()
    for login, url in (("yongqiao-clerk", f"{walk.url}draft_reply/print/"), ("reviewer", f"{walk.url}answer/"),
                       ("reviewer", f"{walk.url}draft_reply/print/")):  # fmt: skip
        who = walk.client(login)
        page = text_of(who.get(url).content)
        assert f"尊敬的{said}：" in page, page[-900:]
        assert "显示姓名" not in page
        assert who.post(url).status_code == 404
        assert who.post(f"{walk.url}pdf/letter/").status_code == 404
    assert f"尊敬的{said}：" in words_of(walk.client("reviewer").get(f"{walk.url}pdf/answer/"))
    assert looks() == before


def test_a_name_given_with_how_one_says_it_stands_as_it_was_given(walk: Walk) -> None:
    walk.until("approve", name="蒋阿姨")
    page = text_of(walk.client("reviewer").post(f"{walk.url}answer/").content)
    assert "尊敬的蒋阿姨：" in page
