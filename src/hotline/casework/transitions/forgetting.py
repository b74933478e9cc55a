"""匿名 (forgetting): a person's data destroyed in the matters they brought, and where those were passed on. Chains, seals
and figures stand: texts get a redacted form under a salt of its own, sealed data stays where its key is gone."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any

from hotline.casework import redacting
from hotline.casework.letter_texts import REPEATED, said_with
from hotline.casework.people import FORGOTTEN as REVEALS_NOTHING
from hotline.casework.people import revealed_of
from hotline.casework.records import AbuseMark, Attachment, Citizen, Contact, Link, Matter, PersonKey, Ruling, Text
from hotline.casework.records.links import MAIN
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, write_text
from hotline.casework.transitions.publishing import retracted
from hotline.network.roles import DATA_OFFICERS, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict

PASSED_ON = ("taken_in", "joined_called")  # what a main matter heard of one joined to it
NO_NUMBER = b""  # the blind index of a mark whose caller was forgotten
# Texts of the first caller's own, or that repeat what the caller said.
OWN = ("gist", "words", "record", "supplement", "opinion", "citizen_said", "contact_summary", "contact", "asked",
       "community", "withdrawal_reason", "review_reason")


def callers(case: AnyCase) -> list[tuple[str, str]]:
    """Who brought the matter and was not forgotten yet, by number, and which call it was."""
    found = {c.citizen_id: i for i, c in reversed([*enumerate(case.dossier.all(Contact), 1)])
             if c.citizen_id is not None and c.forgotten_at is None}  # fmt: skip
    return [(str(citizen_id), f"第 {i} 次来电来信的人") for citizen_id, i in sorted(found.items(), key=lambda f: f[1])]


CALLER = Field("citizen", "哪一位", "choice", required=False, choices=callers, hint="不选就是第一位")


def chosen(case: AnyCase) -> Citizen | None:
    """Whom the form means."""
    said = case.form.get("citizen") or next((value for value, _ in callers(case)), "")
    return case.dossier.find(Citizen, int(said)) if said else None


def nobody(case: AnyCase) -> Verdict | None:
    """A no where nobody is left to speak of."""
    said = "这件事里没有可以识别的诉求人，或者已经匿名。"
    return None if callers(case) else Verdict(False, case.card.provision(case.book).clause, said)


def _own_texts(case: AnyCase, citizen_id: int) -> Iterator[Text]:
    """The texts that are the person's own: of their calls; where they called first, of the whole matter."""
    contacts = case.dossier.all(Contact)
    mine = [c for c in contacts if c.citizen_id == citizen_id]
    ids = {c.words_id for c in mine}
    first = contacts[0].citizen_id == citizen_id
    for text in case.dossier.all(Text):
        if text.id in ids or (first and text.field in OWN):
            yield text


def _replaced(case: AnyCase, own: Container[int], mask: Callable[[str], str], *, first: bool = False) -> list[int]:
    """Texts of somebody's own gone, the others masked, of the first caller also what within these repeats what they
    said; each that changes under a new salt; which."""
    changed = []
    for text in case.dossier.all(Text):
        within = REPEATED.get(text.field, ()) if first else ()
        body = redacting.each(text.body, redacting.forgotten if text.id in own else mask, within)
        if body != text.body or text.id in again(case):
            case.update(text, body=body, salt=case.salted(text.id, body))
            changed.append(text.id)
    return changed


def _redact(case: AnyCase, citizen_id: int, also: Sequence[str]) -> list[int]:
    """Every text that holds something of the person, replaced; which."""
    own = {text.id: text for text in _own_texts(case, citizen_id)}
    words = [*revealed_of(case.dossier, case.tools.keys, citizen_id), *also]
    first, texts = case.dossier.all(Contact)[0].citizen_id == citizen_id, case.dossier.all(Text)
    repeated = [said_with(text.body) for text in texts if first and text.field in REPEATED]
    mask = redacting.masker(words, [*repeated, *(s for text in own.values() for s in redacting.strings(text.body))])
    changed = _replaced(case, own, mask, first=first)
    if (category := mask(case.dossier.matter.category)) != case.dossier.matter.category:
        case.update(case.dossier.matter, category=category)
    for row in case.dossier.all(Ruling):
        if (category := mask(row.category)) != row.category:
            case.update(row, category=category)
    return changed


def _unmark(case: AnyCase, citizen: Citizen) -> None:
    """No mark on a caller finds their number any more; with the last caller of the matter none given on it does."""
    others = [c for c in case.dossier.all(Contact) if c.citizen_id not in (None, citizen.id) and c.forgotten_at is None]
    for mark in case.dossier.all(AbuseMark):
        if mark.phone_index and (mark.phone_index == citizen.phone_index or not others):
            case.update(mark, phone_index=NO_NUMBER)


def _forget_in_main(case: AnyCase, citizen_id: int, also: Sequence[str]) -> None:
    """What was passed on to a matter that this one was ever joined to is forgotten there in the same breath."""
    words = [*revealed_of(case.dossier, case.tools.keys, citizen_id), *also]
    said = "\n".join(word for word in words if word and word != REVEALS_NOTHING)
    for main_id in dict.fromkeys(link.other_id for link in case.dossier.all(Link) if link.sort == MAIN):
        case.echo("forget_joined", main_id, must=False, other=str(case.dossier.chain.id), words=said,
                  texts=str(case.form.get("texts") or ""))  # fmt: skip


def again(case: AnyCase) -> frozenset[int]:
    """Texts that a restore replaced beforehand: their line is yet to come."""
    return frozenset(int(one) for one in str(case.form.get("texts") or "").split())


def _destroy_files(case: AnyCase, citizen_id: int) -> list[int]:
    """The files of a matter, with the one who brought it."""
    if case.dossier.all(Contact)[0].citizen_id != citizen_id:
        return []
    files = [one for one in case.dossier.all(Attachment) if one.destroyed_at is None]
    for one in files:
        case.update(one, destroyed_at=case.now)
        case.destroy(PersonKey, one.id)
    return [one.id for one in files]


class Forgets(MatterCard, abstract=True):
    """What both cards do."""

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Texts, files, and with the last of their matters the person's key and the index by which they were found."""
        citizen = chosen(case)
        assert citizen is not None  # `accepts` saw to it
        also = str(case.form.get("also") or "").splitlines()
        texts, files = _redact(case, citizen.id, also), _destroy_files(case, citizen.id)
        for contact in case.dossier.all(Contact):
            if contact.citizen_id == citizen.id:
                case.update(contact, forgotten_at=case.now)
        _unmark(case, citizen)
        _forget_in_main(case, citizen.id, also)
        if len(callers(case)) == 1:  # nobody is left of whom anything could be kept
            case.update(case.subject, retain_until=None, dispose_asked_at=None, dispose_agreed_at=None, dispose_at=None)
        last = not case.tools.extra["elsewhere"]
        if last:
            case.destroy(PersonKey, citizen.id)
            case.update(citizen, phone_index=None)
        reason = write_text(case, "forget_reason", case.form["reason"]) if case.form.get("reason") else None
        return {"citizen_id": citizen.id, "texts": texts, "files": files, "key_destroyed": last, "reason_id": reason}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What everybody could read of it is taken off the site."""
        return retracted(case)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """There is such a person here."""
        if chosen(case) is None:
            return [Problem("citizen", "这件事里没有这个人。", cls.provision(case.book).clause)]
        return ()


FACTS = ("citizen_id", "texts", "files", "key_destroyed", "reason_id")


class Anonymise(Forgets):
    """匿名诉求人: nothing that tells who brought the matter is left of it; with their last matter their key is destroyed.
    Not while the matter is being handled: somebody must still be able to answer them."""

    term = "匿名诉求人"
    rests_on = "masking"
    by = DATA_OFFICERS
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.DECLINED, S.CLOSED, S.ARCHIVED))
    form = (
        CALLER,
        Field("reason", "理由", "textarea", max_length=500, hint="谁提出、什么时候、怎样核实是本人；不要写姓名和电话"),
        Field("also", "另外要隐去的字", "textarea", required=False, max_length=2000,
              hint="一行一条，如亲属姓名、证件号。姓名、电话和本人说过的话会自动隐去"),
    )  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("anonymised", FACTS)
    needs = ("elsewhere",)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Somebody must be there to be forgotten."""
        return nobody(case)


class AnonymiseAgain(Forgets):
    """恢复后再匿名: a restored state lacks what was forgotten afterwards; it is done again, whatever the matter's status."""

    term = "恢复后再匿名"
    rests_on = "masking"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (Field("citizen", "哪一位", required=False, max_length=20),
            Field("texts", "已经替换的文字", required=False, max_length=100000))  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("anonymised_again", FACTS)
    needs = ("elsewhere",)


class ForgetJoined(MatterCard):
    """隐去并入件的话: a consequence: somebody is forgotten whose matter was joined to this one: what was passed on here of
    it, and what others wrote of that or of them. Whoever of its callers had said it: all of it goes."""

    term = "隐去并入件的话"
    rests_on = "masking"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (Field("other", "并入的一件", "number"),
            Field("words", "要隐去的字", "textarea", required=False, max_length=20000),
            Field("texts", "已经替换的文字", required=False, max_length=100000))  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("joined_forgotten", ("other_id", "texts"))
    disturbs = False

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The words themselves, then whatever quotes them."""
        lines = (one.read() for one in case.dossier.lines if one.kind in PASSED_ON)
        own = {text_id for one in lines if one.facts[0] == case.form["other"] for text_id, _ in one.texts}
        texts = [text for text in case.dossier.all(Text) if text.id in own]
        words = case.form["words"].splitlines()
        mask = redacting.masker(words, (said for text in texts for said in redacting.strings(text.body)))
        changed = _replaced(case, own, mask)
        return {"other_id": case.form["other"], "texts": changed}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What everybody could read of it may have spoken of them."""
        return retracted(case)
