"""班长台的读取 (at the shift leader's desk): what was proposed and waits for the shift leader, with its reason, who proposed
it and since when; of the rows of the leader's own lists, so that what is about whoever asks is not there (R-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hotline.casework import alike, desks
from hotline.casework.barring import about_ids
from hotline.casework.lists import TO_APPROVE, TO_END, TO_MARK
from hotline.casework.rows import LOCKED
from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import CHAIN_KINDS

LISTS = (TO_APPROVE, TO_MARK, TO_END)
MOST = 12
ASKED = ("refusal_proposed", "review_asked", "abuse_proposed", "end_proposed")


@dataclass(frozen=True, slots=True)
class Proposed:
    """一件提请: which list it is on, its matter, what was proposed under which item and why, by when it is to be decided,
    who proposed it, and how far the matter's chain had come."""

    list: str
    number: str
    gist: str
    kind: str
    what: str
    clause: str
    reason: str
    asked_at: datetime
    until: datetime
    person_id: int | None
    seq: int


def proposed(actor: Actor, unit: Unit | None) -> list[Proposed]:
    """The most urgent of each list; one statement."""
    query, params = alike.asked(_compose, actor, unit)
    with connection.cursor() as cur:
        cur.execute(query, params)
        return [Proposed(LISTS[row[0]].name, *row[1:]) for row in cur.fetchall()]


def _compose(actor: Actor, unit: Unit | None) -> alike.Question:
    barred, nobody = about_ids(actor).query.sql_with_params()
    parts, values = [], [*nobody]
    for at, spec in enumerate(LISTS):
        sql, params = desks.listed(actor, unit, spec, desks.BARRED).values_list("id")[:MOST].query.sql_with_params()
        parts.append(f"SELECT {at}, q.id FROM ({sql}) AS q(id)")
        values += params
    code, lines = CHAIN_KINDS["matter"], ", ".join(f"'{kind}'" for kind in ASKED)
    body = "(SELECT t.body FROM casework_text t WHERE t.matter_id = m.id AND t.id = {})"
    return alike.settled((
        f"WITH barred AS MATERIALIZED ({barred}), rows AS ({' UNION ALL '.join(parts)})"
        f" SELECT r.list, m.number, CASE WHEN m.locked THEN '{LOCKED}' ELSE {body.format('m.gist_id')} END, m.kind,"
        " p.what,"
        f" p.clause, coalesce({body.format('p.reason_id')}, ''), p.asked_at, m.decide_until, l.person_id, h.seq"
        " FROM rows AS r(list, id) JOIN casework_matter m ON m.id = r.id"
        f" JOIN procedure_chainhead h ON h.chain_kind = {code} AND h.chain_id = m.id"
        " JOIN LATERAL (SELECT * FROM casework_proposal p WHERE p.matter_id = m.id AND p.decided_at IS NULL"
        " ORDER BY p.id DESC LIMIT 1) p ON true"
        " LEFT JOIN LATERAL (SELECT procedure_person(l.rest) AS person_id FROM procedure_ledgerline l"
        f" WHERE l.chain_kind = {code} AND l.chain_id = m.id AND l.kind IN ({lines})"
        " ORDER BY l.seq DESC LIMIT 1) l ON true"
        " ORDER BY m.decide_until, m.id", values))  # fmt: skip
