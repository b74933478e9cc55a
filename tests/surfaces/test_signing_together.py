"""一起签收: what a unit has not signed for is signed for at once, and what cannot be says why."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connections

from hotline.casework.models import Order
from hotline.procedure.models import LedgerLine
from hotline.procedure.perform import raw
from support import ledger
from surfaces.city import client_of, text_of
from surfaces.counting import MOST_OF_A_PAGE, MOST_OF_A_VERB, counted
from surfaces.walk import Walk

CLERK, URL, LIST = "yongqiao-clerk", "/staff/desk/to-sign/sign/", "/staff/desk/to-sign/"


@pytest.fixture
def three(city: str) -> list[Walk]:
    """Dispatched to one unit, and not signed for."""
    return [Walk().until("dispatch", phone=f"1390000{n:04}") for n in range(3)]


def signed() -> dict[str, str]:
    """Each matter's order and where it stands."""
    return dict(Order.objects.values_list("matter__number", "status"))


def test_all_are_ticked_and_the_chosen_ones_are_signed_for(three: list[Walk]) -> None:
    clerk = client_of(CLERK)
    assert f'href="{URL}"' in clerk.get(LIST).content.decode()
    page = clerk.get(URL).content.decode()
    assert page.count(" checked>") == 3
    assert len(re.findall(r"24:00，还剩 \d+ 个工作日[^·<]* · 五（二）", page)) == 3, "how long it has yet"
    first, second, third = (one.number for one in three)
    answer = clerk.post(URL, {"numbers": [first, third]})
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}?done=sign_for&n=2")
    assert signed() == {first: "signed", second: "dispatched", third: "signed"}
    lines = [line.person_id for line in ledger.lines("kind = 'signed_for'")]
    assert len(lines) == 2
    assert None not in set(lines)
    assert "已签收 2 件。" in clerk.get(answer["Location"]).content.decode()
    assert f'href="{URL}"' not in clerk.get(LIST).content.decode(), "one alone is signed for on its own page"


def test_nothing_chosen_and_what_is_gone_are_said(three: list[Walk]) -> None:
    clerk, number = client_of(CLERK), three[0].number
    none = clerk.post(URL, {})
    assert (none.status_code, "请至少选一件。" in text_of(none.content)) == (422, True)
    assert clerk.post(URL, {"numbers": number}).status_code == 303
    again = clerk.post(URL, {"numbers": number})
    assert (again.status_code, "不在待签收里了" in text_of(again.content)) == (422, True)
    assert LedgerLine.objects.filter(kind="signed_for").count() == 1


def test_only_the_unit_s_own_clerk_signs(three: list[Walk]) -> None:
    other = client_of("dangshan-clerk").post(URL, {"numbers": [one.number for one in three]})
    assert (other.status_code, other["Location"]) == (303, LIST)  # nothing waits there
    assert client_of("dangshan-clerk").get(URL).status_code == 303
    assert client_of("dispatcher").get(URL).status_code == 403
    assert set(signed().values()) == {"dispatched"}


def test_one_that_somebody_else_has_in_hand_is_left_and_said(three: list[Walk]) -> None:
    clerk, held, free = client_of(CLERK), threading.Event(), threading.Event()
    busy = Order.objects.get(matter__number=three[1].number).matter_id

    def hold() -> None:
        with raw().transaction():
            raw().execute("SELECT 1 FROM procedure_chainhead WHERE chain_id = %s FOR UPDATE", (busy,))
            held.set()
            free.wait(30)
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(30)
    try:
        answer = clerk.post(URL, {"numbers": [one.number for one in three]})
    finally:
        free.set()
        other.join()
    said = text_of(answer.content)
    assert "办成 2 件，1 件没有办成：1 件别人正在办，请稍后再看。" in said
    assert three[1].number[4:13] in said
    assert sorted(signed().values()) == ["dispatched", "signed", "signed"]


def test_what_it_costs_does_not_grow(three: list[Walk], statements: object) -> None:
    clerk, numbers = client_of(CLERK), [one.number for one in three]
    clerk.get(URL)
    assert counted(statements, clerk, URL) <= MOST_OF_A_PAGE
    assert counted(statements, clerk, URL, {"numbers": numbers}, 303) <= MOST_OF_A_VERB
