"""What holds for all pages: views stay short, and keys do not fight."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import Counter
from typing import Any

from django.urls import URLResolver, get_resolver

from architecture import sources

LONGEST_VIEW = 15


def views(patterns: Any = None) -> list[Any]:
    """Every view function of the site, without what is wrapped around it."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        found += views(one.url_patterns) if isinstance(one, URLResolver) else [inspect.unwrap(one.callback)]
    return found


def length(view: Any) -> int:
    """Its lines from `def` on."""
    node = ast.parse(textwrap.dedent(inspect.getsource(view))).body[0]
    assert isinstance(node, ast.FunctionDef)
    return sources.length(node)


def test_views_are_short() -> None:
    sizes = {f"{view.__module__}.{view.__name__}": length(view) for view in views()}
    assert len(sizes) > 20
    assert {name: n for name, n in sizes.items() if n > LONGEST_VIEW} == {}


def frame_keys() -> set[str]:
    """Keys of the pages themselves: next, previous, why, all verbs, close. The operator's and the dispatcher's desks
    have no verb bar."""
    apart = {"intake", "dispatch"}
    pages = (path for path in sources.templates() if not apart & {*path.relative_to(sources.REPO).parts})
    texts = (path.read_text(encoding="utf-8") for path in pages)
    return {key.upper() for text in texts for key in re.findall(r'accesskey="([^"{])"', text)}


def test_no_two_verbs_of_a_post_have_one_key() -> None:
    from hotline.config.wiring import import_cards
    from hotline.network.roles import STAFF, TERMS
    from hotline.procedure.card import cards_of

    import_cards()
    from hotline.surfaces.workbench.shaping.desk import DOWN, TOGETHER

    together = {TOGETHER.key, DOWN.key}  # beside the list, while a matter stands open next to it
    assert not together & frame_keys()
    taken = frame_keys() | together | {"X"}  # X: 登记, on the list
    assert {"J", "K", "W"} <= taken
    wrong = {}
    for role in STAFF:
        keys = Counter(card.key for card in cards_of("matter") if role in card.by and card.key)
        if fighting := {key for key, n in keys.items() if n > 1 or key in taken}:
            wrong[TERMS[role]] = fighting
    assert wrong == {}
