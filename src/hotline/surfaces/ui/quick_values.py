"""快值 (quick values): what the functions of `quick_writing` do with a value: read further, ask whether it is true, go
through it, put it on the page. Whatever is out of the ordinary is a surprise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape as escaped
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import Node, TextNode
from django.template.base import render_value_in_context as said
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

CALLED, ITEMS = 1, 2
_SPECIAL = re.compile("[<>&\"']").search
SURPRISES: Counter[int] = Counter()  # how often which nodes were drawn one by one: pages of ours never


class _Sorts(dict[type, int]):
    """Of each class seen: whether Django would call its objects, or ask them for items first; found once a class."""

    def __missing__(self, kind: type) -> int:
        named = {name for one in kind.__mro__ for name in vars(one)}
        self[kind] = CALLED * ("__call__" in named) | ITEMS * ("__getitem__" in named or kind is type)
        return self[kind]


SORTS = _Sorts()


class Flat(dict[str, Any]):
    """平铺: all that is in sight in one place, the nearest first, so that a name is found at the first look."""


def sight(context: Context) -> Flat:
    """What is in sight now, to be laid on top with more in it."""
    whole = Flat()
    for scope in context.dicts:
        whole.update(scope)
    return whole


class Surprise(Exception):
    """Something out of the ordinary."""


class _Missing:
    """What is not there, and whatever is asked of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> _Missing:
        return self

    def __bool__(self) -> bool:
        return False


MISSING = _Missing()


def surprised(nodes: Sequence[Node]) -> None:
    """These nodes were drawn one by one."""
    SURPRISES[id(nodes)] += 1


def plain(value: Any) -> Any:
    """What has attributes and nothing else; of nothing, nothing is there. Raises Surprise."""
    if SORTS[value.__class__]:
        raise Surprise
    return MISSING if value is None else value


def bare(value: Any) -> Any:
    """A value to be handed on; nothing for what is not there. Raises Surprise for what would be called first."""
    if value is MISSING:
        return None
    if SORTS[value.__class__] & CALLED:
        raise Surprise
    return value


def given(value: Any) -> Any:
    """What an included template is given; empty for what is not there, as Django has it."""
    return "" if value is MISSING else bare(value)


def filtered(call: Callable[..., Any], value: Any, *more: Any) -> Any:
    """What a filter makes of a value, where what is said is escaped."""
    own = {"autoescape": True} if getattr(call, "needs_autoescape", False) else {}
    said = call(value, *more, **own)
    return mark_safe(said) if isinstance(value, SafeData) and getattr(call, "is_safe", False) else said


def true(value: Any) -> Any:
    """Whether it is true. Raises Surprise for what would be called first."""
    if value and SORTS[value.__class__] & CALLED:
        raise Surprise
    return value


def rows(value: Any) -> Any:
    """What a loop goes through."""
    if value.__class__ is tuple or value.__class__ is list:
        return value
    value = bare(value)
    if value is None:
        return ()
    found = value if hasattr(value, "__len__") else list(value)
    return found if len(found) > 0 else ()


def escape(text: str) -> str:
    """A text for a page."""
    return escaped(text) if _SPECIAL(text) else text


def words(value: Any, context: Context) -> str:
    """A value that is no plain text, as it stands on a page."""
    if value.__class__ is SafeString:
        return value  # type: ignore[no-any-return]
    if value is MISSING:
        return context.template.engine.string_if_invalid  # type: ignore[no-any-return]
    if SORTS[value.__class__] & CALLED:
        raise Surprise
    if value.__class__ is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return said(value, context)


def token(context: Context, whole: Callable[[Context], str]) -> str:
    """What a form carries against forged ones; a page has many forms and one token."""
    value = str(context.get("csrf_token") or "")
    if value in ("", "NOTPROVIDED"):
        return whole(context)
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(value)}">'



def beneath(call: Callable[..., Any], context: Context, own: Mapping[str, Any], *more: Any) -> Any:
    """What a call says that wants a context, with a function's own variables in sight too."""
    scope = sight(context)
    scope.update(own)
    context.dicts.append(scope)
    try:
        return call(context, *more)
    finally:
        context.dicts.pop()


def seen(context: Context) -> Flat:
    """All that is in sight, in one place."""
    nearest = context.dicts[-1]
    return nearest if nearest.__class__ is Flat else sight(context)


def of_a_loop(node: Node) -> bool:
    """It asks where its loop stands."""
    return node.token is not None and not isinstance(node, TextNode) and "forloop" in node.token.contents


def asks_where_it_is(node: Node) -> bool:
    """Something in a loop does."""
    return any(map(of_a_loop, node.get_nodes_by_type(Node)))


# By these names the functions know them.
WANTED: dict[str, Any] = {
    "MISSING": MISSING, "SafeString": SafeString, "beneath": beneath, "bare": bare, "escape": escape,
    "conditional_escape": conditional_escape, "filtered": filtered, "given": given, "plain": plain, "rows": rows,
    "seen": seen, "token": token, "true": true, "words": words,
}  # fmt: skip
