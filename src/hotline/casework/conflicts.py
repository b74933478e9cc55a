"""回避的事实 (conflicts): who may neither see nor handle a matter since it is about them, and who takes care of it instead
(R-21)."""

from __future__ import annotations

from hotline.casework.records import Matter, Order
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.rules import conflicts
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

INSPECTION = "inspection"  # the desk of the centre that inspects
SECOND = 2


def of_whole_hotline(matter: Matter) -> bool:
    """Whether the complaint is about the hotline as such, not about somebody in it."""
    return matter.against == conflicts.HOTLINE and matter.against_person_id is None


def barred(matter: Matter, actor: Actor) -> bool:
    """Whether the post, its holder or whom the holder acts for is the target, or belongs to it by another post. Of a
    complaint about the hotline as such that is everybody at its desks but the centre that inspects."""
    if matter.against_person_id is not None and matter.against_person_id in actor.persons():
        return True
    if matter.against_unit_id in actor.units():
        return True
    return of_whole_hotline(matter) and bool(hotline_desks(actor) - {matter.goes_to_unit_id})


def hotline_desks(actor: Actor) -> frozenset[int | None]:
    """The hotline's own desks at which the persons of an act sit."""
    return actor.desks | ({actor.unit_id} if actor.role in OFFICE else frozenset())


def with_target(matter: Matter, order: Order) -> bool:
    """Whether the target holds an order, or a unit below it does."""
    return matter.against_unit_id in (order.unit_id, order.level2_unit_id)


def handler_said(book: Rulebook, matter: Matter) -> str:
    """Who takes care of it instead, in words."""
    handler = conflicts.handled_by(book, matter.against).because
    if handler == conflicts.LEADER:
        return "市领导（请呈办）"
    if handler == conflicts.LEVEL_2:
        return f"它上面的{book.provision('levels').values['names'][SECOND]}"
    return str(book.provision("centres").values["back"][handler])


def may_get(book: Rulebook, matter: Matter, unit_id: int, level2_id: int | None, *, strictly: bool = True) -> Verdict:
    """Whether a unit may be given the matter: never the target, nor what is below it; `strictly` nobody but whom the
    rulebook names instead, or after a leader's instruction whom the leader named."""
    rule = book.provision("complaint_against")
    if matter.against_unit_id is not None and matter.against_unit_id in (unit_id, level2_id):
        return Verdict(False, rule.clause, f"反映的就是这个单位，须交{handler_said(book, matter)}办理。", rule.readings)
    if not strictly or not matter.against:
        return Verdict(True, rule.clause, "", rule.readings)
    if conflicts.handled_by(book, matter.against).because == conflicts.LEADER:
        ok = matter.instructed_at is not None
    else:
        ok = unit_id == matter.goes_to_unit_id
    said = "" if ok else f"这件事须回避，须交{handler_said(book, matter)}办理。"
    return Verdict(ok, rule.clause, said, rule.readings)
