"""办理卡 (transition cards): one small class per verb, its parts declared in a fixed order, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from hotline.procedure.actor import Reach
from hotline.procedure.forms import Field, FieldsOf, Problem
from hotline.procedure.records import Record
from hotline.rules.book import Provision, Rulebook
from hotline.rules.verdicts import Due, Verdict

if TYPE_CHECKING:
    from hotline.procedure.case import Case


@dataclass(frozen=True, slots=True)
class Moves:
    """状态: which record a card moves, from which statuses, to which. `to` None: the status stays."""

    record: type[Record]
    from_: frozenset[str]
    to: str | None = None


def moves(record: type[Record], from_: Sequence[str], to: str | None = None) -> Moves:
    """Shorthand that reads well on a card."""
    return Moves(record, frozenset(from_), to)


Dues = Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class Deadline:
    """期限效果: what a card does to the due instants of its dossier. `effect` is held against what was really
    written, on whatever row it was written."""

    effect: str

    def broken_by(self, before: Dues, after: Dues) -> bool:
        """Whether the change of the due instants contradicts the declared effect."""
        if self.effect in ("unchanged", "stops"):
            return before != after
        if self.effect == "starts":
            return any(after.get(row) != due for row, due in before.items())
        if self.effect == "extends":
            return before.keys() != after.keys() or any(after[row] < due for row, due in before.items())
        if self.effect == "recomputes":  # another kind may know no limit, or the first one
            return False
        return not before.keys() <= after.keys()


UNCHANGED = Deadline("unchanged")
STARTS = Deadline("starts")
STOPS = Deadline("stops")
EXTENDS = Deadline("extends")
RESTARTS = Deadline("restarts")
RECOMPUTES = Deadline("recomputes")


@dataclass(frozen=True, slots=True)
class Line:
    """台账行式: the kind of line a card writes, and the names of its positional facts."""

    kind: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """后果: one thing that a verb would bring about: a label, and what it says, a date with its clause, or a row."""

    label: str
    value: str | Due | Record


class CardError(TypeError):
    """A card that lacks a part: an error when its module is imported."""


_PARTS = ("term", "rests_on", "by", "not_by", "reach", "moves", "form", "deadline", "ledger")
REGISTRY: dict[str, type[Card]] = {}
LINES: dict[str, type[Card]] = {}


@cache
def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class Card:
    """办理卡. Parts without a default must be declared; forgetting one is an error at import.

    `form`: fields, and functions that give those which the rulebook names, each in the place where it is asked.
    `by`: the roles that may perform it. `not_by`: cards that nobody may have performed on the same subject who
    performs this one, nor acted for somebody who did. `creates`: the card opens a chain. `disturbs`: a page that has
    not seen this line is out of date."""

    chain: ClassVar[str]
    term: ClassVar[str]
    rests_on: ClassVar[str]
    by: ClassVar[tuple[str, ...]]
    not_by: ClassVar[tuple[type[Card], ...]]
    reach: ClassVar[Reach]
    moves: ClassVar[Moves]
    form: ClassVar[tuple[Field | FieldsOf, ...]]
    deadline: ClassVar[Deadline]
    ledger: ClassVar[Line]
    creates: ClassVar[bool] = False
    disturbs: ClassVar[bool] = True
    opens: ClassVar[bool] = False  # the chain may not exist yet and is then opened by this line
    draws: ClassVar[tuple[str, ...]] = ()  # drawn before the transaction, e.g. the day's serial number
    needs: ClassVar[tuple[str, ...]] = ()  # looked up inside the transaction, after the lock
    key: ClassVar[str] = ""

    def __init_subclass__(cls, abstract: bool = False) -> None:
        super().__init_subclass__()
        if abstract:
            return
        missing = [part for part in _PARTS if not hasattr(cls, part)]
        if missing or cls.name() in REGISTRY:
            raise CardError(f"{cls.__module__}.{cls.__name__}: {missing or 'name taken'}")
        REGISTRY[cls.name()] = cls
        LINES[cls.ledger.kind] = cls

    @classmethod
    def name(cls) -> str:
        """The card's name in URLs and lists: snake case of the class name."""
        return _snake(cls.__name__)

    @classmethod
    def pertains(cls, case: Case[Any, Any]) -> Verdict | None:
        """Is there anything here that the verb could be about? A no is refused like a wrong status, and pages do not
        even show the verb greyed (nobody asked for an extension, so there is none to agree to)."""
        return None

    @classmethod
    def fields(cls, book: Rulebook) -> tuple[Field, ...]:
        """What the form asks for under a rulebook; worked out once for each."""
        return _fields(cls.name(), book)

    @classmethod
    def guard(cls, case: Case[Any, Any]) -> Verdict | None:
        """Is the door open? None or an ok verdict: yes. Drives the button."""
        return None

    @classmethod
    def effects(cls, case: Case[Any, Any]) -> Sequence[Effect]:
        """What doing it now would bring about, shown on the form before it is done."""
        return ()

    @classmethod
    def until(cls, case: Case[Any, Any]) -> Due | None:
        """Until when this may still be done here, with the clause that says so; None where nothing says. Form and verb
        tell it; `guard` is what keeps it."""
        return None

    @classmethod
    def accepts(cls, case: Case[Any, Any]) -> Sequence[Problem]:
        """Is this form good enough? Each problem names field and rule."""
        return ()

    @classmethod
    def besides(cls, case: Case[Any, Any]) -> Sequence[Problem]:
        """What can be said of a form some of whose fields are wrong, so that everything is told in one round: such a
        field holds the words that were typed, or nothing."""
        return ()

    @classmethod
    def provision(cls, book: Rulebook) -> Provision:
        """The provision the card rests on, the first where several clauses fill it."""
        return cls.provisions(book)[0]

    @classmethod
    def provisions(cls, book: Rulebook) -> tuple[Provision, ...]:
        """Every clause's part in it. `name:id` picks one by the value `id`, or `level`."""
        return _provisions(cls.rests_on, book)

    @classmethod
    def section(cls, book: Rulebook) -> str | None:
        """The clause that speaks for the card as a whole while no item is chosen: the one it rests on, or where several
        fill that, what heads them all in the text. None where nothing does."""
        return _section(cls.rests_on, book)

    @classmethod
    def clauses(cls, case: Case[Any, Any]) -> tuple[str, ...]:
        """The clauses the line cites: by default that of the provision the card rests on, and its readings."""
        provision = cls.provision(case.book)
        return (provision.clause, *provision.readings)

    @classmethod
    def beside(cls, case: Case[Any, Any]) -> Sequence[int]:
        """Other chains of its kind that it looks at, by number; they are locked together with its own."""
        return ()

    @classmethod
    def change(cls, case: Case[Any, Any]) -> Mapping[str, Any]:
        """Note the changes on the case; return the line's facts by name."""
        return {}

    @classmethod
    def notices(cls, case: Case[Any, Any]) -> None:
        """Note messages to the outside."""

    @classmethod
    def then(cls, case: Case[Any, Any]) -> Sequence[tuple[type[Card], Record]]:
        """Consequences on other objects of the same chain, performed in the same breath."""
        return ()


@lru_cache(maxsize=512)
def _provisions(rests_on: str, book: Rulebook) -> tuple[Provision, ...]:
    name, _, key = rests_on.partition(":")
    found = book.provisions(name)
    return tuple(p for p in found if not key or key == str(p.values.get("id", p.values.get("level"))))


@lru_cache(maxsize=512)
def _section(rests_on: str, book: Rulebook) -> str | None:
    own = list(dict.fromkeys(p.clause for p in _provisions(rests_on, book)))
    if len(own) == 1:
        return own[0]
    above = [id_ for id_, clause in book.clauses.items() if clause.heading and all(c.startswith(id_) for c in own)]
    return max(above, key=len, default=None)


@lru_cache(maxsize=512)
def _fields(name: str, book: Rulebook) -> tuple[Field, ...]:
    return tuple(f for part in REGISTRY[name].form for f in ((part,) if isinstance(part, Field) else part(book)))


_BY_CHAIN: dict[str, tuple[int, list[type[Card]]]] = {}
_BY_POST: dict[tuple[str, str], tuple[int, list[type[Card]]]] = {}


def cards_of(chain: str) -> list[type[Card]]:
    """All cards on a chain kind, in the order of their declaration; sorted out anew when a card was added."""
    known, cards = _BY_CHAIN.get(chain, (0, []))
    if known != len(REGISTRY):
        cards = [card for card in REGISTRY.values() if card.chain == chain]
        _BY_CHAIN[chain] = (len(REGISTRY), cards)
    return cards


def cards_for(chain: str, role: str) -> list[type[Card]]:
    """Those of them that a post of this sort performs on what is there already, in the same order."""
    known, cards = _BY_POST.get((chain, role), (0, []))
    if known != len(REGISTRY):
        cards = [card for card in cards_of(chain) if role in card.by and not card.creates]
        _BY_POST[chain, role] = (len(REGISTRY), cards)
    return cards
