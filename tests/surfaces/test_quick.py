"""快画: what quick templates draw is what Django's own draw, byte for byte: every page of the gallery, and small
templates with every kind of value, present and missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.backends.django import DjangoTemplates
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from hotline.config import settings as ours
from hotline.surfaces.ui import quick_values
from hotline.surfaces.ui.quick_writing import Whole
from surfaces.gallery import SURFACES, engine, pages

FOLDERS = [str(SURFACES / room / "templates") for room in ("ui", "portal", "workbench")]
QUICK = "hotline.surfaces.ui.quick.Loader"
PLAIN = "django.template.loaders.cached.Loader"


@pytest.fixture(scope="module")
def both() -> tuple[DjangoTemplates, DjangoTemplates]:
    """The gallery's engine, and the same with quick templates."""
    plain = engine()
    options = {"libraries": {"ui": "hotline.surfaces.ui.templatetags.ui", "static": "surfaces.gallery_static"},
               "string_if_invalid": "",
               "loaders": [(QUICK, [("django.template.loaders.filesystem.Loader", FOLDERS)])]}  # fmt: skip
    return plain, DjangoTemplates({"NAME": "quick", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})


@pytest.mark.parametrize("name", sorted(pages()))
def test_every_page_is_drawn_alike(both: tuple[DjangoTemplates, DjangoTemplates], name: str) -> None:
    template, context = pages()[name]
    plain, quick = (one.get_template(template).render({**context, "csrf_token": "token"}) for one in both)
    assert quick == plain


def test_no_page_of_ours_is_a_surprise(both: tuple[DjangoTemplates, DjangoTemplates]) -> None:
    """Else it would be drawn twice each time: by its function up to the surprise, then by Django."""
    surprised, before = [], quick_values.SURPRISES.total()
    for name, (template, context) in pages().items():
        both[1].get_template(template).render({**context, "csrf_token": "token"})
        if quick_values.SURPRISES.total() > before:
            surprised, before = [*surprised, name], quick_values.SURPRISES.total()
    assert surprised == []


def test_pages_are_quick_where_they_are_served(both: tuple[DjangoTemplates, DjangoTemplates]) -> None:
    """The settings name the quick loader, and a page of it is one function."""
    assert ours.TEMPLATES[0]["OPTIONS"]["loaders"][0][0] == QUICK
    template = both[1].get_template("workbench/matter/facts.html").template
    assert template.quick
    assert [type(node) for node in template.nodelist] == [Whole]


@dataclass(frozen=True)
class Thing:
    """Something with every kind of attribute."""

    name: str = "<甲>&"
    number: int = 12345
    share: float = 1.5
    none: None = None
    yes: bool = True
    safe: str = mark_safe("<b>")
    lazy: Any = lazystr("<慢>")
    rows: tuple[str, ...] = ("a<", "b")
    empty: tuple[str, ...] = ()

    def called(self) -> str:
        return "<called>"

    def wants(self, what: str) -> str:
        return what

    @property
    def inner(self) -> Thing:
        return Thing("里", 7)

    @property
    def broken(self) -> str:
        raise AttributeError("broken")


VALUES = {"it": Thing(), "map": {"key": "<v>", "rows": [1, 2], "items": "own"}, "list": [Thing("一"), Thing("二")],
          "text": "<t>", "zero": 0, "nothing": None, "f": lambda: Thing("做"), "kind": Thing}  # fmt: skip
TEMPLATES = (
    "{{ it.name }}{{ it.number }}{{ it.share }}{{ it.none }}{{ it.yes }}{{ it.safe }}{{ it.lazy }}{{ it.rows }}",
    "{{ it.called }}|{{ it.wants }}|{{ it.inner.name }}|{{ it.missing }}|{{ it.missing.deeper }}|{{ missing }}",
    "{{ map.key }}{{ map.rows.1 }}{{ map.items }}{{ list.0.name }}{{ list.9 }}{{ text.0 }}{{ f.name }}{{ kind.name }}",
    "{{ 'a<b' }}{{ 3 }}{{ it.name|lower }}{{ it.name|safe }}{{ missing|default:'没有' }}{{ it.rows|join:'<' }}",
    "{{ it.name|length }}{{ it.yes|yesno:'有,无' }}{{ missing|length }}{{ text|upper|lower }}{{ it.missing|capfirst }}",
    "{% if it.yes %}a{% elif it.none %}b{% else %}c{% endif %}{% if missing %}d{% endif %}"
    "{% if not missing %}e{% endif %}",
    "{% if it.yes and not it.none %}1{% endif %}{% if missing or it.rows %}2{% endif %}"
    "{% if zero or nothing %}3{% endif %}",
    "{% if it.number == 12345 %}1{% endif %}{% if it.number > missing %}2{% endif %}"
    "{% if 'a<' in it.rows %}3{% endif %}",
    "{% if it.called %}1{% endif %}{% if it.name|length > 2 %}2{% endif %}{% if text.0 %}3{% endif %}"
    "{% if map.key %}4{% endif %}",
    "{% for one in list %}{{ one.name }}{% for row in one.rows %}{{ row }}{% endfor %}{% endfor %}{{ one.name }}",
    "{% for row in it.empty %}x{% empty %}none{% endfor %}{% for row in missing %}x{% empty %}none{% endfor %}"
    "{% for row in nothing %}x{% empty %}none{% endfor %}{% for row in it.rows %}{{ row }}{% endfor %}",
    "{% for a, b in map.items.items %}x{% endfor %}{% for row in it.rows reversed %}{{ row }}{% endfor %}",
    "{% for one in list %}{{ forloop.counter }}{% if not forloop.last %},{% endif %}{% endfor %}",
    "{% for one in list %}{% for row in one.rows %}{{ forloop.parentloop.counter }}{% endfor %}{% endfor %}",
    "{% autoescape off %}{{ it.name }}{{ it.safe }}{{ it.number }}{% endautoescape %}{{ it.name }}",
    "{% include 'inner' %}{% include 'inner' with it=it.inner %}{% include 'inner' with it=missing %}{{ it.name }}",
    "{% include 'inner' with it=it.inner only %}{% with it=it.inner %}{% include 'inner' %}{% endwith %}",
    "{% for one in list %}{% include 'inner' with it=one %}{% include name %}{% endfor %}",
    "{% include 'blocks' %}{% include 'again' with left=it.rows %}",
    "{% extends 'blocks' %}{% block a %}{{ block.super }}{{ it.name }}"
    "{% if it.yes %}{% block b %}z{% endblock %}{% endif %}"
    "{% endblock %}",
)
OTHERS = {
    "inner": "[{{ it.name }}{% for row in it.rows %}{{ row }}{% endfor %}{{ text }}]",
    "blocks": "({% block a %}{{ it.number }}{% block b %}y{% endblock %}{% endblock %})",
    "again": "{% if left %}{{ left.0 }}{% include 'again' with left=it.empty %}{% endif %}",
}


def drawn(loader: str, written: str, debug: bool = False) -> str:
    """What a template says, or how it fails."""
    sources = {**OTHERS, "asked": written}
    made = Engine(loaders=[(loader, [("django.template.loaders.locmem.Loader", sources)])], debug=debug)
    try:
        return str(made.get_template("asked").render(Context({**VALUES, "name": "inner"})))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("written", TEMPLATES)
def test_every_kind_of_value_is_drawn_alike(written: str) -> None:
    plain = drawn(PLAIN, written)
    assert drawn(QUICK, written) == plain
    assert drawn(QUICK, written, debug=True) == plain


BROKEN = ("{{ it.broken }}", "{% if it.broken %}{% endif %}", "{% for a in it.broken %}{% endfor %}")


@pytest.mark.parametrize("written", BROKEN)
def test_what_fails_fails_alike(written: str) -> None:
    failed = drawn(PLAIN, written)
    assert failed.startswith("AttributeError")
    assert drawn(QUICK, written) == failed


def test_a_loop_is_not_asked_about_from_another_template() -> None:
    """A quick loop keeps no count for the templates it includes: they may not ask."""
    made = Engine(loaders=[(QUICK, [("django.template.loaders.locmem.Loader", {"asked": "{{ forloop.counter }}"})])])
    with pytest.raises(TemplateSyntaxError, match="forloop"):
        made.get_template("asked")
