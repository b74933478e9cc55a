"""公开 (publishing): the office prepares title, question and answer in words of its own, a second person publishes them;
withdrawn with a reason, or by what has come to pass since (六（三）, R-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import publishing as facts
from hotline.casework.people import FORGOTTEN, revealed_of
from hotline.casework.records import Contact, Letter, Matter, Publication
from hotline.casework.redacting import SHORTEST
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    MatterCase,
    letter_facts_of,
    tell_callers,
    write_text,
)
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import publication
from hotline.rules.verdicts import Verdict

ANSWERED = (S.REPLIED, S.CLOSED, S.ARCHIVED)
TEXTS = ("title", "question", "answer")
PERSONAL = "这里有姓名、电话或证件号一类的个人信息，请去掉再交。"


class PublicationCard(MatterCard, abstract=True):
    """What is done about a text for everybody. It moves neither the matter nor a date."""

    rests_on = "publish_when"
    reach = Reach.CITY
    deadline = UNCHANGED
    disturbs = False


def planted(case: AnyCase) -> list[str]:
    """Names and numbers that may stand in no public text: of all who brought the matter, and of staff as the rulebook
    masks them (六（四）)."""
    dossier, masked = case.dossier, publication.masked_fields(case.book)
    callers = dict.fromkeys(c.citizen_id for c in dossier.all(Contact) if c.citizen_id is not None)
    words = [word for one in callers for word in revealed_of(dossier, case.tools.keys, one) if word != FORGOTTEN]
    words += [str(letter_facts_of(dossier, one).get(name) or "") for one in dossier.all(Letter) for name in masked]
    return [word for word in words if len(word.strip()) >= SHORTEST]


def _telling(case: AnyCase, texts: Mapping[str, str]) -> list[Problem]:
    """The texts that tell who somebody is; for whoever decides on them as they stand, as a whole."""
    words, clause = planted(case), case.book.provision("masking").clause
    return [Problem(name, PERSONAL, clause) for name, text in texts.items() if facts.tells(text, words)]


def _barred(case: AnyCase) -> Verdict | None:
    verdict = facts.may(case.book, case.dossier)
    return None if verdict.ok else verdict


class PreparePublication(PublicationCard):
    """拟公开稿: title, question and answer in words of one's own, free of anything that tells who anybody is."""

    term = "拟公开稿"
    by = (Role.REVIEWER, Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = ()
    moves = moves(Matter, ANSWERED)
    form = (
        Field("title", "标题", max_length=60, hint="一句话，人人看得懂"),
        Field("question", "问的是什么", "textarea", max_length=2000, hint="用自己的话写，不写姓名、电话、门牌"),
        Field("answer", "怎样答复", "textarea", max_length=8000, hint="结果和依据；不写经办人的姓名和电话"),
    )
    ledger = Line("publication_prepared", ("publication_id", "title_id", "question_id", "answer_id"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Public at all, one text at a time."""
        if facts.waiting(case.dossier) or facts.standing(case.dossier):
            return cls.no(case, "已有公开稿在等公开，或者已经公开；要改的先撤下。")
        return _barred(case)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """No name, telephone or identity number stands in it."""
        return _telling(case, {name: case.form[name] for name in TEXTS})

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """What the citizen and the units said of it."""
        said = [str(letter_facts_of(case.dossier, one)["publish_opinion"]) for one in case.dossier.all(Letter)
                if one.approved_at is not None]  # fmt: skip
        wish = publication.wishes(case.book)[case.subject.publish_wish]
        return [Effect("诉求人", wish), Effect("承办单位的意见", "、".join(dict.fromkeys(filter(None, said))) or "没有")]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row with three texts; the matter waits for a second person."""
        title, question, answer = (write_text(case, f"public_{name}", case.form[name]) for name in TEXTS)
        row = Publication(case.tools.ids.next(), case.subject.id, case.now, title, question, answer)
        case.insert(row)
        case.update(case.subject, to_publish_at=case.now)
        return {"publication_id": row.id, "title_id": title, "question_id": question, "answer_id": answer}


class DecideCard(PublicationCard, abstract=True):
    """What a second person does with a text that waits."""

    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = (PreparePublication,)
    moves = moves(Matter, ANSWERED)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One waits."""
        return None if facts.waiting(case.dossier) else cls.no(case, "没有等公开的稿子。")


def _waiting(case: MatterCase) -> Publication:
    row = facts.waiting(case.dossier)
    if row is None:
        raise LookupError("no text waits")
    return row


class Publish(DecideCard):
    """公开: another person than who prepared it puts the text on the site, for everybody to read."""

    term = "公开"
    form = ()
    ledger = Line("published", ("publication_id",))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Still public at all."""
        return _barred(case)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """What was put right since may make a text tell who somebody is."""
        row = _waiting(case)
        said = {name: case.dossier.body(getattr(row, f"{name}_id")) for name in TEXTS}
        return [Problem("", PERSONAL, one.clause) for one in _telling(case, said)[:1]]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """From now on."""
        row = _waiting(case)
        case.update(row, outcome=facts.PUBLISHED, published_at=case.now)
        case.update(case.subject, to_publish_at=None)
        return {"publication_id": row.id}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Its callers are told, so that who does not like it can say so."""
        tell_callers(case, "published")


def bar_choices(case: MatterCase) -> list[tuple[str, str]]:
    """What keeps a matter from the site for good, as far as a person finds it out by reading."""
    found = publication.bars(case.book)
    return [(name, found[name]) for name in ("privacy", "secrets", "another_purpose") if name in found]


class RejectPublication(DecideCard):
    """不用公开稿: with a reason: written again, or, for one of the rulebook's bars, never."""

    term = "不用公开稿"
    form = (
        Field("bar", "属于不公开的情形", "choice", choices=bar_choices, required=False,
              hint="选了，这件事就不在网上公开；只是稿子不合用的，不选"),
        Field("because", "理由", "textarea", max_length=1000),
    )  # fmt: skip
    ledger = Line("publication_rejected", ("publication_id", "bar", "because_id"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The row says why."""
        row, because = _waiting(case), write_text(case, "publication_because", case.form["because"])
        case.update(row, outcome=facts.REJECTED, ended_at=case.now, because_id=because, bar=case.form["bar"])
        case.update(case.subject, to_publish_at=None)
        return {"publication_id": row.id, "bar": case.form["bar"], "because_id": because}


class WithdrawPublication(PublicationCard):
    """撤下公开: what was published is taken off the site, with a reason."""

    term = "撤下公开"
    by = (Role.REVIEWER, Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = ()
    moves = moves(Matter, tuple(S))
    form = (Field("because", "理由", "textarea", max_length=1000),)
    ledger = Line("publication_withdrawn", ("publication_id", "because_id"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Something is public."""
        return None if facts.standing(case.dossier) else cls.no(case, "没有公开的文本。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Its row and words stay on file."""
        row = facts.standing(case.dossier)
        assert row is not None, "it pertains to what is public"
        because = write_text(case, "publication_because", case.form["because"])
        case.update(row, outcome=facts.WITHDRAWN, ended_at=case.now, because_id=because)
        return {"publication_id": row.id, "because_id": because}


class RetractPublication(PublicationCard):
    """公开稿失效: a consequence: what is public, or waits to be, holds no more: kept from the site since, handled anew,
    about somebody who must avoid it, or its caller forgotten."""

    term = "公开稿失效"
    by = (Role.SYSTEM,)
    not_by = ()
    moves = moves(Matter, tuple(S))
    form = ()
    ledger = Line("publication_retracted", ("publication_id", "was_public"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Off the site at once."""
        row = facts.standing(case.dossier) or _waiting(case)
        case.update(row, outcome=facts.WITHDRAWN, ended_at=case.now)
        case.update(case.subject, to_publish_at=None)
        return {"publication_id": row.id, "was_public": row.published_at is not None}


def retracted(case: AnyCase) -> list[tuple[type[Card], Record]]:
    """The consequence for what is public or waits to be, where there is such a text."""
    found = facts.standing(case.dossier) or facts.waiting(case.dossier)
    return [(RetractPublication, case.dossier.matter)] if found else []
