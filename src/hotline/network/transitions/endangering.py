"""险情词 (endangering): the administrator adds a word of danger to life, or ends one that the city added; those of the
rulebook stand whatever happens here (三（二）5, R-41)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.records import DangerWord, Unit
from hotline.network.transitions.kept_by_office import OFFICE, OfficeCard
from hotline.procedure.card import Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem
from hotline.rules import danger

SHORTEST, LONGEST = 2, 10


class DangerCard(OfficeCard, abstract=True):
    """A card on the words that the city looks for besides the rulebook's."""

    rests_on = "danger"


class AddDangerWord(DangerCard):
    """加险情词: whatever is written from now on is looked through for this word, too."""

    term = "加险情词"
    moves = moves(Unit, ("open",))
    form = (Field("word", "词语", max_length=LONGEST, hint="照诉求人会写的写，两个字以上；哪里写着它，哪里就响"),)
    ledger = Line("danger_word_added", ("danger_word_id", "word"))

    @classmethod
    def accepts(cls, case: Case[UnitDossier, Unit]) -> Sequence[Problem]:
        """Characters alone, so that it is found however a text is spaced; not what is found already."""
        word, clause = case.form["word"], cls.provision(case.book).clause
        if case.subject.desk != OFFICE:
            return [Problem("", "险情词记在热线办名下。")]
        if len(word) < SHORTEST or not word.isalnum():
            return [Problem("word", "词语要两个字以上，不带空格和标点。", clause)]
        own = [row.word for row in case.dossier.all(DangerWord) if row.status == "open"]
        there = danger.covered(case.book, word, own)
        return [Problem("word", f"写着它的，有“{there}”已经会响，不用再加。", clause)] if there else []

    @classmethod
    def change(cls, case: Case[UnitDossier, Unit]) -> Mapping[str, Any]:
        """The row."""
        row = DangerWord(case.tools.ids.next(), case.subject.id, "open", case.form["word"], case.now)
        case.insert(row)
        return {"danger_word_id": row.id, "word": row.word}


class EndDangerWord(DangerCard):
    """停用险情词: a word that the city added is looked for no more; what it has raised stands until somebody takes it."""

    term = "停用险情词"
    moves = moves(DangerWord, ("open",), "ended")
    form = ()
    ledger = Line("danger_word_ended", ("danger_word_id", "word"))

    @classmethod
    def change(cls, case: Case[UnitDossier, DangerWord]) -> Mapping[str, Any]:
        """When it ended."""
        case.update(case.subject, ended_at=case.now)
        return {"danger_word_id": case.subject.id, "word": case.subject.word}
