"""人员 (people): a person's name or telephone changes. A person has no chain of their own; what changed stands in the
chain of the post through which it was changed, without the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import PostDossier
from hotline.network.records import Person, Post
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem


class AmendPerson(Card):
    """变更人员: a name or a telephone changes; the login does not, for it is by the login that people are told apart."""

    chain = "post"
    term = "变更人员"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = (Field("name", "姓名", max_length=40), Field("phone", "电话", "phone", required=False))
    deadline = UNCHANGED
    ledger = Line("person_amended", ("person_id", "changed"))
    disturbs = False

    @staticmethod
    def changed(case: Case[PostDossier, Post]) -> dict[str, str]:
        """The fields that differ from what they were."""
        person = case.dossier.get(Person, case.subject.person_id)
        return {name: value for name, value in case.form.items() if value != getattr(person, name)}

    @classmethod
    def accepts(cls, case: Case[PostDossier, Post]) -> Sequence[Problem]:
        """Something must change."""
        return () if cls.changed(case) else [Problem("name", "与原来的内容一样，没有要变更的。")]

    @classmethod
    def change(cls, case: Case[PostDossier, Post]) -> Mapping[str, Any]:
        """The new values; the line says which fields, not what they hold."""
        changed = cls.changed(case)
        case.update(case.dossier.get(Person, case.subject.person_id), **changed)
        return {"person_id": case.subject.person_id, "changed": sorted(changed)}
