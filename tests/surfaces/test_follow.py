"""查办理进度: number and code let in, and nothing else does; guessing is slowed down."""

from __future__ import annotations

from django.test import Client

from surfaces.city import text_of
from surfaces.walk import Walk


def ask(citizen: Client, number: str, code: str) -> int:
    """One try."""
    return int(citizen.post("/follow/", {"number": number, "code": code}).status_code)


def test_number_and_code_as_people_type_them(walk: Walk) -> None:
    walk.until("register")
    for number in (walk.number, walk.number.replace("-", ""), f" {walk.number} "):
        for code in (walk.code, walk.code.lower(), " ".join(walk.code)):
            citizen = Client()
            assert ask(citizen, number, code) == 303
            assert walk.number in text_of(citizen.get(f"/follow/{walk.number}/").content)


def test_another_number_stays_shut(walk: Walk) -> None:
    other = Walk().until("register")
    walk.until("register")
    citizen = Client()
    assert ask(citizen, walk.number, other.code) == 422
    assert ask(citizen, walk.number, walk.code) == 303
    assert citizen.get(f"/follow/{other.number}/").status_code == 302
    assert citizen.get(f"/follow/{other.number}/rate/").status_code == 302
    assert citizen.post(f"/follow/{other.number}/rate/", {"act_id": "x"}).status_code == 302


def test_what_is_wrong_is_said_without_telling_what_exists(walk: Walk) -> None:
    walk.until("register")
    wrong_code = Client().post("/follow/", {"number": walk.number, "code": "AAAABBBBCCCC"})
    no_such = Client().post("/follow/", {"number": "20261118-9999-0", "code": "AAAABBBBCCCC"})
    said = [
        text_of(answer.content).replace(walk.number, "").replace("20261118-9999-0", "")
        for answer in (wrong_code, no_such)
    ]
    assert said[0] == said[1]
    assert "编号和查询码对不上" in said[0]


def test_guessing_is_slowed_down(walk: Walk) -> None:
    walk.until("register")
    answers = [Client().post("/follow/", {"number": walk.number, "code": f"AAAABBBBCC{i:02d}"}) for i in range(8)]
    assert "试的次数太多" in text_of(answers[-1].content)
    assert ask(Client(), walk.number, walk.code) == 422  # even the right one must wait now


def test_a_rating_waits_for_the_answer(walk: Walk) -> None:
    walk.until("dispatch")
    citizen = Client()
    assert ask(citizen, walk.number, walk.code) == 303
    assert citizen.get(f"/follow/{walk.number}/rate/").status_code == 404
    assert "您的事解决了吗" not in text_of(citizen.get(f"/follow/{walk.number}/").content)
