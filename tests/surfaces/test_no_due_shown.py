"""没有期限上页: why no date stands on a matter's page: its limit has not begun, or its kind has none at all."""

from __future__ import annotations

from uuid import uuid4

import pytest

from surfaces.city import text_of
from surfaces.walk import REPORT, Walk

NOT_BEGUN, NONE_AT_ALL = "还没有转办，办理期限从送达单位起算。", "表扬没有办理期限。"


@pytest.mark.clause("五（二）4")
def test_a_complaint_that_is_not_dispatched_yet_is_not_said_to_have_no_limit(walk: Walk) -> None:
    walk.until("accept")
    page = text_of(walk.client("dispatcher").get(walk.url).content)
    assert NOT_BEGUN in page
    assert "没有办理期限。" not in page
    walk.act("dispatch")
    assert NOT_BEGUN not in text_of(walk.client("dispatcher").get(walk.url).content)


def test_a_declined_one_says_nothing_of_a_limit_to_come(walk: Walk) -> None:
    walk.report()
    walk.act("decline")
    page = text_of(walk.client("web").get(walk.url).content)
    assert NOT_BEGUN not in page
    assert "没有办理期限。" not in page


def test_praise_has_none(walk: Walk) -> None:
    form = {**REPORT, "kind": "praise", "channel": "phone", "people": "住户", "cause": "谢谢", "absence": "没有说",
            "act_id": str(uuid4())}  # fmt: skip
    operator = walk.client("operator")
    answer = operator.post("/staff/register/", form)
    assert answer.status_code == 303, text_of(answer.content)
    assert NONE_AT_ALL in text_of(operator.get(answer["Location"]).content)
