"""延期备案 (filing of extensions): the office files or refuses, silence files, what was not explained is void (R-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import extensions
from hotline.casework.records import Extension, Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    OrderCase,
    dated,
    due_of,
    foreseen,
    not_handed_down,
    parts_moved,
    write_text,
)
from hotline.casework.transitions.extending import (
    LONG,
    AgreeToExtension,
    RequestExtension,
    asked,
    no,
    promise,
    tell_extended,
)
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import EXTENDS, RECOMPUTES, UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, extending
from hotline.rules.verdicts import Due, Verdict

DATES = ("extension_id", "working_days", "old_due_at", "due_at", "due_clause", "provisional", "explained")
PARTS = "parts"  # whose dates followed


def granted(case: OrderCase, working_days: int, at: datetime, outcome: str) -> Mapping[str, Any]:
    """So many working days more as of `at`; what was explained beforehand holds at once. What level 2 handed down moves
    nothing that the citizen was promised."""
    order, extension, old = case.subject, asked(case), due_of(case.subject)
    assert old is not None
    due = dated(case, order, dating.extended(working_days, extension.id), as_of=at, extension_filed_at=None,
                extended_by=order.extended_by + working_days)  # fmt: skip
    assert due is not None
    case.update(extension, outcome=outcome, decided_at=at, working_days=working_days, old_due_at=old.at,
                old_due_clause=old.clause, old_due_readings=" ".join(old.readings),
                old_due_provisional=old.provisional, new_due_at=due.at)  # fmt: skip
    if extension.explained_at is not None and order.parent_id is None:
        promise(case, replace(order, **case.out.updates[Order, order.id]), at)
    return {**_dates(extension, working_days, old, due), PARTS: parts_moved(case, order)}


def _dates(extension: Extension, working_days: int, old: Due, due: Due) -> Mapping[str, Any]:
    return {"extension_id": extension.id, "working_days": working_days, "old_due_at": old.at, "due_at": due.at,
            "due_clause": due.clause, "provisional": due.provisional,
            "explained": extension.explained_at is not None}  # fmt: skip


def _tell(case: OrderCase, template: str) -> None:
    case.tell(template, "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


def _tell_refused(case: OrderCase) -> None:
    """The unit is told; and the citizen, whom it had told beforehand that it would take longer."""
    _tell(case, "extension_refused")
    order, found = case.subject, extensions.newest(case.dossier, case.subject)
    if order.lead and found is not None and found.explained_at is not None:
        case.tell("not_extended", "matter", case.dossier.chain.id, matter_id=case.dossier.chain.id)


class _BeforeTheOffice(MatterCard, abstract=True):
    """What the office does with an extension filed with it."""

    rests_on = "extension"
    by = (Role.SUPERVISOR, Role.SHIFT_LEADER)
    not_by = (RequestExtension, AgreeToExtension)
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS)

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """One is filed with the office."""
        if (below := not_handed_down(case)) is not None:
            return below
        return None if case.subject.extension_filed_at else no(case, "没有等备案的延期申请。")


def above_cap(case: OrderCase) -> Verdict | None:
    """A no for more than the cap leaves: the kind may have changed since it was filed (R-07, R-22)."""
    left = extending.left(case.book, case.dossier.matter.kind, case.subject.extended_by)
    if asked(case).working_days <= left:
        return None
    refuse = "不予备案" if case.subject.parent_id is None else "不准"
    return no(case, f"超过了延期的上限，现在最多还能延长 {left} 个工作日，请{refuse}。")


class AcceptExtension(_BeforeTheOffice):
    """备案: the extension is on file and the date moves; the office grants nothing, it takes note (R-07)."""

    term = "备案"
    key = "T"
    form = ()
    deadline = EXTENDS
    ledger = Line("extension_filed", (*DATES, PARTS))

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """At the due instant silence files it."""
        return due_of(case.subject)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date with so many working days more."""
        waits = extensions.awaiting(case.dossier, case.subject)
        due = foreseen(case, case.subject, dating.extended(waits.working_days, waits.id)) if waits else None
        return [Effect("备案后的期限", due)] if due else []

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Never more than the cap."""
        return above_cap(case)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The new date, a new round."""
        return granted(case, asked(case).working_days, case.now, extensions.FILED)

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Unit and, where it was explained already, citizen are told."""
        _tell(case, "extension_filed")
        tell_extended(case)


def ground_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The only grounds on which the office may refuse."""
    return list(extending.grounds(case.book).items())


class RefuseExtension(_BeforeTheOffice):
    """不予备案: for its form, lateness or the cap, and for nothing else (R-07)."""

    term = "不予备案"
    form = (
        Field("ground", "理由", "choice", choices=ground_choices),
        Field("because", "具体说明", "textarea", max_length=LONG, hint="承办单位会看到"),
    )
    deadline = UNCHANGED
    ledger = Line("extension_refused", ("extension_id", "ground"))

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Lateness and the cap only where they are true."""
        order, due, extension = case.subject, due_of(case.subject), asked(case)
        assert order.extension_filed_at is not None
        verdict = extending.may_refuse(
            case.book, case.dossier.matter.kind, due, order.extension_filed_at, ground=case.form["ground"],
            working_days=extension.working_days, already=order.extended_by,
        )  # fmt: skip
        return () if verdict.ok else [Problem("ground", f"{verdict.because}。", verdict.clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The old date stands; another may be asked for while the door is open."""
        extension = asked(case)
        because = write_text(case, "extension_because", case.form["because"])
        case.update(extension, outcome=extensions.REFUSED, decided_at=case.now, because_id=because)
        case.update(case.subject, extension_filed_at=None)
        return {"extension_id": extension.id, "ground": case.form["ground"]}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told, and a citizen who was told otherwise."""
        _tell_refused(case)


class LapseExtension(ClockCard):
    """延期申请失效: the door has closed before the unit's own leader agreed; nothing was filed with the office (R-07)."""

    term = "延期申请失效"
    rests_on = "extension"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    ledger = Line("extension_lapsed", ("fell_at", "extension_id", "working_days"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Nothing waits for the leader any more; the old date stands."""
        extension, at = asked(case), when_due(case)
        case.update(extension, outcome=extensions.LAPSED, decided_at=at)
        case.update(case.subject, extension_asked_at=None, extension_filed_at=None)
        return {"fell_at": at, "extension_id": extension.id, "working_days": extension.working_days}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        _tell(case, "extension_lapsed")


class FileExtensionBySilence(ClockCard):
    """视为已备案: the office had not said anything by the due instant. It dates from that instant, and comes before all
    else that falls due at it: explained by then, the extension holds; else it is void in the next breath (R-07)."""

    term = "视为已备案"
    rests_on = "extension"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    deadline = EXTENDS
    ledger = Line("extension_filed_by_silence", ("fell_at", *DATES, PARTS))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """As much of it as the cap leaves; where that is nothing, silence files nothing."""
        order, extension, at, old = case.subject, asked(case), when_due(case), due_of(case.subject)
        working_days = extending.granted_by_silence(case.book, case.dossier.matter.kind,
                                                    working_days=extension.working_days,
                                                    already=order.extended_by)  # fmt: skip
        if working_days:
            return {"fell_at": at, **granted(case, working_days, at, extensions.SILENT)}
        assert old is not None
        case.update(extension, outcome=extensions.REFUSED, decided_at=at)
        case.update(order, extension_filed_at=None)
        return {"fell_at": at, **_dates(extension, working_days, old, old), PARTS: []}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Unit and citizen are told."""
        found = extensions.newest(case.dossier, case.subject)
        if found is not None and found.outcome in extensions.GRANTED:
            _tell(case, "extension_filed")
            tell_extended(case)
        else:
            _tell_refused(case)


class VoidExtension(ClockCard):
    """延期无效: the old due instant has come and nobody has told the citizen why. The date goes back to the old one, and
    cards fall as if the extension had never been (R-07)."""

    term = "延期无效"
    rests_on = "extension"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    deadline = RECOMPUTES
    ledger = Line("extension_void", ("fell_at", "extension_id", "working_days", "due_at", "due_clause", "provisional",
                                     PARTS))  # fmt: skip

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """What it took from the cap is given back; that it was granted and became void stays on file."""
        order, at, extension = case.subject, when_due(case), extensions.unexplained(case.dossier, case.subject)
        assert extension is not None
        void = dating.void(extension.id)
        left = dating.extended_by(case.book, (*dating.read(order.due_basis), void))
        due = dated(case, order, void, as_of=at, extended_by=left)
        assert due is not None
        case.update(extension, outcome=extensions.VOID)
        return {"fell_at": at, "extension_id": extension.id, "working_days": extension.working_days, "due_at": due.at,
                "due_clause": due.clause, "provisional": due.provisional, PARTS: parts_moved(case, order)}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        _tell(case, "extension_void")
