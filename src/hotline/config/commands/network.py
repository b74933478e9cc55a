"""`hotline network`: units, people and duty rosters in and out as xlsx or CSV."""

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.config.complaint import Complaint

HELP = "导入、导出单位、人员岗位和值班表（.xlsx 或 .csv），导入时全部成功或一项不改；check 查值班空档。"
AHEAD = timedelta(days=7)
WHATS = {"all": "全部（只限 .xlsx）", "units": "单位", "people": "人员岗位", "duties": "值班表"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which way, and which file."""
    ways = ["import", "export", "check"]
    parser.add_argument("way", choices=ways, metavar="|".join(ways), help="导入、导出到文件，或查今后七天的值班空档")
    parser.add_argument("file", type=Path, nargs="?", metavar="文件", help=".xlsx 或 .csv（UTF-8 或 GB18030）")
    said = "、".join(f"{what} {term}" for what, term in WHATS.items())
    parser.add_argument("--what", choices=[*WHATS], metavar="种类", help=f"导出什么：{said}")
    parser.add_argument("--dry-run", action="store_true", help="只核对，说出会改什么，什么也不改")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Import, export or check. 1 when the file has faults, and nothing is changed then; or when nobody is on duty."""
    if args.file is None and args.way != "check":
        raise Complaint("请写明文件。")
    if args.way == "import" and not args.file.is_file():
        raise Complaint(f"没有这个文件：{args.file}")
    from hotline.config import boot

    with boot.city(args.data):
        return {"import": _imported, "export": _exported, "check": _checked}[args.way](args)


def _checked(args: argparse.Namespace) -> int:
    from hotline.network import rosters
    from hotline.procedure import times
    from hotline.procedure.world import current

    book = current().book
    found = [(one.unit.name, hole) for one in rosters.uncovered(book, times.now(), AHEAD) for hole in one.holes]
    said = [{"unit": name, "from": _local(book, hole.begin), "until": _local(book, hole.end), "clause": hole.clause}
            for name, hole in found]  # fmt: skip
    if args.json:
        print(json.dumps({"holes": said}, ensure_ascii=False, indent=2))
    else:
        told = ["{unit} {from} 至 {until} 没有人值班（{clause}）".format(**one) for one in said]
        print("\n".join(told) or "今后七天，热线的前台都有人值班。")
    return 1 if found else 0


def _local(book: Any, at: datetime) -> str:
    return str(at.astimezone(book.tz).isoformat(timespec="minutes"))


def _exported(args: argparse.Namespace) -> int:
    from hotline.network.sheets.export import export
    from hotline.procedure import times
    from hotline.procedure.world import current

    kind = args.file.suffix.lower().lstrip(".")
    what = args.what or ("all" if kind == "xlsx" else "units")
    try:
        data = export(what, kind, times.now(), current().book.tz)
    except KeyError as error:
        raise Complaint("文件名须以 .xlsx 或 .csv 结尾；全部导出只能用 .xlsx。") from error
    args.file.write_bytes(data)
    said = {"file": str(args.file), "what": what, "bytes": len(data)}
    print(json.dumps(said, ensure_ascii=False) if args.json else f"已导出{WHATS[what].split('（')[0]}：{args.file}")
    return 0


def _imported(args: argparse.Namespace) -> int:
    from hotline.network.sheet import SheetError
    from hotline.network.sheets import loading
    from hotline.network.sheets.files import NotASheet
    from hotline.procedure import times
    from hotline.procedure.engine import SYSTEM

    now = times.now()
    try:
        made = loading.plan(args.file.read_bytes(), now)
        if args.dry_run:
            loading.rehearse(made, SYSTEM, now)
        newcomers = [] if args.dry_run else loading.load(made, SYSTEM, now)
    except NotASheet as error:
        raise Complaint(str(error)) from error
    except SheetError as wrong:
        return _faults(wrong, args.json)
    _done(args, loading.counted(made), made.notes, newcomers)
    return 0


def _faults(wrong: Any, as_json: bool) -> int:
    faults = [{"sheet": f.sheet, "row": f.row, "column": f.column, "because": f.because} for f in wrong.faults]
    if as_json:
        print(json.dumps({"ok": False, "faults": faults}, ensure_ascii=False, indent=2))
    else:
        print(f"有 {len(faults)} 处要改，什么也没有导入：\n" + "\n".join(fault.said() for fault in wrong.faults))
    return 1


def _done(args: argparse.Namespace, counts: Any, notes: list[str], newcomers: Any) -> None:
    if args.json:
        accounts = [{"login": n.login, "name": n.name, "password": n.password} for n in newcomers]
        told = {"ok": True, "dry_run": args.dry_run, "changes": dict(counts), "notes": notes, "accounts": accounts}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    said = "，".join(f"{what} {count}" for what, count in counts) or "与现状一样，没有要改的"
    print(("会改：" if args.dry_run and counts else "") + said + "。")
    print("".join(f"{note}\n" for note in notes), end="")
    if newcomers:
        print("一次性口令只在这里出现这一回，请交给本人，首次登录须改：")
        print("\n".join(f"{n.login}\t{n.password}\t{n.name}（{n.unit}）" for n in newcomers))
