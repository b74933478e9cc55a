"""`hotline simulate`: invented people live a simulated city for some days, under its own clock."""

import argparse
import contextlib
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hotline.config.complaint import Complaint
from hotline.config.locks import Lock
from hotline.config.paths import DEFAULT_DATA, DataFolder
from hotline.config.zh_argparse import whole

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from hotline.jobs.simulate.course import Course
    from hotline.jobs.simulate.living import Outcome

HELP = (
    "模拟：让虚构的人在模拟城市里过若干天，每天若干件诉求，全部照办理卡一步一步办成。\n"
    "目录里还没有城市时新建一座，过到 --until（缺省为现在）为止；已有模拟城市时从它的此刻往前过若干天，时钟只往前走。"
    "单位有快有慢，有的逾期、误退、求延期、答复空泛；诉求人有的再来电、给差评、联系不上。"
    "同一种子、同样的天数和止时，总得同样的城市；中途被打断，再执行一次同样的命令就接着过。"
    "结果留在数据目录（这条命令缺省为 var/simulate），./hotline up --data 该目录 可在网页上看。"
)
DATA = DEFAULT_DATA / "simulate"
REFUSED = 2
MOST_DAYS, MOST_PER_DAY = 3660, 10_000
OTHER = "{0} 里有一程没有过完（种子 {1}，{2} 至 {3}，每天 {4} 件）。请用同样的参数接着过，或用 --data 另选目录。"
DONE = "{0} 里这一程已经过完（种子 {1}，{2} 至 {3}，每天 {4} 件），没有再添什么。要再往前过，加 --further。"
BEHIND = "这座城市已经过到 {0}，不能往回走：--until 须比它晚。"
IN_USE = "{0} 正由另一条命令（up 或 simulate）使用，请先停止它。"
FORMAT = "写成 2026-11-27 或 2026-11-27T15:00 的样子"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long, how much, and from which seed."""
    parser.set_defaults(data=str(DATA))
    parser.add_argument("--days", metavar="天数", type=whole(MOST_DAYS), default=30, help="过多少天（缺省 30）")
    parser.add_argument("--per-day", metavar="件数", type=whole(MOST_PER_DAY), default=7, help="每天几件（缺省 7）")
    parser.add_argument("--seed", metavar="种子", default="1", help="任意文字；同一种子得同样的城市（缺省 1）")
    parser.add_argument("--until", metavar="时刻", type=instant, help="过到哪一天末或哪一刻为止；缺省见上")
    parser.add_argument("--further", action="store_true", help="这一程过完了，再往前过这么多天")
    parser.add_argument("--json", action="store_true", help="标准输出只有 JSON")


def instant(text: str) -> datetime:
    """A day, which means its end, or an instant; of the city's own time unless it says otherwise."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(FORMAT) from error
    return found.replace(hour=23, minute=59, second=59) if len(text) == len("2026-11-27") else found


def run(args: argparse.Namespace) -> int:
    """Begin or go on, live, tell; 2 where there is nothing that could be done."""
    from hotline.config import boot, simulation
    from hotline.config.birth import SIMULATED

    folder = DataFolder(args.data).prepare()
    with alone(folder), boot.database_of(folder.root):
        boot.set_up(folder, SIMULATED)
        one = wanted(args, folder)
        try:
            outcome = simulation.live(folder, one)
            told = as_json(one, outcome)
        finally:
            boot.disconnect()
    print(json.dumps(told, ensure_ascii=False) if args.json else table(told, folder))
    return 0


@contextlib.contextmanager
def alone(folder: DataFolder) -> Iterator[None]:
    """Nobody else lives this city, and no `up` serves it meanwhile: its clock has one hand on it. Raises Complaint."""
    lock = Lock(folder.run / "up.lock")
    if not lock.take(wait=False):
        raise Complaint(IN_USE.format(os.path.relpath(folder.root)))
    try:
        yield
    finally:
        lock.release()


def wanted(args: argparse.Namespace, folder: DataFolder) -> "Course":
    """The course to be lived, its city made or found. Raises Complaint."""
    from django.conf import settings

    from hotline.config import birth, boot, wiring
    from hotline.jobs.simulate import course
    from hotline.procedure import times

    tz = wiring.load_book(settings.HOTLINE_RULEBOOK).tz
    asked = args.until.replace(tzinfo=args.until.tzinfo or tz) if args.until else None
    there, before = birth.look(folder) is not None, course.read(folder.root)
    new = course.ending(args.seed, asked or times.wall(), args.days, args.per_day, tz)
    if not there:
        course.write(folder.root, new)
    boot.begin(birth.SIMULATED, None if there else new.begins(tz))
    wiring.wire()
    return _onward(args, folder, before, asked, tz) if there else new


def _onward(args: argparse.Namespace, folder: DataFolder, before: "Course | None", asked: datetime | None,
            tz: "ZoneInfo") -> "Course":  # fmt: skip
    """What is to be lived in a city that is there."""
    from hotline.jobs.simulate import course
    from hotline.procedure import times

    mine = before is not None and _same(args, before, asked)
    if before is not None and not before.done:
        if not mine:
            raise Complaint(OTHER.format(*_said(folder, before)), REFUSED)
        return before
    if before is not None and mine and not args.further:
        raise Complaint(DONE.format(*_said(folder, before)), REFUSED)
    at = times.now().astimezone(tz).replace(microsecond=0)
    until = asked or at + timedelta(days=args.days)
    if until <= at:
        raise Complaint(BEHIND.format(f"{at:%Y-%m-%d %H:%M}"), REFUSED)
    goes_on = before is not None and (before.seed, before.per_day) == (args.seed, args.per_day)
    first = before.first if before is not None and goes_on else at.date() + timedelta(days=1)
    return course.Course(args.seed, first, until.astimezone(tz), args.per_day, args.days)


def _same(args: argparse.Namespace, before: "Course", asked: datetime | None) -> bool:
    """Whether the command means the course that the folder remembers."""
    until = asked is None or asked == before.until
    return until and (args.seed, args.per_day, args.days) == (before.seed, before.per_day, before.asked)


def _said(folder: DataFolder, one: "Course") -> tuple[Any, ...]:
    return os.path.relpath(folder.root), one.seed, one.first, f"{one.until:%Y-%m-%d %H:%M}", one.per_day


def as_json(one: "Course", outcome: "Outcome") -> dict[str, Any]:
    """The result with the keys that others rely on."""
    from hotline.jobs.simulate import figures

    found = figures.count()
    return {
        "seed": one.seed, "first": one.first.isoformat(), "until": one.until.isoformat(), "per_day": one.per_day,
        "found": outcome.found, "registered": outcome.registered, "acts": outcome.acts,
        "refused": [{"matter": r.key, "verb": r.term, "because": r.because} for r in outcome.refused],
        "matters": found.matters, "orders": found.orders, "cards": found.cards, "on_time": found.on_time,
        "late": found.late, "lines": found.lines, "seconds": round(outcome.seconds, 3),
    }  # fmt: skip


def table(told: dict[str, Any], folder: DataFolder) -> str:
    """The same for a person."""
    from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS

    speed = told["acts"] / told["seconds"] if told["seconds"] else 0.0
    data = os.path.relpath(folder.root)
    return "\n".join([
        f"种子 {told['seed']}，{told['first']} 至 {told['until'][:16]}，每天 {told['per_day']} 件：",
        f"新登记 {told['registered']} 件，接着办 {told['found']} 件，办了 {told['acts']} 步，被拒 {len(told['refused'])} 步。",
        "事项：" + "，".join(f"{term} {told['matters'][s]}" for s, term in MATTER_TERMS.items() if s in told["matters"]),
        "工单：" + "，".join(f"{term} {told['orders'][s]}" for s, term in ORDER_TERMS.items() if s in told["orders"]),
        f"按时 {told['on_time']} 张，逾期 {told['late']} 张；黄牌 {told['cards'].get('yellow', 0)} 张，"
        f"红牌 {told['cards'].get('red', 0)} 张。",
        *(f"  {one['matter']}\t{one['verb']}\t{one['because']}" for one in told["refused"][:20]),
        f"用时 {told['seconds']:.1f} 秒，每秒 {speed:.0f} 步。",
        f"结果在 {data}：./hotline up --data {data} 可在网页上看。",
    ])  # fmt: skip
