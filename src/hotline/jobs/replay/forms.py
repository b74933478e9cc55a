"""填表 (forms): what is filled in for each verb. The file gives subject, words, user, answer and two instants; all else
is a placeholder that says so (〔回放占位〕), or where only digits fit, a number that begins with 000."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from hotline.casework.transitions.intake import Register
from hotline.casework.transitions.replying import DraftReply
from hotline.casework.transitions.sending_back import PREFIX
from hotline.jobs.replay.reader import BODY, REPLY, SUBJECT, USER, Message
from hotline.rules import elements, grounds, letters, refusals
from hotline.rules.book import Rulebook
from hotline.rules.worktime import local_midnight

Form = dict[str, str]

MARK = "〔回放占位〕"
NO_NUMBER = "000-00000000"
NOT_ASKED, NOT_SAID = "not_asked", "未表态"
COLUMN_OF = {"gist": SUBJECT, "words": BODY, "name": USER, "reply": REPLY, "answer": REPLY}


def longest(book: Rulebook) -> dict[str, int]:
    """How many characters the verbs take of each column."""
    fields = [*Register.fields(book), *DraftReply.fields(book)]
    return {COLUMN_OF[field.name]: field.max_length for field in fields if field.name in COLUMN_OF}


def marked(text: str) -> str:
    """A placeholder that says what is missing."""
    return f"{MARK}{text}"


def phone_of(user: str) -> str:
    """A number that nobody has, the same for the same user, so that who writes again is known again."""
    return f"000{int.from_bytes(hashlib.sha256(user.encode()).digest()[:8], 'big') % 10**8:08d}" if user else ""


def before_the_rules(book: Rulebook, instant: datetime) -> bool:
    """Whether the rulebook did not exist yet."""
    return instant < local_midnight(book.published, book.tz).astimezone(UTC)


def registration(book: Rulebook, message: Message, kind: str) -> Form:
    """The citizen's own words on the site."""
    late = "1" if before_the_rules(book, message.asked) else ""
    return {"kind": kind, "gist": message.subject, "words": message.body, "name": message.user,
            "phone": phone_of(message.user), "publish_wish": NOT_ASKED, "channel": "web",
            "entered_late": late}  # fmt: skip


def acceptance(book: Rulebook, message: Message, kind: str) -> Form:
    """The operator completes the elements and names the item of acceptance: the first for the first kind, which ask for
    the same (咨询), for all others the last, which takes in what no other names; the matter's category says that
    nobody has sorted it."""
    items = [*refusals.acceptance_items(book)]
    item = items[0] if kind == next(iter(book.kinds)) else items[-1]
    known = {"time": marked("以来信时间为准"), "people": marked("诉求人"), "cause": message.subject,
             "course": marked(f"见来信原文，原编号 {message.id}")}  # fmt: skip
    record = {id_: known.get(id_, marked("见来信原文")) for id_ in elements.terms(book)}
    return {"item": item, "category": marked("未分类"), **record}


def contact() -> Form:
    """The citizen is reached where the message came from."""
    return {"outcome": "reached", "means": "online", "note": marked("原数据没有联系记录")}


def letter(book: Rulebook, message: Message) -> Form:
    """The reply is the reply to the platform, the answer, and the text fit to publish only once somebody has
    de-identified it: therefore the unit's opinion is the last one on offer, with the reason."""
    return {"reply": message.reply, "answer": message.reply, "publishable": "", "responds": "1",
            "no_citation_reason": marked("原答复未单列依据"), "contact_means": "网上",
            "contact_summary": marked("原数据没有沟通记录"), "satisfaction": NOT_SAID, "solved": "yes",
            "truthful": _last(book, "truthful"), "publish_opinion": _last(book, "publish_opinion"),
            "publish_reason": marked("原文未经去标识"), **_signature()}  # fmt: skip


def _last(book: Rulebook, field: str) -> str:
    """The last answer that the rulebook offers: the one that claims least (不适用, 不公开)."""
    return (letters.options(book, field) or ("",))[-1]


def _signature() -> Form:
    return {"responsible_unit": marked("责任单位"), "responsible_name": marked("责任人"),
            "responsible_phone": NO_NUMBER, "handler_name": marked("承办人"), "handler_unit": marked("承办单位"),
            "handler_phone": NO_NUMBER}  # fmt: skip


def too_little(book: Rulebook) -> Form:
    """Why an answer of a few words is sent back: the first of the rulebook's reasons about the contents."""
    return {PREFIX + next(iter(grounds.merits(book))).id: "1", "words": marked("答复过短，没有说清事实和处理")}


def call(reached: bool) -> Form:
    """One call of a follow-up; who is reached is satisfied, as the file says nothing else."""
    if not reached:
        return {"means": "phone", "opinion": marked("未接通")}
    return {"means": "phone", "reached": "1", "solved": "yes", "attitude": "2", "speed": "2", "result": "2",
            "opinion": marked("原数据没有回访记录")}  # fmt: skip
