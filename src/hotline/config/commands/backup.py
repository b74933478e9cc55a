"""`hotline backup`: a backup of the running city, and the shelf kept short."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from hotline.config.zh_argparse import whole

HELP = (
    "备份到一个目录。内置数据库做整库备份，配合连续归档（HOTLINE_ARCHIVE）可恢复到任一时刻；外部数据库做逻辑导出。"
    "密钥文件从不放在备份里，用 --keys 另存。"
)
DAYS, MOST = 14, 36500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and how long things are kept there."""
    parser.add_argument("place", metavar="目录", type=Path, help="备份放在哪里；不能在数据目录里面")
    parser.add_argument("--dump", action="store_true", help="内置数据库也做逻辑导出，不做整库备份")
    parser.add_argument(
        "--persons", metavar="目录", type=Path, help="逻辑导出的个人密钥另放在哪里（缺省：备份目录旁的“目录-persons”）"
    )
    parser.add_argument("--keys", metavar="目录", type=Path, help="把密钥文件另存到这个目录；不能在备份目录里面")
    days = whole(MOST, 0)
    parser.add_argument("--keep", metavar="天数", type=days, default=DAYS, help=f"删去多少天以前的备份（缺省 {DAYS}）")
    parser.add_argument(
        "--keep-persons", metavar="天数", type=days, default=DAYS, help=f"删去多少天以前的个人密钥（缺省 {DAYS}）"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Take one, then clear away."""
    from hotline.config import archiving, boot, database
    from hotline.config.backup import shelf, taking
    from hotline.config.complaint import Complaint
    from hotline.config.paths import DataFolder

    data, place = DataFolder(args.data), args.place.expanduser().absolute()
    persons = (args.persons or place.with_name(place.name + "-persons")).expanduser().absolute()
    if not database.external() and not data.postgres.exists():
        raise Complaint(boot.NO_CITY.format(args.data))
    taking.insist_on_apart(persons, place)
    if args.keys is not None:
        taking.copy_keys(data, args.keys.expanduser().absolute(), (place, persons, data.root))
    kind = shelf.DUMP if args.dump or database.external() else shelf.BASE
    with boot.database_of(args.data):
        made = taking.take(data, place, persons, kind)
    now = datetime.now(UTC)
    gone = shelf.prune(place, now, args.keep) + shelf.prune_persons(persons, now, args.keep_persons)
    archive = archiving.folder(data) if kind == shelf.BASE else None
    first = taking.needed_from([one for one in shelf.backups(place) if one.kind == shelf.BASE]) if archive else None
    forgotten = archiving.forget_before(archive, first) if archive and first else 0
    said = {"backup": str(made.folder), "kind": kind, "done_at": made.done_at.isoformat(),
            "archive": str(archive) if archive else None, "removed": len(gone),
            "log_files_removed": forgotten}  # fmt: skip
    print(json.dumps(said, ensure_ascii=False, indent=2) if args.json else told(said, persons))
    return 0


def told(said: dict[str, object], persons: Path) -> str:
    """For a person."""
    lines = [f"已备份：{said['backup']}（{said['done_at']} 完成）"]
    if said["kind"] == "dump":
        lines.append(f"个人密钥另在 {persons}，到期自动删去。没有它，恢复出来的姓名和电话打不开。")
    elif said["archive"] is None:
        lines.append("没有打开连续归档，只能恢复到备份完成的时刻。设 HOTLINE_ARCHIVE=目录 后重新 up 即打开。")
    else:
        lines.append(f"连续归档在 {said['archive']}，可恢复到其后任一时刻。")
    lines.append(f"删去过期备份 {said['removed']} 份、归档文件 {said['log_files_removed']} 个。密钥文件不在备份里，须另存。")
    return "\n".join(lines)
