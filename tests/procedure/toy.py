"""A small invented room on chain kind `entry`: notes that one person writes and another passes. It knows no hotline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar, cast
from uuid import UUID

from django.db import connections

from hotline.procedure import card as cards
from hotline.procedure import ledger, line_kinds, roles, times, world
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import STARTS, UNCHANGED, Card, Line, moves
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.forms import Field, Problem
from hotline.procedure.perform import Done, Subject, perform
from hotline.procedure.records import Record
from hotline.procedure.secrets import Keys, SeededRandomness
from hotline.rules.book import Rulebook
from hotline.rules.parts import Provision
from hotline.rules.verdicts import Verdict

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CHAIN = "entry"
KEYS = Keys(b"m" * 32, b"b" * 32, b"q" * 32)

TABLES = """
CREATE TABLE toy_note (id bigint PRIMARY KEY, status text NOT NULL, title text NOT NULL CHECK (title <> '库毒-改'),
    unit_id bigint, text_id bigint, phone bytea, due_at timestamptz);
CREATE TABLE toy_text (id bigint PRIMARY KEY, note_id bigint NOT NULL, salt bytea, body text NOT NULL);
CREATE INDEX ON toy_text (note_id);
"""


@dataclass(frozen=True, slots=True)
class Note(Record):
    """便笺."""

    TABLE: ClassVar[str] = "toy_note"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    title: str
    unit_id: int | None
    text_id: int | None
    phone: bytes | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Text(Record):
    """便笺的字."""

    TABLE: ClassVar[str] = "toy_text"
    PARENT: ClassVar[str] = "note_id"

    id: int
    note_id: int
    salt: bytes | None
    body: str


class NoteDossier(Dossier):
    """便笺卷宗."""

    CHAIN = CHAIN
    RECORDS = (Note, Text)
    ROOT = Note

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """A unit reaches its own notes; the clock and the system all of them."""
        if actor.role in ("system", "clock") or reach is Reach.CITY:
            return True
        return isinstance(subject, Note) and subject.unit_id == actor.unit_id

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """Unit, kind and due instant."""
        note = self.find(Note, self.chain.id)
        return {"unit_id": note.unit_id, "kind_of": "note", "due_at": note.due_at} if note else {}


NoteCase = Case[NoteDossier, Note]
_before = dict(cards.REGISTRY), dict(cards.LINES)


class ToyCard(Card, abstract=True):
    """Everything a toy card may leave unsaid."""

    chain = CHAIN
    rests_on = "toy"
    not_by = ()
    reach = Reach.HOLDS
    deadline = UNCHANGED


class WriteNote(ToyCard):
    """写便笺."""

    term = "写便笺"
    by = ("writer",)
    moves = moves(Note, (), "written")
    form = (
        Field("title", "标题", max_length=20),
        Field("body", "内容", "textarea", max_length=1000),
        Field("phone", "电话", "phone", required=False),
    )
    deadline = STARTS
    ledger = Line("note_written", ("title_length",))
    creates = True

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """A note and its text."""
        note_id, text_id = case.dossier.chain.id, case.tools.ids.next()
        key, _ = case.new_person_key(note_id)
        phone = case.encrypted(key, "toy_note", note_id, "phone", case.form["phone"]) if case.form["phone"] else None
        title, body = case.form["title"], case.form["body"]
        case.insert(Text(text_id, note_id, case.salted(text_id, body), body))
        case.insert(Note(note_id, "written", title, case.actor.unit_id, text_id, phone, case.now + DAY))
        return {"title_length": len(title)}

    @classmethod
    def notices(cls, case: NoteCase) -> None:
        """Somebody is told."""
        note = case.dossier.get(Note, case.dossier.chain.id)
        case.tell("toy_written", "citizen", note.id, text=note.text_id or 0)


class AmendNote(ToyCard):
    """改便笺: the text is new, the note stays as it is."""

    term = "改便笺"
    by = ("writer", "clock")
    moves = moves(Note, ("written",))
    form = (Field("body", "内容", "textarea", max_length=1000),)
    ledger = Line("note_amended")

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """A fresh salt goes with the fresh text."""
        text = case.dossier.get(Text, case.subject.text_id)
        case.update(text, body=case.form["body"], salt=case.salted(text.id, case.form["body"]))
        return {}


class PutAway(ToyCard):
    """收起: what follows from passing."""

    term = "收起"
    by = ("system",)
    moves = moves(Note, ("passed",), "put_away")
    form = ()
    ledger = Line("note_put_away")


class PassNote(ToyCard):
    """通过: by another person than the writer; the note is then put away by itself."""

    term = "通过"
    by = ("reader",)
    not_by = (WriteNote,)
    moves = moves(Note, ("written",), "passed")
    form = (Field("remark", "意见", max_length=10),)
    ledger = Line("note_passed", ("remark_length",))

    @classmethod
    def guard(cls, case: NoteCase) -> Verdict | None:
        """A closed note has a closed door."""
        return Verdict(False, "玩一", "这张便笺不开门。") if case.subject.title == "闭门" else None

    @classmethod
    def accepts(cls, case: NoteCase) -> Sequence[Problem]:
        """Some remarks are not good enough."""
        return [Problem("remark", "意见不能只写“坏”。", "玩一")] if case.form["remark"] == "坏" else []

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """The remark's length is the fact."""
        return {"remark_length": len(case.form["remark"])}

    @classmethod
    def then(cls, case: NoteCase) -> Sequence[tuple[type[Card], Record]]:
        """Put it away."""
        return [(PutAway, case.subject)]


class Tick(ToyCard):
    """滴答: what the clock does; some notes are poison to it."""

    term = "滴答"
    by = ("clock",)
    moves = moves(Note, ("written",), "ticked")
    form = ()
    ledger = Line("note_ticked")

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """Poison in memory, or only in the database."""
        if case.subject.title == "毒":
            raise ZeroDivisionError
        if case.subject.title == "库毒":
            case.update(case.subject, title="库毒-改")
        return {}


class LookAt(ToyCard):
    """看一眼: disturbs nobody's page."""

    term = "看一眼"
    by = ("reader",)
    reach = Reach.CITY
    moves = moves(Note, ("written", "put_away"))
    form = ()
    ledger = Line("note_looked_at")
    disturbs = False


class Poke(ToyCard):
    """碰: brings something about on another note, which the act finds out only while it is done."""

    term = "碰"
    by = ("writer",)
    moves = moves(Note, ("written",))
    form = (Field("other", "另一张", "number"), Field("must", "必须", "flag", required=False))
    ledger = Line("note_poked", ("other", "number"))

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """A number is drawn, which an act begun anew draws once more."""
        case.echo("be_poked", case.form["other"], must=case.form["must"], by=case.subject.id)
        return {"other": case.form["other"], "number": case.tools.ids.next()}


class BePoked(ToyCard):
    """被碰: the consequence on the other note."""

    term = "被碰"
    by = ("system",)
    moves = moves(Note, ("written",))
    form = (Field("by", "被哪一张", "number"),)
    ledger = Line("note_was_poked", ("by",))

    @classmethod
    def change(cls, case: NoteCase) -> Mapping[str, Any]:
        """Who did it."""
        return {"by": case.form["by"]}


CARDS = [card for card in cards.REGISTRY.values() if card not in _before[0].values()]


def _restore(mine: dict[str, Any], before: Mapping[str, Any]) -> None:
    mine.clear()
    mine.update(before)


_restore(cards.REGISTRY, _before[0])
_restore(cards.LINES, _before[1])


class ToyBook:
    """A rulebook with one provision."""

    id, content_hash = "toy", "0" * 64

    def provision(self, name: str) -> Provision:
        """The only one."""
        return Provision(name, "玩一", ("R-00",), MappingProxyType({}))

    def provisions(self, name: str) -> tuple[Provision, ...]:
        """The only one."""
        return (self.provision(name),)


BOOK = cast("Rulebook", ToyBook())


@contextmanager
def room(born: str = "simulated") -> Iterator[None]:
    """The toy room on the test's database: tables, rights, cards, world; all gone afterwards."""
    with connections["owner"].cursor() as cur:
        cur.execute(TABLES)
        for kind in (*(card.ledger.kind for card in CARDS), "note_adorned"):  # the last one is a forger's
            cur.execute(f"ALTER TYPE {line_kinds.TYPE} ADD VALUE IF NOT EXISTS '{kind}'")
    before = [dict(m) for m in (cards.REGISTRY, cards.LINES, world.DOSSIERS, ledger.TEXT_TABLES)]
    worlds = list(world._current)
    for card in CARDS:
        cards.REGISTRY[card.name()], cards.LINES[card.ledger.kind] = card, card
    world.DOSSIERS[CHAIN], ledger.TEXT_TABLES[CHAIN] = NoteDossier, "toy_text"
    roles.secure(connections["owner"])
    times.birth(born, BOOK.id, NOW)
    world.install(world.World(BOOK, KEYS, SeededRandomness(b"toy")))
    try:
        yield
    finally:
        for mine, kept in zip((cards.REGISTRY, cards.LINES, world.DOSSIERS, ledger.TEXT_TABLES), before, strict=True):
            _restore(cast("dict[str, Any]", mine), cast("dict[str, Any]", kept))
        world._current[:] = worlds
        times.forget()


def ask(query: str, *params: Any, alias: str = "default") -> list[Any]:
    """What the database answers the application (or the owner)."""
    with connections[alias].cursor() as cur:
        cur.execute(query, params)
        return list(cur.fetchall())


WRITER = Actor("writer", 11, 21, 31)
READER = Actor("reader", 12, 22, 31)
STRANGER = Actor("reader", 13, 23, 32)
CLOCK = Actor("clock")


def write(title: str = "标题", body: str = "内容", *, actor: Actor = WRITER, now: datetime = NOW,
          act_id: UUID | None = None, **more: Any) -> Done:  # fmt: skip
    """Write a note."""
    form = {"title": title, "body": body, **more}
    return perform(cast("type[Card]", WriteNote), Subject(CHAIN), form, actor=actor, now=now, act_id=act_id)


def act(card: type[Card], note: Done | int, actor: Actor, now: datetime = NOW, act_id: UUID | None = None,
        seen_seq: int | None = None, **form: Any) -> Done:  # fmt: skip
    """Perform a card on a note."""
    chain_id = note if isinstance(note, int) else note.chain.id
    subject = Subject(CHAIN, chain_id)
    return perform(card, subject, form, actor=actor, now=now, act_id=act_id, seen_seq=seen_seq)


def some_notes(count: int = 3) -> list[int]:
    """Notes with four lines each: written, amended, passed, put away."""
    notes = []
    for i in range(count):
        note = write(f"第{i}张")
        act(AmendNote, note, WRITER, NOW + timedelta(minutes=1), body=f"改过的第{i}张")
        act(PassNote, note, READER, NOW + timedelta(minutes=2), remark="好")
        notes.append(note.chain.id)
    return notes
