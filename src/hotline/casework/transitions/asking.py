"""待补充 (asking): facts are missing: the citizen is asked for them, and answers by phone or on the matter's own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Attempt, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.alarming import WrittenCard
from hotline.casework.transitions.attaching import FILES, attach, unusable
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, tell_citizen, write_text
from hotline.casework.transitions.intake import WEB, dispatch_at_once, first_promise
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import asking, contacts
from hotline.rules.refusals import Refusal

NOTHING_MORE = "nothing_more"
OUTCOMES = (("asked", "联系上了，请其补充"), ("tried", "没有联系上，已留言或发短信"), (NOTHING_MORE, "联系上了，说补充不出"))
MEANS = (("phone", "电话"), ("sms", "短信"), ("online", "网上"))


class AskForFacts(MatterCard):
    """请诉求人补充: the record lacks facts without which nobody can look into it; one try, by whatever means. While the
    answer is waited for nothing is promised and no date of the office runs (R-27)."""

    term = "请诉求人补充"
    key = "Q"
    rests_on = "missing_facts"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED, S.AWAITING_FACTS), S.AWAITING_FACTS)
    form = (
        Field("missing", "缺什么", "textarea", max_length=1000, hint="诉求人会看到：请他说清时间、地点、单位或经过"),
        Field("means", "方式", "choice", choices=MEANS),
        Field("outcome", "结果", "choice", choices=OUTCOMES),
        Field("note", "凭据", max_length=300, hint="如通话记录、短信回执"),
    )
    deadline = UNCHANGED
    ledger = Line("facts_asked", ("means", "outcome", "tries", "missing_id"))

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """How often the citizen was asked, and how often it takes; that dates wait."""
        said = asking.asked_enough(case.book, tries(case)).because
        return [Effect("已请过", said), Effect("期限", "等补充期间不算，补充后重新答应日期")]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What is missing stands word for word; dates are withdrawn until there are facts."""
        form, matter = case.form, case.subject
        missing = write_text(case, "missing", form["missing"])
        note = write_text(case, "asked", form["note"])
        case.insert(Attempt(case.tools.ids.next(), matter.id, None, case.now, form["outcome"], form["means"], note))
        case.update(matter, promised_at=None, promised_clause=None, promise_basis="", dispatch_until=None)
        return {"means": form["means"], "outcome": form["outcome"], "tries": len(case.dossier.asked()) + 1,
                "missing_id": missing}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """A message with every try: the matter's own page says what is missing."""
        tell_citizen(case, "facts_asked")


class SupplyFacts(WrittenCard):
    """补充情况: the citizen's own words, kept apart from the record; the matter is looked at again, and what is promised
    counts anew from here (R-27)."""

    term = "补充情况"
    rests_on = "missing_facts"
    by = (Role.CITIZEN, Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Matter, (S.AWAITING_FACTS,), S.REGISTERED)
    form = (Field("facts", "诉求人补充的话", "textarea", max_length=20000, hint="照原话记；六要素在受理时补全"), FILES)
    writes = ("facts",)
    deadline = UNCHANGED
    ledger = Line("facts_supplied", ("promised_at", "promised_clause", "dispatch_until"))
    needs = ("files", *WrittenCard.needs)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Every file named is still there."""
        return unusable(case)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """As if registered now: the words are new, those of the first call stay."""
        write_text(case, "supplement", case.form["facts"])
        attach(case)
        promised = begun_anew(case)
        case.update(case.subject, supplied_at=case.now, **promised)
        return {name: promised[name] for name in cls.ledger.facts}


def begun_anew(case: MatterCase) -> dict[str, Any]:
    """What is promised, and an urgent matter's date for dispatching, as if it were registered now."""
    matter = case.subject
    until = dispatch_at_once(case, matter.channel) if matter.urgent else None
    return {"dispatch_until": until, **first_promise(case, matter.kind, matter.channel)}


def tries(case: AnyCase) -> list[contacts.Attempt]:
    """How often the office asked, with what shows it."""
    return [contacts.Attempt(a.at, a.outcome != "tried", case.dossier.body(a.note_id)) for a in case.dossier.asked()]


def not_asked(case: MatterCase, ground: Refusal) -> list[Problem]:
    """Why a matter without facts may not be declined yet: nobody asked for them, though somebody could be asked."""
    matter, citizen = case.subject, case.dossier.citizen()
    nobody = matter.channel != WEB and (citizen is None or citizen.phone_sealed is None)
    said = matter.supplied_at is not None or any(a.outcome == NOTHING_MORE for a in case.dossier.asked())
    verdict = asking.asked_enough(case.book, tries(case))
    if not ground.ask_first or nobody or said or verdict.ok:
        return []
    return [Problem("refusal", f"要先请诉求人补充事实：{verdict.because}。", verdict.clause)]
