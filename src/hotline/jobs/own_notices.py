"""本人的消息 (own notices): what has happened at people's desks since the loop last read on in the ledger, put into the
outbox for those who chose to have it sent, too (R-44). No act pays for it; what it makes and up to where it has read
are one transaction, so that nothing is made twice. Written at delivery, and only where it still holds then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from hotline.casework import at_home, concerned, left
from hotline.casework.standing import Standing, standing
from hotline.gateways import mail
from hotline.network import choices, wordings
from hotline.network.choices import Chooser
from hotline.network.notice_groups import CHOICES
from hotline.network.roles import UNIT
from hotline.procedure import outbox, times
from hotline.procedure.card import LINES, REGISTRY
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.outbox import Rendered, Waiting
from hotline.procedure.perform import raw
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules import own_notices as rules

NAME, PREFIX = "own_notices", "own_"
LAG = timedelta(seconds=60)  # after which whatever was written at an instant is there to be read
MOST = 5_000  # lines a turn
PRESSING = ("urge", "supervise", "note_supervision_late", "look_below", "inspect", "instruct", "remind", "give_yellow",
            "give_red", "give_red_for_false_reply", "mark_send_back", "note_inner_late", "remind_leader",
            "note_decision_late")  # fmt: skip
_MATTER = CHAIN_KINDS["matter"]
_BEGIN = "INSERT INTO procedure_readthrough (name, at) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"
_HOLD = "SELECT at FROM procedure_readthrough WHERE name = %s FOR UPDATE SKIP LOCKED"
_ON = "UPDATE procedure_readthrough SET at = %s WHERE name = %s"
_LINES = (
    "SELECT chain_id, seq, at, kind, procedure_person(rest) FROM procedure_ledgerline"
    f" WHERE chain_kind = {_MATTER} AND at > %s AND at <= %s ORDER BY at FETCH FIRST %s ROWS WITH TIES"
)
_LINE = f"SELECT kind, at FROM procedure_ledgerline WHERE chain_kind = {_MATTER} AND chain_id = %s AND seq = %s"
_PUT = """
INSERT INTO procedure_outboxmessage (id, chain_kind, chain_id, template, to_kind, to_id, refs, next_try_at)
VALUES (nextval('procedure_ids'), %s, %s, %s, 'person', %s, %s, %s)
"""


class Line(NamedTuple):
    """一行: what was done on a matter, and by whom."""

    matter_id: int
    seq: int
    at: datetime
    kind: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """要发的一条: to whom, of which group, about which matter (0: about the day), which line or day."""

    chooser: Chooser
    group: str
    matter_id: int
    of: int

    def rows(self, now: datetime) -> Iterator[tuple[Any, ...]]:
        """One message for each way in which it goes out, at the first hour at which it may."""
        at = rules.next_at(current().book, self.chooser.choice.hours, now)
        actor = self.chooser.actor
        for way in self.chooser.ways(self.group):
            if way == "mail" and not mail.configured(times.birth_record().born):
                continue
            refs = {"post_id": actor.post_id, "matter_id": self.matter_id, "of": self.of, "way": CHOICES.index(way)}
            chain = (_MATTER, self.matter_id) if self.matter_id else (CHAIN_KINDS["post"], actor.post_id)
            yield (*chain, PREFIX + self.group, actor.person_id, Jsonb(refs), at)


class OwnNotices:
    """本人的消息: reads on in the ledger and puts into the outbox what people chose to have sent."""

    every = 15.0

    def turn(self) -> bool:
        """One portion; true when more waits. Whoever comes while another reads leaves it to them."""
        now, conn = times.now(), raw()
        with conn.transaction(), conn.cursor() as cur:
            cur.execute(_BEGIN, (NAME, now - LAG))
            held = cur.execute(_HOLD, (NAME,)).fetchone()
            if held is None or held[0] >= now - LAG:
                return False
            everybody = choices.everybody(cur, now)
            lines = _read(cur, held[0], now - LAG) if everybody else []
            through = lines[-1].at if len(lines) >= MOST else now - LAG
            notices = [*_happened(everybody, lines, held[0]), *_of_the_day(everybody, held[0], through)]
            if rows := [row for one in notices for row in one.rows(now)]:
                cur.executemany(_PUT, rows)
            cur.execute(_ON, (through, NAME))
        return through < now - LAG


def _read(cur: Cur, since: datetime, until: datetime) -> list[Line]:
    return [Line(*row) for row in cur.execute(_LINES, (since, until, MOST)).fetchall()]


def _happened(everybody: Sequence[Chooser], lines: Sequence[Line], since: datetime) -> list[Notice]:
    """To each person once what concerns them in whichever post: what stands at their desk, and what left it."""
    if not lines:
        return []
    by_matter: dict[int, list[Line]] = {}
    for line in lines:
        by_matter.setdefault(line.matter_id, []).append(line)
    places, until = concerned.at_desks(list(by_matter)), lines[-1].at
    found: dict[tuple[int, int, str], Notice] = {}
    for one in everybody:
        role, unit = one.actor.role, one.unit.id
        here = standing(one.actor, one.unit, by_matter) if (role, unit if role in UNIT else None) in places else {}
        for notice in (*_at_desk(one, here, by_matter), *_left(one, here, since, until)):
            found.setdefault((one.choice.person_id, notice.matter_id, notice.group), notice)
    return list(found.values())


def _at_desk(one: Chooser, here: Mapping[int, Standing], by_matter: Mapping[int, Sequence[Line]]) -> Iterator[Notice]:
    for matter_id, stands in here.items():
        others = [line for line in by_matter[matter_id] if line.person_id != one.choice.person_id]
        if others:
            group, line = _group(stands, others)
            yield Notice(one, group, matter_id, line.seq)


def _group(stands: Standing, lines: Sequence[Line]) -> tuple[str, Line]:
    """Of which group it is, and the line that says so: what presses before what is new there, before all else."""
    pressing = [line for line in lines if line.kind in _kinds()]
    if pressing:
        return "pressing", pressing[-1]
    came = [line for line in lines if LINES[line.kind].moves.to or line.at == stands.since]
    return ("arrived", came[-1]) if came else ("changed", lines[-1])


def _kinds() -> frozenset[str]:
    return frozenset(REGISTRY[name].ledger.kind for name in PRESSING)


def _left(one: Chooser, here: Mapping[int, Standing], since: datetime, until: datetime) -> Iterator[Notice]:
    if one.ways("left"):
        for gone in left.left(one.actor, one.unit, since, current().book.tz):
            if gone.line.at <= until and gone.line.chain_id not in here:
                yield Notice(one, "left", gone.line.chain_id, gone.line.seq)


def _of_the_day(everybody: Sequence[Chooser], since: datetime, through: datetime) -> Iterator[Notice]:
    """Once a day, when it has begun."""
    today = _day(through)
    if _day(since) < today:
        yield from (Notice(one, "due", 0, today.toordinal()) for one in everybody)


def _day(at: datetime) -> date:
    return at.astimezone(current().book.tz).date()


def _until(at: datetime | None) -> str:
    """By when something is owed, said plainly: 24:00 belongs to the day that ends."""
    if at is None:
        return ""
    local = at.astimezone(current().book.tz)
    ends = local.hour == local.minute == 0
    day = local - timedelta(days=1) if ends else local
    return wordings.part("until", day=f"{day.month}月{day.day}日 {'24:00' if ends else f'{local:%H:%M}'}")


Gaps = dict[str, str] | None  # None: there is nothing to be told any more


def _of_a_list(cur: Cur, one: Chooser, refs: Mapping[str, int], now: datetime) -> Gaps:
    """What was done, and by when what is owed, where it still stands at this desk."""
    stands = standing(one.actor, one.unit, [refs["matter_id"]]).get(refs["matter_id"])
    line = cur.execute(_LINE, (refs["matter_id"], refs["of"])).fetchone()
    if stands is None or line is None:
        return None
    return {"number": stands.number, "list": stands.spec.title, "what": LINES[line[0]].term,
            "until": _until(stands.owed)}  # fmt: skip


def _of_what_left(cur: Cur, one: Chooser, refs: Mapping[str, int], now: datetime) -> Gaps:
    """That it is gone, unless it has come back, or turned out to be about whoever is told (R-21)."""
    matter_id, line = refs["matter_id"], cur.execute(_LINE, (refs["matter_id"], refs["of"])).fetchone()
    if line is None or standing(one.actor, one.unit, [matter_id]):
        return None
    rows = left.left(one.actor, one.unit, line[1] - timedelta.resolution, current().book.tz)
    gone = next((row for row in rows if (row.line.chain_id, row.line.seq) == (matter_id, refs["of"])), None)
    if gone is None:
        return None
    return {"number": gone.number, "what": (REGISTRY["recall"] if gone.recalled else LINES[gone.line.kind]).term}


def _of_today(cur: Cur, one: Chooser, refs: Mapping[str, int], now: datetime) -> Gaps:
    """How many fall due today and are overdue; nothing on another day, or where none does."""
    waiting = at_home.waiting(one.actor, one.unit, now, current().book.tz)
    own = [lists for lists in waiting if lists.spec.awaits(one.actor.role)]
    count, late = sum(lists.today for lists in own), sum(lists.overdue for lists in own)
    if not count or _day(now).toordinal() != refs["of"]:
        return None
    return {"count": str(count), "late": wordings.line("late", count=str(late)) if late else ""}


_FILLED: dict[str, Callable[[Cur, Chooser, Mapping[str, int], datetime], Gaps]] = {
    **dict.fromkeys(("arrived", "pressing", "changed"), _of_a_list), "due": _of_today, "left": _of_what_left}


def own(cur: Cur, message: Waiting) -> Rendered | None:
    """To somebody's own telephone or mailbox, as long as they want it and it still holds."""
    now, group, way = times.now(), message.template.removeprefix(PREFIX), CHOICES[message.refs["way"]]
    one = choices.one(cur, message.to_id, message.refs["post_id"], now)
    to = one.address(current().keys, way) if one and way in one.ways(group) else ""
    gaps = _FILLED[group](cur, one, message.refs, now) if one and to else None
    if gaps is None:
        return None
    text = wordings.written(message.template, **gaps)
    return Rendered(to, text) if way == "sms" else Rendered(mail.TO + to, f"{wordings.line('mail_subject')}\n{text}")


outbox.worded(own, *(PREFIX + group for group in rules.GROUPS))
