"""查词条 (seeking): what may be asked of the knowledge base, and the questions, written by hand. Words are found by the
pairs of their letters (`knowledge_grams`), as those of matters are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

SHORTEST, MOST_WORDS, LONGEST = 2, 5, 40
MOST = 50  # entries on a page
PAIRS, LOOKED_THROUGH = 60, 400  # of what is typed at the desk; entries that have one of them
ASKING = Path(__file__).with_name("asking.txt")  # words that any question has, and why they do not count
LEAST, MORE_PER = 3, 12  # what an entry must say of it: a pair in the title or three in the text; more of a longer one
PARTS = re.compile("[\\s\u3000\u00a0，。、；：？！“”‘’（）《》〈〉【】…—·,.;:?!()\\[\\]{}<>/|\"']+")
_FIELDS = "('title', 'body', 'source', 'document')"  # as the index has it, word for word
IN_FORCE = "e.status = 'open' AND e.version > 0 AND e.expired_at IS NULL AND e.valid_until > %s"
USES = "(SELECT count(*) FROM knowledge_citation c WHERE c.entry_id = e.id)"

Part = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """要查的: words, each in some text of the version in force; and what the entry is. `categories`: what belongs to the
    category that is meant, besides what has its word."""

    words: tuple[str, ...] = ()
    sort: str = ""
    category: str = ""
    categories: tuple[str, ...] = ()
    unit_id: int | None = None
    public: bool = False


def words_of(typed: str) -> tuple[str, ...]:
    """The words in what was typed, each once, in small letters."""
    found = (word.lower()[:LONGEST] for word in PARTS.split(typed) if word)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


@cache
def asking() -> re.Pattern[str]:
    """The words that any question has, the longest first."""
    lines = (line.strip() for line in ASKING.read_text(encoding="utf-8").splitlines())
    words = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def pairs_of(typed: str) -> list[str]:
    """The pairs of letters in what was typed, each once; but for the words that any question has."""
    parts = PARTS.split(asking().sub(" ", typed.lower()))
    return list(dict.fromkeys(part[i : i + 2] for part in parts for i in range(len(part) - 1)))[:PAIRS]


def _lexemes(pairs: Sequence[str], joined: str) -> str:
    return joined.join("'" + pair.replace("\\", "\\\\").replace("'", "''") + "'" for pair in pairs)


def like(word: str) -> str:
    """The pattern of texts that have a word."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _has(word: str) -> Part:
    """The versions that have a word in one of their texts; a single letter is looked for in titles alone."""
    if len(word) < SHORTEST:
        return ("EXISTS (SELECT 1 FROM knowledge_wording x WHERE x.entry_id = e.id AND x.version = e.version"
                " AND x.field = 'title' AND lower(x.body) LIKE %s)", [like(word)])  # fmt: skip
    pairs = dict.fromkeys(word[i : i + 2] for i in range(len(word) - 1))
    return (f"(e.id, e.version) IN (SELECT x.entry_id, x.version FROM knowledge_wording x WHERE x.field IN {_FIELDS}"
            " AND knowledge_grams(x.body) @@ %s::tsquery AND lower(x.body) LIKE %s)",
            [_lexemes([*pairs], " & "), like(word)])  # fmt: skip


def _conditions(wanted: Wanted, now: datetime) -> Iterator[Part]:
    yield IN_FORCE, [now]
    said = ("e.sort = %s", wanted.sort), ("e.unit_id = %s", wanted.unit_id)
    yield from ((condition, [value]) for condition, value in said if value)
    if wanted.category:
        yield "(e.category LIKE %s OR e.category = ANY(%s::text[]))", [like(wanted.category), [*wanted.categories]]
    if wanted.public:
        yield "e.public", []
    yield from map(_has, wanted.words)


def question(row: str, wanted: Wanted, now: datetime, most: int,
             after: tuple[bool, datetime | None, int] | None = None) -> Part:  # fmt: skip
    """The entries in force that meet what is wanted: the first word in the title first, then the newest; `after` a row,
    those behind it."""
    parts = [*_conditions(wanted, now)]
    where, values = " AND ".join(said for said, _ in parts), [value for _, found in parts for value in found]
    first = like(wanted.words[0]) if wanted.words else "%"
    order = "ORDER BY lower(t.body) LIKE %s DESC, e.confirmed_at DESC, e.id DESC LIMIT %s"
    if after is not None:
        where += " AND (lower(t.body) LIKE %s, e.confirmed_at, e.id) < (%s, %s, %s)"
        values += [first, *after]
    return f"{row} WHERE {where} {order}", [*values, first, most]


def fits(score: int, pairs: Sequence[str]) -> bool:
    """Whether an entry says enough of what is typed to be offered."""
    return score >= min(len(pairs), LEAST + len(pairs) // MORE_PER)


def likest(row: str, pairs: Sequence[str], now: datetime, most: int) -> Part:
    """The entries in force that share most pairs with what is typed, each with its score behind it: a pair in the title
    counts thrice."""
    shares = "(SELECT 3 * count(*) FILTER (WHERE strpos(lower(t.body), p) > 0) + count(*) FILTER (WHERE strpos(lower("
    score = f"{shares}(SELECT b.body FROM knowledge_wording b WHERE b.entry_id = e.id AND b.version = e.version AND" \
            " b.field = 'body')), p) > 0) FROM unnest(%s::text[]) p)"  # fmt: skip
    found = (f"(e.id, e.version) IN (SELECT x.entry_id, x.version FROM knowledge_wording x WHERE x.field IN {_FIELDS}"
             " AND knowledge_grams(x.body) @@ %s::tsquery LIMIT %s)")  # fmt: skip
    scored = row.replace(" FROM knowledge_entry e ", f", {score} AS score FROM knowledge_entry e ", 1)
    return (f"{scored} WHERE {IN_FORCE} AND {found} ORDER BY score DESC, e.confirmed_at DESC, e.id DESC LIMIT %s",
            [list(pairs), now, _lexemes(pairs, " | "), LOOKED_THROUGH, most])  # fmt: skip
