"""清单上说的: why a row is on it and by which rule, where its matter stands, by which date it comes first, and whether
anybody's hand is wanted at all."""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
from datetime import timedelta
from typing import Any

import pytest

from hotline.casework import at_home
from hotline.casework.lists import TO_ACCEPT, TO_ARCHIVE, TO_LAPSE
from hotline.casework.models import Matter, Order
from hotline.network import desks as network
from hotline.procedure.perform import read
from hotline.rules import follow_up
from hotline.surfaces import frame
from surfaces.city import WEDNESDAY, client_of, put_clock, text_of
from surfaces.counting import counted
from surfaces.standing import actor_of
from surfaces.test_follow_up_desk import drawn
from surfaces.walk import Walk

LIST = "/staff/desk/{}/"


def page_of(login: str, name: str, query: str = "") -> str:
    return client_of(login).get(LIST.format(name) + query).content.decode()


def counts(login: str) -> dict[str, int]:
    """What waits at somebody's home."""
    actor = actor_of(login)
    rows = at_home.waiting(actor, network.unit(actor.unit_id), frame.now(), frame.book().tz)
    return {one.spec.name: one.count for one in rows if one.spec.awaits(actor.role)}


@pytest.mark.clause("四（四）段1", "R-12")
def test_the_list_of_follow_ups_says_the_rule_and_of_each_row_why(walk: Walk) -> None:
    drawn(walk)
    said, rule = text_of(page_of("follow", "to-follow-up")), frame.book().provision("follow_up")
    for words in ("、".join(rule.values["always"].values()), f"其余按 {rule.values['share']:.0%} 抽", "R-12", rule.clause,
                  f"在 {rule.values['tries']} 个不同的钟点", "谁也不能事先知道", "sha256sum", "为什么回访", "必须回访：曾退回重办"):
        assert words in said, words
    assert "为什么回访" not in text_of(page_of("reviewer", "to-archive"))


@pytest.mark.clause("R-12")
def test_a_draw_is_worked_out_again_by_what_the_desk_says(walk: Walk) -> None:
    """By another program than ours, word for word as it is shown."""
    drawn(walk)
    page = text_of(client_of("follow").get("/staff/desk/follow-up/").content)
    told = re.search(r"(printf \S+ \S+ \S+ \| sha256sum) 得 (\w{16})…", html.unescape(page))
    assert told, page
    done = subprocess.run(["sh", "-c", told[1]], capture_output=True, text=True, check=True)
    assert done.stdout[:16] == told[2]
    matter = Matter.objects.get(number=walk.number)
    seed = next(one for one in read("matter", matter.id).lines if one.kind == "settled").read().facts
    value = next(part for part in map(str, seed) if re.fullmatch(r"[0-9a-f]{16}", part))
    assert int(told[2], 16) / 2**64 == follow_up.lot(value, walk.number)
    assert hashlib.sha256(f"{value}\0{walk.number}".encode()).hexdigest().startswith(told[2])


@pytest.mark.parametrize("until, word", [("draft_reply", "待签批"), ("file", "待审核"), ("sign_for", "")])
def test_lists_and_the_page_say_alike_where_it_stands(walk: Walk, until: str, word: str) -> None:
    walk.until(until)
    want = f"办理中：{word}" if word else "办理中"
    page = page_of("supervisor", "open")
    row = re.search(r'<td class="row-status">(.*?)</td>', page, re.S)
    assert row
    assert re.sub(r"<[^>]+>", "", row[1]).split(" · ")[0] == want
    head = re.search(r'class="record-line">(.*?)</p>', client_of("supervisor").get(walk.url).content.decode(), re.S)
    assert head
    assert f"<span>{want}</span>" in head[1]
    found = text_of(client_of("supervisor").get("/staff/search/?kind=complaint").content)
    assert want in found


def test_what_is_to_be_taken_in_comes_by_the_first_of_its_dates(city: str) -> None:
    put_clock()
    walks = [Walk() for _ in range(4)]
    for walk in walks:
        walk.report()
    first, by_source, at_once, undated = (Matter.objects.using("owner").filter(number=walk.number) for walk in walks)
    far = WEDNESDAY + timedelta(days=40)
    first.update(promised_at=far)
    by_source.update(promised_at=far + timedelta(days=9), source_due_at=far - timedelta(days=3))
    at_once.update(promised_at=far, urgent=True, dispatch_until=far - timedelta(days=9))
    undated.update(promised_at=None, promised_clause=None)
    want = [walks[at].number for at in (2, 1, 0, 3)]
    page = page_of("operator", TO_ACCEPT.name)
    assert re.findall(r'id="row-([\d-]+)"', page) == want
    book = frame.book()
    rows = dict(re.findall(r'id="row-([\d-]+)"(.*?)</tr>', page, re.S))
    assert book.provision("office_dates").clause in text_of(rows[want[0]])
    assert book.provision("sources").clause in text_of(rows[want[1]])
    assert "答应" in text_of(rows[want[1]])
    assert "答应" not in text_of(rows[want[2]]), "its date is what was promised"
    assert "没有期限" in text_of(rows[want[3]])


def test_what_is_to_be_taken_in_is_paged_by_its_dates(city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from hotline.casework import desks

    put_clock()
    walks = [Walk() for _ in range(5)]
    for walk in walks:
        walk.report()
    for at, walk in enumerate(walks):
        when = None if at in (0, 3) else WEDNESDAY + timedelta(days=9 - at)
        Matter.objects.using("owner").filter(number=walk.number).update(promised_at=when)
    monkeypatch.setattr(desks, "PAGE", 1)
    desks._composer.cache_clear()
    found: list[str] = []
    query = ""
    for _ in range(9):
        page = page_of("operator", TO_ACCEPT.name, query)
        found += re.findall(r'id="row-([\d-]+)"', page)
        on = re.search(r'class="desk-next" href="[^"?]+(\?[^"]+)"', page)
        if on is None:
            break
        query = html.unescape(on[1])
    desks._composer.cache_clear()
    assert found == [walks[at].number for at in (4, 2, 1, 0, 3)]


def test_what_the_clock_archives_waits_for_nobody(city: str) -> None:
    put_clock()
    done, refused, kept = Walk(), Walk(), Walk()
    done.until("follow_up")
    for walk in (refused, kept):
        walk.report()
        walk.act("decline")
    owner = Matter.objects.using("owner")
    owner.filter(number__in=(refused.number, kept.number)).update(review_until=WEDNESDAY + timedelta(days=9))
    assert counts("reviewer").get(TO_ARCHIVE.name, 0) == 0, "may still be reviewed, or is rated until a day"
    assert done.number in page_of("reviewer", TO_LAPSE.name)
    assert "归档" in text_of(page_of("reviewer", TO_LAPSE.name))
    owner.exclude(review_until=None).update(review_until=WEDNESDAY)
    owner.filter(number=kept.number).update(feedback_owed_at=WEDNESDAY)
    for login in ("reviewer", "follow"):
        assert counts(login)[TO_ARCHIVE.name] == 1, login
        page = page_of(login, TO_ARCHIVE.name)
        assert (refused.number in page, kept.number in page, done.number in page) == (True, False, False)
    assert "待归档 1" in text_of(client_of("reviewer").get("/staff/").content)
    refused.act("archive")
    assert counts("reviewer")[TO_ARCHIVE.name] == 0


def test_the_home_cites_what_the_first_date_rests_on(walk: Walk) -> None:
    walk.report()
    Matter.objects.using("owner").update(promised_at=WEDNESDAY + timedelta(hours=3))
    clause = Matter.objects.values_list("promised_clause", flat=True).get(number=walk.number)
    said: Any = text_of(client_of("operator").get("/staff/").content)
    assert "今天到期 1 件" in said
    assert str(clause) in said
    Matter.objects.using("owner").update(source_due_at=WEDNESDAY + timedelta(hours=2))
    assert frame.book().provision("sources").clause in text_of(client_of("operator").get("/staff/").content)
    assert not Order.objects.exists()


def test_what_waits_is_counted_by_one_statement_beside_who_asks(walk: Walk, statements: Any) -> None:
    walk.until("file")
    reviewer = client_of("reviewer")
    page = reviewer.get("/staff/waits/").content.decode()
    assert text_of(page) == "等我处理 1"
    assert "<html" not in page
    assert counted(statements, reviewer, "/staff/waits/") <= 2
    assert client_of("admin").get("/staff/waits/").status_code == 403
