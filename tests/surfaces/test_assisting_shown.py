"""牵头与协办上页: named in one line of the dispatch; each unit has its own order, the office sees whose each verb is."""

from __future__ import annotations

from surfaces.test_extensions_shown import citizens_page, done, page
from surfaces.walk import LETTER, Walk, unit_id

HELPER, ITS_DEPUTY = "chengguan-clerk", "chengguan-deputy"


def share(walk: Walk) -> int:
    """The assisting unit's order."""
    from hotline.casework.models import Order

    return int(Order.objects.get(matter__number=walk.number, lead=False).id)


def test_named_at_dispatch_and_handed_to_the_lead(walk: Walk) -> None:
    walk.until("accept")
    wrong = walk.post("dispatch", walk.form("dispatch", assisting="市城管局、没有的局"))
    assert wrong.status_code == 422
    assert "没有找到“没有的局”" in wrong.content.decode()
    walk.act("dispatch", assisting="205")
    said, order = page(walk, "dispatcher"), share(walk)
    assert "牵头 埇桥区人民政府" in said
    assert "协办 " in said
    assert said.count("催办（") == 2, "one for each unit"
    assert walk.number[4:13] in page(walk, HELPER, "/staff/desk/to-sign/")
    helper = walk.client(HELPER)
    for verb, form, login in (("sign_for", {}, HELPER), ("draft_reply", LETTER, HELPER), ("sign_off", {}, ITS_DEPUTY),
                              ("file", {}, HELPER)):  # fmt: skip
        answer = walk.client(login).post(f"{walk.url}{verb}/?order={order}", {"act_id": new_act(), **form})
        assert answer.status_code == 303, answer.content.decode()[:2000]
    assert "协办材料交牵头单位" in page(walk, "yongqiao-clerk")
    assert helper.get(walk.url).status_code == 200
    told = citizens_page(walk)
    assert "埇桥区" in told
    assert "城管" not in told, "the citizen has to do with the lead"


def test_one_more_is_added(walk: Walk) -> None:
    walk.until("sign_for")
    assert "协办的期限" not in page(walk, "dispatcher")
    done(walk, "add_unit", "dispatcher", unit=str(unit_id("205")), words="请核实管线")
    assert "请核实管线" in page(walk, "yongqiao-clerk")
    assert walk.number[4:13] in page(walk, HELPER, "/staff/desk/to-sign/")


def new_act() -> str:
    """A number for an act."""
    from uuid import uuid4

    return str(uuid4())
