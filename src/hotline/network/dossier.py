"""网络卷宗 (dossiers): one per unit and one per post."""

from __future__ import annotations

from typing import Any

from hotline.network.records import Person, Post, Unit
from hotline.network.roles import Role
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.dossier import Dossier
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of


@dossier_of("unit")
class UnitDossier(Dossier):
    """单位卷宗: a unit and its chain."""

    RECORDS = (Unit,)
    ROOT = Unit

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Administrators reach every unit."""
        return actor.role in (Role.ADMIN, Role.SYSTEM)

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """The unit itself."""
        return {"unit_id": subject.id} if isinstance(subject, Unit) else {}


@dossier_of("post")
class PostDossier(Dossier):
    """岗位卷宗: a post, its person, and its chain."""

    RECORDS = (Post, Person)
    ROOT = Post

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Administrators reach every post; everybody reaches their own."""
        if reach is Reach.OWN:
            return isinstance(subject, Post) and actor.person_id == subject.person_id
        return actor.role in (Role.ADMIN, Role.SYSTEM)

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """The unit the post is in."""
        return {"unit_id": subject.unit_id} if isinstance(subject, Post) else {}
