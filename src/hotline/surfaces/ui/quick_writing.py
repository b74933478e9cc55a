"""快写 (quick writing): a template's nodes written out as one Python function, when they are first drawn. Names and the
values of loops are variables of it, attributes are read where they stand; templates that are included are written into
the same function. It knows the ordinary alone: at the first thing out of the ordinary (what can be called, what has
items, an attribute that is not there) it gives up, and Django draws the nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode

from hotline.surfaces.ui import quick_values as values
from hotline.surfaces.ui.quick_values import Surprise

Draw = Callable[[Context], str]
Scope = Mapping[str, str]  # names that are variables of the function: loop variables, what an include is given
DEEPEST = 40  # indentations: Python allows a hundred; what is deeper is a function of its own
BOTH = {"and", "or"}
EQUAL = {"==": "==", "!=": "!="}


class Plain(Exception):
    """This node is drawn as it stands."""


def written(nodes: Sequence[Node], slowly: Draw) -> Draw:
    """These nodes as one function, which is written when it is first drawn; `slowly` is what it falls back upon."""
    made: list[Draw] = []

    def draw(context: Context) -> str:
        if not context.autoescape:
            return slowly(context)
        if not made:
            made.append(Writer(context.template.engine).function(nodes))
        try:
            return made[0](context)
        except (AttributeError, Surprise):
            values.surprised(nodes)
            return slowly(context)

    return draw


class Writer:
    """写手: the lines of one function, and what it needs besides what it is given."""

    def __init__(self, engine: Any):
        self.engine, self.lines, self.deep, self.serial = engine, list[str](), 1, 0
        self.names: dict[str, str] = {}
        self.owners: set[str] = set()  # variables whose attributes are read
        self.needs: dict[str, Any] = dict(values.WANTED)
        self.open: list[str] = []  # templates being written, from the outermost: one that includes itself

    def function(self, nodes: Iterable[Node]) -> Draw:
        """The function."""
        self.all(nodes, {})
        head = ["def draw(context):", " parts = []", " w = parts.append", " top = seen(context)"]
        head += [f" {var} = top.get({name!r}, MISSING)" for name, var in self.names.items()]
        head += [f" plain({var})" for var in self.names.values() if var in self.owners]
        code = "\n".join([*head, *self.lines, " return ''.join(parts)"])
        exec(compile(code, "<quick template>", "exec"), self.needs)  # noqa: S102  our own templates, written above
        made: Draw = self.needs["draw"]
        return made

    def all(self, nodes: Iterable[Node], scope: Scope) -> None:
        """Nodes one after the other."""
        for node in nodes:
            if isinstance(node, TextNode):
                self.line(f"w({node.s!r})")
            else:
                self._one(node, scope)

    def _one(self, node: Node, scope: Scope) -> None:
        write = _WRITES.get(type(node))
        before = len(self.lines)
        try:
            if write is None or self.deep > DEEPEST:
                raise Plain
            write(self, node, scope)
        except Plain:
            del self.lines[before:]
            self.line(f"w({self.asked(node.render_annotated, scope)})")

    def line(self, words: str) -> None:
        """One line at this depth."""
        self.lines.append(" " * self.deep + words)

    @contextmanager
    def within(self, head: str) -> Iterator[int]:
        """A block of lines below a head; gives the place where its body begins."""
        self.line(head)
        self.deep += 1
        begun = len(self.lines)
        try:
            yield begun
            if len(self.lines) == begun:
                self.line("pass")
        finally:
            self.deep -= 1

    def const(self, value: Any) -> str:
        """A name for a thing that the function needs."""
        self.needs[name := self.fresh("k")] = value
        return name

    def fresh(self, letter: str) -> str:
        """A name that is not taken."""
        self.serial += 1
        return f"{letter}{self.serial}"

    def asked(self, call: Callable[..., Any], scope: Scope, *more: str) -> str:
        """What a call says that wants a context, in which all that is in sight here must be."""
        own = ", ".join(f"{name!r}: {var}" for name, var in scope.items())
        head = f"beneath({self.const(call)}, context, {{{own}}}" if own else f"{self.const(call)}(context"
        return f"{', '.join([head, *more])})"

    def value(self, expression: FilterExpression, scope: Scope) -> str:
        """A value without filters. Raises Plain."""
        if expression.filters:
            raise Plain
        return self.read(expression, scope)

    def read(self, expression: FilterExpression, scope: Scope) -> str:
        """What an expression begins with. Raises Plain."""
        if expression.is_var and (not expression.var.lookups or expression.var.translate):
            raise Plain
        if not expression.is_var:
            return self.const(expression.var)
        first, *rest = expression.var.lookups
        if not all(name.isidentifier() for name in (first, *rest)):
            raise Plain
        found = scope.get(first) or self.names.setdefault(first, f"n{len(self.names)}")
        if first == "forloop":  # Django's own: dictionaries, one in the other
            return found + "".join(f"[{name!r}]" for name in rest)
        if rest:
            self.owners.add(found)
            found = f"(MISSING if {found} is None else {found}).{rest[0]}"
        for name in rest[1:]:
            found = f"plain({found}).{name}"
        return found

    def truth(self, condition: Any, scope: Scope) -> str:
        """A condition. Raises Plain."""
        if condition.id == "literal":
            return f"true({self.value(condition.value, scope)})"
        if condition.id == "not":
            return f"(not {self.truth(condition.first, scope)})"
        if condition.id in BOTH:
            return f"({self.truth(condition.first, scope)} {condition.id} {self.truth(condition.second, scope)})"
        if condition.id in EQUAL and {condition.first.id, condition.second.id} == {"literal"}:
            sides = (f"bare({self.value(side.value, scope)})" for side in (condition.first, condition.second))
            return f"({EQUAL[condition.id].join(sides)})"
        return f"true({self.asked(condition.eval, scope)})"


def _variable(to: Writer, node: VariableNode, scope: Scope) -> None:
    expression = node.filter_expression
    found = to.read(expression, scope)
    for call, given in expression.filters:
        if getattr(call, "expects_localtime", False) or any(looked_up for looked_up, _ in given):
            raise Plain
        more = "".join(f", {to.const(value)}" for _, value in given)
        found = f"filtered({to.const(call)}, given({found}){more})"
    to.line(f"t = {found}")
    to.line("w(escape(t) if t.__class__ is str else words(t, context))")


def _if(to: Writer, node: IfNode, scope: Scope) -> None:
    word = "if"
    for condition, nodes in node.conditions_nodelists:
        asked = f"{word} {to.truth(condition, scope)}:" if condition is not None else "else:"
        with to.within(asked):
            to.all(nodes, scope)
        word = "elif"


def _is_odd(node: ForNode) -> bool:
    return node.is_reversed or len(node.loopvars) > 1 or values.asks_where_it_is(node)


def _for(to: Writer, node: ForNode, scope: Scope) -> None:
    if _is_odd(node):
        raise Plain
    rows, one = to.fresh("s"), to.fresh("v")
    to.line(f"{rows} = rows({to.value(node.sequence, scope)})")
    if node.nodelist_empty:
        with to.within(f"if not {rows}:"):
            to.all(node.nodelist_empty, scope)
    with to.within(f"for {one} in {rows}:") as begun:
        to.all(node.nodelist_loop, {**scope, node.loopvars[0]: one})
        if one in to.owners:
            to.lines.insert(begun, " " * to.deep + f"plain({one})")


def _include(to: Writer, node: IncludeNode, scope: Scope) -> None:
    name = node.template.var
    if node.isolated_context or node.template.is_var or not isinstance(name, str) or name in to.open:
        raise Plain
    template = to.engine.get_template(name)
    if not getattr(template, "quick", False):
        raise Plain
    own = dict(scope)
    for key, expression in node.extra_context.items():
        given = to.value(expression, scope)
        own[key] = to.fresh("v")
        to.line(f"{own[key]} = given({given})")
    begun = len(to.lines)
    to.open.append(name)
    try:
        to.all(template.quick, own)
    finally:
        to.open.pop()
    for key in node.extra_context:
        if own[key] in to.owners:
            to.lines.insert(begun, " " * to.deep + f"plain({own[key]})")


def _simple(to: Writer, node: SimpleNode, scope: Scope) -> None:
    if node.kwargs or node.target_var is not None:
        raise Plain
    given = [f"given({to.value(argument, scope)})" for argument in node.args]
    if node.takes_context and not getattr(node.func, "of_the_page", False):
        said = to.asked(node.func, scope, *given)
    else:
        page = ["context"] if node.takes_context else []
        said = f"{to.const(node.func)}({', '.join([*page, *given])})"
    to.line(f"t = {said}")
    to.line("w(t if t.__class__ is SafeString else conditional_escape(t))")


def _token(to: Writer, node: CsrfTokenNode, scope: Scope) -> None:
    to.line(f"w(token(context, {to.const(node.render)}))")


def _nothing(to: Writer, node: Node, scope: Scope) -> None:
    """What is only for whoever reads the template, or the template."""


_WRITES: dict[type, Callable[[Writer, Any, Scope], None]] = {
    VariableNode: _variable, IfNode: _if, ForNode: _for, IncludeNode: _include, SimpleNode: _simple,
    CsrfTokenNode: _token, LoadNode: _nothing, CommentNode: _nothing,
}  # fmt: skip


def as_it_stands(node: Node) -> bool:
    """A node that no function draws; a loop that asks where it is, among others."""
    return type(node) not in _WRITES or (isinstance(node, ForNode) and _is_odd(node))


class Whole(Node):
    """整张: a list of nodes that is drawn as one function."""

    def __init__(self, nodes: NodeList):
        self.nodes, self.token = list(nodes), None
        draw = written(self.nodes, NodeList(self.nodes).render)
        self.render = self.render_annotated = draw  # type: ignore[method-assign]

    def get_nodes_by_type(self, nodetype: type) -> list[Node]:
        """What the nodes have in them."""
        return [found for node in self.nodes for found in node.get_nodes_by_type(nodetype)]

