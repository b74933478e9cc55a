"""提出与修订 (proposing): units and the office's own people write entries; nothing of it is in force before the office has
confirmed it. Of words only the hashes enter a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.knowledge.records import Entry, Version
from hotline.knowledge.statuses import EntryStatus, VersionStatus
from hotline.knowledge.transitions.base import (
    AnyCase,
    EntryCard,
    EntryCase,
    day_problems,
    last_day,
    last_day_field,
    sort_choices,
    write_wording,
)
from hotline.network.roles import OFFICE, UNIT
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import knowledge
from hotline.rules.verdicts import Verdict

TEXTS = ("title", "body", "source", "document")
FORM = (
    Field("title", "问题或标题", max_length=80, hint="照群众的问法写，例如“居住证怎样办”"),
    Field("sort", "种类", "choice", choices=sort_choices),
    Field("category", "类别", required=False, max_length=60),
    Field("body", "答复口径", "textarea", max_length=4000, hint="受理员照着念的话；不写任何人的个人信息"),
    Field("source", "来源", max_length=200, hint="哪个单位、哪份文件、哪个网页"),
    Field("document", "文号", required=False, max_length=100, hint="有文号的写上"),
    last_day_field("不写就是最长的期限"),
    Field("public", "可以向社会公开", "flag", required=False),
)


def insert_version(case: AnyCase, entry_id: int, number: int, from_matter: str = "") -> Version:
    """The row of a version that waits, with its words."""
    form, due = case.form, knowledge.decide_until(case.book, case.now)
    version = Version(case.tools.ids.next(), entry_id, VersionStatus.PROPOSED, number, form["sort"], form["category"],
                      form["public"], last_day(case), from_matter, case.actor.person_id, case.now, due.at)  # fmt: skip
    case.insert(version)
    for field in TEXTS:
        if form[field]:
            write_wording(case, number, field, form[field])
    return version


def said_day(version: Version) -> str | None:
    """Until when it is meant to be good, as a line says a day."""
    return version.last_day.isoformat() if version.last_day else None


class ProposeEntry(EntryCard):
    """提出词条: a question with its answer, its source and until when it is good; it waits for the office."""

    term = "提出词条"
    by = (*UNIT, *OFFICE)
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Entry, (), EntryStatus.OPEN)
    form = (*FORM, Field("from_matter", "来自事项", required=False, max_length=32))
    deadline = UNCHANGED
    ledger = Line("entry_proposed", ("number", "version", "sort", "public", "last_day", "from_matter"))
    creates = True
    draws = ("entry_number",)

    @classmethod
    def accepts(cls, case: EntryCase) -> Sequence[Problem]:
        """Good until a day that may be."""
        return day_problems(case, last_day(case))

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """The entry, of which nothing is in force yet, and its first version."""
        form, number = case.form, case.tools.extra["entry_number"]
        entry = Entry(case.subject.id, EntryStatus.OPEN, number, case.actor.unit_id or 0, form["sort"],
                      form["category"], form["public"])  # fmt: skip
        case.insert(entry)
        version = insert_version(case, entry.id, 1, form["from_matter"])
        return {"number": number, "version": version.number, "sort": version.sort, "public": version.public,
                "last_day": said_day(version), "from_matter": version.from_matter}  # fmt: skip


class ReviseEntry(EntryCard):
    """修订词条: a new version of one's own; the old one stays in force until the office has confirmed the new one, and is
    readable ever after."""

    term = "修订词条"
    by = (*UNIT, *OFFICE)
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Entry, (EntryStatus.OPEN,))
    form = FORM
    deadline = UNCHANGED
    ledger = Line("entry_revised", ("version", "sort", "public", "last_day"))

    @classmethod
    def guard(cls, case: EntryCase) -> Verdict | None:
        """One version waits at a time."""
        waits = case.dossier.waiting
        return cls.no(case, f"第 {waits.number} 版还在等热线办确认。") if waits else None

    @classmethod
    def accepts(cls, case: EntryCase) -> Sequence[Problem]:
        """Something is another, and it is good until a day that may be."""
        return day_problems(case, last_day(case))

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """One more version."""
        newest = case.dossier.versions[-1]
        version = insert_version(case, case.subject.id, newest.number + 1)
        return {"version": version.number, "sort": version.sort, "public": version.public,
                "last_day": said_day(version)}  # fmt: skip
