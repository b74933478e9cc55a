"""铸 (casting): a life that was lived once, with its parts told apart: what every matter of that life has in common, and
what each has of its own: numbers, instants, words, salts, keys, ciphertexts, the hashes of its lines.

Which parts these are is not said anywhere but found: the life is lived twice by the cards, the second time with all of
people's acts later by a span. An instant either stays (the end of a limit) or moves with the acts; a life in which
anything else differs is not cast. What was drawn and what was hashed or encrypted is known again by its bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hotline.casework.numbers import CODE_LENGTH, CODE_LETTERS
from hotline.casework.records import Citizen, Matter, PersonKey, Text
from hotline.jobs.load.chances import LOT, Place, Recorded
from hotline.jobs.load.memory import Life
from hotline.jobs.load.stamping import FIRST_ID, ID, SHOWN, Cutter, Stamp, Unlike, mover
from hotline.procedure import copying, ledger
from hotline.procedure.packing import instants
from hotline.procedure.secrets import NONCE, Keys, decrypt, place, text_hash
from hotline.procedure.tokens import with_length
from hotline.procedure.writing import EPOCH, MICROSECOND, short

SPAN = timedelta(minutes=29)  # matters of one life begin within this time at most, and as nobody's act passes a mark
MARK = timedelta(minutes=30)  # instants at which a rule may begin or end to hold: hours, office hours, days
SERIAL = 987_654  # stands for the day's number of the matter to come
WHERE, NAME, PHONE = "某地某街某处", "某某某", "00099999999"  # stand for the matter's own


@dataclass(frozen=True, slots=True)
class Secret:
    """密文: which row's which field, under which key, by which nonce, and what it says; the key is a draw."""

    table: str
    row: int
    field: str
    key: Place
    nonce: Place
    plain: str


@dataclass(slots=True)
class Cast:
    """铸件: everything needed to make another matter of the same life. Holes are numbers into a list of values."""

    day: date
    draws: tuple[tuple[Place, int], ...] = ()
    lots: tuple[tuple[Place, bool, bool], ...] = ()  # where, how it fell, whether it counted
    seeds: dict[int, Place] = field(default_factory=dict)
    seed_items: dict[int, Place] = field(default_factory=dict)
    salts: dict[int, Place] = field(default_factory=dict)
    texts: list[tuple[Place, Stamp, int, int]] = field(default_factory=list)  # salt, body, hash in two spellings
    wrapped: list[tuple[int, Place, Place, int]] = field(default_factory=list)  # owner, key, nonce, hole
    secrets: list[tuple[Secret, int, int]] = field(default_factory=list)
    code: tuple[Place, int] | None = None
    phone: int | None = None
    words: dict[int, str] = field(default_factory=dict)
    ids: dict[int, int] = field(default_factory=dict)
    instants: dict[int, Callable[[timedelta], str]] = field(default_factory=dict)
    lines: list[tuple[Stamp, int]] = field(default_factory=list)
    tables: dict[str, Stamp] = field(default_factory=dict)
    holes: int = 0


class Known:
    """认得的: the parts of one life that are known by their bytes, under the same names in every life alike."""

    def __init__(self, life: Life, chance: Recorded, keys: Keys):
        self.life, self.chance, self.keys = life, chance, keys
        self.by_bytes = {value: at for at, value in chance.drawn.items()}
        self.used: set[Place] = set()
        self.parts: dict[tuple[Any, ...], str] = {}
        self.secrets: dict[tuple[Any, ...], Secret] = {}
        self.keys_of: dict[int, Place] = {}
        self.nonces: dict[int, Place] = {}
        self._all()

    def at(self, value: bytes) -> Place:
        """Where these bytes were drawn. Raises Unlike."""
        if value not in self.by_bytes:
            raise Unlike("bytes that nobody drew")
        self.used.add(self.by_bytes[value])
        return self.by_bytes[value]

    def _all(self) -> None:
        matter = self.life.dossier.matter
        words = {"number": matter.number, "where": WHERE, "name": NAME, "phone": PHONE}
        self.parts.update({(what,): text for what, text in words.items()})
        self.parts.update({(f"{what} in bytes",): in_bytes(text) for what, text in words.items()})
        for row in self.life.out.inserts:
            if isinstance(row, Text) and row.salt is not None:
                self._text(row)
            if isinstance(row, PersonKey):
                self._key(row)
        self._people()
        self._code(matter)
        for at, value in self.chance.drawn.items():
            if len(value) == LOT:
                self.parts["seed", at] = value.hex()
                self.parts["seed item", at] = seed_item(value)
                self.used.add(at)
        for line in self.life.out.lines:
            self.parts["line", line.seq] = line.hash.hex()
        if self.used != self.chance.drawn.keys():
            raise Unlike("something was drawn of which nobody knows the use")

    def _text(self, row: Text) -> None:
        assert row.salt is not None
        digest = text_hash(row.salt, row.body)
        self.parts["salt", row.id, self.at(row.salt)] = row.salt.hex()
        self.parts["text", row.id] = digest.hex()
        self.parts["text short", row.id] = short(digest)

    def _key(self, row: PersonKey) -> None:
        self.nonces[row.id] = self.at(row.wrapped[:NONCE])
        self.keys_of[row.id] = self.at(self.keys.unwrap(row.id, row.wrapped, row.master_id))
        self.parts["wrapped", row.id] = row.wrapped.hex()

    def _people(self) -> None:
        for citizen in self.life.dossier.all(Citizen):
            if citizen.phone_index:
                self.parts["phone index",] = citizen.phone_index.hex()
        for line in self.life.out.lines:
            for table, row, name, value in ledger.read(line.text).sealed:
                self._secret(table, row, name, ledger.unshort(value))

    def _secret(self, table: str, row: int, name: str, value: bytes) -> None:
        key = self.keys_of[row]
        plain = decrypt(self.chance.drawn[key], value, place(table, row, name)).decode()
        self.secrets[table, row, name] = Secret(table, row, name, key, self.at(value[:NONCE]), plain)
        self.parts["secret", table, row, name] = value.hex()
        self.parts["secret short", table, row, name] = short(value)

    def _code(self, matter: Matter) -> None:
        for value in self.chance.drawn.values():
            letters = "".join(CODE_LETTERS[byte & 31] for byte in value)
            if len(value) == CODE_LENGTH and self.keys.code_index(matter.number + letters) == matter.code_index:
                self.parts["code", self.at(value)] = matter.code_index.hex()


def seed_item(seed: bytes) -> str:
    """A seed among the facts of a line, alone or in its reason, as COPY takes it: its letters as bytes."""
    return seed.hex().encode().hex()


def in_bytes(text: str) -> str:
    """A text within the bytes of a line, its length before it, as COPY takes them."""
    return with_length(text.encode()).hex()


def cast(first: tuple[Life, Recorded], later: tuple[Life, Recorded], span: timedelta, keys: Keys,
         day: date) -> Cast:  # fmt: skip
    """Cast a life from what it was at two instants. Raises Unlike."""
    one, two = Known(*first, keys), Known(*later, keys)
    if one.parts.keys() != two.parts.keys() or len(first[0].out.lines) != len(later[0].out.lines):
        raise Unlike("not the same life")
    names = sorted(one.parts, key=lambda name: -len(one.parts[name]))
    made, place_of = Cast(day), {name: i for i, name in enumerate(names)}
    holes = {f"\x00{i}": i for i in range(len(names))}
    cutter = Cutter(span, {one.parts[n]: place_of[n] for n in names}, {two.parts[n]: place_of[n] for n in names}, holes)
    _draws(made, one)
    _fill_in(made, one, place_of, cutter)
    for mine, theirs in zip(first[0].out.lines, later[0].out.lines, strict=True):
        made.lines.append((cutter.cut(mine.text, theirs.text), place_of["line", mine.seq]))
    rows, then = _rows(first[0]), _rows(later[0])
    made.tables = {table: cutter.cut(rows[table], then[table]) for table in rows}
    words = [first[0].dossier.matter.number, WHERE, NAME, PHONE]
    if any(word.encode().hex() in part for word in words for part in made.tables[copying.LINES].parts):
        raise Unlike("a word within a longer one, whose length nobody would put right")
    for text, hole in holes.items():
        if ID.fullmatch(text):
            made.ids[hole] = int(text) - FIRST_ID
        elif not text.startswith("\x00"):
            made.instants[hole] = mover(text)
    made.holes = len(holes)
    return made


def _rows(life: Life) -> dict[str, str]:
    """The rows of a life as COPY takes them, but for the instants within the bytes of its lines: these are shown."""
    found = copying.rows(life.entry)
    for line in life.out.lines:
        found[copying.LINES] = found[copying.LINES].replace(line.rest.hex(), shown(line.chain_id, line.rest), 1)
    return found


def shown(chain_id: int, rest: bytes) -> str:
    """What is packed of a line as COPY takes it, its instants between marks."""
    said, at = "", 0
    for begins, ends, value in instants(chain_id, rest):
        said += f"{rest[at:begins].hex()}{SHOWN}{(value - EPOCH) // MICROSECOND}{SHOWN}"
        at = ends
    return said + rest[at:].hex()


def _draws(made: Cast, known: Known) -> None:
    """What was drawn, in order, and which of it were lots; the seed of one that counted stands in its reason, too."""
    drawn = known.chance.drawn
    made.draws = tuple((at, len(drawn[at])) for at in sorted(drawn))
    made.lots = lots_of(known.life, known.chance)


def lots_of(life: Life, chance: Recorded) -> tuple[tuple[Place, bool, bool], ...]:
    """The lots of a life: where each was drawn, how it fell, whether it counted."""
    written = "".join(line.text for line in life.out.lines)
    lots = [at for at in sorted(chance.drawn) if len(chance.drawn[at]) == LOT]
    return tuple((at, chance.fell[at], written.count(chance.drawn[at].hex()) > 1) for at in lots)


def _fill_in(made: Cast, known: Known, place_of: Mapping[tuple[Any, ...], int], cutter: Cutter) -> None:
    """How the value of each known part is made; its other spelling, and a line's hash, come with something else."""
    simple = {"seed": made.seeds, "seed item": made.seed_items, "salt": made.salts}
    for (what, *rest), hole in place_of.items():
        if what.removesuffix(" in bytes") in ("number", "where", "name", "phone"):
            made.words[hole] = what
        elif what in simple:
            simple[what][hole] = rest[-1]
        elif what == "code":
            made.code = rest[0], hole
        elif what == "phone index":
            made.phone = hole
    _texts(made, known, place_of, cutter)
    _ciphers(made, known, place_of)


def _texts(made: Cast, known: Known, place_of: Mapping[tuple[Any, ...], int], cutter: Cutter) -> None:
    for what, *rest in place_of:
        if what == "salt":
            text_id, at = rest
            body = known.life.dossier.get(Text, text_id).body
            hashes = place_of["text", text_id], place_of["text short", text_id]
            made.texts.append((at, cutter.cut(body, body), *hashes))


def _ciphers(made: Cast, known: Known, place_of: Mapping[tuple[Any, ...], int]) -> None:
    for owner, key in known.keys_of.items():
        made.wrapped.append((owner - FIRST_ID, key, known.nonces[owner], place_of["wrapped", owner]))
    for where, one in known.secrets.items():
        made.secrets.append((one, place_of["secret", *where], place_of["secret short", *where]))
