"""日历 (calendars): which years there are, official, provisional or missing; what a file would change before it is
published. Publishing itself is done by the command, which puts the year on the disk and works open dates out anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework.foreseeing import Foreseen, foreseen
from hotline.rules import calendars, sources
from hotline.rules.errors import RulebookError
from hotline.rules.worktime import WorkCalendar, Year
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, FieldView, FormView, NetworkPage, Section
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.health import caretaker

URL = "/staff/calendar/"
STATES = {"official": "正式", "provisional": "暂定"}
HEADS = ("年", "状态", "放假", "调休上班", "全年工作日", "文号", "出处")
MOST_BYTES = 64 * 1024
HINT = "一年一个 YAML 文件，格式同规则册 calendars/ 里的；文件名或内容里写着年份。"


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


def _page(request: StaffRequest, error: str = "", sections: tuple[Section, ...] = (),
          status: int = 200) -> HttpResponse:  # fmt: skip
    field = FieldView("file", "日历文件", "file", hint=HINT, error=error, missing_said="请选择文件。")
    wrong = calendars.alarm(frame.book().calendar, frame.now())
    page = NetworkPage(
        "日历", "期限按工作日算，放假和调休以国务院办公厅的通知为准。", problem=f"{wrong}。" if wrong else "",
        sections=(*sections, _years()), form=FormView("看看会改什么", URL, (field,)), form_first=not sections,
    )  # fmt: skip
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=status)


@require_http_methods(["GET", "POST"])
@caretaker
def years(request: StaffRequest) -> HttpResponse:
    """All years; a POST shows what a file would change."""
    if request.method == "GET":
        return _page(request)
    given = request.FILES.get("file")
    if given is None or not 0 < (given.size or 0) <= MOST_BYTES:
        return _page(request, "没有收到文件，或者文件大于 64 KB。", status=422)
    try:
        entry = _read(given.read())
    except RulebookError as wrong:
        return _page(request, _said(str(given.name), wrong), status=422)
    return _page(request, sections=_changes(entry))


def _read(content: bytes) -> Year:
    """The year that a file holds, as the loader would read it. Raises RulebookError."""
    data = sources.parse_sent("日历文件", content)
    number = data.get("year") if isinstance(data, dict) else None
    return calendars.year(f"{sources.CALENDARS}/{number}.yaml", data, frame.book().calendar.weekend)


def _said(name: str, wrong: RulebookError) -> str:
    """What is wrong with a file, and where in it, by the name under which it was sent."""
    return f"{name[:80]}{f'，{wrong.key} 一项' if wrong.key else ''}：{wrong.problem}。"


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
        Section("发布", lines=(f"在服务器上执行 ./hotline calendar publish {entry.year} 文件：装入这一年，重算未结工单，每一处变化都留台账。",)),
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
