"""日历 (calendars): which years there are, official, provisional or missing; what a file would change; and its
publishing by the network's own card. The loops work open dates out anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hotline.casework.foreseeing import Foreseen, foreseen
from hotline.network import desks
from hotline.network import years as published_years
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.perform import Done, Subject
from hotline.procedure.world import current
from hotline.rules import calendars, sources
from hotline.rules.errors import RulebookError
from hotline.rules.worktime import WorkCalendar, Year
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, FieldView, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.acting import Wrong, attempt, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.health import caretaker
from hotline.surfaces.workbench.staffing.kept import keeper
from hotline.surfaces.workbench.staffing.opening import administrator, unit_dossier

URL = "/staff/calendar/"
CARD, REPLACES = "publish_calendar", "replaces"
STATES = {"official": "正式", "provisional": "暂定"}
HEADS = ("年", "状态", "放假", "调休上班", "全年工作日", "文号", "出处")
PUBLISHED = ("年", "状态", "文号", "发布", "被替换", "SHA-256")
MOST_BYTES = 64 * 1024
ROWS = 16  # lines of a calendar that one sees at once
HINT = "一年一个 YAML 文件，格式同规则册 calendars/ 里的；文件名或内容里写着年份。"
AT_ONCE = "发布以后马上生效，不必重启；后台循环随即重算未结工单，每一处变化都留台账。"
SAID = "期限按工作日算，放假和调休以国务院办公厅的通知为准。"


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days))


def _row(entry: Year, calendar: WorkCalendar, own: set[int]) -> tuple[Cell, ...]:
    worked = sum(calendar.is_workday(day) for day in _days(entry.year))
    notice = "；".join(filter(None, (entry.notice, *(f"经 {one} 调整" for one in entry.amended_by))))
    return tuple(map(Cell, (
        str(entry.year), STATES[entry.status], f"{len(entry.holidays)} 天", f"{len(entry.workdays)} 天", f"{worked} 天",
        notice or "没有", "本机发布" if entry.year in own else "规则册",
    )))  # fmt: skip


def _missing(calendar: WorkCalendar) -> list[tuple[Cell, ...]]:
    """This year or the next, where there is none."""
    today = calendar.day_of(frame.now())
    there = [year for year in (today.year + 1, today.year) if year not in calendar.years]
    return [tuple(map(Cell, (str(year), "没有", "—", "—", "—", "—", "—"))) for year in there]


def _years() -> Section:
    calendar = frame.book().calendar
    own = {int(path.stem) for path in sources.published_in(settings.HOTLINE_CALENDARS_DIR)}
    rows = [_row(entry, calendar, own) for _, entry in sorted(calendar.years.items(), reverse=True)]
    return Section("各年", f"{len(rows)} 年", HEADS, (*_missing(calendar), *rows))


def _history() -> tuple[Section, ...]:
    """What was published here, the last first; nothing where nothing was."""
    tz, every = frame.book().tz, tuple(reversed(published_years.published()))
    rows = tuple(tuple(map(Cell, (
        str(one.row.year), STATES[one.row.state], one.row.notice or "没有", said.short_instant(one.row.from_at, tz),
        said.short_instant(one.row.ended_at, tz) if one.row.ended_at else "", one.row.digest[:12],
    ))) for one in every)  # fmt: skip
    return (Section("在这里发布过的", f"{len(rows)} 次", PUBLISHED, rows),) if rows else ()


def _settled() -> str:
    """Whether the open dates are those of the calendars there are now."""
    hashes = {book.id: book.calendar_hash for book in current().books.values()}
    return "" if times.calendars_settled() == hashes else "后台循环正在按现行日历重算未结工单，每一处变化都留台账。"


def _shown(request: StaffRequest, page: NetworkPage, status: int) -> HttpResponse:
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=status)


def _page(request: StaffRequest, error: str = "", content: str = "", status: int = 200) -> HttpResponse:
    """The years, and the form that looks at a file; what was wrong in one comes back to be mended here."""
    file = FieldView("file", "日历文件", "file", hint=HINT, error="" if content else error, missing_said="请选择文件。",
                     required=not content)  # fmt: skip
    typed = FieldView("content", "或者在这里改", "textarea", content, error=error, required=False, rows=ROWS)
    wrong, fields = calendars.alarm(frame.book().calendar, frame.now()), (file, typed) if content else (file,)
    return _shown(request, NetworkPage(
        "日历", SAID + _settled(), problem=f"{wrong}。" if wrong and not error else "", sections=(_years(), *_history()),
        form=FormView("看看会改什么", URL, fields), form_first=True,
    ), status)  # fmt: skip


@require_http_methods(["GET", "POST"])
@caretaker
def years(request: StaffRequest) -> HttpResponse:
    """All years; a POST shows what a file would change."""
    if request.method == "GET":
        return _page(request)
    given, content = request.FILES.get("file"), str(request.POST.get("content", ""))
    if given is None and not content:
        return _page(request, "没有收到文件。", status=422)
    if given is not None and not 0 < (given.size or 0) <= MOST_BYTES:
        return _page(request, "文件是空的，或者大于 64 KB。", content, 422)
    name = str(given.name)[:80] if given else ""
    content = _text(given.read() if given else content.encode())
    try:
        return _previewed(request, content, _read(content))
    except RulebookError as wrong:
        return _page(request, calendars.told(content, wrong, name), content, 422)


@require_POST
@administrator
def publish(request: StaffRequest) -> HttpResponse:
    """From now on a year holds as this content has it; what is wrong with it comes back beside it."""
    content = _text(str(request.POST.get("content", "")).encode())
    try:
        entry = _read(content)
    except RulebookError as wrong:
        return _page(request, calendars.told(content, wrong), content, 422)
    done = attempt(request, REGISTRY[CARD], Subject("unit", keeper().id))
    if not isinstance(done, Done):
        return _previewed(request, content, entry, done)
    desks.forget()
    published_years.put(settings.HOTLINE_CALENDARS_DIR, entry.year, content)
    return see_other(f"{URL}?done={CARD}")


def _text(content: bytes) -> str:
    """A file as it is kept; what is no text is left for the loader to refuse."""
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").strip()


def _read(content: str) -> Year:
    """The year that it holds, as the loader would read it for every rulebook in use. Raises RulebookError."""
    return [calendars.sent(content, book.calendar.weekend) for book in current().books.values()][0]


def _previewed(request: StaffRequest, content: str, entry: Year, wrong: Wrong | None = None) -> HttpResponse:
    """What it would change, and for whoever may publish it the form that does."""
    may, wrong = request.visitor.actor.role in REGISTRY[CARD].by, wrong or Wrong()
    told = Section("发布", lines=(AT_ONCE if may else "由系统管理员发布。",))
    form = _form(request, content, entry, wrong) if may else None
    return _shown(request, NetworkPage(
        f"{entry.year} 年日历", SAID, trail=(Link("日历", URL),), sections=(*_changes(entry), told), form=form,
    ), wrong.status)  # fmt: skip


def _form(request: StaffRequest, content: str, entry: Year, wrong: Wrong) -> FormView:
    """The card's own, with what was read; whether an official year is replaced is asked where there is one."""
    dossier, before = unit_dossier(str(keeper().id)), frame.book().calendar.years.get(entry.year)
    case: Case[Any, Any] = Case(REGISTRY[CARD], dossier, dossier.root, request.visitor.actor, frame.now(), frame.book(),
                                frame.tools())  # fmt: skip
    asked = any(one.field == REPLACES for one in wrong.problems)
    official = before is not None and before.status == "official"
    form = form_view(case, f"{URL}publish/", data={**wrong.data, "content": content}, problems=wrong.problems,
                     seen_seq=dossier.head.seq, back=Link("不发布", URL),
                     skip=() if official or asked else (REPLACES,))  # fmt: skip
    fields = (replace(one, rows=ROWS, max_length=None) if one.name == "content" else one for one in form.fields)
    return replace(form, fields=tuple(fields), submit_term=f"发布 {entry.year} 年日历")


def _changes(entry: Year) -> tuple[Section, ...]:
    calendar, to = frame.book().calendar, f"{entry.year} 年（{STATES[entry.status]}，{entry.notice or '没有文号'}）"
    before = calendar.years.get(entry.year)
    after = WorkCalendar(calendar.tz, {entry.year: entry}, calendar.weekend)
    moved = [day for day in _days(entry.year) if before is None or after.is_workday(day) != calendar.is_workday(day)]
    rows = tuple(_day(day, after, entry) for day in moved) if before else ()
    said = "没有这一年，整年都是新的。" if before is None else "工作日与现在一样，没有一天不同。"
    return (
        Section(f"{to}会改的日子", f"{len(moved)} 天" if before else "", ("日子", "改为", "为什么"), rows, (), "" if rows else said),
        Section("未结工单的期限", lines=tuple(_dates(foreseen(entry)))),
    )  # fmt: skip


def _day(day: date, after: WorkCalendar, entry: Year) -> tuple[Cell, ...]:
    why = entry.holidays.get(day) or entry.workdays.get(day) or "平常的一天"
    return (Cell(said.day_and_weekday(day)), Cell("上班" if after.is_workday(day) else "放假"),
            Cell(why))  # fmt: skip


def _dates(found: Foreseen) -> Iterator[str]:
    looked = f"看了全部 {found.looked} 张" if found.whole else f"只看了其中 {found.looked} 张"
    yield f"{looked}有期限的未结工单：{found.later} 张会推后，{found.earlier} 张会提前。"
    if found.unknown:
        yield f"{found.unknown} 张还是算不出，要等再下一年的日历。"
