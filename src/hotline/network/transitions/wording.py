"""用语 (wordings): the office says a message otherwise, or as it was first again; from that instant on, with every
earlier version kept. A line holds the kind and the hash of the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import MessageText, NetworkText, Unit
from hotline.network.transitions.kept_by_office import OFFICE, AnyCase, OfficeCard
from hotline.network.wording_kinds import LONGEST, kinds
from hotline.procedure.card import Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem

BODY = Field("body", "用语", "textarea", required=False, max_length=LONGEST)
FACTS = ("message_text_id", "name", "text_id", "length")


class WordingCard(OfficeCard, abstract=True):
    """A card on the wordings, which the hotline's office keeps."""

    rests_on = "service"

    @classmethod
    def problems(cls, case: AnyCase, name: str, before: str) -> list[Problem]:
        """Every gap that must stay, none that means nothing; other words than before."""
        body, clause = case.form["body"], cls.provision(case.book).clause
        wrong = [Problem("body", because, clause) for because in kinds()[name].wrong(body)]
        return wrong[:1] or ([Problem("body", "与现在的用语一样。")] if body == before else [])

    @classmethod
    def worded(cls, case: AnyCase, name: str) -> dict[str, Any]:
        """The new version, which holds from now on."""
        body, text_id = case.form["body"], case.tools.ids.next()
        case.insert(NetworkText(text_id, case.dossier.chain.id, body, case.salted(text_id, body)))
        row = MessageText(case.tools.ids.next(), case.dossier.chain.id, "open", name, text_id, case.now)
        case.insert(row)
        return {"message_text_id": row.id, "name": name, "text_id": text_id, "length": len(body)}


class WordMessage(WordingCard):
    """改用语: a message or a line of a letter is said in the office's own words from now on; what it must say stays in
    it."""

    term = "改用语"
    moves = moves(Unit, ("open",))
    form = (Field("name", "哪一种", max_length=60), BODY)
    ledger = Line("message_worded", FACTS)

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """A kind that there is and that still reads as it did first."""
        name = case.form["name"]
        if case.subject.desk != OFFICE:
            return [Problem("", "用语记在热线办名下。")]
        if name not in kinds():
            return [Problem("name", f"没有“{name}”这种用语。")]
        if any(one.name == name and one.status == "open" for one in case.dossier.all(MessageText)):
            return [Problem("name", "这一种已经改过，请在它的页面上再改。")]
        return cls.problems(case, name, kinds()[name].text)

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The first version of the office's own."""
        return cls.worded(case, case.form["name"])


class RewordMessage(WordingCard):
    """再改用语: the office's own words are others from now on; the version before stays readable."""

    term = "再改用语"
    moves = moves(MessageText, ("open",), "ended")
    form = (BODY,)
    ledger = Line("message_reworded", ("before_id", *FACTS))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, MessageText]) -> Sequence[Problem]:
        """As at first."""
        return cls.problems(case, case.subject.name, case.dossier.text(case.subject.text_id))

    @classmethod
    def change(cls, case: Case[UnitDossier, MessageText]) -> Mapping[str, Any]:
        """The version before ends, the new one holds."""
        case.update(case.subject, ended_at=case.now)
        return {"before_id": case.subject.id, **cls.worded(case, case.subject.name)}


class RestoreMessage(WordingCard):
    """恢复原文: a message is said as it was first; the version before stays readable."""

    term = "恢复原文"
    moves = moves(MessageText, ("open",), "ended")
    form = ()
    ledger = Line("message_restored", ("message_text_id", "name"))

    @classmethod
    def change(cls, case: Case[UnitDossier, MessageText]) -> Mapping[str, Any]:
        """When it ended."""
        case.update(case.subject, ended_at=case.now)
        return {"message_text_id": case.subject.id, "name": case.subject.name}
