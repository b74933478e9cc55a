"""岗位与口令 (posts and passwords): who holds which post, and their passwords. Lines carry numbers and roles only.

A password belongs to a person, who has no chain of their own; its changes stand in the chain of the post through which
it was changed, beside the appointment, so that one chain tells who could act in that post since when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import PostDossier
from hotline.network.records import Person, Post
from hotline.network.roles import STAFF, TERMS, Role, roles_at
from hotline.network.transitions.choosing import forget_choice
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem

PostCase = Case[PostDossier, Post]
LOGIN = re.compile(r"[\w.@-]+")
PASSWORD = Field("password", "口令", "password", max_length=128)


class AppointPost(Card):
    """设岗: binds a person to a unit in a role; a login not known yet makes a new person."""

    chain = "post"
    term = "设岗"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Post, (), "open")
    form = (
        Field("unit", "单位", max_length=20),
        Field("role", "岗位", "choice", choices=tuple((r, TERMS[r]) for r in STAFF)),
        Field("login", "登录名", max_length=40),
        Field("name", "姓名", required=False, max_length=40, hint="已有登录名的人不必再填"),
        Field("phone", "电话", "phone", required=False),
        Field("password", "初始口令", "password", required=False, max_length=128, hint="已有登录名的人不必再填"),
    )
    deadline = UNCHANGED
    ledger = Line("post_appointed", ("person_id", "unit_id", "role", "new_person"))
    creates = True
    draws = ("digest",)
    needs = ("workplace", "person", "weakness")

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """An open unit that knows the role; a new person has name and password; nobody holds a post twice."""
        receiving, role = case.tools.extra["workplace"], case.form["role"]
        if receiving is None or receiving.unit.status != "open":
            return [Problem("unit", "没有这个在册单位。")]
        if role not in roles_at(receiving.unit.level, receiving.unit.desk):
            return [Problem("role", f"“{receiving.unit.short}”不设“{TERMS[role]}”。")]
        return cls._person_problems(case, receiving.unit.id)

    @classmethod
    def besides(cls, case: PostCase) -> Sequence[Problem]:
        """What is wrong with somebody new, whichever post it is."""
        return [] if case.tools.extra["person"] else cls._newcomer_problems(case)

    @classmethod
    def _person_problems(cls, case: PostCase, unit_id: int) -> list[Problem]:
        held, form = case.tools.extra["person"], case.form
        if held is None:
            return cls._newcomer_problems(case)
        if held.person.ended_at is not None:
            return [Problem("login", "这个登录名已停用。")]
        if form["name"] and form["name"] != held.person.name:
            return [Problem("login", "这个登录名已由另一人使用，请换一个。")]
        return [Problem("role", "此人已在这个岗位上。")] if (unit_id, form["role"]) in held.posts else []

    @staticmethod
    def _newcomer_problems(case: PostCase) -> list[Problem]:
        form, weakness = case.form, case.tools.extra["weakness"]
        if not LOGIN.fullmatch(form["login"]):
            return [Problem("login", "登录名只能用字母、数字和 . - _ @，不留空格。")]
        wanted = (("name", "姓名"), ("password", "初始口令"))
        missing = [Problem(name, f"这是新登录名，请填写{term}。") for name, term in wanted if not form[name]]
        return missing or ([Problem("password", weakness)] if weakness else [])

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """The post's row, and the person's when new; a first password is for one sign-in."""
        held, unit = case.tools.extra["person"], case.tools.extra["workplace"].unit
        person = held.person if held else cls._new_person(case)
        post = Post(case.subject.id, "open", person.id, unit.id, case.form["role"], case.now)
        if held is None:
            case.insert(person)
        case.insert(post)
        case.figures["unit_id"] = unit.id
        return {"person_id": person.id, "unit_id": unit.id, "role": post.role, "new_person": held is None}

    @staticmethod
    def _new_person(case: PostCase) -> Person:
        form, digest = case.form, case.tools.extra["digest"]
        return Person(case.tools.ids.next(), form["login"], form["name"], form["phone"], digest.text,
                      must_change_password=digest.one_time)  # fmt: skip


class EndPost(Card):
    """离岗: a post ends, never is deleted; from now on nobody acts as it."""

    chain = "post"
    term = "离岗"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Post, ("open",), "ended")
    form = ()
    deadline = UNCHANGED
    ledger = Line("post_ended", ("person_id", "unit_id", "role"))
    needs = ("posts_besides",)

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """The last administrator stays, or nobody could appoint the next."""
        if case.subject.role == Role.ADMIN and not case.tools.extra["posts_besides"].admins:
            return [Problem("", "这是最后一个系统管理员岗位，请先另设一个。")]
        return ()

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """When it ended; of whoever has no other, where their notices went can be read by nobody."""
        case.update(case.subject, ended_at=case.now)
        if not case.tools.extra["posts_besides"].own:
            forget_choice(case)
        return {name: getattr(case.subject, name) for name in cls.ledger.facts}


class SetPassword(Card):
    """重置口令: an administrator gives a person a password for one sign-in; the person must choose another then."""

    chain = "post"
    term = "重置口令"
    rests_on = "responsibility"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = (PASSWORD,)
    deadline = UNCHANGED
    ledger = Line("password_set", ("person_id",))
    disturbs = False
    needs = ("weakness", "digest")

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """Even a password for one sign-in is not weak."""
        weakness = case.tools.extra["weakness"]
        return [Problem("password", weakness)] if weakness else []

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """The new digest; all sessions under the old one are over."""
        person = case.dossier.get(Person, case.subject.person_id)
        case.update(person, password=case.tools.extra["digest"].text, must_change_password=True)
        return {"person_id": person.id}


class ChangePassword(Card):
    """修改口令: a person replaces their own password, knowing the old one."""

    chain = "post"
    term = "修改口令"
    rests_on = "responsibility"
    by = STAFF
    not_by = ()
    reach = Reach.OWN
    moves = moves(Post, ("open",))
    form = (Field("old", "原口令", "password", max_length=128), Field("password", "新口令", "password", max_length=128))
    deadline = UNCHANGED
    ledger = Line("password_changed", ("person_id",))
    disturbs = False
    needs = ("weakness", "digest", "old_fits")

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """The old one is right; the new one is another, and not weak."""
        if not case.tools.extra["old_fits"]:
            return [Problem("old", "原口令不对。")]
        if case.form["old"] == case.form["password"]:
            return [Problem("password", "新口令须与原口令不同。")]
        weakness = case.tools.extra["weakness"]
        return [Problem("password", weakness)] if weakness else []

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """The new digest; sessions under the old one are over but for the one that renews itself."""
        person = case.dossier.get(Person, case.subject.person_id)
        case.update(person, password=case.tools.extra["digest"].text, must_change_password=False)
        return {"person_id": person.id}
