"""移交紧急救助 (handing over): who took the call first takes it in first, then hands it over to the service whose it is, and
writes down who took it there (三（二）5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import jointly
from hotline.casework.records import Handover, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, tell_callers, write_text
from hotline.casework.transitions.overtaken import set_aside
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import refusals
from hotline.rules.book import Rulebook
from hotline.rules.refusals import Refusal

TAKEN = (("taken", "对方接下了"), ("not_taken", "对方没有接下"))
UNDECIDED = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED)


def ground(book: Rulebook) -> Refusal:
    """The item under which emergencies are another service's."""
    return next(one for one in refusals.items(book).values() if one.hand_over)


def number_choices(case: MatterCase) -> list[tuple[str, str]]:
    """The emergency numbers, with what they are for."""
    known = case.book.provision("service").values["emergency_numbers"]
    return [(number, f"{number} {known.get(number, '')}".strip()) for number in ground(case.book).numbers]


def means_choices(case: MatterCase) -> list[tuple[str, str]]:
    """How it is handed over."""
    return list(case.book.provision("handing_over").values["means"].items())


class HandOver(MatterCard):
    """移交紧急救助: at once, by one key or in a three-party call. Whoever did not take it leaves it with the hotline, which
    goes on."""

    term = "移交紧急救助"
    key = "1"
    rests_on = "handing_over"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (*UNDECIDED, S.SUBMITTED, S.IN_HAND))
    form = (
        Field("number", "移交给", "choice", choices=number_choices),
        Field("means", "方式", "choice", choices=means_choices),
        Field("outcome", "结果", "choice", choices=TAKEN),
        Field("taken_by", "谁接的", required=False, max_length=60, hint="接警席位、警号或姓名"),
        Field("their_number", "对方的单号", required=False, max_length=60),
        Field("words", "转过去说了什么", "textarea", required=False, max_length=2000),
        Field("goes_on", "还有热线要办的", "flag", required=False, hint="紧急的部分移交，其余的热线接着办"),
    )
    deadline = UNCHANGED
    ledger = Line("handed_over", ("handover_id", "number", "means", "taken", "taken_by_id", "their_number_id",
                                  "words_id", "goes_on"))  # fmt: skip

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Who took it is written down."""
        if case.form["outcome"] != "taken" or case.form["taken_by"]:
            return ()
        return [Problem("taken_by", "请写明对方是谁接的。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row per try."""
        form, taken = case.form, case.form["outcome"] == "taken"
        taken_by, theirs, words = (write_text(case, name, form[name]) if form[name] else None
                                   for name in ("taken_by", "their_number", "words"))  # fmt: skip
        row = Handover(case.tools.ids.next(), case.subject.id, case.now, form["number"], form["means"], taken, taken_by,
                       theirs, words)  # fmt: skip
        case.insert(row)
        return {"handover_id": row.id, "number": row.number, "means": row.means, "taken": taken,
                "taken_by_id": taken_by, "their_number_id": theirs, "words_id": words,
                "goes_on": form["goes_on"]}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called hears who has it now, and what to dial."""
        if case.form["outcome"] == "taken":
            tell_callers(case, "handed_over")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What they took, and nobody here has anything left to do with, is theirs."""
        matter = case.dossier.matter
        waits = (matter.before_leader_at, matter.report_owed_at, matter.designate_until)
        ours = case.form["goes_on"] or matter.status not in UNDECIDED or any(at is not None for at in waits)
        taken = case.form["outcome"] == "taken"
        return [(LeaveToRescue, matter)] if taken and not ours and not case.dossier.open_orders() else []


class LeaveToRescue(MatterCard):
    """已移交不再办: the consequence of a handover that was taken: the matter is that service's, and the citizen reads whom
    to call."""

    term = "已移交不再办"
    rests_on = "handing_over"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNDECIDED, S.DECLINED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("left_to_rescue", ("refusal",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The citizen reads where it is, never merely that it was declined; whoever is joined, the same (R-25)."""
        item = ground(case.book)
        said = "\n".join(part for part in (item.told, item.channel) if part)
        told = write_text(case, "told", said)
        jointly.answer_all(case, said, rated=False)
        case.update(case.subject, **set_aside(case), refusal=item.id, told_id=told, promised_at=None,
                    promised_clause=None, promise_basis="", dispatch_until=None)  # fmt: skip
        return {"refusal": item.id}
