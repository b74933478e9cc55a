"""裁定 (ruling): what was settled about whose it is stands on record, and proposes itself afterwards for what is alike
(四（二）3, R-39). It binds nobody: whoever is given a matter by it may still ask to return it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Designation, Matter, Rested, Ruling
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, unfit, write_text
from hotline.casework.transitions.leaving import DESK
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import rulings
from hotline.rules.verdicts import Verdict

RULED = (S.ACCEPTED, S.IN_HAND, S.REPLIED, S.CLOSED)


def sort_choices(case: AnyCase) -> list[tuple[str, str]]:
    """How it may have been settled."""
    return list(rulings.sorts(case.book).items())


def in_force(case: AnyCase) -> Ruling | None:
    """The ruling of this matter that stands, if one does."""
    return next((one for one in case.dossier.all(Ruling) if one.revoked_at is None), None)


def misread(case: AnyCase) -> list[Problem]:
    """Why a dispatch does not follow the ruling that it names: there is none in force, or it says another unit."""
    if not case.form.get("ruling"):
        return []
    found, receiving = case.tools.extra.get("ruling"), case.tools.extra["unit"]
    clause = case.book.provision("rulings").clause
    if found is None:
        return [Problem("ruling", "没有这份在用的裁定，或者您看不到它。", clause)]
    fits = receiving is None or found.unit_id == receiving.unit.id
    return [] if fits else [Problem("ruling", "这份裁定定的不是这个单位。", clause)]


class RecordRuling(MatterCard):
    """记裁定: the office has settled with the units who answers, or the government has designated it; what is alike will
    be proposed to go the same way."""

    term = "记裁定"
    rests_on = "rulings"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, RULED)
    form = (
        Field("sort", "怎样定的", "choice", choices=sort_choices),
        Field("unit", "由哪个单位承办", "unit"),
        Field("category", "哪一类的事", max_length=60, hint="以后这一类的事会提示这份裁定"),
        Field("local", "只管这个县区的", "flag", required=False),
        Field("document", "文件", max_length=200, hint="会商纪要或指定文件的名称和文号"),
        Field("words", "定了什么、为什么", "textarea", max_length=2000, hint="以后的派单员照着看；不写任何人的姓名和电话"),
    )
    deadline = UNCHANGED
    ledger = Line("ruled", ("ruling_id", "sort", "unit_id", "local", "document_id", "words_id", "category_id"))
    needs = ("unit",)
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One at a time."""
        return cls.no(case, "这件事的裁定还在用，要改先废止。") if in_force(case) else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A unit that may be given orders; the government's word only where it was given, and as it was given."""
        wrong = unfit(case, "unit", strictly=False)
        if case.form["local"] and not case.subject.area:
            said = "这件事没有写县区，不能只管一个县区。"
            wrong.append(Problem("local", said, cls.provision(case.book).clause))
        if not rulings.of_government(case.book, case.form["sort"]):
            return wrong
        named = {row.designated_unit_id for row in case.dossier.all(Designation)}
        found = case.tools.extra["unit"]
        if found is not None and found.unit.id in named:
            return wrong
        said = "这件事没有由政府指定给这个单位，不能记为政府指定。"
        return [*wrong, Problem("sort", said, case.book.provision("designation").clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The category is typed by hand: hashed in the line, never in clear."""
        form, unit = case.form, case.tools.extra["unit"].unit
        document, words = (write_text(case, f"ruling_{name}", form[name]) for name in ("document", "words"))
        area = case.subject.area if form["local"] else ""
        row = Ruling(case.tools.ids.next(), case.subject.id, form["sort"], form["category"], area, unit.id,
                     case.actor.person_id or 0, case.now, document, words)  # fmt: skip
        case.insert(row)
        return {"ruling_id": row.id, "sort": row.sort, "unit_id": unit.id, "local": bool(area),
                "document_id": document, "words_id": words,
                "category_id": write_text(case, "category", form["category"])}  # fmt: skip


class RevokeRuling(MatterCard):
    """废止裁定: it proposes itself no longer; what was dispatched by it stays where it is."""

    term = "废止裁定"
    rests_on = "rulings"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (Field("because", "理由", "textarea", max_length=1000),)
    deadline = UNCHANGED
    ledger = Line("ruling_revoked", ("ruling_id", "because_id"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One stands."""
        return None if in_force(case) else cls.no(case, "这件事没有在用的裁定。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """With its reason."""
        row, because = in_force(case), write_text(case, "ruling_because", case.form["because"])
        assert row is not None, "it pertains to one that stands"
        case.update(row, revoked_at=case.now, because_id=because)
        return {"ruling_id": row.id, "because_id": because}


class RestOnRuling(MatterCard):
    """照裁定派: the consequence of a dispatch that names the ruling it follows."""

    term = "照裁定派"
    rests_on = "rulings"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,))
    form = ()
    deadline = UNCHANGED
    ledger = Line("rested_on_ruling", ("order_id", "ruling_id", "other_id"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The order that leads, and the ruling by its numbers."""
        lead, found = case.dossier.lead(), case.tools.extra["ruling"]
        assert lead is not None, "it was dispatched in the same breath"
        case.insert(Rested(case.tools.ids.next(), case.subject.id, lead.id, found.id, found.matter_id, found.number,
                           case.now))  # fmt: skip
        return {"order_id": lead.id, "ruling_id": found.id, "other_id": found.matter_id}
