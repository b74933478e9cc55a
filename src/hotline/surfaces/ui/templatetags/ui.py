"""模板标签: the few things plain templates say badly."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from html import escape
from typing import TypeVar

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hotline.surfaces.ui.initials import initials
from hotline.surfaces.ui.shapes import Clause, DueMark, Fact, FieldView

register = template.Library()
Tag = TypeVar("Tag", bound=Callable[..., str])


def of_the_page(tag: Tag) -> Tag:
    """Decorator: of the context this tag uses what the whole page has, and no name that a loop or an include gives."""
    tag.of_the_page = True  # type: ignore[attr-defined]
    return tag


@register.simple_tag
@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """The address of a static file; it never changes while a process lives."""
    return static(path)


@register.filter
@lru_cache(maxsize=2048)
def clause(one: Clause | None) -> str:
    """条款, one click away; nothing where there is none."""
    return format_html('<a class="clause" href="{}">{}</a>', one.url, one.id) if one else ""


register.filter("initials", initials)


@lru_cache(maxsize=4096)
def _drawn(engine: template.Engine, name: str, what: Hashable) -> SafeString:
    return engine.get_template(name).render(template.Context({"it": what}))


@register.simple_tag(takes_context=True)
@of_the_page
def drawn(context: template.Context, name: str, what: Hashable) -> str:
    """A piece drawn by its template as `it`, once for equal values: a ledger line never changes, and a page shows the
    same days and elements again and again. Never for anything with a form or with personal data in it."""
    return _drawn(context.template.engine, name, what) if what and context.template else ""


@register.simple_tag(takes_context=True)
@of_the_page
def due(context: template.Context, mark: DueMark | None) -> str:
    """期限记号 by `ui/due.html`. Equal marks are equal text, and a list is full of equal marks: drawn once."""
    return drawn(context, "ui/due.html", mark)


@register.simple_tag(takes_context=True)
@of_the_page
def fact(context: template.Context, one: Fact) -> SafeString:
    """一条事实, in `dl.facts`: a page has dozens, so their few parts are put together here, each escaped by hand."""
    card = f"{drawn(context, 'ui/card_mark.html', one.card)} " if one.card else ""
    note = f' <span class="note">{escape(one.note)}</span>' if one.note else ""
    words = format_html('<a href="{}">{}</a>', one.url, one.said) if one.url else escape(one.said)
    mark = due(context, one.due) if one.due else ""
    reveal = _reveal(context, one) if one.reveal_url else ""
    said = f"{mark}{card}{words}{reveal}{note} {clause(one.clause)}"
    return SafeString(f"<div><dt>{escape(one.label)}</dt><dd>{said}</dd></div>")


def _reveal(context: template.Context, one: Fact) -> str:
    """The button that shows what is masked."""
    if not one.reveal_url or context.template is None:
        return ""
    with context.push(fact=one):
        return context.template.engine.get_template("ui/reveal.html").render(context)


@register.simple_tag
def control(field: FieldView, suffix: str = "") -> SafeString:
    """What every control of a field carries: id, name, what describes it, what the browser checks on leaving."""
    pairs = [
        ("id", f"{field.id}{suffix}"),
        ("name", field.name),
        ("aria-describedby", field.described_by),
        # Not `maxlength`: that cuts off what is pasted without a word. It is told, on leaving and by the server.
        ("data-most", str(field.max_length or "")),
        ("data-label", field.label if field.max_length else ""),
        ("autocomplete", field.autocomplete),
        ("accesskey", field.key.lower()),
        ("data-missing", field.missing_said if field.required else ""),
        ("data-pattern", field.pattern),
        ("data-shape", field.shape_said),
        ("aria-invalid", "true" if field.error else ""),
        ("aria-required", "true" if field.required else ""),
    ]
    return format_html_join(" ", '{}="{}"', ((key, value) for key, value in pairs if value))
