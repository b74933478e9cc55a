"""快画 (quick): Django's templates, drawn by fewer steps. The parts that pages are made of (words, values, `if`, `for`,
`include`, simple tags) are put in place of Django's own nodes when a template is loaded: they say the same, byte for
byte, and whatever is out of the ordinary they hand to the node they stand for. `tests/surfaces/test_quick.py` draws
every page both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.base import Node, NodeList, TextNode, VariableDoesNotExist, VariableNode
from django.template.base import render_value_in_context as said
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, IncludeNode
from django.template.loaders import cached
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from hotline.surfaces.ui.quick_reading import holds, looker, reader, sight, there, truth

Draw = Callable[[Context], str]
_OWN = ("expects_localtime", "needs_autoescape", "is_safe")  # what a filter may want besides its value


class Loader(cached.Loader):
    """Templates are loaded once a process, and made quick then; while debugging they stay Django's, which tells in
    which line something went wrong."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """A template by its name."""
        template = super().get_template(template_name, skip)
        if not self.engine.debug and not hasattr(template, "quick"):
            template.quick = quicken(template)
        return template


def quicken(template: Template) -> bool:
    """Put quick nodes in place of Django's. True where it may be drawn in the middle of another as it stands: it has no
    blocks, and nothing that keeps a state while it is drawn. Raises TemplateSyntaxError for a `forloop` of a loop that
    stands in another template."""
    _insist_on_own_loops(template.nodelist)
    plain = all(_plain(node) for node in template.nodelist.get_nodes_by_type(Node))
    _within(template.nodelist)
    return plain


def _insist_on_own_loops(nodes: NodeList) -> None:
    loops = nodes.get_nodes_by_type(ForNode)
    inner = {id(node) for loop in loops for node in loop.nodelist_loop.get_nodes_by_type(Node)}
    for node in nodes.get_nodes_by_type(Node):
        if _of_a_loop(node) and id(node) not in inner:
            raise TemplateSyntaxError(f"forloop outside its loop: {node.token.contents}")


def _of_a_loop(node: Node) -> bool:
    return node.token is not None and not isinstance(node, TextNode) and "forloop" in node.token.contents


def _plain(node: Node) -> bool:
    kept = (TextNode, VariableNode, IfNode, ForNode, IncludeNode, CsrfTokenNode, LoadNode, CommentNode)
    return isinstance(node, kept) or (isinstance(node, SimpleNode) and node.target_var is None)


class Piece(Node):
    """一块: stands for a node, and draws in its place."""

    def __init__(self, node: Node, draw: Draw):
        self.node, self.token, self.origin = node, node.token, getattr(node, "origin", None)
        self.render = self.render_annotated = draw  # type: ignore[method-assign]

    def get_nodes_by_type(self, nodetype: type) -> list[Node]:
        """What the node it stands for has in it."""
        found: list[Node] = self.node.get_nodes_by_type(nodetype)
        return found


def _within(nodes: NodeList) -> None:
    """Every node of a list, and those in them, innermost first."""
    for place, node in enumerate(nodes):
        for inner in _lists_of(node):
            _within(inner)
        make = _QUICK.get(type(node))
        draw = make(node) if make else None
        if draw is not None:
            nodes[place] = Piece(node, draw)


def _lists_of(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _, nodes in node.conditions_nodelists]
    return [nodes for name in node.child_nodelists if isinstance(nodes := getattr(node, name, None), NodeList)]


def _all(nodes: Iterable[Node]) -> Draw:
    """Nodes one after the other."""
    parts = [node.s if isinstance(node, TextNode) else node.render_annotated for node in nodes]
    if not parts:
        return lambda context: ""
    if len(parts) == 1:
        only = parts[0]
        return (lambda context: only) if isinstance(only, str) else only
    pattern = "".join(part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts)
    draws = [part for part in parts if not isinstance(part, str)]
    return lambda context: pattern % tuple([draw(context) for draw in draws])


def _words(value: Any, context: Context) -> str:
    """A value as it stands on a page."""
    kind = value.__class__
    if kind is str and context.autoescape:
        return escape(value)
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return value if kind is SafeString else said(value, context)


def _variable(node: VariableNode) -> Draw | None:
    expression, whole = node.filter_expression, node.render
    if expression.filters:
        return _filtered(node)
    read = reader(expression)
    assert read is not None

    def draw(context: Context) -> str:
        try:
            value = read(context)
        except VariableDoesNotExist:
            return whole(context)  # type: ignore[no-any-return]
        return _words(value, context)

    return draw


def _filtered(node: VariableNode) -> Draw | None:
    """One filter that wants the value and nothing else."""
    expression, whole = node.filter_expression, node.render
    (alone, given), *more = expression.filters
    if more or given or not expression.is_var or any(getattr(alone, name, False) for name in _OWN):
        return None
    read = looker(expression.var.lookups, expression.var.resolve) if expression.var.lookups else None
    if read is None:
        return None

    def draw(context: Context) -> str:
        try:
            value = read(context)
        except VariableDoesNotExist:
            return whole(context)  # type: ignore[no-any-return]
        return _words(alone(value), context)

    return draw


def _if(node: IfNode) -> Draw:
    ways = [(truth(condition) if condition is not None else None, _all(nodes))
            for condition, nodes in node.conditions_nodelists]  # fmt: skip

    def draw(context: Context) -> str:
        for true, then in ways:
            if true is None or holds(true, context):
                return then(context)
        return ""

    return draw


def _for(node: ForNode) -> Draw | None:
    """A loop over one name that does not ask where it is."""
    if node.is_reversed or len(node.loopvars) > 1 or any(map(_of_a_loop, node.get_nodes_by_type(Node))):
        return None
    read = reader(node.sequence)
    values_of = there(read) if read else lambda context: node.sequence.resolve(context, ignore_failures=True)
    name, each, none = node.loopvars[0], _all(node.nodelist_loop), _all(node.nodelist_empty)

    def draw(context: Context) -> str:
        values = values_of(context)
        values = values if hasattr(values, "__len__") else [] if values is None else list(values)
        if len(values) < 1:
            return none(context)
        scope = sight(context)
        context.dicts.append(scope)
        try:
            drawn = []
            for scope[name] in values:
                drawn.append(each(context))
            return "".join(drawn)
        finally:
            context.dicts.pop()

    return draw


def _include(node: IncludeNode) -> Draw | None:
    """Another template, named in this one, that sees what this one sees."""
    if node.isolated_context or node.template.is_var or not isinstance(node.template.var, str):
        return None
    name, whole, found = node.template.var, node.render, list[Draw]()
    given = {key: reader(expression) for key, expression in node.extra_context.items()}
    if not all(given.values()):
        return None

    def first(context: Context) -> Draw:
        """Its parts, when it is first drawn: a template may include itself."""
        template = context.template.engine.get_template(name)
        found.append(_all(template.nodelist) if getattr(template, "quick", False) else whole)
        return found[0]

    def draw(context: Context) -> str:
        inner = found[0] if found else first(context)
        if inner == whole or not given:
            return inner(context)
        try:
            values = {key: read(context) for key, read in given.items() if read}
        except VariableDoesNotExist:
            return whole(context)  # type: ignore[no-any-return]
        scope = sight(context)
        scope.update(values)
        context.dicts.append(scope)
        try:
            return inner(context)
        finally:
            context.dicts.pop()

    return draw


def _simple(node: SimpleNode) -> Draw | None:
    """A tag that is a function of a few values."""
    reads = [reader(argument) for argument in node.args]
    if node.kwargs or node.target_var is not None or not all(reads):
        return None
    call, wants, whole = node.func, node.takes_context, node.render

    def draw(context: Context) -> str:
        try:
            values = [read(context) for read in reads if read]
        except VariableDoesNotExist:
            return whole(context)  # type: ignore[no-any-return]
        words = call(context, *values) if wants else call(*values)
        return words if words.__class__ is SafeString or not context.autoescape else conditional_escape(words)

    return draw


def _token(node: CsrfTokenNode) -> Draw:
    """What a form carries against forged ones; a page has many forms and one token."""
    whole = node.render

    def draw(context: Context) -> str:
        token = str(context.get("csrf_token") or "")
        if token in ("", "NOTPROVIDED"):
            return whole(context)  # type: ignore[no-any-return]
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'

    return draw


def _block(node: BlockNode) -> Draw:
    """A block is Django's to find; what is in sight is laid flat before it."""
    whole = node.render

    def draw(context: Context) -> str:
        context.dicts.append(sight(context))
        try:
            return whole(context)  # type: ignore[no-any-return]
        finally:
            context.dicts.pop()

    return draw


_QUICK: dict[type, Callable[[Any], Draw | None]] = {
    VariableNode: _variable, IfNode: _if, ForNode: _for, IncludeNode: _include, SimpleNode: _simple,
    CsrfTokenNode: _token, BlockNode: _block,
}  # fmt: skip
