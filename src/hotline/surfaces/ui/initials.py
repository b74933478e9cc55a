"""拼音首字母 (initials): by which letters a Chinese name is found: `shgl` finds 社会管理. The table beside this file holds
the characters of GB 2312 and of 宿州's places by the first letter of their reading, made once with pypinyin 0.55; a
character that is often read otherwise stands under each letter. A library would cost every process 56 MB."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path

MOST = 4  # ways of reading one word
TABLE = Path(__file__).with_name("initials.txt")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


@cache
def _table() -> dict[str, str]:
    """Each character with the letters under which it stands."""
    found: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        letter, _, characters = line.partition(" ")
        for one in characters:
            found[one] = found.get(one, "") + letter
    return found


def _read(word: str) -> list[str]:
    """The ways in which a word may be abbreviated."""
    letters = [_table().get(one, one.lower() if one.isascii() else "") or "?" for one in word]
    return ["".join(one) for one in islice(product(*letters), MOST)]


@lru_cache(maxsize=8192)
def initials(said: str) -> str:
    """The initials of each word of a name, with a blank between."""
    return " ".join(way for word in _WORD.findall(said) for way in _read(word))
