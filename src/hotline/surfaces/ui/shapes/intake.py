"""受理台: one call on the operator's desk, the record being written of it, and what helps beside it."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView, FormView
from .knowledge import EntryBeside
from .marks import Clause, DueMark, Fact, Link, VerbView

WIDTHS = {"secrecy": "sixth", "urgent": "quarter", "urgent_reason": "quarter", "absence": "third"}  # one line of four
OPEN = 2  # how many stand laid open beside the call, of each sort


@dataclass(frozen=True, slots=True)
class NearView:
    """台旁的一件: an earlier matter of this caller, or one nearby that looks the same."""

    number: str
    number_short: str
    gist: str
    url: str
    said: str
    due: DueMark | None = None
    key: str = ""
    """With which key it is taken up: one more call about it, or joined to it."""


@dataclass(frozen=True, slots=True)
class CallerView:
    """来电人: what is known by the telephone."""

    said: str = ""
    """Why nothing is shown: no number yet, or a number not looked for yet."""
    cautions: tuple[Fact, ...] = ()
    open: tuple[NearView, ...] = ()
    earlier: tuple[NearView, ...] = ()
    more: Link | None = None
    """Where those are that are not shown."""


@dataclass(frozen=True, slots=True)
class ElementField:
    """要素的一栏."""

    field: FieldView
    given: bool
    half: bool
    counted: bool = True
    """Whether it is one of the elements, and not only asked among them."""
    third: bool = False


@dataclass(frozen=True, slots=True)
class Rescue:
    """一键移交: an emergency service."""

    number: str
    term: str
    key: str


@dataclass(frozen=True, slots=True)
class RefusalView:
    """不予受理的一种情形: what is read out, where else to go."""

    clause: Clause
    term: str
    told: str
    channel: str
    way: str
    """What pressing it does."""


@dataclass(frozen=True, slots=True)
class IntakeView:
    """受理台, whole."""

    form: FormView
    caller_fields: tuple[FieldView, ...]
    more_fields: tuple[FieldView, ...]
    caller: CallerView
    record_term: str
    record_title: str
    clause: Clause
    elements: tuple[ElementField, ...]
    complete_said: str
    fields: tuple[FieldView, ...]
    rescues: tuple[Rescue, ...]
    ways: tuple[VerbView, ...]
    refusals: tuple[RefusalView, ...]
    limits: tuple[Fact, ...] = ()
    saved_said: str = ""
    drafts: tuple[Link, ...] = ()
    new_url: str = ""
    near: tuple[NearView, ...] = ()
    near_said: str = ""
    """Why nothing nearby is shown."""
    find: str = ""
    """What was typed into the knowledge base's box."""
    entries: tuple[EntryBeside, ...] = ()
    entries_said: str = ""
    drafts_said: str = ""
    """That there are more drafts than stand here."""
    communities: tuple[str, ...] = ()
    """What was written before as the community, in this township."""
    propose_url: str = ""
    """Where an entry may be proposed, when none says it."""

    @property
    def sorting(self) -> tuple[tuple[FieldView, str], ...]:
        """What is sorted out of the record, each with the share of a line that it takes."""
        return tuple((field, WIDTHS.get(field.name, "half")) for field in self.fields)

    @property
    def more_open(self) -> bool:
        """Whether something is wrong among what is folded away."""
        return any(field.error for field in self.more_fields)

    @property
    def near_first(self) -> tuple[NearView, ...]:
        """What is laid open; the rest is one press away."""
        return self.near[:OPEN]

    @property
    def near_more(self) -> tuple[NearView, ...]:
        """Nearby as well, folded."""
        return self.near[OPEN:]

    @property
    def entries_first(self) -> tuple[EntryBeside, ...]:
        """The likest, laid open."""
        return self.entries[:OPEN]

    @property
    def entries_more(self) -> tuple[EntryBeside, ...]:
        """The others, folded."""
        return self.entries[OPEN:]
