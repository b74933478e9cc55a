"""快画 (quick): Django's templates, drawn by fewer steps. When a template is loaded, its nodes are put together into
functions (`quick_writing`) that say the same, byte for byte, and hand whatever is out of the ordinary to the nodes they
stand for. `tests/surfaces/test_quick.py` draws every page both ways."""

from __future__ import annotations

from typing import Any

from django.template import Template, TemplateSyntaxError
from django.template.base import Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode
from django.template.library import SimpleNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders import cached

from hotline.surfaces.ui.quick_values import of_a_loop
from hotline.surfaces.ui.quick_writing import Whole, as_it_stands


class Loader(cached.Loader):
    """Templates are loaded once a process, and made quick then; while debugging they stay Django's, which tells in
    which line something went wrong."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """A template by its name."""
        template = super().get_template(template_name, skip)
        if not self.engine.debug and not hasattr(template, "quick"):
            template.quick = quicken(template)
        return template


def quicken(template: Template) -> list[Node]:
    """Put functions in place of nodes. The nodes, where they may be drawn in the middle of another template as they
    stand: without blocks, and with nothing that keeps a state while it is drawn. Raises TemplateSyntaxError for a
    `forloop` of a loop that stands in another template."""
    _insist_on_own_loops(template.nodelist)
    nodes = list(template.nodelist)
    plain = all(_plain(node) for node in template.nodelist.get_nodes_by_type(Node))
    _within(nodes)
    _as_one(template.nodelist)
    return nodes if plain else []


def _insist_on_own_loops(nodes: NodeList) -> None:
    loops = nodes.get_nodes_by_type(ForNode)
    inner = {id(node) for loop in loops for node in loop.nodelist_loop.get_nodes_by_type(Node)}
    for node in nodes.get_nodes_by_type(Node):
        if of_a_loop(node) and id(node) not in inner:
            raise TemplateSyntaxError(f"forloop outside its loop: {node.token.contents}")


def _plain(node: Node) -> bool:
    kept = (TextNode, VariableNode, IfNode, ForNode, IncludeNode, CsrfTokenNode, LoadNode, CommentNode)
    return isinstance(node, kept) or (isinstance(node, SimpleNode) and node.target_var is None)


def _within(nodes: list[Node]) -> None:
    """What stands in a node that is drawn as it stands is drawn as one, in its place."""
    for node in nodes:
        for inner in _lists_of(node):
            _within(list(inner))
            if as_it_stands(node):
                _as_one(inner)


def _as_one(nodes: NodeList) -> None:
    """But what extends another template must stand there as it is."""
    if nodes and not any(isinstance(node, ExtendsNode) for node in nodes):
        nodes[:] = [Whole(nodes)]


def _lists_of(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _, nodes in node.conditions_nodelists]
    return [nodes for name in node.child_nodelists if isinstance(nodes := getattr(node, name, None), NodeList)]
