"""通知方式 (choosing): a person chooses which of their notices also go out by SMS or mail, where to and at what hours
(五段1, R-44). Where to is personal: encrypted under a key that is destroyed with the next choice, in no line in clear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hotline.network.dossier import PostDossier
from hotline.network.notice_groups import CHOICES, GROUPS, HOURS, SMS_MAIL, sort_of
from hotline.network.records import NoticeChoice, NoticeKey, Post
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, Problem, headed
from hotline.rules import own_notices

PostCase = Case[PostDossier, Post]
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[A-Za-z]{2,}")
ALWAYS = "有人写着要出人命的话，昼夜都发短信给班长，不由人选。应用里的消息人人都有，也不由人选。"
CONTENT = "发出去的只有编号、要办什么、到什么时候，没有诉求人的任何情况。"


def _ticks(way: str) -> tuple[Field, ...]:
    return tuple(Field(f"{way}_{group}", term, "tick", required=False) for group, term in GROUPS.items())


class ChooseNotices(Card):
    """设定通知方式: from now on; what was chosen before holds no more, and where it went can be read by nobody."""

    chain = "post"
    term = "设定通知方式"
    rests_on = "own_notices"
    by = (*OFFICE, Role.LEADER, *UNIT)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Post, ("open",))
    form = (
        *headed("发到哪里", (
            Field("phone", "办公电话", "phone", required=False, hint="收短信的号码；不填就不发短信"),
            Field("mail", "邮箱", required=False, max_length=80, hint="不填就不发邮件"))),
        *headed("也发短信的", _ticks("sms")),
        *headed("也发邮件的", _ticks("mail")),
        *headed("什么时候发", (Field("hours", "钟点", "choice", choices=HOURS),)),
    )  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("notices_chosen", ("person_id", "choice_id", "sms", "mail", "hours"))
    disturbs = False

    @classmethod
    def accepts(cls, case: PostCase) -> Sequence[Problem]:
        """Whoever wants something sent says where to."""
        form = case.form
        wrong = [Problem(way, f"勾了要发的，请填写{term}。") for way, term in (("phone", "办公电话"), ("mail", "邮箱"))
                 if _chosen(case, SMS_MAIL[way]) and not form[way]]  # fmt: skip
        if form["mail"] and not ADDRESS.fullmatch(form["mail"]):
            wrong.append(Problem("mail", "“邮箱”请写成 名字@单位.cn 的样子。"))
        return wrong

    @classmethod
    def besides(cls, case: PostCase) -> Sequence[Problem]:
        """The same; it asks nothing of a field that is wrong."""
        return cls.accepts(case)

    @classmethod
    def change(cls, case: PostCase) -> Mapping[str, Any]:
        """The new choice under a key of its own; the old one ends, and its key is destroyed."""
        forget_choice(case)
        row = _row(case)
        case.insert(row)
        return {"person_id": row.person_id, "choice_id": row.id, "sms": row.sms.split(), "mail": row.mail.split(),
                "hours": row.hours}  # fmt: skip


def forget_choice(case: PostCase) -> None:
    """What the person chose holds no more, and its key is destroyed."""
    for key in case.dossier.all(NoticeKey):
        case.destroy(NoticeKey, key.id)
    for one in (one for one in case.dossier.all(NoticeChoice) if one.ended_at is None):
        case.update(one, ended_at=case.now)


def _row(case: PostCase) -> NoticeChoice:
    number = case.tools.ids.next()
    key, wrapped = case.new_person_key(number)
    case.insert(NoticeKey(number, wrapped, case.tools.keys.master_id))
    sealed = {name: case.encrypted(key, NoticeChoice.TABLE, number, name, case.form[name]) if case.form[name] else None
              for name in SMS_MAIL}  # fmt: skip
    return NoticeChoice(number, case.subject.person_id, sealed["phone"], sealed["mail"], _chosen(case, "sms"),
                        _chosen(case, "mail"), case.form["hours"], case.now)  # fmt: skip


def _chosen(case: PostCase, way: str) -> str:
    return " ".join(group for group in GROUPS if case.form[f"{way}_{group}"])


def begins_with(case: PostCase, phone: str, mail: str) -> dict[str, str]:
    """What the form shows at first: what was chosen last, or what the rulebook says of somebody who never chose."""
    row = next((one for one in case.dossier.all(NoticeChoice) if one.ended_at is None), None)
    sort = sort_of(case.subject.role)
    ticked = ({"sms": row.sms.split(), "mail": row.mail.split()} if row
              else {way: own_notices.default(case.book, way, sort) for way in CHOICES})  # fmt: skip
    ticks = {f"{way}_{group}": "1" for way, groups in ticked.items() for group in groups}
    return {"phone": phone, "mail": mail, "hours": row.hours if row else own_notices.BY_DAY, **ticks}
