"""What belongs to a rulebook stands in no string of the rules: clause ids, readings, kinds, cities, time zones."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books

RULES = Path(books.__file__).parent
BOOKS = [books.load(RULEBOOKS / city) for city in CITIES]
WORDS = {word for book in BOOKS for word in (book.city, book.city.rstrip("市"), book.tz.key, book.id)}
TERMS = {kind.term for kind in BOOKS[0].kinds.values()}
IDS = re.compile(r"[一二三四五六](（[一二三四五六七八九十]）|段\d)|\bR-\d\d|第\d+条")


def strings(tree: ast.Module) -> Iterator[str]:
    """Every string of a module but its docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docs = {id(first.value) for first in firsts if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("file", sorted(RULES.glob("*.py")), ids=lambda path: path.name)
def test_no_literal_of_a_rulebook(file: Path) -> None:
    found = list(strings(ast.parse(file.read_text(encoding="utf-8"))))
    assert [s for s in found if IDS.search(s)] == []
    assert [s for s in found if any(word in s for word in WORDS | TERMS)] == []
