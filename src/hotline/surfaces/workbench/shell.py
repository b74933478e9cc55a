"""工作台外框 (shell): top bar, posts, counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.casework import desks, shifting
from hotline.casework.lists import ALARMS, DUE_TODAY
from hotline.knowledge.desks import READERS
from hotline.network import desks as network
from hotline.network.roles import DATA_OFFICERS, OFFICE, TERMS, UNIT, Role
from hotline.network.sorts import SECOND
from hotline.procedure.card import REGISTRY
from hotline.rules import calendars
from hotline.surfaces import frame
from hotline.surfaces.sessions import HeldPost, Visitor
from hotline.surfaces.ui.shapes import Bell, Count, Link, Post, Shell
from hotline.surfaces.workbench.guarding import StaffRequest, looks_after
from hotline.surfaces.workbench.shaping.desk import counted, desk_url
from hotline.surfaces.workbench.shaping.shifting import URL as SHIFTING

NOTICES = {"password": "口令已经改好，别处的登录都已退出。", "sheets": "已经导入。",
           "search": "已经存下，下次从“查找”里打开。", "missed": "没有联系上，记下了。",
           "seen": "记下了，看到这里。", "sessions": "已经退出。", "discarded": "草稿已经弃掉。", "worded": "已经照这样说。"}
# The desks at which one thing is done after the other, each for whoever does that itself.
DESKS = (("受理台", "/staff/desk/intake/", "register"), ("网络台", "/staff/desk/web/", "accept"),
         ("派单台", "/staff/desk/dispatch/", "dispatch"),
         ("审核台", "/staff/desk/review/", "approve"), ("回访台", "/staff/desk/follow-up/", "follow_up"),
         ("签批台", "/staff/desk/sign-off/", "sign_off"), ("呈办", "/staff/desk/leaders/", "instruct"),
         ("班长台", "/staff/desk/shift/", "approve_refusal"))  # fmt: skip
NETWORK, PERSONS, SEARCH, KNOWLEDGE = (f"/staff/{part}/" for part in ("network", "persons", "search", "knowledge"))
UNIT_FIGURES, TRIALS, SECURITY = "/staff/unit/", "/staff/duty-calls/", "/staff/security/"
CALENDAR, HEALTH = "/staff/calendar/", "/staff/health/"
HOME = "/staff/"
NAV = (("工作台", HOME), ("清单", "/staff/desk/"), ("规则", "/staff/rulebook/"))
NEWS, MY_WAYS = "/staff/notices/", "/staff/notices/ways/"
WAITS = "/staff/waits/"
RULES, CLAUSES = "/staff/rulebook/", "/staff/clause/"


def _posts(visitor: Visitor) -> tuple[Post, ...]:
    held = visitor.posts
    if len(held) < 2:
        return ()
    return tuple(Post(str(h.post.id), _held_said(h), h.post.id == visitor.post.id) for h in held)


def _held_said(held: HeldPost) -> str:
    acting = f"（代理{held.for_name}）" if held.for_name else ""
    return f"{held.unit.short} · {TERMS[Role(held.post.role)]}{acting}"


def desks_for(role: str) -> tuple[Link, ...]:
    """The desks of one thing after the other at which a post sits."""
    return tuple(Link(term, url) for term, url, verb in DESKS if role in REGISTRY[verb].by)


def _nav(path: str, visitor: Visitor) -> tuple[Link, ...]:
    path, role = path.replace(CLAUSES, RULES), visitor.actor.role
    there = (("单位与人员", NETWORK), *NAV[2:]) if role == Role.ADMIN else NAV
    there = (*there[:1], *((link.term, link.url) for link in desks_for(role)), *there[1:])
    there = (*there, ("知识库", KNOWLEDGE)) if role in READERS else there
    there = (*there, ("个人信息", PERSONS)) if role in DATA_OFFICERS else there
    there = (*there, (_figures(visitor), UNIT_FIGURES)) if role in UNIT else there
    there = (*there, ("试拨", TRIALS)) if _tries(visitor) else there
    there = (*there, ("日历", CALENDAR), ("系统健康", HEALTH)) if looks_after(visitor) else there
    orders = shifting.may_order(frame.book(), role, visitor.unit).ok
    there = (*there, (REGISTRY["shift_dates"].term, SHIFTING)) if orders else there
    best = max((url for _, url in there if path.startswith(url) and url != HOME or path == url), key=len, default="")
    return tuple(Link(term, url, url == best) for term, url in there)


def _figures(visitor: Visitor) -> str:
    """What the page of figures is called: of a unit with others below it after these."""
    own = visitor.unit
    below = own is not None and any(one.parent_id == own.id for one in network.units_below())
    return "下级单位" if below else "单位统计"


def _tries(visitor: Visitor) -> bool:
    """Whoever tries duty telephones: the hotline's own, and level 2, which has units below it."""
    role, unit = visitor.actor.role, visitor.unit
    return role in REGISTRY["try_duty_phone"].by and (role not in UNIT or (unit is not None and unit.level == SECOND))


def _counts(visitor: Visitor, counts: Mapping[str, int]) -> tuple[Count, ...]:
    lists = desks.desks_of(visitor.actor)
    mine = [d for d in lists if d.awaits(visitor.actor.role)]
    if not lists:
        return ()
    if not counts:  # the same places on every page of a post; the page fills in what was counted last
        names = {d.name for d in lists}
        due = (Count(DUE_TODAY.title, "", desk_url(DUE_TODAY.name)),) if DUE_TODAY.name in names else ()
        return (Count("等我处理", "", "/staff/"), *due)
    waiting, alarms = sum(counts.get(d.name, 0) for d in mine), counts.get(ALARMS.name, 0)
    danger = (Count("险情", counted(alarms), desk_url(ALARMS.name)),) if alarms else ()
    today = counts.get(DUE_TODAY.name)
    due = () if today is None else (Count(DUE_TODAY.title, counted(today), desk_url(DUE_TODAY.name)),)
    return (*danger, Count("等我处理", counted(waiting), "/staff/"), *due)


def waiting(request: StaffRequest, now: datetime) -> tuple[Count, ...]:
    """What the bar says of what waits, counted now; one statement."""
    visitor = request.visitor
    return _counts(visitor, desks.counts(visitor.actor, visitor.unit, now))


def _bell(request: StaffRequest, news: str | None) -> Bell:
    url = frame.push_url(request.get_host())
    count = "" if news in (None, "0") else str(news)
    return Bell(NEWS, count, news is not None, url, f"{NEWS}count/", str(request.visitor.post.id))


def _notice(request: StaffRequest) -> str:
    """What has just been done, by the name of its verb in the address, and on how many; anything else says
    nothing."""
    done = str(request.GET.get("done", ""))
    card = REGISTRY.get(done)
    many = str(request.GET.get("n", ""))
    many = f" {many} 件" if many.isascii() and many.isdigit() and len(many) < 4 else ""
    return f"已{card.term}{many}。" if card else NOTICES.get(done, "")


def _strip(visitor: Visitor, now: datetime) -> str:
    """The banner over every page; for the hotline's own people, also what is wrong with the calendars."""
    ours = visitor.actor.role in (*OFFICE, Role.ADMIN)
    wrong = calendars.alarm(frame.book().calendar, now) if ours else ""
    return " · ".join(part for part in (frame.strip(now), wrong) if part)


def shell(request: StaffRequest, now: datetime, counts: Mapping[str, int] | None = None,
          following: Link | None = None, query: str = "", news: str | None = None) -> Shell:  # fmt: skip
    """The frame round a staff page. `following` is what to take up next, offered after something was done; `query` what
    stands in the box for searching, which whoever sees matters has; `news` how much is new, where that was counted."""
    visitor, notice = request.visitor, _notice(request)
    return Shell(
        frame.brand(), "/staff/", _strip(visitor, now), visitor.post_said, _posts(visitor), "/staff/post/",
        _nav(request.path, visitor), _counts(visitor, counts or {}), visitor.person.name, "/staff/sign-out/",
        SEARCH if desks.desks_of(visitor.actor) else "", query,
        here=request.get_full_path(), person_url=SECURITY, notice=notice, notice_link=following if notice else None,
        waits_url=WAITS, bell=_bell(request, news) if desks.desks_of(visitor.actor) else None,
    )  # fmt: skip
