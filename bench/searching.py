"""What `bench/pages.py` searches for, and who does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

WORDS = {
    "frequent": {"q": "小区"}, "two letters": {"q": "噪声"}, "four letters": {"q": "三个月没"}, "nobody's": {"q": "没有人说过"},
    "two words": {"q": "路灯 小区"}, "with kind": {"q": "噪声", "kind": "complaint"},
    "with days": {"q": "物业", "since": "2026-06-01", "until": "2026-06-30"}, "one letter": {"q": "灯", "kind": "help"},
    "conditions": {"kind": "complaint", "status": "o-signed"}, "card": {"card": "red"}, "place": {"place": "花园"},
    "due": {"due_since": "2026-11-20", "due_until": "2026-11-27"},
}  # fmt: skip
SENTENCE = "SELECT substr(body, 4, 10) FROM casework_text WHERE field = 'words' ORDER BY matter_id DESC OFFSET 5000"
SEARCH, WHO = "/staff/search/", ("operator", "shift", "clerk", "clerk 3", "deputy", "leader")
PAGES_DEEP = 20
MORE = 6  # times as many rows as a list may be looked at by one node: the texts of the matters walked, the index's hits
PHONES = ("13900001234", "13955700077", "19900000000")


def sentence(db: Any) -> str:
    """Some letters in a row that hardly another matter has."""
    return str(db.execute(f"{SENTENCE} LIMIT 1").fetchone()[0])


def searches(get: Any) -> Iterator[tuple[str, str]]:
    """Name and address of each search, and of a page far behind of a word that many matters have."""
    for name, query in WORDS.items():
        yield name, f"{SEARCH}?{urlencode(query)}"
    url, steps = f"{SEARCH}?{urlencode(WORDS['frequent'])}", 0
    while steps < PAGES_DEEP and (found := re.search(r'class="desk-next" href="([^"]+)"', get(url))):
        url, steps = found[1].replace("&amp;", "&"), steps + 1
    yield f"frequent +{steps}", url


def telephones(who: str) -> list[tuple[str, str, dict[str, str]]]:
    """The search for a person, where somebody may do it."""
    here = enumerate(PHONES) if who == "inspector" else ()
    return [(f"telephone {i}", "/staff/persons/", {"phone": phone}) for i, phone in here]
