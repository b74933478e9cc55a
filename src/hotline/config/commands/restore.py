"""`hotline restore`: a city out of a backup, in a fresh data folder, verified."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

HELP = (
    "从备份恢复到一个新目录（--data），可恢复到某一时刻；备份之后销毁过的个人密钥再次销毁，再按保存在库外的封存核验台账。"
    "恢复完用 ./hotline up 启动，并马上做一次新备份。"
)

MOST_SAID = 20


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"时刻 {text} 应当写成 2026-11-25T09:30+08:00 这样，带时区")
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, until when, and what is kept elsewhere."""
    parser.add_argument("place", metavar="目录", type=Path, help="备份目录，或其中一份备份")
    parser.add_argument("--until", metavar="时刻", type=_instant, help="恢复到这一时刻（数据库服务器的时间），带时区")
    parser.add_argument("--wal", metavar="目录", type=Path, help="连续归档的目录（缺省：备份目录里的 wal/，或备份时的那一个）")
    parser.add_argument("--keys", metavar="目录", type=Path, help="密钥备份的目录；正式城市必须给")
    parser.add_argument("--seals", metavar="目录", type=Path, help="保存在别处的封存文件（缺省：备份里的那一份）")
    parser.add_argument("--destroyed", metavar="目录", type=Path, help="保存在别处的销毁记录，与备份里的那一份合并")
    parser.add_argument("--persons", metavar="文件", type=Path, help="逻辑导出的个人密钥（缺省：自动找同一时刻的）")
    parser.add_argument("--files", metavar="目录", type=Path, help="保存在别处的附件（files/ 的副本），与备份里的那一份合并")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """1 when the ledger does not fit the kept seals, or attachments are missing."""
    from hotline.config import database
    from hotline.config.backup import restoring, shelf
    from hotline.config.complaint import Complaint
    from hotline.config.paths import DataFolder

    for given in (args.wal, args.keys, args.seals, args.destroyed, args.persons, args.files):
        if given is not None and not given.exists():
            raise Complaint(f"没有 {given}")
    place = args.place.expanduser().absolute()
    kinds = (shelf.DUMP,) if database.external() else (shelf.BASE, shelf.DUMP)
    backup = shelf.choose(place, args.until, kinds)
    wanted = restoring.Wanted(
        backup, DataFolder(args.data), args.until, args.wal or _archive(backup), args.keys, args.seals,
        args.destroyed, args.persons or _usual(_persons(backup)), args.files,
    )  # fmt: skip
    done = restoring.restore(wanted)
    print(json.dumps(as_json(wanted, done), ensure_ascii=False, indent=2) if args.json else told(wanted, done))
    return 0 if done.report.ok and not done.files_lost else 1


def _usual(path: Path) -> Path | None:
    return path if path.exists() else None


def _archive(backup: Any) -> Path | None:
    """On the shelf, or where it was when the backup was taken."""
    told = backup.card.get("archive")
    return _usual(backup.folder.parent / "wal") or (_usual(Path(told)) if told else None)


def _persons(backup: Any) -> Path:
    beside = backup.folder.parent
    return Path(beside.with_name(beside.name + "-persons") / f"{backup.stamp}.persons")


def as_json(wanted: Any, done: Any) -> dict[str, Any]:
    """For programs."""
    from hotline.config.commands import verify

    return {
        "backup": str(wanted.backup.folder), "data": str(wanted.data.root), "destroyed_again": done.destroyed,
        "seals_beyond": done.beyond, "remark": done.remark if wanted.until else "", **verify.as_json(done.report),
        "files_lost": list(done.files_lost),
    }  # fmt: skip


def told(wanted: Any, done: Any) -> str:
    """For a person."""
    from hotline.config.commands import verify

    lines = [f"已从 {wanted.backup.folder.name} 恢复到 {wanted.data.root}。"]
    if wanted.until and done.remark.startswith("归档"):
        lines.append(done.remark)
    lines.append(f"备份之后的销毁记录已重做，又销毁 {done.destroyed} 处。登录会话已全部结束。")
    if done.beyond:
        lines.append(f"恢复的时刻之后还有 {done.beyond} 份封存，移到 seals-beyond/：那是丢失部分的证据，请保存。")
    lines.append(verify.told(done.report))
    if done.files_lost:
        lines.append(f"{len(done.files_lost)} 个附件打不开（备份之后收到的，须用 --files 指明另存的 files/ 副本）：")
        lines += done.files_lost[:MOST_SAID]
    if not done.report.ok and wanted.seals is None:
        lines.append("备份之后的封存不在备份里：请删去新目录，用 --seals 指明保存在别处的封存文件，再恢复一次。")
    lines.append("下一步：./hotline up 启动，./hotline doctor 体检，并马上做一次新备份。")
    return "\n".join(lines)
