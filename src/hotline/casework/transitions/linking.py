"""关联 (linking): one call about several matters, and a matter that begins where another one is final (R-23, R-25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Contact, Link, Matter
from hotline.casework.records.links import FOLLOWED, FOLLOWS, SAME_CALL
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import repeats

ANSWERED = (S.ANSWERED, S.REPLIED, S.CLOSED)
FINAL = (S.DECLINED, S.ARCHIVED, S.WITHDRAWN, S.ENDED)
RELATIONS = ((SAME_CALL, "同一次来电说的另一件"), (FOLLOWS, "原来那件不再重开，另登记一件"))
OTHER_SIDE = {SAME_CALL: SAME_CALL, FOLLOWS: FOLLOWED}
FIELDS = (
    Field("beside", "关联的事项", required=False, max_length=30),
    Field("relation", "怎样关联", "choice", choices=RELATIONS, required=False),
)
UNSEEN = "没有这件事，或者您看不到它。"


def stands(status: str) -> str:
    """How far a matter has come, as the rules on calling again ask."""
    return repeats.ANSWERED if status in ANSWERED else repeats.FINAL if status in FINAL else repeats.OPEN


def found(case: AnyCase) -> Any:
    """The earlier matter that a new one is registered beside; None where there is none."""
    return case.tools.extra.get("first")


def problems(case: AnyCase) -> list[Problem]:
    """Staff alone, on what they may see. Told in one call: not beside what is archived, it is frozen. Begun anew: only
    where the rulebook does not have the earlier one reopened."""
    form, rule = case.form, case.book.provision("repeat_contact")
    if not form["beside"]:
        return []
    if case.actor.role == Role.CITIZEN or found(case) is None:
        return [Problem("", UNSEEN, rule.clause)]
    status, relation = found(case).status, form["relation"]
    if relation == SAME_CALL and status != S.ARCHIVED:
        return []
    if relation == FOLLOWS and repeats.what(case.book, stands(status), new_facts=True).action == repeats.LINKED:
        return []
    said = "原来那件已经归档，请按“另登记一件”关联。" if relation == SAME_CALL else "原来那件还可以记再次来电，不用另登记。"
    return [Problem("", said, rule.clause)]


def of_same_call(case: AnyCase) -> bool:
    """Whether what is registered was told in a call that is on record already."""
    return found(case) is not None and case.form["relation"] == SAME_CALL


def same_call(case: AnyCase, record_id: int) -> Contact:
    """The call that is on record already, once more, about the new matter."""
    call, matter_id = found(case), case.dossier.chain.id
    return Contact(case.tools.ids.next(), matter_id, call.call_id, call.citizen_id, call.channel, call.at, record_id,
                   anonymous=call.citizen_id is None)  # fmt: skip


def _link(case: AnyCase, other_id: int, number: str, sort: str) -> None:
    case.insert(Link(case.tools.ids.next(), case.dossier.chain.id, other_id, number, sort, case.now))


class LinkToFirst(MatterCard):
    """关联前一件: the new matter refers to the earlier one; the consequence of registering it beside that."""

    term = "关联前一件"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED,))
    form = ()
    deadline = UNCHANGED
    ledger = Line("linked_to_first", ("sort", "other_id"))
    disturbs = False

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row on either side, and a line in either chain, in one breath."""
        first, sort, matter = found(case), case.tools.extra["relation"], case.subject
        _link(case, first.matter_id, first.number, sort)
        case.echo("note_link", first.matter_id, other=matter.id, number=matter.number, sort=OTHER_SIDE[sort])
        return {"sort": sort, "other_id": first.matter_id}


class NoteLink(MatterCard):
    """记关联: the earlier matter, be it archived, notes that another refers to it; nothing else of it changes."""

    term = "记关联"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (
        Field("other", "另一件", "number"),
        Field("number", "编号", max_length=30),
        Field("sort", "怎样关联", "choice", choices=((SAME_CALL, "同一次来电"), (FOLLOWED, "之后另登记"))),
    )
    deadline = UNCHANGED
    ledger = Line("link_noted", ("sort", "other_id"))
    disturbs = False

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row of its own."""
        form = case.form
        _link(case, form["other"], form["number"], form["sort"])
        return {"sort": form["sort"], "other_id": form["other"]}


def then(case: AnyCase) -> Sequence[tuple[type[MatterCard], Matter]]:
    """What follows from registering beside another matter."""
    if found(case) is None:
        return []
    case.tools.extra = {**case.tools.extra, "relation": case.form["relation"]}
    return [(LinkToFirst, case.dossier.matter)]
