"""总览的读取 (at home): what waits for a post on each of its lists, what of it falls due today, and what others did on it
since they last looked. Composed of the desks' own questions, so that nobody sees more by it; of a list no more than
`MANY` rows are looked at, and the first `GLANCE` for what has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Case, F, QuerySet, When
from django.db.models.expressions import RawSQL

from hotline.casework import alike, desks, keyset
from hotline.casework.barring import about_ids
from hotline.casework.desks import MANY
from hotline.casework.linked import NAMES
from hotline.casework.lists import NOW, TONIGHT, DeskSpec
from hotline.casework.rows import LOCKED
from hotline.casework.statuses import WORKING, OrderStatus
from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES
from hotline.procedure.ledger import CHAIN_KINDS, LineMeta

MOST_TODAY, MOST_CHANGED, GLANCE = 12, 99, 100
SINCE = datetime(1, 1, 4, tzinfo=NOW.tzinfo)  # in the place of the instant since which something has changed
LETTERS = {OrderStatus.FILED}
Compose = Callable[[Actor, Unit | None], alike.Question]
Part = tuple[str, Sequence[Any]]
LINE = ", ".join(f"l.{name}" for name in LineMeta.COLUMNS)
SAID = (f"CASE WHEN m.locked THEN '{LOCKED}' ELSE (SELECT t.body FROM casework_text t WHERE t.matter_id = m.id"
         " AND t.id = m.gist_id) END")  # fmt: skip

# What was found on the desk a moment ago, looked up whole. A matter's own row has no order: its number is none of one.
TODAY = f"""SELECT d.list, d.owed, m.number, m.kind, {SAID},
    coalesce(o.due_clause, CASE WHEN d.owed = m.promised_at THEN m.promised_clause END),
    coalesce(o.due_provisional, false),
    coalesce(o.urgent, m.urgent), coalesce(o.received_at, m.registered_at)
    FROM unnest(%s::timestamptz[], %s::int4[], %s::int8[], %s::int8[]) AS d(owed, list, matter_id, row_id)
    JOIN casework_matter m ON m.id = d.matter_id
    LEFT JOIN casework_order o ON o.matter_id = d.matter_id AND o.id = d.row_id
    ORDER BY d.owed, d.list, d.matter_id"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """一张清单上等着的: how many, since when the first of them, how many of these are overdue and due today; of the
    latter the first: matter, row and by when."""

    spec: DeskSpec
    count: int
    since: datetime | None
    overdue: int
    today: int
    first: Sequence[tuple[int, int, datetime]] = ()


@dataclass(frozen=True, slots=True)
class DueToday:
    """今天到期的一件: on which list, with its date; `clause` where it is the order's own date."""

    spec: DeskSpec
    at: datetime
    number: str
    kind: str
    gist: str
    clause: str | None
    provisional: bool
    urgent: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """一处变化: the last line that somebody else, or the clock, wrote on a matter at one's desk."""

    number: str
    gist: str
    line: LineMeta


def waiting(actor: Actor, unit: Unit | None, now: datetime, tz: ZoneInfo) -> list[Waiting]:
    """Every list of a post, as it stands; one statement."""
    return stands(_waiting, desks.desks_of(actor), actor, unit, now, tz)


def stands(compose: Compose, specs: Sequence[DeskSpec], actor: Actor, unit: Unit | None, now: datetime,
           tz: ZoneInfo) -> list[Waiting]:  # fmt: skip
    """These lists as they stand; one statement."""
    lists = list[Waiting]()
    for at, count, since, overdue, due, *first in sorted(asked(compose, actor, unit, now, now, tz), key=itemgetter(0)):
        lists.append(Waiting(specs[at], count, since, overdue, due, [*zip(*first, strict=True)] if due else ()))
    return lists


def today(lists: Sequence[Waiting]) -> list[DueToday]:
    """What falls due from now to the end of the day on these lists of a post, soonest first, as far as it is shown; one
    statement, none where nothing does."""
    due = sorted((owed, at, matter_id, row_id) for at, one in enumerate(lists) for matter_id, row_id, owed in one.first)
    if not due:
        return []
    with connection.cursor() as cur:
        cur.execute(TODAY, [*map(list, zip(*due[:MOST_TODAY], strict=True))])
        return [DueToday(lists[row[0]].spec, *row[1:]) for row in cur.fetchall()]


def changes(actor: Actor, unit: Unit | None, since: datetime, tz: ZoneInfo) -> list[Change]:
    """What others did since then, each matter once, newest first, one more than is counted; one statement."""
    rows = asked(_changes, actor, unit, since, since, tz)
    return [Change(row[0], row[1], LineMeta(*row[2:])) for row in rows]


def owed_by(spec: DeskSpec) -> tuple[str, str]:
    """By when something is owed of a row of this list, as the list itself has it, but for what stands in others too."""
    return ("", "") if spec.across else spec.owed


def waits_since(spec: DeskSpec) -> str:
    """Since when a row stands on this list, as far as its columns tell."""
    told = [name.removesuffix("__isnull") for name, wanted in spec.where.items() if wanted is False]
    asked = next((name for name in told if name.endswith("_at")), "")
    if asked or spec.begins:
        return asked or spec.by
    if not spec.orders:
        return "registered_at"
    return "filed_at" if set(spec.statuses) <= LETTERS else "received_at"


def asked(compose: Compose, actor: Actor, unit: Unit | None, now: datetime, since: datetime,
           tz: ZoneInfo) -> list[tuple[Any, ...]]:  # fmt: skip
    query, params = alike.asked(compose, actor, unit)
    with connection.cursor() as cur:
        cur.execute(query, [since if value == SINCE else value for value in keyset.at(params, now, tz)])
        found: list[tuple[Any, ...]] = cur.fetchall()
        return found


def rows_of(actor: Actor, unit: Unit | None, spec: DeskSpec) -> QuerySet[Any]:
    """The rows of a list, with what is owed of each and by when, as long as that is still owed."""
    column, _ = owed_by(spec)
    owed = F(column) if column else RawSQL("NULL::timestamptz", [])
    still = Case(When(status__in=WORKING, then=owed)) if column == "due_at" else owed
    rows: QuerySet[Any] = desks.listed(actor, unit, spec, desks.BARRED).annotate(owed=still, since=F(waits_since(spec)))
    return rows


def joined(actor: Actor, parts: Sequence[Part], begins: str, ends: str = "", more: Sequence[Any] = (),
            ) -> alike.Question:  # fmt: skip
    """The parts as one question; what is about whoever asks is found once for all of them."""
    barred, nobody = about_ids(actor).query.sql_with_params()
    every = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
    values = [*nobody, *(value for _, params in parts for value in params), *more]
    return alike.settled((f"WITH barred AS MATERIALIZED ({barred}) {begins}{every}{ends}", values))


def _waiting(actor: Actor, unit: Unit | None) -> alike.Question:
    return figures(desks.desks_of(actor), actor, unit)


def figures(specs: Sequence[DeskSpec], actor: Actor, unit: Unit | None) -> alike.Question:
    """Of each list the figures, and the keys of the first that fall due today."""
    parts, today = [], "FILTER (WHERE owed > %s AND owed <= %s)"
    first = [f"(array_agg({name} ORDER BY owed, matter_id) {today})[:{MOST_TODAY}]"
             for name in ("matter_id", "row_id", "owed")]  # fmt: skip
    for at, spec in enumerate(specs):
        rows = rows_of(actor, unit, spec).values_list("since", "owed", "matter_id" if spec.orders else "id", "id")
        sql, params = rows[: MANY + 1].query.sql_with_params()
        counted = (f"SELECT {at}, count(*), min(since), count(*) FILTER (WHERE owed <= %s), count(*) {today},"
                   f" {', '.join(first)} FROM ({sql}) AS q(since, owed, matter_id, row_id)")  # fmt: skip
        parts.append((counted, [NOW, *(NOW, TONIGHT) * 4, *params]))
    return joined(actor, parts, "")


def _changes(actor: Actor, unit: Unit | None) -> alike.Question:
    """Chains that have grown since, by their heads; then of each the last line that somebody else wrote, and that names
    no other matter (R-21)."""
    lists = [spec for spec in desks.desks_of(actor) if not spec.across]
    parts: list[Part] = []
    for spec in lists:
        rows = desks.listed(actor, unit, spec, desks.BARRED)
        parts.append(rows.values_list("matter_id" if spec.orders else "id")[:GLANCE].query.sql_with_params())
    named = ", ".join(f"'{kind}'" for kind, card in sorted(LINES.items()) if NAMES & set(card.ledger.facts))
    code = CHAIN_KINDS["matter"]
    begins = (f"SELECT m.number, {SAID}, {LINE} FROM (SELECT h.chain_id, h.at FROM procedure_chainhead h"
              f" WHERE h.chain_kind = {code} AND h.chain_id IN (")  # fmt: skip
    ends = (f") AND h.at > %s ORDER BY h.at DESC LIMIT {MOST_CHANGED + 1}) h JOIN LATERAL (SELECT l.* FROM"
            f" procedure_ledgerline l WHERE l.chain_id = h.chain_id AND l.chain_kind = {code} AND (l.at > %s) IS TRUE"
            f" AND procedure_person(l.rest) IS DISTINCT FROM %s AND l.kind NOT IN ({named})"
            " ORDER BY l.seq DESC LIMIT 1) l ON true"
            " JOIN casework_matter m ON m.id = h.chain_id ORDER BY l.at DESC, l.chain_id")  # fmt: skip
    return joined(actor, parts, begins, ends, (SINCE, SINCE, actor.person_id))
