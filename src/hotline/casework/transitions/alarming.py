"""险情提醒 (alarming): words of danger to life in what a citizen wrote; whoever leads the shift is told at once, and again
every few minutes by day and night, until somebody takes it (三（二）5, R-41)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, write_text
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field
from hotline.procedure.records import Record
from hotline.rules import danger, elements, office
from hotline.rules.verdicts import Verdict

UNARCHIVED = tuple(status for status in S if status != S.ARCHIVED)
TOLD = "danger"  # the message to whoever leads the shift
WORDS = "danger_words"  # the look-up that a card which hears needs: the city's own words


def _tell(case: MatterCase) -> None:
    """To whoever is on duty at this instant."""
    case.tell(TOLD, "shift_leader", case.subject.id, matter_id=case.subject.id, at=int(case.now.timestamp()))


class RaiseAlarm(MatterCard):
    """险情提醒: what a citizen wrote has words of danger to life in it; a consequence of writing it."""

    term = "险情提醒"
    rests_on = "danger"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNARCHIVED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("alarm_raised", ("next_at",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It stands until it is taken; what is written later raises it anew."""
        next_at = danger.again_at(case.book, case.now, case.now).at
        case.update(case.subject, alarm_at=case.now, alarm_next_at=next_at)
        return {"next_at": next_at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """At once."""
        _tell(case)


class RepeatAlarm(ClockCard):
    """再次提醒险情: so many minutes have passed, and nobody has taken it."""

    term = "再次提醒险情"
    rests_on = "danger"
    moves = moves(Matter, UNARCHIVED)
    form = ()
    ledger = Line("alarm_repeated", ("fell_at", "next_at"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Told once, however many times a late clock has missed."""
        fell_at = when_due(case)
        next_at = danger.again_at(case.book, fell_at, case.now).at
        case.update(case.subject, alarm_next_at=next_at)
        return {"fell_at": fell_at, "next_at": next_at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever is on duty now."""
        _tell(case)


class TakeAlarm(MatterCard):
    """接手险情: somebody looks after it from now on, and the shift leader is told no more. It hands nothing over to the
    rescue services, and stops no clock."""

    term = "接手险情"
    rests_on = "danger"
    by = (Role.OPERATOR, Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNARCHIVED)
    form = (Field("doing", "怎样处置", "textarea", required=False, max_length=1000,
                  hint="可以先接手，再写；要移交给紧急救助的，用“移交紧急救助”"),)  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("alarm_taken", ("alarm_at", "doing_id"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Nobody has taken it yet."""
        return None if case.subject.alarm_next_at is not None else cls.no(case, "没有要接手的险情，或者已经有人接手。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Who and when stand in the line."""
        doing = write_text(case, "alarm_doing", case.form["doing"]) if case.form["doing"] else None
        case.update(case.subject, alarm_next_at=None)
        return {"alarm_at": case.subject.alarm_at, "doing_id": doing}


def heard(case: AnyCase, *fields: str) -> Sequence[tuple[type[Card], Record]]:
    """What follows from words of danger in these fields of a form, where they were written and not told by telephone:
    there somebody listens. Old files are no news."""
    form = case.form
    wrote = case.actor.role == Role.CITIZEN or form.get("channel") in office.WRITTEN
    if not wrote or form.get("entered_late"):
        return []
    said = [str(form.get(name) or "") for name in fields]
    return [(RaiseAlarm, case.dossier.matter)] if danger.found(case.book, said, case.tools.extra[WORDS]) else []


def heard_in_record(case: AnyCase) -> Sequence[tuple[type[Card], Record]]:
    """The same of what is registered: gist, words, and every element of the record."""
    return heard(case, "gist", "words", *elements.terms(case.book))


class WrittenCard(MatterCard, abstract=True):
    """A card whose form holds what a citizen writes on the site: words of danger in it are told at once."""

    writes: ClassVar[tuple[str, ...]]
    needs: ClassVar[tuple[str, ...]] = (WORDS,)

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """The alarm, where there are some."""
        return heard(case, *cls.writes)
