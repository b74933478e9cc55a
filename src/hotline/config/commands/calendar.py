"""`hotline calendar`: which calendar years there are, and a year published on a running city."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.config.zh_argparse import whole
from hotline.rules import calendars, sources
from hotline.rules.errors import RulebookError
from hotline.rules.worktime import Year

if TYPE_CHECKING:
    from hotline.casework.recomputing import Difference, Recomputed
    from hotline.rules.book import Rulebook

HELP = "日历：check 查看各年日历是正式、暂定还是没有；publish 发布一年的日历，并按它重算全部未结工单的期限。"
PASSES = 20  # a matter that somebody holds in each of them is left to the loops
TERMS = {"official": "正式", "provisional": "暂定"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file; `--data` may also stand behind the act."""
    acts = parser.add_subparsers(dest="act", metavar="动作", title="动作", required=True)
    check = acts.add_parser("check", help="各年日历的状态、天数和提醒，并与公开的日历库比较")
    publish = acts.add_parser("publish", help="校验并装入一年的日历，重算未结工单，列出每一处变化；再执行一次不会有变化")
    publish.add_argument("year", metavar="年", type=whole(9999), help="例如 2027")
    publish.add_argument("file", metavar="文件", type=Path, help="日历文件（YAML），格式同规则册 calendars/ 里的")
    for one in (check, publish):
        one.add_argument("--json", action="store_true", help="只输出 JSON")
        one.add_argument("--data", metavar="目录", default=argparse.SUPPRESS, help="数据目录")


def run(args: argparse.Namespace) -> int:
    """One of the two, on a city."""
    from hotline.config import boot

    with boot.city(args.data):
        return check(args) if args.act == "check" else publish(args)


# check


def check(args: argparse.Namespace) -> int:
    """Tell of each year; 1 when there is an alarm."""
    from hotline.procedure import times
    from hotline.procedure.world import current

    book = current().book
    own = {int(path.stem) for path in sources.published_in(DataFolder(args.data).calendars)}
    years = [_year(entry, book, number in own) for number, entry in sorted(book.calendar.years.items())]
    wrong = calendars.alarm(book.calendar, times.now())
    if args.json:
        print(json.dumps({"rulebook": book.id, "years": years, "alarm": wrong}, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*map(_said, years), f"提醒：{wrong}。" if wrong else "没有要提醒的。"]))
    return 1 if wrong else 0


def _year(entry: Year, book: "Rulebook", published: bool) -> dict[str, Any]:
    return {
        "year": entry.year, "status": entry.status, "notice": entry.notice, "amended_by": list(entry.amended_by),
        "holidays": len(entry.holidays), "made_up_workdays": len(entry.workdays),
        "workdays": sum(book.calendar.is_workday(day) for day in _days(entry.year)),
        "from": "published" if published else "rulebook", "compared": dict(_compared(entry.year, book)),
    }  # fmt: skip


def _said(year: dict[str, Any]) -> str:
    where = "本机发布" if year["from"] == "published" else "规则册"
    compared = "；".join(
        f"与 {name} {'一致' if not days else f'有 {len(days)} 天不同：' + '、'.join(days[:5])}"
        for name, days in year["compared"].items()
    )
    return (
        f"{year['year']}  {TERMS[year['status']]}  放假 {year['holidays']} 天，调休上班 {year['made_up_workdays']} 天，"
        f"全年工作日 {year['workdays']} 天  {year['notice'] or '没有文号'}  （{where}）" + (f"  {compared}" if compared else "")
    )


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days))


def _compared(year: int, book: "Rulebook") -> Iterator[tuple[str, list[str]]]:
    """Days on which a public calendar says otherwise, for each library that is installed and knows the year."""
    for name, is_workday in _libraries(year):
        yield name, [day.isoformat() for day in _days(year) if is_workday(day) != book.calendar.is_workday(day)]


def _libraries(year: int) -> Iterator[tuple[str, Any]]:
    """Public calendars of the country whose notices these are; sources to compare with, never to compute from."""
    try:
        import chinese_calendar

        chinese_calendar.is_workday(date(year, 1, 1))
        yield "chinesecalendar", chinese_calendar.is_workday
    except (ImportError, NotImplementedError):
        return


# publish


def publish(args: argparse.Namespace) -> int:
    """Install the year, then put right every open date; 1 when something could not be, or is left to the loops."""
    from hotline.config import freshness
    from hotline.procedure.world import current

    content, entry = _validated(args, current().books.values())
    installed = _install(args, content, entry)
    freshness.refresh()
    done, found = _recompute()
    rows = [_row(one) for one in found]
    if args.json:
        said = {"year": entry.year, "status": entry.status, "notice": entry.notice, "installed": installed,
                "recomputed": done.performed, "failed": done.aside, "left": done.left,
                "differences": rows}  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _tell(entry, installed, done, found)
    return 1 if done.aside or done.left else 0


def _validated(args: argparse.Namespace, books: Any) -> tuple[str, Year]:
    """The file's content, and the year as the loader reads it for every rulebook in use. Raises Complaint."""
    try:
        content = args.file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").strip()
    except OSError as error:
        raise Complaint(f"读不到文件 {args.file}") from error
    except UnicodeDecodeError as error:
        raise Complaint(f"{args.file} 不能发布：不是 UTF-8 的文字") from error
    name = f"{sources.CALENDARS}/{args.year}.yaml"
    try:
        data = sources.parse(name, content.encode())
        return content, [calendars.year(name, data, book.calendar.weekend) for book in books][0]
    except RulebookError as wrong:
        raise Complaint(f"{args.file} 不能发布：{calendars.told(content, wrong)}") from wrong


def _install(args: argparse.Namespace, content: str, entry: Year) -> bool:
    """The year with its line into the database, then the file that every process reads; whether either was not there.
    Killed in between, the loops or this command again make the file (ADR 0035)."""
    from hotline.network import desks, years

    desks.forget()
    there = any(one.body == content and not one.row.ended_at for one in years.published())
    entered = False if there else _entered(content, entry)
    desks.forget()
    return years.install(DataFolder(args.data).calendars) or entered


def _entered(content: str, entry: Year) -> bool:
    """Published by the system, in place of what stood; False where it holds already, as the rulebook's own or as a file
    from before years were kept in the database. Raises Complaint."""
    from hotline.network.desks import centres
    from hotline.network.transitions.calendars import PublishCalendar
    from hotline.network.transitions.kept_by_office import OFFICE
    from hotline.procedure import times
    from hotline.procedure.engine import SYSTEM
    from hotline.procedure.forms import FormErrors
    from hotline.procedure.perform import Subject, perform
    from hotline.procedure.world import current

    if current().book.calendar.years.get(entry.year) == entry:
        return False
    office = next((unit.id for unit in centres() if unit.desk == OFFICE), None)
    if office is None:
        raise Complaint("还没有热线办，日历没有地方记。")
    try:
        form = {"content": content, "replaces": "1"}
        perform(PublishCalendar, Subject("unit", office), form, actor=SYSTEM, now=times.now())
    except FormErrors as wrong:
        raise Complaint(f"{entry.year} 年的日历不能发布：{'；'.join(one.because for one in wrong.problems)}") from wrong
    return True


def _recompute() -> "tuple[Recomputed, list[Difference]]":
    """Pass after pass until one finds nothing more; then what came out otherwise, by the ledger."""
    from hotline.casework import recomputing
    from hotline.procedure import times

    whole, ids = recomputing.Recomputed(), recomputing.open_matters()
    for _ in range(PASSES):
        this = recomputing.Recomputed()
        for portion in recomputing.portions(ids):
            this += recomputing.recompute(portion, times.now())
        whole = recomputing.Recomputed(whole.performed + this.performed, this.aside, this.left)
        if not this.performed and not this.left:
            break
    return whole, recomputing.differences(ids)


def _row(one: "Difference") -> dict[str, Any]:
    from hotline.network import desks

    return {"number": one.number, "order_id": one.order_id, "unit": desks.name(one.unit_id),
            "old_due_at": _iso(one.old_due_at), "due_at": _iso(one.due_at), "was_provisional": one.was_provisional,
            "notices": one.notices}  # fmt: skip


def _iso(at: Any) -> str | None:
    from hotline.procedure.world import current

    return at.astimezone(current().book.tz).isoformat(timespec="minutes") if at else None


def _moved(row: dict[str, Any]) -> str:
    """What came out otherwise of one order."""
    if row["old_due_at"] != row["due_at"]:
        return f"{row['old_due_at']} → {row['due_at']}"
    return "期限不变，转为正式" if row["was_provisional"] else "期限不变，先到的日子有变（签收、退回、联系或审核）"


def _tell(entry: Year, installed: bool, done: "Recomputed", found: "list[Difference]") -> None:
    say = "已装入" if installed else "早已装入，内容相同"
    print(f"{entry.year} 年日历（{TERMS[entry.status]}，{entry.notice or '没有文号'}）{say}。")
    for row in map(_row, found):
        print(f"{row['number']}  {row['unit']}  {_moved(row)}  {row['notices'] or '没有文号'}")
    print(f"这次重算改动 {done.performed} 处；按这份日历共有 {len(found)} 张工单的日期与原来不同（见上）。")
    if done.left or done.aside:
        print(f"{done.left} 处正被别人办理，由后台循环接着算；{done.aside} 处未能重算，见日志。", file=sys.stderr)
