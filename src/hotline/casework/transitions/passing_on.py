"""转告与转外地 (passing on): praise goes to whoever is praised, for its knowledge; what another city must see to goes there.
Neither has a limit, and neither is counted (R-37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Handover, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, tell_callers, write_text
from hotline.casework.transitions.closing import Close
from hotline.casework.transitions.ending import over
from hotline.casework.transitions.handing_over import UNDECIDED
from hotline.casework.transitions.overtaken import set_aside
from hotline.casework.transitions.proposing import waits
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict

ELSEWHERE = "elsewhere"  # in the place of an emergency number: another city


class PassOnPraise(MatterCard):
    """转告表扬: the praised unit hears of it, has nothing to do, and the matter is answered."""

    term = "转告表扬"
    rests_on = "passing_on"
    by = (Role.OPERATOR, Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.ANSWERED)
    form = (
        Field("unit", "表扬哪个单位", "any_unit"),
        Field("words", "转告的话", "textarea", max_length=500, hint="照这样发给单位；不写诉求人的姓名电话"),
    )
    deadline = UNCHANGED
    ledger = Line("praise_passed_on", ("unit_id", "words_id", "told_id"))
    needs = ("unit",)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Praise, or whatever else the rulebook passes on."""
        kinds = cls.provision(case.book).values["kinds"]
        return None if case.subject.kind in kinds else cls.no(case, "这一类要办理，不是转告。")

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Nobody is at work on it."""
        return cls.no(case, "还有单位在办，先收回它的工单。") if case.dossier.open_orders() else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A unit that is there."""
        found = case.tools.extra["unit"]
        if found is not None and found.unit.status == "open":
            return ()
        return [Problem("unit", "没有这个单位，或者它已经撤销。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What the citizen reads names the unit; there is no date."""
        unit = case.tools.extra["unit"].unit
        told = write_text(case, "told", f"{cls.provision(case.book).values['told']}（{unit.name}）。")
        words = write_text(case, "praise_words", case.form["words"])
        case.update(case.subject, **set_aside(case), told_id=told, replied_at=case.now)
        return {"unit_id": unit.id, "words_id": words, "told_id": told}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The unit hears what was said, whoever called that it did."""
        case.tell("praise_passed_on", "unit", case.tools.extra["unit"].unit.id, matter_id=case.subject.id)
        tell_callers(case, "praise_told")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Closing is the consequence; nobody is followed up about it."""
        return [(Close, case.subject)]


def means_choices(case: MatterCase) -> list[tuple[str, str]]:
    """How it goes to another city."""
    return list(case.book.provision("transfer").values["means"].items())


class TransferElsewhere(MatterCard):
    """转外地: the matter is another city's; where it went and under which number there is on record, the citizen is told,
    and here it ends without being counted."""

    term = "转外地"
    rests_on = "transfer"
    by = (Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNDECIDED, S.ENDED)
    form = (
        Field("place", "转到哪里", max_length=60, hint="城市和热线，如：某市的政府热线"),
        Field("means", "怎样转的", "choice", choices=means_choices),
        Field("their_number", "对方的编号", required=False, max_length=60),
        Field("words", "告诉诉求人的话", "textarea", required=False, max_length=1000, hint="如：怎样向那里查询"),
    )
    deadline = UNCHANGED
    ledger = Line("transferred", ("handover_id", "means", "place_id", "their_number_id", "words_id", "told_id"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Nothing here depends on it any more: no order, no decision, no leader, no source, nobody joined."""
        matter = case.subject
        owed = (matter.before_leader_at, matter.report_owed_at, matter.designate_until)
        if case.dossier.open_orders() or case.dossier.joined() or any(at is not None for at in owed):
            return cls.no(case, "还有单位、领导或并入的事项牵着它，先了结那些再转。")
        return waits(case, cls)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row for where it went; what the citizen is told stands word for word."""
        form, rule = case.form, cls.provision(case.book)
        place = write_text(case, "place_elsewhere", form["place"])
        theirs, words = (write_text(case, name, form[name]) if form[name] else None
                         for name in ("their_number", "words"))  # fmt: skip
        row = Handover(case.tools.ids.next(), case.subject.id, case.now, ELSEWHERE, form["means"], True, place, theirs,
                       words)  # fmt: skip
        case.insert(row)
        number = f"，那里的编号是 {form['their_number']}" if form["their_number"] else ""
        said = f"{rule.values['told']}：{form['place']}{number}。"
        told = write_text(case, "told", "\n".join(part for part in (said, form["words"]) if part))
        over(case)
        case.update(case.subject, told_id=told)
        return {"handover_id": row.id, "means": row.means, "place_id": place, "their_number_id": theirs,
                "words_id": words, "told_id": told}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told where it is."""
        tell_callers(case, "transferred")
