"""`hotline seal`: seal the ledger now, besides the daily seal of the loops."""

import argparse
import json
from pathlib import Path

from hotline.config.complaint import Complaint

HELP = "立即封存台账：把各链的链头写到库外的封存文件（平时每天零点后自动封存前一天）。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--seals", metavar="目录", type=Path, help="封存文件目录（缺省：数据目录中的 seals/）")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Seal today, and say what was sealed."""
    from hotline.config import boot

    with boot.city(args.data):
        from django.conf import settings

        from hotline.procedure import sealing, times
        from hotline.procedure.world import current

        now = times.now()
        try:
            done = sealing.seal(now.astimezone(current().book.tz).date(), args.seals or settings.HOTLINE_SEALS_DIR, now)
        except sealing.SealError as error:
            raise Complaint(str(error)) from error
    said = {"number": done.number, "day": done.day.isoformat(), "chains": done.chains, "root": done.root.hex(),
            "file": str(done.path)}  # fmt: skip
    if args.json:
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print(f"第 {done.number} 号封存（{done.day}）：{done.chains} 条链，摘要 {said['root']}\n{done.path}")
    return 0
