"""样式表：不大，分层，深浅两色只换色值，对比度够。"""

from __future__ import annotations

import re

import pytest

from surfaces.gallery import STATIC

CSS = (STATIC / "ui" / "minsheng.css").read_text(encoding="utf-8")
DARK_AT = CSS.index("prefers-color-scheme")
COLOUR = re.compile(r"--([\w-]+):(#[0-9A-Fa-f]{6})\b")
LIGHT = dict(COLOUR.findall(CSS[:DARK_AT]))
DARK = {**LIGHT, **dict(COLOUR.findall(CSS[DARK_AT:]))}

TEXT = [
    *((ink, ground) for ink in ("ink", "ink2", "ink3") for ground in ("paper", "ground", "accent-tint")),
    ("ink", "sunken"),
    ("ink2", "sunken"),
    *((word, ground) for word in ("accent", "soon", "over", "settled", "ontime") for ground in ("paper", "ground")),
    *((word, f"{word}-tint") for word in ("accent", "soon", "over", "settled", "ontime")),
    ("on-accent", "accent"),
    ("on-soon", "soon-fill"),
    ("on-over", "over-fill"),
    ("on-band", "band"),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text,ground", TEXT)
def test_text_is_readable(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_borders_of_controls_are_seen(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["edge"], theme[ground]) >= 3


def top_level(css: str) -> str:
    """What stands outside all braces."""
    depth, kept = 0, []
    for piece in re.split(r"([{}])", css):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        kept.append(piece if depth == 0 and piece != "}" else "")
    return "".join(kept)


def test_one_small_sheet_in_layers() -> None:
    assert len(CSS.encode()) <= 30_000
    assert CSS.startswith("@layer tokens, base, layout, components;")
    assert re.sub(r"@layer \w+$", "", top_level(CSS.split("\n", 1)[1]), flags=re.M).strip() == ""
    assert list(STATIC.rglob("*.css")) == [STATIC / "ui" / "minsheng.css"]


def test_colours_stand_only_among_the_tokens() -> None:
    after = CSS[CSS.index("@layer base") :]
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", after) == []
    assert "prefers-color-scheme" not in after
    assert "rgb(" not in CSS


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|@font-face", CSS)
    scripts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")}
    assert scripts.keys() == {"minsheng.js", "staff.js", "intake.js"}
    assert [name for name, script in scripts.items()
            if re.search(r"https?:|import\s|eval\(|innerHTML", script)] == []  # fmt: skip
