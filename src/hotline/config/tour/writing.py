"""成文 (writing): the tour as one page of Markdown beside its pictures."""

from __future__ import annotations

from hotline.config.tour.stops import CHAPTERS, PHONE, Stop

HEAD = """# 看一遍

全部来自演示城市：人物、单位往来、事项都是虚构的。这一页和图由 `./hotline shots` 生成，不要手改；
`./hotline shots --check` 另在每一页上看有没有字压着字，并运行 axe，有严重的无障碍问题就失败。
"""
WIDE, NARROW = 900, 300


def tour() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(f"## {title}\n\n" + "\n".join(map(_shown, stops)) for title, stops in CHAPTERS)])


def _shown(stop: Stop) -> str:
    seat = f"（`{stop.login}`）" if stop.login else ""
    width = NARROW if stop.size == PHONE else WIDE
    picture = f'<img src="tour/{stop.name}.jpg" width="{width}" alt="{stop.title}">'
    return f"### {stop.title}{seat}\n\n{stop.said}\n\n{picture}\n"
