"""直办上页: who is on duty where stands on the form; who answered what stands in the matter; not reached, the dispatch
begins with the unit that was called."""

from __future__ import annotations

import re
from datetime import timedelta

from hotline.procedure import times
from surfaces.city import hidden
from surfaces.test_extensions_shown import done, page
from surfaces.test_on_duty import on_duty
from surfaces.walk import Walk, unit_id

HOUR = timedelta(hours=1)
CALL = {"why_not": "要查当年的档案", "means": "three_party"}


def chosen(form: str) -> str:
    """The value of the unit that stands chosen; empty where none does."""
    units = form[form.index('name="unit"') :]
    found = re.search(r'<option value="(\d+)"[^>]* selected', units[: units.index("</select>")])
    return found[1] if found else ""


def asked(walk: Walk) -> Walk:
    """A question taken."""
    return walk.until("accept", kind="consultation")


def test_the_form_says_who_is_on_duty_where(walk: Walk) -> None:
    now = times.now()
    on_duty("兰明远", "0557-0000071", now - HOUR, now + 8 * HOUR)
    on_duty("梅问雪", "0557-0000072", now + 8 * HOUR, now + 16 * HOUR)
    form = page(asked(walk), "operator", f"{walk.url}connect/")
    assert "埇桥区人民政府 · 兰明远 0557-0000071" in form
    assert "梅问雪" not in form
    assert "砀山县人民政府 · 0557-0000008" in form, "nobody is on duty: the duty telephone"


def test_who_answered_what_is_on_record_and_the_citizen_reads_the_answer(walk: Walk) -> None:
    asked(walk)
    refused = walk.post("connect", {**CALL, "unit": str(unit_id()), "outcome": "answered"}, "operator")
    assert refused.status_code == 422
    assert "请写下单位里答复的是谁" in refused.content.decode()
    done(walk, "connect", "operator", **CALL, unit=str(unit_id()), outcome="answered", answered_by="窗口周某",
         answer="每周三下午可以查")  # fmt: skip
    shown = page(walk, "operator")
    assert "直办埇桥区，接通" in shown
    for said in ("不能直接答复：要查当年的档案", "接听人：窗口周某", "答复：每周三下午可以查"):
        assert said in shown


def test_not_reached_the_dispatch_begins_with_the_unit_called(walk: Walk) -> None:
    asked(walk)
    done(walk, "connect", "operator", **CALL, unit=str(unit_id("341321")), outcome="not_reached")
    form = walk.client("dispatcher").get(f"{walk.url}dispatch/").content.decode()
    assert chosen(form) == str(unit_id("341321"))
    assert hidden(form, "act_id")


def test_a_unit_called_before_the_matter_was_opened_again_is_forgotten(walk: Walk) -> None:
    asked(walk)
    done(walk, "connect", "operator", **CALL, unit=str(unit_id("341321")), outcome="not_reached")
    times.set_simulated(times.now() + HOUR)
    done(walk, "answer_at_once", "operator", answer="每周三下午可以查", policy="档案法实施条例")
    times.set_simulated(times.now() + HOUR)
    done(walk, "record_repeat", "operator", channel="phone", words="去了，档案馆不开门。", facts="new")
    form = walk.client("dispatcher").get(f"{walk.url}dispatch/").content.decode()
    assert f'<option value="{unit_id("341321")}"' in form
    assert chosen(form) != str(unit_id("341321"))
