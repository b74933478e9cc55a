"""通知方式 (choices): who has chosen that their notices go out, too; where to, opened for each message that goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.network.desks import MAY_ACT
from hotline.network.look_ups import listed
from hotline.network.notice_groups import ADDRESS, CHOICES
from hotline.network.records import NoticeChoice, NoticeKey, Post, Unit
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.records import columns
from hotline.procedure.secrets import Keys, Unreadable, decrypt, place
from hotline.procedure.world import Cursor

_OFFICE = ", ".join(f"'{role}'" for role in OFFICE)
_HELD = "FROM network_post x WHERE x.person_id IN (p.id, o.person_id) AND x.status = 'open'"
_CHOSE = (
    f"SELECT ARRAY(SELECT x.unit_id {_HELD}), ARRAY(SELECT x.unit_id {_HELD} AND x.role IN ({_OFFICE})),"
    f" {listed(NoticeChoice, 'c')}, {listed(Post, 'o')}, {listed(Unit, 'u')}, k.wrapped, k.master_id"
    " FROM network_noticechoice c JOIN network_person p ON p.id = c.person_id AND p.ended_at IS NULL"
    " JOIN procedure_personkey k ON k.id = c.id"
    " JOIN network_post o ON o.status = 'open' AND (o.person_id = p.id OR o.id IN (SELECT post_id FROM network_acting"
    " WHERE person_id = p.id AND status = 'open')) JOIN network_unit u ON u.id = o.unit_id AND u.status = 'open'"
    f" WHERE c.ended_at IS NULL AND {MAY_ACT}"
)
_PHONE = (
    f"SELECT {listed(NoticeChoice, 'c')}, k.wrapped, k.master_id FROM network_noticechoice c"
    " JOIN procedure_personkey k ON k.id = c.id WHERE c.person_id = %s AND c.ended_at IS NULL"
)
_SOME, _ONE = " AND (c.sms <> '' OR c.mail <> '')", " AND c.person_id = %(person)s AND o.id = %(post)s"
_ORDER = " ORDER BY c.person_id, o.person_id <> c.person_id, o.id"
_POST_AT = 2 + len(columns(NoticeChoice))
_UNIT_AT = _POST_AT + len(columns(Post))
_KEY_AT = _UNIT_AT + len(columns(Unit))


@dataclass(frozen=True, slots=True)
class Chooser:
    """选了的人: a person in one of their posts, with what they chose."""

    choice: NoticeChoice
    actor: Actor
    unit: Unit
    key: NoticeKey

    def ways(self, group: str) -> tuple[str, ...]:
        """By which ways a notice of this group goes to them."""
        return tuple(way for way in CHOICES if group in getattr(self.choice, way).split())

    def address(self, keys: Keys, way: str) -> str:
        """Where to; empty where nothing was given, or nobody can read it any more."""
        return opened(keys, self.choice, self.key, ADDRESS[way])


def opened(keys: Keys, choice: NoticeChoice, key: NoticeKey | None, field: str) -> str:
    """What was given, as it was typed; empty for nothing, or under a key that is gone."""
    sealed = getattr(choice, f"{field}_sealed")
    if sealed is None or key is None:
        return ""
    try:
        plain = decrypt(keys.unwrap(key.id, bytes(key.wrapped), key.master_id), bytes(sealed),
                        place(NoticeChoice.TABLE, choice.id, field))  # fmt: skip
    except Unreadable:
        return ""
    return plain.decode()


def everybody(cur: Cursor, at: datetime) -> list[Chooser]:
    """All who chose something, in each of the posts in which they may act then; one statement."""
    return _found(cur.execute(_CHOSE + _SOME + _ORDER, {"at": at}).fetchall())


def one(cur: Cursor, person_id: int, post_id: int, at: datetime) -> Chooser | None:
    """One of them in one post, as it is now; None where they are there no longer, or chose otherwise altogether."""
    asked = {"at": at, "person": person_id, "post": post_id}
    return next(iter(_found(cur.execute(_CHOSE + _ONE, asked).fetchall())), None)


def phone_of(cur: Cursor, keys: Keys, person_id: int) -> str:
    """The telephone that somebody has given for their own; empty where there is none."""
    row = cur.execute(_PHONE, (person_id,)).fetchone()
    width = len(columns(NoticeChoice))
    return opened(keys, NoticeChoice(*row[:width]), NoticeKey(row[0], *row[width:]), "phone") if row else ""


def _found(rows: Sequence[Sequence[Any]]) -> list[Chooser]:
    return [_chooser(row) for row in rows]


def _chooser(row: Sequence[Any]) -> Chooser:
    choice, post = NoticeChoice(*row[2:_POST_AT]), Post(*row[_POST_AT:_UNIT_AT])
    unit, person = Unit(*row[_UNIT_AT:_KEY_AT]), choice.person_id
    acted_for = None if post.person_id == person else post.person_id
    actor = Actor(post.role, person, post.id, unit.id, acted_for, frozenset(row[0]), frozenset(row[1]))
    return Chooser(choice, actor, unit, NoticeKey(choice.id, row[_KEY_AT], row[_KEY_AT + 1]))
