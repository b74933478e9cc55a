"""Templates under the strict content policy, and without decisions of their own."""

import re

import pytest

from architecture import sources

BANNED = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "htmx eval": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:|hx-headers\s*=\s*[\"']js:", re.I),
    "compares a status or a post": re.compile(r"{%\s*(if|elif)[^%]*\.(status|role|post)\s*(==|!=|in)\b"),
    "unescaped": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "foreign address": re.compile(r"(src|href)\s*=\s*[\"'](https?:)?//", re.I),
}


@pytest.mark.parametrize("what", BANNED)
def test_no_template_has(what: str) -> None:
    hits = [
        f"{sources.name(path)}: {found.group()}"
        for path in sources.templates()
        if (found := BANNED[what].search(path.read_text(encoding="utf-8")))
    ]
    assert hits == []
