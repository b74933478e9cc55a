"""Parts that the cards of the knowledge room share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hotline.knowledge.dossier import EntryDossier
from hotline.knowledge.records import Entry, Version, Wording
from hotline.procedure.card import Card
from hotline.procedure.case import Case
from hotline.procedure.forms import Choices, Field, Problem
from hotline.rules import knowledge
from hotline.rules.verdicts import Verdict

EntryCase = Case[EntryDossier, Entry]
VersionCase = Case[EntryDossier, Version]
AnyCase = Case[EntryDossier, Any]
LAST_DAY = "last_day"


class EntryCard(Card, abstract=True):
    """A card on an entry or one of its versions."""

    chain = "entry"
    rests_on = "knowledge"

    @classmethod
    def no(cls, case: AnyCase, because: str) -> Verdict:
        """A refusal by the clause that the card rests on."""
        provision = cls.provision(case.book)
        return Verdict(False, provision.clause, because, provision.readings)


def sort_choices(case: AnyCase) -> Choices:
    """The sorts of entries of this rulebook."""
    return list(knowledge.sorts(case.book).items())


def last_day_field(hint: str) -> Field:
    """Until which day it is good."""
    return Field(LAST_DAY, "有效到", "date", required=False, max_length=10, hint=hint)


def last_day(case: AnyCase) -> date | None:
    """The day on the form; None where none was given."""
    return case.form[LAST_DAY] or None


def day_problems(case: AnyCase, day: date | None) -> list[Problem]:
    """What is wrong with the day until which it is to be good."""
    if day is None or (verdict := knowledge.may_be_good(case.book, day, case.now)).ok:
        return []
    return [Problem(LAST_DAY, verdict.because, verdict.clause)]


def good_until(case: AnyCase, day: date | None) -> datetime:
    """The end of that day; without one, of the last day that may be."""
    return knowledge.through(case.book, day or knowledge.last_day(case.book, case.now))


def write_wording(case: AnyCase, version: int, field: str, body: str) -> None:
    """A text of a version: its row, its salt, its hash in the line."""
    text_id = case.tools.ids.next()
    case.insert(Wording(text_id, case.dossier.chain.id, version, field, body, case.salted(text_id, body)))
