"""班长台: what waits for the shift leader's word, the queues, who sits where, what lies about."""

from __future__ import annotations

from dataclasses import dataclass

from .home import ListLine
from .marks import Clause, Count, DueMark, Link, VerbView


@dataclass(frozen=True, slots=True)
class ProposedView:
    """一件提请: decided in place by its buttons, with words in its one box."""

    number: str
    number_short: str
    url: str
    gist: str
    what: str
    reason: str
    asked_said: str
    action: str
    act_id: str
    seen_seq: int
    buttons: tuple[VerbView, ...]
    clause: Clause | None = None
    due: DueMark | None = None
    mine_said: str = ""
    """Why whoever looks may not decide it."""
    words: str = ""
    problem: str = ""
    no_key: str = ""
    """What unfolds the box of words."""
    keyed: bool = False
    """Whether the keys lie on it when the page opens; by keys one goes on to the next."""

    @property
    def refuses(self) -> tuple[VerbView, ...]:
        """Every way but granting it; folded, since it wants words or a form."""
        return tuple(verb for verb in self.buttons if not verb.primary)


@dataclass(frozen=True, slots=True)
class SitLine:
    who: str
    post: str
    seen_said: str
    doing_said: str = ""


@dataclass(frozen=True, slots=True)
class LyingLine:
    id: str
    who: str
    since_said: str
    take_key: str = "4"
    discard_key: str = "5"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """一份交接班记录; `confirm`: the number to confirm it by, where whoever looks may; by which key."""

    writer: str
    at_said: str
    body: str
    read_said: str
    confirm: str = ""
    act_id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """班长台的页面."""

    said: str
    alarms: tuple[Count, ...]
    proposed: tuple[ProposedView, ...]
    queues: tuple[ListLine, ...]
    on_duty: tuple[SitLine, ...]
    sitting: tuple[SitLine, ...]
    lying: tuple[LyingLine, ...]
    lying_said: str
    notes: tuple[NoteLine, ...]
    act_id: str
    note: str = ""
    """What was written of the next one, where it was not taken."""
    problem: str = ""
    rest: tuple[Link, ...] = ()
    """Lists of which not all proposals stand here; what is said of people, drafts and notes beyond those shown."""
    sitting_rest: str = ""
    lying_rest: str = ""
    note_pages: tuple[Link, ...] = ()
