"""个人信息的导出 (handing out): all there is of one person, as a file that anybody can read, with the files they sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.casework.attachments import keeping, ports
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import REPEATED, SUMMARY, said_with
from hotline.casework.people import Revealed, revealed_of
from hotline.casework.records import Attachment, Contact, Letter, Text
from hotline.casework.records.files import FROM_UNIT
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.casework.transitions.forgetting import OWN
from hotline.casework.transitions.intake import record_of
from hotline.procedure.secrets import Keys
from hotline.rules import elements
from hotline.rules.book import Rulebook

TERMS = {"gist": "要点", "words": "原话", "supplement": "补充的情况", "repeat": "再次来电说的", "opinion": "评价时说的",
         "citizen_said": "答复时说的", "contact_summary": "沟通情况", "contact": "联系记录", "asked": "请其补充的记录",
         "community": "村、社区", "withdrawal_reason": "要求撤回时说的", "review_reason": "申请复核时说的"}  # fmt: skip


def _said(at: datetime | None, book: Rulebook) -> str:
    return f"{at.astimezone(book.tz):%Y-%m-%d %H:%M}" if at else "—"


def _record(dossier: MatterDossier, book: Rulebook) -> Iterator[str]:
    given, _ = record_of(dossier.body(dossier.all(Contact)[0].record_id))
    for name, term in elements.terms(book).items():
        if given.get(name):
            yield f"{term}：{given[name]}"


def _texts(dossier: MatterDossier, citizen_id: int) -> Iterator[str]:
    contacts = dossier.all(Contact)
    mine = {c.words_id for c in contacts if c.citizen_id == citizen_id}
    first = contacts[0].citizen_id == citizen_id
    for text in dossier.all(Text):
        if text.field != "record" and text.body and (text.id in mine or (first and text.field in OWN)):
            yield f"{TERMS.get(text.field, text.field)}：{text.body}"
        elif first and text.field in REPEATED and (said := said_with(text.body)):
            yield f"{TERMS[SUMMARY]}：{said}"


def _answers(dossier: MatterDossier, book: Rulebook) -> Iterator[str]:
    for letter in dossier.all(Letter):
        if letter.answered_at:
            yield f"答复（{_said(letter.answered_at, book)}）：{dossier.body(letter.answer_id)}"


def one_matter(dossier: MatterDossier, book: Rulebook, citizen_id: int) -> list[str]:
    """What there is of the person in one matter, line by line."""
    matter = dossier.matter
    calls = [f"{_said(c.at, book)} {'网络' if c.channel == 'web' else '电话'}" for c in dossier.all(Contact)
             if c.citizen_id == citizen_id]  # fmt: skip
    first = dossier.all(Contact)[0].citizen_id == citizen_id
    return [f"编号 {matter.number}，{book.kind(matter.kind).term}，{MATTER_TERMS[MatterStatus(matter.status)]}",
            f"来电来信：{'；'.join(calls)}", f"要求保密：{'是' if matter.secrecy else '否'}", *_texts(dossier, citizen_id),
            *(_record(dossier, book) if first else ()), *(_answers(dossier, book) if first else ()), ""]  # fmt: skip


def _who(who: Revealed) -> list[str]:
    """Name and phone, said to be missing where they are; of an enterprise what else it gave."""
    rows = (("姓名" if not who.contact else "企业名称", who.name or "没有留"), ("联系人", who.contact),
            ("统一社会信用代码", who.credit_code), ("电话", who.phone or "没有留"))  # fmt: skip
    return [f"{label}：{said}" for label, said in rows if said]


def bundle(dossiers: Sequence[tuple[MatterDossier, Rulebook]], citizen_id: int, keys: Keys, now: datetime) -> bytes:
    """The archive: one text that says it all, and the files. Raises StoreFailed."""
    lines: list[str] = []
    files: list[tuple[str, Attachment]] = []
    for dossier, book in dossiers:
        who = revealed_of(dossier, keys, citizen_id)
        if not lines:
            lines = [f"个人信息导出，{_said(now, book)}", *_who(who), ""]
        lines += one_matter(dossier, book, citizen_id)
        if dossier.all(Contact)[0].citizen_id == citizen_id:
            files += [(dossier.matter.number, one) for one in dossier.all(Attachment) if one.source != FROM_UNIT]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("个人信息.txt", "\r\n".join(lines).encode("utf-8-sig"))
        for number, one in files:
            _add(packed, number, one)
    return out.getvalue()


def _add(packed: zipfile.ZipFile, number: str, one: Attachment) -> None:
    try:
        found = keeping.opened(one)
    except (keeping.Lost, ports.StoreFailed) as wrong:
        packed.writestr(f"附件/{number}/{one.id}（打不开）.txt", str(wrong))
        return
    if found is not None:
        packed.writestr(f"附件/{number}/{one.id}-{found.name}", found.body)
