"""收下并入件 (taking in): what the main matter notes of those joined to it; consequences of acts on these (R-25)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.records import Link, Matter
from hotline.casework.records.links import JOINED
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field

OPEN = (S.ACCEPTED, S.SUBMITTED, S.IN_HAND)  # what another matter may be joined to


def _tell_units(case: MatterCase, template: str) -> None:
    for unit_id in sorted({order.unit_id for order in case.dossier.open_orders()}):
        case.tell(template, "unit", unit_id, matter_id=case.dossier.chain.id)


class TakeIn(MatterCard):
    """收下并入件: the main matter notes that another is joined to it; whoever handles it is told what the caller said."""

    term = "收下并入件"
    rests_on = "joining"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, OPEN)
    form = (
        Field("other", "并入的一件", "number"),
        Field("number", "编号", max_length=30),
        Field("words", "告诉承办单位的情况", "textarea", max_length=2000),
    )
    deadline = UNCHANGED
    ledger = Line("taken_in", ("other_id",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row of its own, and the words."""
        form = case.form
        write_text(case, "joined_words", form["words"])
        case.insert(Link(case.tools.ids.next(), case.subject.id, form["other"], form["number"], JOINED, case.now))
        return {"other_id": form["other"]}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever handles it is told."""
        _tell_units(case, "taken_in")


class HearJoined(MatterCard):
    """记并入件来电: somebody has called again about a matter that is joined to this one; whoever handles it is told, and the
    reviewer sees a letter older than the call (R-23). What a secret caller said stays with the joined matter."""

    term = "记并入件来电"
    rests_on = "repeat_contact"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, OPEN)
    form = (
        Field("other", "并入的一件", "number"),
        Field("words", "这次说了什么", "textarea", required=False, max_length=20000),
    )
    deadline = UNCHANGED
    ledger = Line("joined_called", ("other_id",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What was said, where it may be passed on."""
        if case.form["words"]:
            write_text(case, "joined_words", case.form["words"])
        return {"other_id": case.form["other"]}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever handles it is told."""
        _tell_units(case, "called_meanwhile")


class NoteSeparated(MatterCard):
    """记分开: the main matter notes that another is handled by itself from now on; a consequence."""

    term = "记分开"
    rests_on = "joining"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(status for status in S if status != S.ARCHIVED))
    form = (Field("other", "分开的一件", "number"),)
    deadline = UNCHANGED
    ledger = Line("separation_noted", ("other_id",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The row of it ends."""
        other = case.form["other"]
        for link in case.dossier.joined():
            if link.other_id == other:
                case.update(link, ended_at=case.now)
        return {"other_id": other}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever handles the main one is told."""
        _tell_units(case, "separated_off")
