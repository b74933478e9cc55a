"""查什么 (seeking): what may be asked for in a search, and the parts of the questions, written by hand. Texts are looked
at by their matter's number; of several words a matter must have each, be it in different texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.submissions import WITHDRAWN

# The texts that are searched: what the citizen said and what was written back. Whoever may open a matter reads them on
# its page. Not among them: records of who, where and when, notes between posts, what a leader wrote, and what a matter
# heard of one joined to it, which not everybody reads who may open it.
FIELDS = {"gist": "要点", "words": "诉求人的话", "supplement": "补充的情况", "repeat": "再次来电说的", "answer": "答复", "reply": "反馈"}
ORDER = tuple(FIELDS)
NOT_OVER = "open"  # in the place of an order's status: any of those that are open
_OPEN = ", ".join(f"'{status}'" for status in OPEN_ORDERS)
SHORTEST = 2
MOST_WORDS, LONGEST = 5, 40
# What parts words: the same signs across which `casework_grams` makes no pair.
PARTS = re.compile("[\\s\u3000\u00a0，。、；：？！“”‘’（）《》〈〉【】…—·,.;:?!()\\[\\]{}<>/|\"']+")
_FIELDS = "('gist', 'words', 'supplement', 'repeat', 'reply', 'answer')"  # as the index has it, word for word

Part = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """要查的: words, each in some text of the matter; and what it is. `status`: of the matter, or of an order, with
    which of both; `categories`: what belongs to the category that is meant, besides what has its word; days as
    instants and as a number begins (`since_day` … before `until_day`); `callers`: only what these brought."""

    words: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""
    category: str = ""
    categories: tuple[str, ...] = ()
    matter_status: str = ""
    order_status: str = ""
    unit_id: int | None = None
    unit_level: int = 0
    since: datetime | None = None
    until: datetime | None = None
    since_day: str = ""
    until_day: str = ""
    due_since: datetime | None = None
    due_until: datetime | None = None
    colour: str = ""
    callers: tuple[int, ...] | None = None

    @property
    def of_order(self) -> bool:
        """Whether something is asked of an order."""
        return bool(self.order_status or self.due_since or self.due_until or self.colour)


def words_of(typed: str) -> tuple[str, ...]:
    """The words in what was typed, each once, in small letters as texts are compared."""
    return tuple(dict.fromkeys(word.lower() for word in PARTS.split(typed) if word))


def _like(word: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _has(word: str, column: str) -> Part:
    """That a text has a word; letters with two shapes are compared in small ones."""
    small = f"lower({column})" if word.upper() != word else column
    return f"{small} LIKE %s", [_like(word)]


def by_index(word: str, most: int) -> Part:
    """The matters that have a word in one of their texts, as the index finds them, in no order."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    has, params = _has(word, "body")
    said = " & ".join("'" + pair.replace("\\", "\\\\").replace("'", "''") + "'" for pair in dict.fromkeys(pairs))
    return (f"SELECT matter_id FROM casework_text WHERE casework_grams(body) @@ %s::tsquery AND field IN {_FIELDS}"
            f" AND {has} LIMIT %s", [said, *params, most])  # fmt: skip


def _in_texts(word: str) -> Part:
    """That some text of the matter has a word. Not EXISTS: the server would turn it round and read all texts."""
    has, params = _has(word, "t.body")
    return (f"(SELECT true FROM casework_text t WHERE t.matter_id = m.id AND t.field IN {_FIELDS} AND {has} LIMIT 1)",
            params)  # fmt: skip


_PLACE = r"""(SELECT substring(t.body FROM '"place": "((?:[^"\\]|\\.)*)"') FROM casework_text t WHERE t.matter_id = m.id
AND t.field = 'record' ORDER BY t.id DESC LIMIT 1) LIKE %s"""
_COLOUR = """(SELECT true FROM casework_mark k WHERE k.matter_id = o.matter_id AND k.order_id = o.id
AND k.lifted_at IS NULL AND k.colour = %s LIMIT 1)"""


def _of_matter(wanted: Wanted, indexed: str) -> Iterator[Part]:
    said = (("m.kind = %s", wanted.kind), ("m.status = %s", wanted.matter_status),
            ("m.registered_at >= %s", wanted.since), ("m.registered_at < %s", wanted.until))  # fmt: skip
    yield from ((condition, [value]) for condition, value in said if value)
    if wanted.category:
        yield "(m.category LIKE %s OR m.category = ANY(%s::text[]))", [_like(wanted.category), [*wanted.categories]]
    if wanted.words or wanted.place:
        yield "NOT m.locked", []
    if wanted.place:
        yield _PLACE, [_like(wanted.place)]
    yield from (_in_texts(word) for word in wanted.words if word != indexed)


def _of_order(wanted: Wanted) -> Iterator[Part]:
    # 24:00 of a day is 00:00 of the next: what ends there belongs to the day that ends.
    over = wanted.order_status == NOT_OVER
    said = (("o.status = %s", "" if over else wanted.order_status), ("o.due_at > %s", wanted.due_since),
            ("o.due_at <= %s", wanted.due_until), (_COLOUR, wanted.colour))  # fmt: skip
    if over:
        yield f"o.status IN ({_OPEN})", []
    yield from ((condition, [value]) for condition, value in said if value)


def _joined(parts: Sequence[Part]) -> Part:
    return " AND ".join(said for said, _ in parts) or "true", [value for _, values in parts for value in values]


# A unit's rows are orders; of a matter the order is shown that meets what was asked, those that stand before others.
# Row by row, by the key: else the server may read whole tables to put a few rows beside others.
_BY_ORDER = """JOIN LATERAL (SELECT * FROM casework_order w WHERE w.matter_id = b.matter_id AND w.id = b.row_id LIMIT 1)
o ON true"""
_BY_MATTER = """LEFT JOIN LATERAL (SELECT * FROM casework_order o WHERE o.matter_id = b.matter_id AND {}
ORDER BY o.ended_at IS NOT NULL, NOT o.lead, o.id DESC LIMIT 1) o ON true"""
_ASKED = f"""
SELECT o.id, b.matter_id, b.at, m.number,
(SELECT g.body FROM casework_text g WHERE g.matter_id = m.id AND g.id = m.gist_id), m.locked, m.kind, o.unit_id,
o.status, CASE WHEN o.status IN ({_OPEN}) THEN o.due_at END, o.due_clause,
o.due_provisional, coalesce(o.urgent, m.urgent), o.received_at, (SELECT min(k.colour) FROM casework_mark k
WHERE k.matter_id = o.matter_id AND k.order_id = o.id AND k.lifted_at IS NULL), o.send_backs, o.filed_at,
o.reminded_round = o.round, m.registered_at, m.status
"""
_ROWS = """({}) AS b (matter_id, row_id, at)
JOIN LATERAL (SELECT * FROM casework_matter w WHERE w.id = b.matter_id LIMIT 1) m ON true"""
_SORTED = "ORDER BY b.at DESC, b.row_id DESC"


def question(base: Part, wanted: Wanted, by_order: bool, indexed: str, most: int) -> Part:
    """Those of some rows, the newest first, that meet what is wanted; but for a word that all of them have."""
    rows, given = base
    of_order, order_values = _joined([*_of_order(wanted)])
    of_matter, values = _joined([*_of_matter(wanted, indexed)])
    orders = _BY_ORDER if by_order else _BY_MATTER.format(of_order)
    also = f" AND {of_order}" if by_order else " AND o.id IS NOT NULL" if wanted.of_order else ""
    own = [*values, *order_values] if by_order else [*order_values, *values]
    query = f"{_ASKED} FROM {_ROWS.format(rows)} {orders} WHERE {of_matter}{also} {_SORTED} LIMIT %s"
    return query, [*given, *own, most]


def end(base: Part, at: int) -> Part:
    """Of some rows the one at this place and whatever is behind it, each with when its matter was registered."""
    rows, given = base
    return f"SELECT b.*, m.registered_at FROM {_ROWS.format(rows)} {_SORTED} OFFSET %s", [*given, at]


def before_leader(post_id: int, most: int) -> Part:
    """The newest matters that were put before a leader and not withdrawn, or before all of them."""
    newest = "ORDER BY matter_id DESC LIMIT %s"
    mine = f"SELECT matter_id FROM casework_submission WHERE post_id = %s AND outcome <> '{WITHDRAWN}' {newest}"
    return f"({mine}) UNION (SELECT matter_id FROM casework_designation {newest})", [post_id, most, most]


def places(words: Sequence[str], ids: Sequence[int]) -> Part:
    """The texts of some matters that have one of the words, as much of each as is shown round the first place."""
    found = [_has(word, "t.body") for word in words]
    some = " OR ".join(said for said, _ in found)
    query = (f"SELECT t.matter_id, t.field, t.body FROM casework_text t WHERE t.matter_id = ANY(%s::int8[])"
             f" AND t.field IN {_FIELDS} AND ({some})")  # fmt: skip
    return query, [list(ids), *(one for _, values in found for one in values)]
