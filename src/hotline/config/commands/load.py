"""`hotline load`: very many matters in a new simulated city, for measuring how it does when it is big."""

import argparse
import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

from hotline.config.commands.simulate import alone
from hotline.config.complaint import Complaint
from hotline.config.paths import DEFAULT_DATA, DataFolder
from hotline.config.zh_argparse import whole

if TYPE_CHECKING:
    from hotline.config.loading import Loaded
    from hotline.jobs.load.course import Batch

HELP = (
    "装载：在一座新的模拟城市里成批写入许多办过的事项，用来量一座大城市的快慢。\n"
    "人和事与 simulate 的一样，全部照办理卡在内存里办成，再成批写入：编号、期限、台账、密文、封存都与一步一步办成的一样，"
    "verify 可核验。约一百八十件事项过同样的日子，各有自己的编号、时刻、地点、姓名和密钥；每五百件抽一件让办理卡重办一遍，逐行核对。"
    "发给诉求人和单位的消息不写：当作早已送达、到期清除。\n"
    "同一种子、同样的件数和天数，总得同样的城市；中途被打断，再执行一次同样的命令就接着装。"
    "结果留在数据目录（这条命令缺省为 var/load），./hotline up --data 该目录 可在网页上看。"
)
DATA = DEFAULT_DATA / "load"
REFUSED = 2
MOST, MOST_DAYS = 100_000_000, 3660
USUAL_DAYS, FEWEST_DAYS, A_DAY = 730, 60, 500
OTHER = "{0} 里有一批没有装完（种子 {1}，{2} 件，{3} 至 {4}）。请用同样的参数接着装，或用 --data 另选目录。"
DONE = "{0} 里这一批已经装完（种子 {1}，{2} 件，{3} 至 {4}），没有再添什么。"
THERE = "{0} 里已有一座城市。装载只在新的目录里进行，请用 --data 另选目录。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, over how long, from which seed."""
    parser.set_defaults(data=str(DATA))
    parser.add_argument("--matters", metavar="件数", type=whole(MOST), default=10_000, help="多少件（缺省 10000）")
    parser.add_argument("--days", metavar="天数", type=whole(MOST_DAYS),
                        help=f"摊在多少天里（缺省至多 {USUAL_DAYS} 天，每天不少于 {A_DAY} 件）")  # fmt: skip
    parser.add_argument("--seed", metavar="种子", default="1", help="任意文字；同一种子得同样的城市（缺省 1）")
    parser.add_argument("--until", metavar="日期", type=day, help="到哪一天为止，如 2026-11-27（缺省为今天，当天不算在内）")
    parser.add_argument("--processes", metavar="个数", type=whole(256), help="用几个进程（缺省每个处理器核一个）")
    parser.add_argument("--json", action="store_true", help="标准输出只有 JSON")


def day(text: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("写成 2026-11-27 的样子") from error


def run(args: argparse.Namespace) -> int:
    """Begin or go on, load, tell; 2 where there is nothing that could be done."""
    from hotline.config import boot, loading
    from hotline.config.birth import SIMULATED

    folder = DataFolder(args.data).prepare()
    with alone(folder), boot.database_of(folder.root):
        boot.set_up(folder, SIMULATED)
        try:
            batch = wanted(args, folder)
            told = as_json(batch, loading.load(folder, batch, args.processes or os.cpu_count() or 1))
        finally:
            boot.disconnect()
    print(json.dumps(told, ensure_ascii=False) if args.json else table(told, folder))
    return 0


def wanted(args: argparse.Namespace, folder: DataFolder) -> "Batch":
    """What is to be loaded, its city made or found, its people appointed, its numbers drawn. Raises Complaint."""
    from django.conf import settings

    from hotline.config import birth, boot, wiring
    from hotline.jobs.load import course, staffing

    before, there = course.read(folder.root), birth.look(folder) is not None
    if before is None and there:
        raise Complaint(THERE.format(os.path.relpath(folder.root)), REFUSED)
    batch = before or asked(args)
    insist(args, folder, batch)
    course.write(folder.root, batch)
    begins = batch.begins(wiring.load_book(settings.HOTLINE_RULEBOOK).tz)
    boot.begin(birth.SIMULATED, begins)
    wiring.wire()
    staffing.staff(begins)
    if not batch.numbers:
        batch = batch.at(_numbers(batch))
        course.write(folder.root, batch)
    return batch


def asked(args: argparse.Namespace) -> "Batch":
    """The batch that the words ask for."""
    from hotline.jobs.load import course
    from hotline.procedure import times

    days = args.days or min(USUAL_DAYS, max(FEWEST_DAYS, args.matters // A_DAY))
    return course.ending(args.seed, args.until or times.wall().date(), days, args.matters)


def insist(args: argparse.Namespace, folder: DataFolder, batch: "Batch") -> None:
    """The folder's batch is the one that the words ask for, and not at its end. Raises Complaint."""
    said = os.path.relpath(folder.root), batch.seed, batch.matters, batch.first, batch.end
    mine = (args.seed, args.matters) == (batch.seed, batch.matters)
    if not mine or args.days not in (None, batch.days) or args.until not in (None, batch.end):
        raise Complaint((DONE if batch.done else OTHER).format(*said), REFUSED)
    if batch.done:
        raise Complaint(DONE.format(*said), REFUSED)


def _numbers(batch: "Batch") -> int:
    """Numbers for all its matters, taken out of the row from which every act takes its own."""
    from django.db import connections

    from hotline.jobs.load.course import STRIDE

    with connections["owner"].cursor() as cur:
        cur.execute("SELECT nextval('procedure_ids')")
        first = int(cur.fetchone()[0])
        cur.execute("SELECT setval('procedure_ids', %s)", [first + (batch.matters + 1) * STRIDE])
    return first


def as_json(batch: "Batch", loaded: "Loaded") -> dict[str, Any]:
    """The result with the keys that others rely on."""
    from hotline.jobs.simulate import figures

    found = figures.count()
    return {
        "seed": batch.seed, "first": batch.first.isoformat(), "end": batch.end.isoformat(),
        "asked": batch.matters, "found": loaded.found, "written": loaded.written, "alone": loaded.alone,
        "sealed": loaded.sealed, "matters_in_all": sum(found.matters.values()),
        "matters": found.matters, "orders": found.orders, "lines": found.lines,
        "writing": round(loaded.writing, 3), "seconds": round(loaded.seconds, 3), "processes": loaded.processes,
        "cpu": round(loaded.cpu, 3), "database_cpu": loaded.database_cpu and round(loaded.database_cpu, 3),
        "load": round(loaded.load, 2),
    }  # fmt: skip


def table(told: dict[str, Any], folder: DataFolder) -> str:
    """The same for a person."""
    from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS

    speed = told["written"] / told["writing"] * 60 / told["processes"] if told["processes"] else 0.0
    data = os.path.relpath(folder.root)
    return "\n".join([
        f"种子 {told['seed']}，{told['first']} 起，{told['end']} 前：新写入 {told['written']} 件，原有 {told['found']} 件，"
        f"封存 {told['sealed']} 天。",
        "事项：" + "，".join(f"{term} {told['matters'][s]}" for s, term in MATTER_TERMS.items() if s in told["matters"]),
        "工单：" + "，".join(f"{term} {told['orders'][s]}" for s, term in ORDER_TERMS.items() if s in told["orders"]),
        f"台账 {sum(told['lines'].values())} 行；逐件办成的 {told['alone']} 件。",
        f"写入 {told['writing']:.1f} 秒，{told['processes']} 个进程，每进程每分钟 {speed:.0f} 件；"
        f"连同封存、索引、统计共 {told['seconds']:.1f} 秒；{_cpu(told)}。",
        f"结果在 {data}：./hotline up --data {data} 可在网页上看。",
    ])  # fmt: skip


def _cpu(told: dict[str, Any]) -> str:
    there = "看不到" if told["database_cpu"] is None else f"{told['database_cpu']:.1f} 秒"
    return f"处理器：程序 {told['cpu']:.1f} 秒，数据库 {there}，此刻负载 {told['load']:.1f}"
