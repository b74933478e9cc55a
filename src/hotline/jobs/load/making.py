"""造 (making): another matter of a life that was cast, and the proof that the cards would have written the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.casework.numbers import CODE_LETTERS, matter_number
from hotline.jobs.load.casting import (
    MARK,
    NAME,
    PHONE,
    SERIAL,
    SPAN,
    WHERE,
    Cast,
    Place,
    cast,
    in_bytes,
    lots_of,
    seed_item,
)
from hotline.jobs.load.chances import Recorded, falls
from hotline.jobs.load.course import STRIDE
from hotline.jobs.load.memory import NO_SHIFT, Act, Life, Living, LookUps, Range, given
from hotline.jobs.load.stamping import FIRST_ID, ID, Unlike
from hotline.jobs.simulate.people import City
from hotline.jobs.simulate.plots import Plot
from hotline.procedure import copying, ledger
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.secrets import encrypt, place, text_hash
from hotline.procedure.world import World
from hotline.procedure.writing import EPOCH, short

NOT_CAST = (Unlike, Refused, FormErrors)
Rows = dict[str, str]
SECOND = timedelta(seconds=1)


class NotTheSame(AssertionError):
    """不相同: a matter that was made is not what the cards write. Nothing is kept."""


@dataclass(frozen=True, slots=True)
class Own:
    """自己的: what a matter has of its own: its first number, the day's serial, how much later than the life it was cast
    from, and the words."""

    first: int
    serial: int
    shift: timedelta
    where: str
    name: str
    phone: str

    def said(self, text: str) -> str:
        """A text with the matter's own words and numbers."""
        for stands, own in ((WHERE, self.where), (NAME, self.name), (PHONE, self.phone)):
            text = text.replace(stands, own)
        return ID.sub(lambda found: str(self.first + int(found[0]) - FIRST_ID), text)


@dataclass(slots=True)
class Way:
    """走法: a life in which the lots fell in one way, and how much later its matters may begin at most, so that nobody's
    act passes a mark."""

    life: Life
    chance: Recorded
    room: timedelta


class Mould:
    """模子: one plot's life, cast for each way in which its lots may fall. `span`: within which its matters begin, the
    same for all its ways. `castable`: whether the plain way and those one lot away from it could be cast; else most of
    its matters are lived one by one, which costs as much as a hundred that are cast."""

    def __init__(self, world: World, look_ups: LookUps, city: City, plot: Plot, end: datetime):
        self.world, self.look_ups, self.city, self.end = world, look_ups, city, end
        self.day = city.book.calendar.day_of(plot.at)
        self.plot = replace(plot, place=WHERE, name=plot.name and NAME, phone=plot.phone and PHONE)
        self.ways: dict[tuple[bool, ...], Way] = {}
        self.casts: dict[tuple[bool, ...], tuple[Cast, Sequence[Act]] | None] = {}
        self.span = SPAN
        likely = self._likely()
        self.castable = bool(likely) and all([self._cast(lots) for lots in likely])

    def make(self, own: Own) -> tuple[Rows, Sequence[Act] | None]:
        """The rows of one more matter, and the acts it was cast from; none where each is lived by itself."""
        lots: tuple[bool, ...] = ()
        number = matter_number(self.day, own.serial)
        while (found := self._cast(lots)) is not None:
            drawn = _drawn(self.world, found[0], own.first)
            fallen = self._fallen(found[0], drawn, number)
            if fallen is None:
                return filled(self.world, found[0], own, number, drawn), found[1]
            lots = fallen
        return self.alone(own), None

    def alone(self, own: Own) -> Rows:
        """One matter lived by itself."""
        plot = replace(self.plot, at=self.plot.at + own.shift, place=own.where, name=self.plot.name and own.name,
                       phone=self.plot.phone and own.phone)  # fmt: skip
        with given(self.world, Range(own.first, STRIDE), self.world.random):
            return copying.rows(Living(self.look_ups, own.serial, self.end).whole(self.city, plot).entry)

    def prove(self, own: Own, acts: Sequence[Act], rows: Rows) -> None:
        """Have the cards perform the same acts for this matter. Raises NotTheSame."""
        mine = [replace(act, form={k: own.said(v) for k, v in act.form.items()}) for act in acts]
        with given(self.world, Range(own.first, STRIDE), self.world.random):
            life = Living(self.look_ups, own.serial, self.end).again(mine, own.shift)
        if copying.rows(life.entry) != rows:
            raise NotTheSame(self.plot.key)

    def _fallen(self, cast_: Cast, drawn: dict[Place, bytes], number: str) -> tuple[bool, ...] | None:
        """How this matter's lots fall, up to the first that fell otherwise in the life at hand."""
        before: list[bool] = []
        for at, fell, counted in cast_.lots:
            mine = falls(self.world.book, drawn[at], number) if counted else fell
            before.append(mine)
            if mine is not fell:
                return tuple(before)
        return None

    def _likely(self) -> list[tuple[bool, ...]]:
        """The ways that lots are likely to fall: as in the plain life, or one of them otherwise. Sets the time within
        which all of these may begin."""
        try:
            plain = self._way(())
            fell = [fell for _, fell, counted in lots_of(plain.life, plain.chance) if counted]
            likely = [(), *((*fell[:i], not fell[i]) for i in range(len(fell)))]
            self.span = min(SPAN, *(self._way(lots).room for lots in likely))
        except NOT_CAST:
            return []
        return likely if self.span >= SECOND else []

    def _cast(self, lots: tuple[bool, ...]) -> tuple[Cast, Sequence[Act]] | None:
        if lots not in self.casts:
            try:
                self.casts[lots] = self._lived(lots)
            except NOT_CAST:
                self.casts[lots] = None
        return self.casts[lots]

    def _way(self, lots: tuple[bool, ...]) -> Way:
        if lots not in self.ways:
            life, chance = self._live(lots)
            if life.refused:  # what a refused card drew is not the life's
                life, chance = self._live(lots, life.acts)
            self.ways[lots] = Way(life, chance, room_of(life.acts))
        return self.ways[lots]

    def _live(self, lots: tuple[bool, ...], acts: Sequence[Act] | None = None, shift: timedelta = NO_SHIFT
              ) -> tuple[Life, Recorded]:  # fmt: skip
        chance = Recorded(self.world.book, matter_number(self.day, SERIAL), lots)
        with given(self.world, Range(FIRST_ID, STRIDE), chance):
            living = Living(self.look_ups, SERIAL, self.end)
            life = living.whole(self.city, self.plot, SPAN) if acts is None else living.again(acts, shift)
        return life, chance

    def _lived(self, lots: tuple[bool, ...]) -> tuple[Cast, Sequence[Act]]:
        way = self._way(lots)
        if not SECOND <= self.span <= way.room:
            raise Unlike("somebody's act would pass a mark")
        later = self._live(lots, way.life.acts, self.span)
        return cast((way.life, way.chance), later, self.span, self.world.keys, self.day), way.life.acts


def room_of(acts: Sequence[Act]) -> timedelta:
    """How much later all acts may be, so that none passes a mark."""
    return min(MARK - (act.at - EPOCH) % MARK for act in acts) // SECOND * SECOND - SECOND


def _drawn(world: World, cast_: Cast, first: int) -> dict[Place, bytes]:
    """What the matter's own acts draw, each from its own source, in their order."""
    found: dict[Place, bytes] = {}
    seq, source = -1, world.random
    for at, count in cast_.draws:
        if at[0] != seq:
            seq = at[0]
            source = world.random.of("matter", first, seq)
        found[at] = source.take(count)
    return found


def filled(world: World, cast_: Cast, own: Own, number: str, drawn: dict[Place, bytes]) -> Rows:
    """The rows of one matter."""
    values = [""] * cast_.holes
    words = {"number": number, "where": own.where, "name": own.name, "phone": own.phone}
    words |= {f"{name} in bytes": in_bytes(word) for name, word in words.items()}
    for hole, name in cast_.words.items():
        values[hole] = words[name]
    for hole, away in cast_.ids.items():
        values[hole] = str(own.first + away)
    for hole, later in cast_.instants.items():
        values[hole] = later(own.shift)
    for hole, at in (*cast_.salts.items(), *cast_.seeds.items()):
        values[hole] = drawn[at].hex()
    for hole, at in cast_.seed_items.items():
        values[hole] = seed_item(drawn[at])
    for at, body, in_hex, in_short in cast_.texts:
        digest = text_hash(drawn[at], body.fill(values))
        values[in_hex], values[in_short] = digest.hex(), short(digest)
    _sealed(world, cast_, own, number, drawn, values)
    before = ledger.GENESIS
    for text, hole in cast_.lines:
        before = ledger.line_hash(before, text.fill(values))
        values[hole] = before.hex()
    return {table: stamp.fill(values) for table, stamp in cast_.tables.items()}


def _sealed(world: World, cast_: Cast, own: Own, number: str, drawn: dict[Place, bytes], values: list[str]) -> None:
    """Keys, ciphertexts and indexes."""
    keys = world.keys
    for away, key, nonce, hole in cast_.wrapped:
        values[hole] = keys.wrap(own.first + away, drawn[key], drawn[nonce]).hex()
    for one, in_hex, in_short in cast_.secrets:
        row = own.first + one.row - FIRST_ID
        plain = own.said(one.plain).encode()
        value = encrypt(drawn[one.key], plain, place(one.table, row, one.field), drawn[one.nonce])
        values[in_hex], values[in_short] = value.hex(), short(value)
    if cast_.code:
        letters = "".join(CODE_LETTERS[byte & 31] for byte in drawn[cast_.code[0]])
        values[cast_.code[1]] = keys.code_index(number + letters).hex()
    if cast_.phone is not None:
        values[cast_.phone] = keys.phone_index(own.phone).hex()
