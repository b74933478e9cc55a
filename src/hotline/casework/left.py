"""离手的 (left): what left one's desk since one last looked: taken back, given back, ended or withdrawn, put before
somebody no longer, or done by a colleague. Of what one may read no longer it says the number and that it is gone, and
nothing else: no words of it, not who took it. What is about whoever asks is not there at all (R-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from hotline.casework import alike, desks, submissions
from hotline.casework.at_home import GLANCE, LINE, MOST_CHANGED, SAID, SINCE, Change, Part, asked, changes, joined
from hotline.casework.models import Order, Submission
from hotline.casework.narrowing import GONE
from hotline.casework.records import Order as OrderRecord
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.network.records import Unit
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES
from hotline.procedure.ledger import CHAIN_KINDS, LineMeta
from hotline.procedure.line_kinds import TYPE

AWAY = (OrderStatus.RETURNED, OrderStatus.RECALLED, OrderStatus.ENDED)
# What a colleague did in one's place, by its line, where the order then stands on none of one's own lists.
DRAFTS = ("filed", "reply_drafted")
SIGNS = ("draft_handed_back", "extension_agreed", "extension_disagreed", "return_agreed", "return_disagreed",
         "signed_off")  # fmt: skip
COLLEAGUES: dict[str, tuple[str, ...]] = {Role.CLERK: DRAFTS, Role.DEPUTY: SIGNS, Role.HEAD: SIGNS}
TOOK_BACK = "submission_withdrawn"


@dataclass(frozen=True, slots=True)
class Left:
    """离手的一件: the line by which it left; `shown`: whether one may still read it, `gist` empty where not."""

    number: str
    gist: str
    shown: bool
    line: LineMeta

    @property
    def recalled(self) -> bool:
        """Whether it was taken away, by whomever: of that everybody hears the same."""
        return self.line.kind in _kinds(OrderStatus.RECALLED)


def news(actor: Actor, unit: Unit | None, since: datetime, tz: ZoneInfo) -> list[Change | Left]:
    """What others did on what waits for this post, and what left it, each matter once, newest first; one more than is
    counted. Two statements, one for the office."""
    here = changes(actor, unit, since, tz)
    still = {one.line.chain_id for one in here}
    gone = {one.line.chain_id: one for one in reversed(left(actor, unit, since, tz)) if one.line.chain_id not in still}
    every: list[Change | Left] = [*here, *gone.values()]
    every.sort(key=lambda one: (one.line.at, one.line.chain_id), reverse=True)
    return every[: MOST_CHANGED + 1]


def left(actor: Actor, unit: Unit | None, since: datetime, tz: ZoneInfo) -> list[Left]:
    """What left this desk since then by somebody else's act, newest first; one statement, none for the office's
    posts, whose lists are all of theirs together."""
    if actor.role not in UNIT and actor.role != Role.LEADER:
        return []
    rows = asked(_compose, actor, unit, since, since, tz)[: MOST_CHANGED + 1]
    return [Left(row[0], row[1], row[2], LineMeta(*row[3:])) for row in rows]


@cache
def _kinds(*to: str) -> tuple[str, ...]:
    """The lines by which an order comes to one of these statuses."""
    of_orders = {kind: card.moves for kind, card in LINES.items() if card.moves.record is OrderRecord}
    return tuple(sorted(kind for kind, moves in of_orders.items() if moves.to in to))


def _compose(actor: Actor, unit: Unit | None) -> alike.Question:
    parts = [_put_before(actor)] if unit is None or actor.role not in UNIT else [_gone(unit), _taken(actor, unit)]
    code = CHAIN_KINDS["matter"]
    begins = f"SELECT m.number, CASE WHEN d.shown THEN {SAID} ELSE '' END, d.shown, {LINE} FROM ("
    ends = (") d JOIN procedure_chainhead h ON h.chain_id = d.matter_id"
            f" AND h.chain_kind = {code} AND h.at > %s JOIN LATERAL (SELECT l.* FROM procedure_ledgerline l"
            f" WHERE l.chain_id = d.matter_id AND l.chain_kind = {code} AND (l.at > %s) IS TRUE AND (d.row_id IS NULL"
            " OR procedure_subject(l.chain_id, l.rest) = d.row_id) AND procedure_person(l.rest) IS DISTINCT FROM %s"
            f" AND l.kind = ANY(string_to_array(d.kinds, ' ')::{TYPE}[])"
            " ORDER BY l.seq DESC LIMIT 1) l ON true JOIN casework_matter m ON m.id = d.matter_id"
            " WHERE d.matter_id NOT IN (SELECT id FROM barred) ORDER BY l.at DESC, l.chain_id")  # fmt: skip
    return joined(actor, parts, begins, ends, (SINCE, SINCE, actor.person_id))


def _part(rows: QuerySet[Order], kinds: tuple[str, ...]) -> Part:
    still = ExpressionWrapper(~GONE, BooleanField())
    sql, params = rows.annotate(shown=still).values_list("matter_id", "id", "shown").query.sql_with_params()
    return f"SELECT q.*, '{' '.join(kinds)}' AS kinds FROM ({sql}) AS q(matter_id, row_id, shown)", params


def _gone(unit: Unit) -> Part:
    """Orders of this very unit that are its own no longer."""
    rows = Order.objects.filter(unit_id=unit.id, ended_at__gt=SINCE, ended_at__isnull=False)
    return _part(rows.order_by("-ended_at")[:GLANCE], _kinds(*AWAY))


def _taken(actor: Actor, unit: Unit) -> Part:
    """Orders still with the unit, on which a colleague did what this post does."""
    rows = desks.orders(actor, unit, desks.BARRED).filter(unit_id=unit.id, status__in=OPEN_ORDERS)
    return _part(rows.order_by("due_at", "id")[:GLANCE], COLLEAGUES.get(actor.role, ()))


def _put_before(actor: Actor) -> Part:
    """What a leader need not instruct on any more."""
    rows = Submission.objects.filter(post_id=actor.post_id or 0, outcome=submissions.WITHDRAWN, decided_at__gt=SINCE)
    sql, params = rows.order_by("-decided_at").values_list("matter_id")[:GLANCE].query.sql_with_params()
    return (f"SELECT q.matter_id, NULL::int8 AS row_id, false AS shown, '{TOOK_BACK}' AS kinds FROM ({sql})"
            " AS q(matter_id)", params)  # fmt: skip
