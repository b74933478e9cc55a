"""What pages and acts cost, in statements as the server itself counts them (design §9: a step ≤ 9, another verb ≤ 11,
a page ≤ 8). The literal figures are what was measured; a cheaper one may be written in, a dearer one is a fault."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from surfaces.city import PASSWORD, client_of, quick_passwords
from surfaces.crowd import crowd
from surfaces.walk import FORMS, LINE, REPORT, Walk, leader_post, unit_id

STEPS = {"register": 3, "accept": 5, "dispatch": 6, "sign_for": 5, "record_contact": 5, "draft_reply": 5,
         "answer_citizen": 5, "sign_off": 5, "file": 5, "approve": 5, "follow_up": 5, "archive": 5}  # fmt: skip
OTHERS = {"decline": 5, "answer_at_once": 5, "connect": 6, "connect unanswered": 6, "submit": 6, "instruct": 5,
          "inspect": 5, "request_extension": 5, "rate": 5, "reveal": 8, "register by an operator": 4, "password": 5,
          "sign in": 3}  # fmt: skip
LISTS = {
    ("web", "to-accept"): 3, ("web", "to-decide"): 3, ("web", "open"): 3, ("dispatcher", "to-decide"): 3,
    ("reviewer", "to-review"): 3, ("reviewer", "to-archive"): 3, ("follow", "to-follow-up"): 3,
    ("supervisor", "open"): 3, ("supervisor", "extensions"): 3, ("yongqiao-deputy", "to-extend"): 3,
    ("inspector", "open"): 3, ("shift", "to-accept"): 4, ("shift", "open"): 4,
    ("yongqiao-clerk", "to-sign"): 3, ("yongqiao-clerk", "to-handle"): 3, ("yongqiao-clerk", "to-file"): 3,
    ("yongqiao-clerk", "open"): 3, ("yongqiao-deputy", "to-sign-off"): 3, ("yongqiao-head", "open"): 3,
}  # fmt: skip
BESIDE = 5  # a list with a matter open beside it


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process looks at again every few seconds (units, the simulated clock) is not looked at here."""
    from hotline.network import desks
    from hotline.procedure import times

    monkeypatch.setattr(desks, "FRESH_SECONDS", 1e9)
    monkeypatch.setattr(times, "REFRESH_SECONDS", 1e9)


def dearer(found: dict[Any, int], allowed: dict[Any, int]) -> dict[Any, int]:
    """What costs more than it may; every figure is spoken of."""
    assert found.keys() == allowed.keys()
    return {what: n for what, n in found.items() if n > allowed[what]}


def counted(statements: Any, client: Any, url: str, data: dict[str, str] | None = None, expected: int = 200) -> int:
    """Statements of one request."""
    with statements:
        answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == expected, (url, answer.status_code)
    return int(statements.count)


def warm(walk: Walk) -> None:
    """The process has been at work for a minute."""
    Walk().until("archive")
    walk.citizen.get("/")


def test_each_step_of_the_line(walk: Walk, statements: Any) -> None:
    warm(walk)
    found = {
        "register": counted(
            statements, walk.citizen, "/submit/", {**REPORT, "act_id": str(uuid4()), "step": "send"}, 303
        )
    }
    walk.report()
    for verb in LINE:
        data = walk.form(verb)
        found[verb] = counted(statements, walk.client(walk.who(verb)), walk.address(verb), data, 303)
    assert dearer(found, STEPS) == {}
    assert max(found.values()) <= 9


# verb: what was done before, who does it, and what is filled in where the walk knows no form.
ASKED = {"kind": "consultation"}
CALL = {"means": "transfer", "outcome": "answered", "answer": "每天八点开门。", "why_not": "要查档案",
        "answered_by": "窗口甲"}  # fmt: skip
VERBS: dict[str, tuple[str, str, dict[str, str]]] = {
    "decline": ("register", "web", {}),
    "answer_at_once": ("accept", "web", {}),
    "connect": ("accept", "operator", CALL),
    "connect unanswered": ("accept", "operator", {**CALL, "outcome": "not_reached", "answer": ""}),
    "submit": ("accept", "dispatcher", {"ground": "疑难性", "opinion": "拟请牵头研究"}),
    "instruct": ("submit", "leader", {"instruction": "请认真办理"}),
    "request_extension": ("sign_for", "yongqiao-clerk", {"working_days": "3", "reason": "须等到货"}),
    "inspect": ("dispatch", "supervisor", {"finding": "三天没有动静", "demand": "今天报来"}),
}


def acted(statements: Any, name: str) -> int:
    """Statements of one verb on a matter of its own."""
    (before, login, form), verb = VERBS[name], name.split()[0]
    one = Walk().until("accept" if before == "submit" else before, **(ASKED if verb == "connect" else {}))
    if before == "submit":
        assert one.post("submit", {**VERBS["submit"][2], "leader": leader_post()}, "dispatcher").status_code == 303
    data = {"act_id": str(uuid4()), "seen_seq": "99", **FORMS.get(verb, {}), **form}
    unit = {"unit": str(unit_id())} if verb == "connect" else {}
    unit |= {"leader": leader_post()} if verb == "submit" else {}
    client = one.client(login)
    client.get(one.url)
    return counted(statements, client, one.address(verb), {**data, **unit}, 303)


def rated(statements: Any) -> int:
    """Statements of a citizen's rating."""
    one = Walk().until("approve")
    one.citizen.post("/follow/", {"number": one.number, "code": one.code})
    form = {"solved": "yes", "attitude": "1", "speed": "1", "result": "1", "act_id": str(uuid4())}
    return counted(statements, one.citizen, f"/follow/{one.number}/rate/", form, 302)


def entered(statements: Any) -> tuple[int, int]:
    """Statements of signing in, and of changing the password, with which one then signs in."""
    person, old, new = Client(), {"login": "inspector", "password": PASSWORD}, "海棠依旧绿肥红瘦一二"
    with quick_passwords():
        enters = counted(statements, person, "/staff/sign-in/", old, 302)
        change = {"old": PASSWORD, "password": new, "act_id": str(uuid4())}
        changes = counted(statements, person, "/staff/password/", change, 302)
        assert Client().post("/staff/sign-in/", old).status_code == 422
        assert Client().post("/staff/sign-in/", {**old, "password": new}).status_code == 302
    return enters, changes


def test_other_verbs(walk: Walk, statements: Any) -> None:
    warm(walk)
    found = {name: acted(statements, name) for name in VERBS} | {"rate": rated(statements)}
    one = Walk().until("register")
    found["reveal"] = counted(statements, one.client("web"), f"{one.url}reveal/", {})
    form = {**REPORT, "channel": "phone", "people": "住户", "absence": "没有说", "cause": "灯坏", "act_id": str(uuid4())}
    found["register by an operator"] = counted(statements, one.client("operator"), "/staff/register/", form, 303)
    found |= dict(zip(("sign in", "password"), entered(statements), strict=True))
    assert dearer(found, OTHERS) == {}
    assert max(found.values()) <= 11


def test_lists(walk: Walk, statements: Any) -> None:
    crowd(60, "register")
    crowd(60, "dispatch")
    found = {}
    for login, name in LISTS:
        client, url = client_of(login), f"/staff/desk/{name}/"
        first = client.get(url).content.decode()
        found[login, name] = counted(statements, client, url)
        full = name in ("to-accept", "to-sign", "open")
        assert first.count('class="desk-row"') == (50 if full else 0), (login, name)
    assert dearer(found, LISTS) == {}
    assert max(found.values()) <= 8


def test_the_second_page_and_the_record_beside_it(walk: Walk, statements: Any) -> None:
    import re

    numbers = crowd(60, "dispatch")
    client = client_of("yongqiao-clerk")
    first = client.get("/staff/desk/open/").content.decode()
    following = re.search(r'class="desk-next" href="([^"]+)"', first)
    assert following
    second = following[1].replace("&amp;", "&")
    assert counted(statements, client, second) <= LISTS["yongqiao-clerk", "open"]
    rest = client.get(second).content.decode()
    shown = [re.findall(r'id="row-([\d-]+)"', page) for page in (first, rest)]
    assert [len(page) for page in shown] == [50, 10]
    assert sorted(shown[0] + shown[1]) == sorted(numbers)
    assert counted(statements, client, f"/staff/desk/open/?m={numbers[7]}") <= BESIDE


@pytest.mark.parametrize(
    ("until", "login", "allowed"), [("register", "web", 2), ("file", "reviewer", 2), ("archive", "shift", 3)]
)
def test_the_page_of_a_matter(walk: Walk, statements: Any, until: str, login: str, allowed: int) -> None:
    walk.until(until)
    client = walk.client(login)
    client.get(walk.url)
    assert counted(statements, client, walk.url) <= allowed <= 8


def test_the_citizens_pages(walk: Walk, statements: Any) -> None:
    walk.until("approve")
    citizen = walk.citizen
    citizen.get("/")
    assert counted(statements, citizen, "/") <= 0
    assert counted(statements, citizen, "/submit/") <= 0
    found = counted(statements, citizen, "/follow/", {"number": walk.number, "code": walk.code}, 303)
    assert found <= 3
    assert counted(statements, citizen, f"/follow/{walk.number}/") <= 2
