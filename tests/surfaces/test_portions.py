"""A list longer than what is shown of it says so: it goes on on another page, or says how many more there are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from architecture import sources
from hotline.casework import at_intake, desks
from hotline.casework.at_home import Waiting
from hotline.casework.at_shift import Proposed
from hotline.casework.lists import TO_APPROVE, TO_SIGN
from hotline.network import handing
from hotline.procedure.world import current
from hotline.surfaces import drafts, signed_in
from hotline.surfaces.drafts import Draft
from hotline.surfaces.portions import at, cut
from hotline.surfaces.workbench.shaping import intake, shift
from support.line import NOW
from surfaces.city import client_of, text_of
from surfaces.standing import actor_of
from surfaces.walk import Walk

# How many characters of a text are shown or taken, or bytes of a key; all other bounds are those of lists.
# Or how many lie open, the rest being folded right below, with its number (`OPEN`).
OF_TEXTS = {"OPEN", "LONGEST", "LONGEST_QUERY", "LONGEST_HEADER", "EXCERPT", "AT_FIRST", "KEY", "LENGTH"}
# Where how many are beyond is not needed on the spot, and why nothing is lost by it.
SAID_ELSEWHERE = {
    "portal/published.py": "the site's first page shows the newest; all of them are in its navigation",
    "workbench/intake/desk.py": "how many were found, for the line of the look",
    "workbench/knowing/lists.py": "`_paged` asks it",
    "workbench/leading/desk.py": "all are counted beside it, and lead to their list",
    "workbench/shaping/figures.py": "`_drawn` asks it, of the same rows",
    "workbench/shaping/shift.py": "`_pages` asks it",
    "workbench/shaping/trials.py": "the pages are counted",
    "workbench/shaping/verbs.py": "the others stand under 更多",
    "workbench/web_intake/together.py": "the queue's page, which leads on, is read anew to find what was ticked",
}


def bounded(path: Any) -> Iterator[str]:
    """The names of the bounds by which a module cuts anything."""
    for node in ast.walk(sources.parsed(path)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None:
            upper = node.slice.upper
            name = upper.attr if isinstance(upper, ast.Attribute) else upper.id if isinstance(upper, ast.Name) else ""
            if name.isupper():
                yield name


def unheard(path: Any) -> bool:
    """Does a module cut a list somewhere without taking how many are beyond?"""
    cuts = [node for node in ast.walk(sources.parsed(path)) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name) and node.func.id == "cut"]  # fmt: skip
    first = [node for node in ast.walk(sources.parsed(path)) if isinstance(node, ast.Subscript)
             and node.value in cuts and isinstance(node.slice, ast.Constant) and node.slice.value == 0]  # fmt: skip
    taken = [target for node in ast.walk(sources.parsed(path)) if isinstance(node, ast.Assign) and node.value in cuts
             for target in node.targets if isinstance(target, ast.Tuple)]  # fmt: skip
    return bool(first) or any(isinstance(one.elts[1], ast.Name) and one.elts[1].id.startswith("_") for one in taken)


def test_every_list_is_cut_where_it_is_heard_how_many_are_beyond() -> None:
    pages = [path for path in sources.modules("surfaces") if path.name != "portions.py"]
    assert {(path.name, name) for path in pages for name in bounded(path) if name not in OF_TEXTS} == set()
    root = sources.SOURCE / "surfaces"
    assert {str(path.relative_to(root)) for path in pages if unheard(path)} == set(SAID_ELSEWHERE)
    assert (cut("abc", 3), cut("abc", 2), cut((), 2)) == (("abc", 0), ("ab", 1), ((), 0))
    assert (at("/a/"), at("/a/", of="", after="x y"), at("/a/", of="b")) == ("/a/", "/a/?after=x+y", "/a/?of=b")


def test_what_is_done_together_goes_on_to_the_next_page(city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk().until("dispatch")
    actor = actor_of("yongqiao-clerk")
    from hotline.network import desks as network

    [row] = desks.page(actor, network.unit(actor.unit_id), TO_SIGN, None, NOW)
    many = [row, *(replace(row, id=row.id + at, number=f"{at:08}-0000-0") for at in range(desks.PAGE))]
    monkeypatch.setattr(desks, "page", lambda *asked: many if asked[3] is None else [row])
    pages = {"yongqiao-clerk": ("/staff/desk/to-sign/sign/", "/staff/desk/handed-down/several/"),
             "shift": ("/staff/desk/web/?of=approvals",)}  # fmt: skip
    for login, urls in pages.items():
        client = client_of(login)
        for url in urls:
            page = client.get(url).content.decode()
            assert 'rel="next">看后面的</a>' in page, url
            assert "只办这一页勾选的" in page or login == "shift"
            onward = page.split('" rel="next">看后面的')[0].rpartition('href="')[2].replace("&amp;", "&")
            last = client.get(onward).content.decode()
            assert ("看后面的" in last, "回到最前面" in last) == (False, True), url
            assert f'action="{onward}"'.replace("&", "&amp;") in last, "what is ticked there is looked for there"
    clerk = client_of("yongqiao-clerk")
    assert clerk.get("/staff/desk/to-sign/sign/").content.decode().count(" checked>") == desks.PAGE
    assert walk.number in clerk.get("/staff/desk/to-sign/sign/?after=1_1").content.decode()


def test_desks_say_how_many_more_there_are(city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    book = current().book
    row = Proposed(TO_APPROVE.name, "1", "", "", "refusal", "", "", NOW, NOW, None, 1)
    said, rest = shift._decisions([Waiting(TO_APPROVE, 30, None, 0, 0)], [row] * 12)
    assert (said, rest[0].term) == ("30", "待批准与复核共 30 件，这里是最急的 12 件，看全部")
    assert shift._decisions([Waiting(TO_APPROVE, 12, None, 0, 0)], [row] * 12) == ("12", ())
    near = at_intake.Near("1", "query", "closed", NOW, "", None, None, False, False, NOW, None, "", None)
    for more, told in ((1, True), (0, False)):
        beside = intake.Beside((), [near] * (at_intake.MOST + more))
        assert bool(intake.caller_view(book, beside, "139", NOW).more) == told
        begun, words = intake._drafts(book, [Draft(uuid4(), {}, saved_at=NOW)] * (drafts.MOST + more))
        assert (len(begun), bool(words)) == (drafts.MOST, told)
    live = signed_in.Live("aa", NOW, NOW, "", "")
    monkeypatch.setattr(signed_in, "of", lambda *asked: [live] * (signed_in.MOST + 1))
    leader = client_of("shift")
    assert signed_in.AS_FAR in text_of(leader.get("/staff/security/").content)
    monkeypatch.setattr(handing, "MOST", 1)
    for words in ("早上的", "中午的"):
        leader.post("/staff/desk/shift/", {"act_id": str(uuid4()), "do": "write_shift_note", "body": words})
    page = leader.get("/staff/desk/shift/").content.decode()
    assert ("中午的" in page, "早上的" in page) == (True, False)
    before = page.split('#shift-notes">看更早的')[0].rpartition('href="')[2].replace("&amp;", "&")
    older = text_of(leader.get(before).content)
    assert ("早上的" in older, "中午的" in older, "看更早的" in older) == (True, False, False)


