"""网络卷宗 (dossiers): one per unit with its duty roster, and one per post with those who act in it."""

from __future__ import annotations

from typing import Any

from hotline.network.records import (
    Acting,
    CalendarYear,
    CatalogueEntry,
    Category,
    DangerWord,
    Duty,
    Factor,
    MessageText,
    NetworkText,
    NoticeChoice,
    NoticeKey,
    Person,
    Post,
    ShiftNote,
    TrialCall,
    Unit,
)
from hotline.network.roles import OFFICE, Role
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import TEXT_TABLES
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of

TEXT_TABLES["unit"] = NetworkText.TABLE


@dossier_of("unit")
class UnitDossier(Dossier):
    """单位卷宗: a unit and its chain."""

    RECORDS = (Unit, Duty, TrialCall, ShiftNote, CatalogueEntry, Category, MessageText, CalendarYear, DangerWord,
               NetworkText)  # fmt: skip
    ROOT = Unit

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Administrators reach every unit; the hotline's office too, and a level-2 unit those below it, with what may
        be done from above."""
        if reach is Reach.OVER:
            return actor.role in OFFICE or self.root.parent_id == actor.unit_id  # type: ignore[attr-defined]
        return actor.role in (Role.ADMIN, Role.SYSTEM)

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """The unit itself."""
        return {"unit_id": self.chain.id} if isinstance(subject, self.RECORDS) else {}

    def text(self, text_id: int | None) -> str:
        """A text that was written here; empty where there is none."""
        found = self.find(NetworkText, text_id) if text_id else None
        return found.body if found else ""

    def subjects(self) -> list[Record]:
        """The unit, then its turns of duty."""
        return [self.root, *self.all(Duty)]


@dossier_of("post")
class PostDossier(Dossier):
    """岗位卷宗: a post, its person, and its chain."""

    RECORDS = (Post, Person, Acting, Factor, NoticeChoice, NoticeKey)
    ROOT = Post

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Administrators reach every post; everybody reaches their own."""
        if reach is Reach.OWN:
            return isinstance(subject, (Post, Factor)) and actor.person_id == subject.person_id
        return actor.role in (Role.ADMIN, Role.SYSTEM)

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """The unit the post is in."""
        post = self.find(Post, self.chain.id)
        return {"unit_id": post.unit_id} if post and isinstance(subject, (Post, Acting, Factor)) else {}

    def subjects(self) -> list[Record]:
        """The post, then those who act in it, then its person's second factor."""
        return [self.root, *self.all(Acting), *self.all(Factor)]
