"""样式表：不大，分层，深浅两色只换色值，对比度够。"""

from __future__ import annotations

import re

import pytest

from surfaces.gallery import STATIC, SURFACES

CSS = (STATIC / "ui" / "minsheng.css").read_text(encoding="utf-8")
DESKS = (STATIC / "ui" / "desks.css").read_text(encoding="utf-8")
LAYERS = "@layer tokens, base, layout, components;"
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


@pytest.mark.parametrize("sheet,bytes_", [(CSS, 30_000), (DESKS, 16_000)], ids=["common", "desks"])
def test_a_small_sheet_in_layers_for_all_and_one_for_desks(sheet: str, bytes_: int) -> None:
    assert len(sheet.encode()) <= bytes_
    assert sheet.startswith(LAYERS)
    outside = re.sub(r"/\*.*?\*/", "", top_level(sheet.split("\n", 1)[1]))
    assert re.sub(r"@layer \w+$", "", outside, flags=re.M).strip() == ""
    assert sorted(path.name for path in STATIC.rglob("*.css")) == ["desks.css", "minsheng.css"]


def test_colours_stand_only_among_the_tokens() -> None:
    for after in (CSS[CSS.index("@layer base") :], DESKS):
        assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", after) == []
        assert "prefers-color-scheme" not in after
    assert "rgb(" not in CSS + DESKS
    assert "@layer tokens{" not in DESKS


def test_citizens_do_not_fetch_what_desks_need() -> None:
    kept = {path.name for path in SURFACES.rglob("*.html") if "desks.css" in path.read_text(encoding="utf-8")}
    assert kept == {"base.html"}
    assert "desks.css" not in (SURFACES / "portal/templates/portal/base.html").read_text(encoding="utf-8")
    assert "citizen" not in DESKS.replace("citizens never fetch", "")


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|@font-face", CSS + DESKS)
    scripts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js")}
    assert scripts.keys() == {"minsheng.js", "staff.js", "intake.js", "reply.js", "knowledge.js", "pick.js", "push.js",
                              "keep.js"}
    assert [name for name, script in scripts.items()
            if re.search(r"https?:|import\s|eval\(|innerHTML", script)] == []  # fmt: skip
