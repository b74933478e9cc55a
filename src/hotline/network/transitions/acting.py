"""代理 (acting): a person acts in somebody else's post for a time. What they do counts for both, so that four eyes stay
four. Lines carry numbers, roles and instants only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import PostDossier
from hotline.network.records import Acting, Post
from hotline.network.roles import Role
from hotline.network.transitions.spans import FROM, UNTIL, instant, span_problems
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem


class AppointActing(Card):
    """设代理: somebody who holds a post of their own acts in this one from one instant until another."""

    chain = "post"
    term = "设代理"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = (Field("login", "代理人登录名", max_length=40, hint="代理人须有自己的岗位；登录名在其单位的页上"), FROM, UNTIL)
    deadline = UNCHANGED
    ledger = Line("acting_appointed", ("acting_id", "person_id", "for_person_id", "unit_id", "role", "from_at",
                                       "until_at"))  # fmt: skip
    needs = ("person",)

    @classmethod
    def accepts(cls, case: Case[PostDossier, Post]) -> Sequence[Problem]:
        """Somebody else who holds an open post; not twice at the same time."""
        held = case.tools.extra["person"]
        if held is None or held.person.ended_at is not None or not held.posts:
            return [Problem("login", "没有这个在任的人，代理人须有自己的岗位。")]
        if held.person.id == case.subject.person_id:
            return [Problem("login", "这就是本人的岗位，不用代理。")]
        if problems := span_problems(case):
            return problems
        begin, end = instant(case, "from_at"), instant(case, "until_at")
        twice = any(one.status == "open" and one.person_id == held.person.id and begin < one.until_at
                    and one.from_at < end for one in case.dossier.all(Acting))  # fmt: skip
        return [Problem("from_at", "这个人在这段时间已经代理这个岗位。")] if twice else []

    @classmethod
    def change(cls, case: Case[PostDossier, Post]) -> Mapping[str, Any]:
        """The row; it begins and ends by itself."""
        post, person = case.subject, case.tools.extra["person"].person
        row = Acting(
            case.tools.ids.next(), post.id, "open", person.id, instant(case, "from_at"), instant(case, "until_at")
        )
        case.insert(row)
        return {"acting_id": row.id, "person_id": person.id, "for_person_id": post.person_id, "unit_id": post.unit_id,
                "role": post.role, "from_at": row.from_at, "until_at": row.until_at}  # fmt: skip


class EndActing(Card):
    """结束代理: before its time, at once."""

    chain = "post"
    term = "结束代理"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Acting, ("open",), "ended")
    form = ()
    deadline = UNCHANGED
    ledger = Line("acting_ended", ("acting_id", "person_id"))

    @classmethod
    def change(cls, case: Case[PostDossier, Acting]) -> Mapping[str, Any]:
        """When it ended."""
        case.update(case.subject, ended_at=case.now)
        return {"acting_id": case.subject.id, "person_id": case.subject.person_id}
