"""工作台外框 (shell): top bar, posts, counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.casework import desks
from hotline.surfaces import frame
from hotline.surfaces.sessions import Visitor
from hotline.surfaces.ui.shapes import Count, Link, Post, Shell
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.desk import counted

NAV = (("工作台", "/staff/"), ("规则", "/staff/rulebook/"), ("义务表", "/staff/rulebook/duties/"))


def _posts(visitor: Visitor) -> tuple[Post, ...]:
    from hotline.network.roles import TERMS, Role

    held = visitor.posts
    if len(held) < 2:
        return ()
    return tuple(Post(str(h.post.id), f"{h.unit.short} · {TERMS[Role(h.post.role)]}", h.post.id == visitor.post.id) for h in held)


def _nav(path: str) -> tuple[Link, ...]:
    best = max((url for _, url in NAV if path.startswith(url)), key=len, default="")
    return tuple(Link(term, url, url == best) for term, url in NAV)


def _counts(visitor: Visitor, counts: Mapping[str, int]) -> tuple[Count, ...]:
    mine = [d for d in desks.desks_of(visitor.actor) if d is not desks.ALL_OPEN]
    if not counts or not mine:
        return ()
    waiting = sum(counts.get(d.name, 0) for d in mine)
    return (Count("等我处理", counted(waiting), "/staff/"),)


def shell(request: StaffRequest, now: datetime, counts: Mapping[str, int] | None = None) -> Shell:
    """The frame round a staff page."""
    visitor = request.visitor
    return Shell(
        frame.brand(), "/staff/", frame.strip(now), visitor.post_said, _posts(visitor), "/staff/post/", _nav(request.path),
        _counts(visitor, counts or {}), visitor.person.name, "/staff/sign-out/", here=request.get_full_path(),
        notice=str(request.GET.get("done", ""))[:60] and "已办好。",
    )  # fmt: skip
