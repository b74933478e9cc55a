"""延期上页: an extension on the desks, on the matter's page and on the citizen's, on the database with its clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from hotline.casework import clock
from hotline.procedure import outbox, times
from surfaces.city import put_clock, text_of
from surfaces.walk import PHONE, Walk

CLERK, DEPUTY, SUPERVISOR, HEAD = "yongqiao-clerk", "yongqiao-deputy", "supervisor", "yongqiao-head"
ASK = {"working_days": "3", "reason": "须等灯具到货"}
TOLD = {"means": "phone", "words": "灯要从外地调来，请再等几天。"}
OLD = datetime.fromisoformat("2026-12-10T00:00+08:00")  # 11月18日（周三）送达的投诉，15 个工作日
NEW = "12月14日（周一）24:00 前答复"


class Kept:
    """A gateway that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.sent.append((to, text))


def sent() -> list[tuple[str, str]]:
    """What has been waiting to be sent."""
    kept = Kept()
    while outbox.deliver(kept, times.now() + timedelta(seconds=1), 1):
        pass
    return kept.sent


def citizens_page(walk: Walk) -> str:
    """What the citizen reads."""
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    return text_of(citizen.get(f"/follow/{walk.number}/").content)


def page(walk: Walk, login: str, address: str = "") -> str:
    """What somebody of the staff reads."""
    return text_of(walk.client(login).get(address or walk.url).content)


def done(walk: Walk, verb: str, login: str, **form: str) -> None:
    """Somebody does something; it must succeed."""
    answer = walk.post(verb, form, login)
    assert answer.status_code == 303, answer.content.decode()[:3000]


@pytest.fixture
def asked(walk: Walk) -> Walk:
    """Asked for by the clerk."""
    walk.until("record_contact")
    done(walk, "request_extension", CLERK, **ASK)
    return walk


def test_the_form_says_until_when_and_what_is_wrong(walk: Walk) -> None:
    walk.until("record_contact")
    form = page(walk, CLERK, f"{walk.url}request_extension/")
    assert "可申请至 还剩 14 个工作日 13 小时 12月8日（周二）24:00 五（二）段1" in form
    assert "延期可申请至 还剩 14 个工作日 13 小时 12月8日（周二）24:00 五（二）段1" in page(walk, CLERK)
    wrong = walk.post("request_extension", {**ASK, "working_days": "16"}, CLERK)
    assert wrong.status_code == 422
    assert "最多还能延长 15 个工作日" in text_of(wrong.content)
    assert ASK["reason"] in wrong.content.decode()


def test_from_desk_to_desk_to_the_citizen(asked: Walk) -> None:
    number, listed = asked.number, asked.number[4:13]
    assert listed in page(asked, DEPUTY, "/staff/desk/to-extend/")
    assert listed not in page(asked, SUPERVISOR, "/staff/desk/extensions/")
    assert "延期 3 个工作日 待本单位同意，备案后延到 12月14日 24:00" in page(asked, CLERK)
    beside = page(asked, DEPUTY, f"/staff/desk/to-extend/?m={number}")
    assert f"原因：{ASK['reason'].rstrip('。')}" in beside, "whoever is to agree reads why beside the list"
    done(asked, "agree_to_extension", DEPUTY)
    assert listed not in page(asked, DEPUTY, "/staff/desk/to-extend/")
    assert listed in page(asked, SUPERVISOR, "/staff/desk/extensions/")
    sent()
    done(asked, "accept_extension", SUPERVISOR)
    assert listed not in page(asked, SUPERVISOR, "/staff/desk/extensions/")
    assert "还没有向诉求人解释，12月9日 24:00 前解释才有效" in page(asked, CLERK)
    assert NEW not in citizens_page(asked)
    done(asked, "explain_extension", CLERK, **TOLD)
    assert "已备案，延到 12月14日 24:00" in page(asked, CLERK)
    said = citizens_page(asked)
    assert NEW in said
    assert f"延期原因 {TOLD['words']}" in said
    assert "埇桥区向您说明要多办几天" in said
    assert "五（二）" not in said
    (to_unit, to_citizen) = sent()
    assert "延期已备案，12月14日 24:00 前办结" in to_unit[1]
    words = f"编号 {number} 需要多办几天，原因承办单位已经告诉您。我们会在12月14日前答复您。"
    assert to_citizen == (PHONE, f"【宿州市12345政府热线】{words}")


def test_a_refusal_is_said_with_its_words(asked: Walk) -> None:
    """To the citizen too, who was told beforehand that it takes longer."""
    done(asked, "agree_to_extension", DEPUTY)
    done(asked, "explain_extension", CLERK, **TOLD)
    done(asked, "refuse_extension", SUPERVISOR, ground="form", because="没有写清要等什么货")
    said = page(asked, CLERK)
    assert "延期 3 个工作日 不予备案" in said
    assert "没有写清要等什么货" in said
    to_unit, to_citizen = sent()[-2:]
    assert "延期没有备案" in to_unit[1]
    assert to_citizen[0] == PHONE
    assert "没有得到同意，仍按原来的日子办。我们会在12月9日前答复您。" in to_citizen[1]
    assert "没有同意多办几天，仍按原来答应您的日子办" in citizens_page(asked)


@pytest.mark.parametrize("explained", [True, False])
def test_the_clock_files_and_voids(asked: Walk, explained: bool) -> None:
    done(asked, "agree_to_extension", DEPUTY)
    if explained:
        done(asked, "explain_extension", CLERK, **TOLD)
    sent()
    put_clock(OLD)
    while clock.sweep(times.now()).claimed:
        pass
    said, told = page(asked, CLERK), citizens_page(asked)
    assert "到期未表态，延期 3 个工作日视为已备案" in said
    assert ("没有向诉求人解释，延期无效，仍按原期限" in said) is not explained
    assert ("红牌" in said) is not explained
    assert (NEW in told) is explained
    assert any(to == PHONE for to, _ in sent()) is explained


def test_nobody_else_asks_agrees_or_files(asked: Walk) -> None:
    for verb, login in (("agree_to_extension", CLERK), ("accept_extension", DEPUTY), ("accept_extension", "reviewer")):
        assert asked.post(verb, {}, login).status_code in (403, 404), (verb, login)
