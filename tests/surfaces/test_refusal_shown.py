"""拟不受理: the shift leader decides; the citizen reads why, asks for a review on the matter's own page, and reads what
came of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.clock import sweep
from hotline.procedure import outbox, times
from hotline.procedure.perform import raw
from surfaces.city import client_of, text_of
from surfaces.walk import Walk

REASON = "说的是邻居之间的借款，没有涉及任何部门"
GROUND = "三（二）6"


def refused(walk: Walk) -> Client:
    """Proposed by the desk, approved by the shift leader; the citizen's browser."""
    walk.until("register")
    assert walk.post("propose_refusal", {"refusal": GROUND, "reason": REASON}, "web").status_code == 303
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    waiting = text_of(citizen.get(f"/follow/{walk.number}/").content)
    assert "已经收到 ，正在看" in waiting
    assert REASON not in waiting
    assert walk.number in client_of("shift").get("/staff/desk/to-approve/").content.decode()
    assert walk.post("approve_refusal", {"because": "属实"}, "shift").status_code == 303
    return citizen


@pytest.mark.clause("三（二）6", "R-26")
def test_a_citizen_asks_for_a_review_on_the_page(walk: Walk) -> None:
    citizen, url = refused(walk), f"/follow/{walk.number}/"
    page = text_of(citizen.get(url).content)
    assert "这件事热线不能办" in page
    assert REASON in page
    assert "属实" not in page
    assert "12月3日（周四）24:00 前可以请另一位负责人复核" in page
    form = citizen.post(f"{url}review/", {"start": "1"})
    assert (form.status_code, "只能请求一次" in text_of(form.content)) == (200, True)
    assert citizen.post(f"{url}review/", {"act_id": str(uuid4()), "words": ""}).status_code == 422
    said = {"act_id": str(uuid4()), "words": "借款人就是村干部。"}
    assert [citizen.post(f"{url}review/", said).status_code for _ in range(2)] == [302, 302]  # twice is once
    after = text_of(citizen.get(url).content)
    assert "正在复核" in after
    assert "该找谁" not in after
    assert citizen.get(f"{url}review/").status_code == 404


@pytest.mark.clause("三（二）6", "R-26")
def test_what_came_of_the_review(walk: Walk) -> None:
    citizen, url = refused(walk), f"/follow/{walk.number}/"
    citizen.post(f"{url}review/", {"act_id": str(uuid4()), "words": "借款人就是村干部。"})
    denied = walk.post("uphold_refusal", {"because": "仍是私人借款"}, "shift")
    assert denied.status_code == 403  # whoever approved
    staff = text_of(client_of("jiancha", "shift_leader").get(walk.url).content)
    assert "借款人就是村干部。" in staff
    walk.client("jiancha", "shift_leader")
    data = {"act_id": str(uuid4()), "because": "仍是私人借款"}
    done = walk.client("jiancha", "shift_leader").post(walk.address("uphold_refusal"), data)
    assert done.status_code == 303
    page = text_of(citizen.get(url).content)
    assert "已经由没有经手的另一位负责人复核，仍不能办：仍是私人借款" in page
    assert "请求复核" not in page
    assert "给您的答复" not in page


@pytest.mark.clause("三（二）6", "R-26")
def test_taken_after_all_the_page_promises_again(walk: Walk) -> None:
    citizen, url = refused(walk), f"/follow/{walk.number}/"
    citizen.post(f"{url}review/", {"act_id": str(uuid4()), "words": "借款人就是村干部。"})
    data = {"act_id": str(uuid4()), "because": "涉及村干部", "item": "三（一）2", "people": "村干部", "cause": "借款",
            "absence": "没有说"}  # fmt: skip
    done = walk.client("jiancha", "shift_leader").post(walk.address("accept_after_all"), data)
    assert done.status_code == 303
    page = text_of(citizen.get(url).content)
    assert "另一位负责人看过了，可以办" in page
    assert "前答复" in page
    assert "该找谁" not in page


def test_nobody_else_asks_for_it(walk: Walk) -> None:
    refused(walk)
    assert Client().post(f"/follow/{walk.number}/review/", {"act_id": str(uuid4()), "words": "不对"}).status_code == 302
    assert walk.post("approve_refusal", {}, "web").status_code == 403


class Sent(list[str]):
    """A channel that keeps what it was given."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.append(text)


def told() -> list[str]:
    """Everything that is delivered now, and nothing is left over."""
    sent, now = Sent(), times.now() + timedelta(days=30)
    while outbox.deliver(sent, now, 1):
        pass
    with raw().cursor() as cur:
        assert cur.execute("SELECT count(*) FROM procedure_outboxmessage WHERE delivered_at IS NULL").fetchone() == (0,)
    return sent


@pytest.mark.clause("三（二）6", "R-26")
def test_the_citizen_is_told_by_message(walk: Walk) -> None:
    citizen = refused(walk)
    assert [one for one in told() if "不能受理" in one and one.endswith("不同意的，12月3日前可以请我们复核。")]
    citizen.post(f"/follow/{walk.number}/review/", {"act_id": str(uuid4()), "words": "借款人就是村干部。"})
    data = {"act_id": str(uuid4()), "because": "仍是私人借款"}
    walk.client("jiancha", "shift_leader").post(walk.address("uphold_refusal"), data)
    assert [one for one in told() if "已由另一位负责人复核，仍不能受理" in one]


def test_the_office_is_told_of_its_own_lateness(walk: Walk) -> None:
    walk.until("register")
    walk.post("propose_refusal", {"refusal": GROUND, "reason": REASON}, "web")
    told()
    sweep(times.now() + timedelta(days=9))
    assert [one for one in told() if one.endswith(f"编号 {walk.number} 等着决定，已超过时限，请马上办理。")]
