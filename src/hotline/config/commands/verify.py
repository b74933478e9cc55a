"""`hotline verify`: recompute the whole ledger and name whatever does not fit."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.config.zh_argparse import whole

HELP = "核验台账：逐行重算，查出被改、被换、被插、被删的行和链；有历日封存文件时，还能查出整条重写的链。"
WIDTH = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Kept seals, and for whom."""
    parser.add_argument("--seals", metavar="目录", type=Path, help="保存在库外的封存文件目录")
    parser.add_argument("--files", action="store_true", help="还逐个打开附件，核对内容摘要（要读出全部附件）")
    parser.add_argument("--processes", metavar="个数", type=whole(256), help="用几个进程（缺省每个处理器核一个，台账不多时一个）")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print what is broken; 1 when anything is."""
    if args.seals is not None and not args.seals.is_dir():
        raise Complaint(f"没有封存目录 {args.seals}")
    from hotline.config import boot

    with boot.city(args.data):
        from hotline.config import verifying
        from hotline.procedure.verify import verify

        chains = verifying.by(args.processes, DataFolder(args.data).root)
        report = verify(args.seals, progress(), chains)
        lost = _attachments() if args.files else None
    if args.json:
        said = as_json(report) | ({"files": lost} if lost is not None else {})
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print("\n".join([told(report), *([told_files(lost)] if lost is not None else [])]))
    return 0 if report.ok and not lost else 1


def _attachments() -> list[str]:
    from hotline.casework.attachments import keeping

    return list(keeping.unlike())


def told_files(lost: list[str]) -> str:
    """What became of the attachments, for a person."""
    return "\n".join([f"附件有 {len(lost)} 个打不开。", *lost]) if lost else "附件：都能打开，与台账所记相符。"


def as_json(report: Any) -> dict[str, Any]:
    """The report as it is promised to programs."""
    broken = [{"chain": b.chain, "seq": b.seq, "why": b.why} for b in report.broken]
    return {"ok": report.ok, "chains": report.chains, "lines": report.lines, "broken": broken}


def told(report: Any) -> str:
    """The report for a person."""
    looked = f"核验 {report.chains} 条链、{report.lines} 行"
    if report.ok:
        return f"{looked}：全部相符。"
    return "\n".join(
        [f"{looked}：{len(report.broken)} 处不符。", *(f"{b.chain} 第 {b.seq} 行：{b.why}" for b in report.broken)]
    )


def progress() -> Callable[[int, int], None] | None:
    """A bar on a terminal, nothing in a log."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        full = WIDTH * min(done, total) // max(total, 1)
        sys.stderr.write(f"\r核验 [{'#' * full}{'.' * (WIDTH - full)}] {done}/{total} 行")
        sys.stderr.write("\n" if done >= total else "")
        sys.stderr.flush()

    return show
