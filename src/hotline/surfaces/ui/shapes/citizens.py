"""公众: what the citizens' pages render. Plain words, no office word."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FormView
from .marks import Clause, DueState, Fact, Link


@dataclass(frozen=True, slots=True)
class Emergency:
    number: str
    term: str


@dataclass(frozen=True, slots=True)
class Site:
    """网站外框: what stands round every citizens' page."""

    name: tuple[str, ...]
    """In one or two pieces, so that a phone breaks the line between them."""
    home_url: str
    type_url: str
    here: str
    phone: str
    large: bool = False
    strip: str = ""
    nav: tuple[Link, ...] = ()
    phone_hours: str = "24 小时有人接"
    phone_notes: tuple[str, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    footer: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedRow:
    kind_term: str
    title: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """公开的答复: one page of them, newest first."""

    rows: tuple[PublishedRow, ...]
    next_url: str = ""
    first_url: str = ""


@dataclass(frozen=True, slots=True)
class PublishedText:
    """公开的一件: question and answer, with its few facts."""

    title: str
    question: str
    answer: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalHome:
    submit_url: str
    follow_url: str
    refused: Link | None = None
    search_url: str = ""
    query: str = ""
    published: tuple[PublishedRow, ...] = ()
    asked: tuple[Link, ...] = ()
    figures_said: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One answer to look over. `name` is the field one goes back to."""

    name: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class PortalCheck:
    """请您核对: the values travel along as hidden fields; `step=send` sends, `edit=<name>` goes back."""

    action: str
    rows: tuple[CheckRow, ...]
    kept: tuple[tuple[str, str], ...] = ()
    act_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PortalDone:
    """收到了: number, query code, promise."""

    number: str
    code: str
    promised_said: str
    """"11月25日（周三）24:00 前答复您"; empty where nothing is promised."""
    clause: Clause | None = None
    clause_said: str = ""
    """The clause in words: "《办法》五（二）2：求助 5 个工作日内答复"."""
    follow_url: str = ""
    provisional_said: str = ""
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    day_said: str
    said: str


@dataclass(frozen=True, slots=True)
class WhereTo:
    """该找谁: the right door for what the hotline does not take."""

    name: str
    said: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """不能办: why, and the right doors. `title` empty where it is not about one matter."""

    because: str
    where: tuple[WhereTo, ...] = ()
    clause: Clause | None = None
    clause_said: str = ""
    at_said: str = ""
    disagree_said: str = ""
    title: str = "这件事热线不能办"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with big answers: 您的事解决了吗？"""

    question: str
    hint: str
    action: str
    name: str
    answers: tuple[tuple[str, str], ...]
    """(value, label)"""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PortalFollow:
    """办理进度: 现在 / 答应您 / 谁在办, the answer, the steps."""

    number: str
    gist: str
    now_strong: str
    now_rest: str = ""
    now_state: DueState = "ontime"
    promised_said: str = ""
    clause: Clause | None = None
    clause_said: str = ""
    longer_said: str = ""
    """The unit's own words on why it takes longer."""
    holder: str = ""
    holder_note: str = ""
    """That another unit had it before."""
    holder_phone: str = ""
    answer: str = ""
    answer_note: str = ""
    answer_full_url: str = ""
    ask: Ask | None = None
    steps: tuple[Step, ...] = ()
    not_accepted: NotAccepted | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalForm:
    """One of the citizens' form pages: submit, follow, rate."""

    title: str
    lead: str
    form: FormView
