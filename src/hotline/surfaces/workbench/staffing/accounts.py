"""账号 (accounts): everybody who signs in, with second factor, lock and sessions; from here an administrator lifts a
lock, lifts a lost second factor, ends sessions, gives a password."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hotline.network import desks
from hotline.network.records import Person
from hotline.network.roles import TERMS, Role
from hotline.procedure import times
from hotline.surfaces import accounts as kept
from hotline.surfaces import frame, signed_in
from hotline.surfaces.accounts import PAGE, Account
from hotline.surfaces.portions import cut
from hotline.surfaces.signed_in import Live
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.opening import (
    ACCOUNTS,
    HOME,
    administrator,
    post_dossier,
    shown,
    tabs,
    unit_url,
)

SESSIONS = ("在哪里", "地址", "登录于", "最近使用", "办理")
HEADS = ("姓名", "登录名", "岗位", "口令", "第二步验证", "登录着", "锁定", "办理")


def _post(account: Account) -> Cell:
    unit = desks.unit(account.unit_id)
    term = TERMS[Role(account.role)]
    more = f" 等 {account.posts} 岗" if account.posts > 1 else ""
    return Cell(f"{unit.short} {term}{more}", unit_url(unit)) if unit else Cell(term)


def _sessions(account: Account) -> str:
    if not account.sessions or account.seen_at is None:
        return "没有"
    return f"{account.sessions} 处，最近 {_at(account.seen_at)}"


def _locked(wait: timedelta | None) -> str:
    return f"还有 {math.ceil(wait.total_seconds() / 60)} 分钟" if wait else ""


def _verbs(account: Account, locked: bool) -> tuple[Link, ...]:
    url = f"{HOME}post/{account.post_id}/"
    verbs = [Link("重置口令", f"{url}set_password/")]
    if locked:
        verbs.insert(0, Link("解除锁定", f"{url}lift_lock/"))
    if account.factor_id is not None:
        verbs.append(Link("解除第二步", f"{url}lift_factor/?row={account.factor_id}"))
    live = (Link("看登录", f"{url}sessions/"), Link("结束登录", f"{url}end_sessions/")) if account.sessions else ()
    return (*verbs, *live)


def _row(account: Account, locks: Mapping[int, timedelta]) -> tuple[Cell, ...]:
    wait = locks.get(account.person_id)
    return (Cell(account.name), Cell(account.login), _post(account),
            Cell("下次登录须改" if account.must_change else "已由本人设定"),
            Cell("已启用" if account.factor_id is not None else "没有启用"), Cell(_sessions(account)),
            Cell(_locked(wait)), Cell("", links=_verbs(account, wait is not None)))  # fmt: skip


def _further(query: str, number: int, more: bool) -> tuple[Link, ...]:
    pages = [(number - 1, "上一页")] * (number > 1) + [(number + 1, "下一页")] * more
    return tuple(Link(term, f"{ACCOUNTS}?{urlencode({'q': query, 'page': to})}") for to, term in pages)


@require_safe
@administrator
def accounts(request: StaffRequest) -> HttpResponse:
    """A page of them, found by name or login."""
    query, wanted = str(request.GET.get("q", "")).replace("\x00", "")[:40], str(request.GET.get("page", "1"))
    number = min(max(int(wanted), 1), 1000) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    found, wall = kept.page(query.strip(), number, times.wall()), times.wall()
    locks = signed_in.locks([(one.person_id, one.login) for one in found], wall)
    on_page, beyond = cut(found, PAGE)
    rows = tuple(_row(one, locks) for one in on_page)
    empty = "" if rows else "没有这样的人。"
    section = Section("在任的人", f"第 {number} 页，每页 {PAGE} 人", HEADS, rows, (), empty)
    page = NetworkPage("账号", tabs=tabs(ACCOUNTS), search_url=ACCOUNTS, search_term="找姓名、登录名", query=query,
                       sections=(section,), more=_further(query, number, bool(beyond)))  # fmt: skip
    return shown(request, page)


def _session(live: Live, url: str) -> tuple[Cell, ...]:
    return (Cell(live.device or "不知道的设备"), Cell(live.address or "没有记下"), Cell(_at(live.created_at)),
            Cell(_at(live.seen_at)),
            Cell("", links=(Link("结束这一处", f"{url}end_session/?session={live.key}"),)))  # fmt: skip


def _at(at: datetime) -> str:
    return said.short_instant(at, frame.book().tz)


@require_safe
@administrator
def sessions(request: StaffRequest, post_id: str) -> HttpResponse:
    """Where somebody else is signed in; one of it, or all, is ended from here."""
    dossier, url = post_dossier(post_id), f"{HOME}post/{post_id}/"
    person = dossier.get(Person, dossier.root.person_id)  # type: ignore[attr-defined]
    lives, more = cut(signed_in.of(person.id, times.wall()), signed_in.MOST)
    rows = tuple(_session(one, url) for one in lives)
    note = signed_in.AS_FAR if more else f"{len(rows)} 处"
    section = Section("登录着的地方", note, SESSIONS, rows, (), "" if rows else "现在没有登录。")
    verbs = (VerbView("end_sessions", "全部结束", f"{url}end_sessions/", True),) if len(rows) > 1 else ()
    said_ = "结束以后，那里的下一次点击就要重新登录。每一次都留台账。"
    return shown(request, NetworkPage(f"{person.name}（{person.login}）", said_, (Link("账号", ACCOUNTS),),
                                      sections=(section,), verbs=verbs))  # fmt: skip
