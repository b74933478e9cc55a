"""登录安全 (entry): the second factor and its recovery codes, an account held shut after too many tries, sessions ended by
somebody else. All of it stands in the chain of the post through which it was done; no secret, login or address does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import PostDossier
from hotline.network.records import Factor, Post
from hotline.network.roles import STAFF, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem

PostCase, FactorCase = Case[PostDossier, Post], Case[PostDossier, Factor]
# Both are made by the page, which shows them to their person once.
SECRET, CODES = Field("secret", "密钥"), Field("recovery", "恢复码", max_length=400)
OWN_PASSWORD = Field("old", "口令", "password", max_length=128, hint="再输一遍，好知道是您本人")
NAMED_BY = 16  # letters of a session's key by which a line names it
WRONG_PASSWORD = "口令不对。"
WRONG_CODE = "验证码不对。请核对手机时间是否准确，再输新出来的六位数字。"


class PostCard(Card, abstract=True):
    """A card on a post, or on what its person proves besides the password."""

    chain = "post"
    rests_on = "responsibility"
    not_by = ()
    deadline = UNCHANGED
    disturbs = False


class EnrolFactor(PostCard):
    """启用第二步验证: from now on a code from one's telephone is asked for besides the password."""

    term = "启用第二步验证"
    by = STAFF
    reach = Reach.OWN
    moves = moves(Post, ("open",))
    form = (SECRET, CODES, OWN_PASSWORD, Field("code", "六位验证码", max_length=10, hint="验证器里现在显示的六位数字"))
    ledger = Line("factor_enrolled", ("person_id", "factor_id"))
    needs = ("enrolment", "old_fits")

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """Not twice; by its own person, who knows the password; and the telephone has the secret, as its code shows."""
        if any(one.status == "open" for one in case.dossier.all(Factor)):
            return [Problem("", "已经启用过。换手机请先停用，再重新启用。")]
        own = [] if case.tools.extra["old_fits"] else [Problem("old", WRONG_PASSWORD)]
        return own if case.tools.extra["enrolment"].fits else [*own, Problem("code", WRONG_CODE)]

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """The sealed secret and the digests of the recovery codes."""
        made, person_id = case.tools.extra["enrolment"], case.subject.person_id
        row = Factor(case.tools.ids.next(), person_id, "open", made.secret, made.codes, case.now)
        case.insert(row)
        return {"person_id": person_id, "factor_id": row.id}


class RenewCodes(PostCard):
    """更换恢复码: a fresh set; what is left of the old one is good no more."""

    term = "更换恢复码"
    by = STAFF
    reach = Reach.OWN
    moves = moves(Factor, ("open",))
    form = (CODES, OWN_PASSWORD)
    ledger = Line("recovery_codes_renewed", ("person_id", "factor_id"))
    needs = ("recovery", "old_fits")

    @classmethod
    def accepts(cls, case: FactorCase) -> Sequence[Problem]:
        """By its own person, who knows the password."""
        return () if case.tools.extra["old_fits"] else [Problem("old", WRONG_PASSWORD)]

    @classmethod
    def change(cls, case: FactorCase) -> Mapping[str, Any]:
        """The digests of the new ones."""
        case.update(case.subject, codes=case.tools.extra["recovery"])
        return {"person_id": case.subject.person_id, "factor_id": case.subject.id}


class SpendCode(PostCard):
    """用恢复码登录: one recovery code in place of the telephone's, which it is good for once."""

    term = "用恢复码登录"
    by = STAFF
    reach = Reach.OWN
    moves = moves(Factor, ("open",))
    form = (Field("recovery", "恢复码", max_length=40),)
    ledger = Line("recovery_code_spent", ("person_id", "factor_id", "left"))
    needs = ("recovery_left",)

    @classmethod
    def accepts(cls, case: FactorCase) -> Sequence[Problem]:
        """One of those not spent yet."""
        spent = case.tools.extra["recovery_left"] is None
        return [Problem("recovery", "恢复码不对，或者已经用过。")] if spent else ()

    @classmethod
    def change(cls, case: FactorCase) -> Mapping[str, Any]:
        """What is left."""
        left = case.tools.extra["recovery_left"]
        case.update(case.subject, codes=left.codes)
        return {"person_id": case.subject.person_id, "factor_id": case.subject.id, "left": left.count}


class RemoveFactor(PostCard):
    """停用第二步验证: by its own person, who knows the password; the password alone lets in again."""

    term = "停用第二步验证"
    by = STAFF
    reach = Reach.OWN
    moves = moves(Factor, ("open",), "ended")
    form = (OWN_PASSWORD,)
    ledger = Line("factor_removed", ("person_id", "factor_id"))
    needs = ("old_fits",)

    @classmethod
    def accepts(cls, case: FactorCase) -> Sequence[Problem]:
        """By its own person, who knows the password."""
        return () if case.tools.extra["old_fits"] else [Problem("old", WRONG_PASSWORD)]

    @classmethod
    def change(cls, case: FactorCase) -> Mapping[str, Any]:
        """When it ended."""
        return _ended(case)


class LiftFactor(PostCard):
    """解除第二步验证: an administrator, for somebody whose telephone and recovery codes are lost; whoever must have one
    sets it up anew at the next sign-in."""

    term = "解除第二步验证"
    by = (Role.ADMIN, Role.SYSTEM)
    reach = Reach.CITY
    moves = moves(Factor, ("open",), "ended")
    form = ()
    ledger = Line("factor_lifted", ("person_id", "factor_id"))

    @classmethod
    def accepts(cls, case: FactorCase) -> Sequence[Problem]:
        """For others: one's own is ended by one's password."""
        own = case.subject.person_id == case.actor.person_id
        return [Problem("", "这是您自己的，请在“登录安全”里停用。")] if own else ()

    @classmethod
    def change(cls, case: FactorCase) -> Mapping[str, Any]:
        """When it ended."""
        return _ended(case)


class LiftLock(PostCard):
    """解除登录锁定: somebody who tried too often may try again at once. The tries themselves are no domain rows; the page
    that performs this forgets them."""

    term = "解除登录锁定"
    by = (Role.ADMIN, Role.SYSTEM)
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = ()
    ledger = Line("lock_lifted", ("person_id",))

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """Whose."""
        return {"person_id": case.subject.person_id}


class EndSessions(PostCard):
    """结束登录: all sessions of a person are ended by an administrator. Sessions are no domain rows; the page that performs
    this removes them."""

    term = "结束登录"
    by = (Role.ADMIN, Role.SYSTEM)
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = ()
    ledger = Line("sessions_ended", ("person_id",))

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """Whose."""
        return {"person_id": case.subject.person_id}


class EndSession(PostCard):
    """结束一处登录: one session of a person is ended by an administrator, named by how its key begins. Sessions are no
    domain rows; the page that performs this removes it."""

    term = "结束一处登录"
    by = (Role.ADMIN, Role.SYSTEM)
    reach = Reach.CITY
    moves = moves(Post, ("open",))
    form = (Field("session", "哪一处", max_length=64),)
    ledger = Line("session_ended", ("person_id", "session"))

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """Whose, and which."""
        return {"person_id": case.subject.person_id, "session": case.form["session"][:NAMED_BY]}


def _ended(case: FactorCase) -> dict[str, Any]:
    case.update(case.subject, ended_at=case.now)
    return {"person_id": case.subject.person_id, "factor_id": case.subject.id}
