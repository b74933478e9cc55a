"""`hotline doctor`: a look at the installation; says what is wrong and what to do, changes nothing."""

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

HELP = "体检：版本、磁盘、密钥、数据库、权限、循环、队列、封存、日历、时间。有问题时退出码为 1，每一条都说明怎么办。"
MARKS = {"ok": "正常", "hint": "提示", "wrong": "问题"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much room there must be, and whether the loops run here."""
    parser.add_argument("--least-free", metavar="GiB", type=float, default=5.0, help="磁盘至少要剩多少（缺省 5 GiB）")
    parser.add_argument("--no-loops", action="store_true", help="这台机器不运行后台循环，不看心跳")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """1 when anything is wrong."""
    from hotline.config import boot, database
    from hotline.config.complaint import Complaint
    from hotline.config.paths import DataFolder

    data = DataFolder(args.data)
    if not data.root.is_dir() or (not database.external() and not data.postgres.exists()):
        raise Complaint(boot.NO_CITY.format(args.data))
    found = list(everything(data, args))
    print(json.dumps(as_json(found), ensure_ascii=False, indent=2) if args.json else "\n".join(told(found)))
    return 1 if any(one.wrong for one in found) else 0


def everything(data: Any, args: argparse.Namespace) -> Iterator[Any]:
    """The machine, then the database, then the city, as far as one can come."""
    from hotline.config import boot, database
    from hotline.config.doctor import base, city, machine

    yield from machine.everything(data, args.least_free, not args.no_loops)
    boot.configure(data.root)
    from django.db import connections

    looked = list(base.everything(connections["owner"], data, database.external()))
    yield from looked
    if not any(one.wrong for one in looked if one.name in ("database", "tables")):
        yield from city.everything(data)


def state(one: Any) -> str:
    """ok, hint or wrong."""
    return "wrong" if one.wrong else "hint" if one.todo else "ok"


def as_json(found: Sequence[Any]) -> dict[str, Any]:
    """For programs."""
    rows = [{"name": one.name, "state": state(one), "said": one.said, "todo": one.todo} for one in found]
    return {"ok": not any(one.wrong for one in found), "findings": rows}


def told(found: Sequence[Any]) -> Iterator[str]:
    """For a person."""
    for one in found:
        yield f"{MARKS[state(one)]}  {one.said}"
        if one.todo:
            yield f"      → {one.todo}"
    wrong = sum(one.wrong for one in found)
    yield f"共 {len(found)} 项，{wrong} 项有问题。" if wrong else f"共 {len(found)} 项，没有问题。"
