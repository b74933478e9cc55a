"""快读 (quick reading): how values and conditions of quick templates are found. What is there as an attribute is read at
once; dictionaries, lists, functions and whatever is missing are looked up by Django itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, VariableDoesNotExist

Read = Callable[[Context], Any]
CALLED, ITEMS = 1, 2


class _Sorts(dict[type, int]):
    """Of each class seen: whether Django would call its objects, or ask them for items first; found once a class."""

    def __missing__(self, kind: type) -> int:
        named = {name for one in kind.__mro__ for name in vars(one)}
        self[kind] = CALLED * ("__call__" in named) | ITEMS * ("__getitem__" in named or kind is type)
        return self[kind]


_SORTS = _Sorts()


class Flat(dict[str, Any]):
    """平铺: all that is in sight in one place, the nearest first, so that a name is found at the first look."""


def sight(context: Context) -> Flat:
    """What is in sight now, to be laid on top with more in it."""
    nearest = context.dicts[-1]
    if nearest.__class__ is Flat:
        return Flat(nearest)
    whole = Flat()
    for scope in context.dicts:
        whole.update(scope)
    return whole


def reader(expression: FilterExpression) -> Read | None:
    """How a value without filters is found; what is missing raises VariableDoesNotExist. None where it has filters."""
    if expression.filters:
        return None
    if not expression.is_var:
        value = expression.var
        return lambda context: value
    if expression.var.lookups is None or expression.var.translate:
        return expression.var.resolve  # type: ignore[no-any-return]
    return looker(expression.var.lookups, expression.var.resolve)


def looker(lookups: Sequence[str], slowly: Read) -> Read:
    """A name, then attributes. Dictionaries, lists, functions and what is not there are Django's to look up."""
    first, *rest = lookups

    def read(context: Context) -> Any:
        for scope in reversed(context.dicts):
            if first in scope:
                value = scope[first]
                break
        else:
            return slowly(context)
        for name in rest:
            if _SORTS[value.__class__]:
                return slowly(context)
            try:
                value = getattr(value, name)
            except AttributeError:
                return slowly(context)
        return slowly(context) if _SORTS[value.__class__] & CALLED else value

    return read


def truth(condition: Any) -> Read:
    """A condition's value; Django's are asked by `eval`."""
    if condition.id in ("and", "or"):
        return _both(condition.id == "and", truth(condition.first), truth(condition.second))
    if condition.id == "not":
        return _opposite(truth(condition.first))
    read = reader(condition.value) if condition.id == "literal" else None
    return there(read) if read else condition.eval  # type: ignore[no-any-return]


def there(read: Read) -> Read:
    def true(context: Context) -> Any:
        try:
            return read(context)
        except VariableDoesNotExist:
            return None

    return true


def _both(both: bool, first: Read, second: Read) -> Read:
    """And, or; what goes wrong in them is false, as Django has it."""

    def true(context: Context) -> Any:
        try:
            return (first(context) and second(context)) if both else (first(context) or second(context))
        except Exception:
            return False

    return true


def _opposite(other: Read) -> Read:
    def true(context: Context) -> Any:
        try:
            return not other(context)
        except Exception:
            return False

    return true


def holds(true: Read, context: Context) -> Any:
    try:
        return true(context)
    except VariableDoesNotExist:
        return None
