"""`hotline due`: every date of one order, from the rules alone, without a database."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hotline.config.complaint import Complaint
from hotline.config.paths import RULEBOOKS
from hotline.rules import book as books
from hotline.rules import doors, limits, marks
from hotline.rules.errors import RulebookError, UncoveredYear
from hotline.rules.verdicts import Due

HELP = "计算一件事项的各个期限：到期、提醒、黄牌、退回、延期、联系、签收，并说明依据的条款。不需要数据库。有年份没有日历的退出码是 2，参数写错的是 64，其余错误是 1。"
UNCOVERED = 2
TERMS = {
    "due_at": "办结到期",
    "reminder_at": "提醒",
    "yellow_at": "黄牌",
    "return_until": "退回截止",
    "extension_ask_until": "延期报备截止",
    "contact_until": "首次联系截止",
    "sign_until": "签收截止",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The order: rulebook, kind, urgency, instant of delivery."""
    parser.add_argument("--rulebook", metavar="规则册", required=True, help="rulebooks/ 下的文件夹名")
    parser.add_argument("--kind", metavar="类别", required=True, help="事项类别，例如 complaint")
    parser.add_argument("--urgent", action="store_true", help="按紧急或可简易处理的事项计算")
    parser.add_argument("--received", metavar="时刻", required=True, help="接收时刻，ISO 8601；不带时区的按当地时间")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print the dates; 2 where a year has no calendar."""
    try:
        book = load_rulebook(args.rulebook)
        found = dates(book, known_kind(book, args.kind), instant(book, args.received), urgent=args.urgent)
    except UncoveredYear as error:
        raise Complaint(str(error), UNCOVERED) from error
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else table(found))
    return 0


def load_rulebook(name: str) -> books.Rulebook:
    """The rulebook in the folder of that name; Complaint where there is none or it is faulty."""
    known = sorted(path.name for path in RULEBOOKS.iterdir() if path.is_dir())
    if name not in known:
        raise Complaint(f"没有规则册 {name}，可选：{'、'.join(known)}")
    try:
        return books.load(RULEBOOKS / name)
    except RulebookError as error:
        raise Complaint(str(error)) from error


def known_kind(book: books.Rulebook, kind: str) -> str:
    """`kind`, when the rulebook knows it."""
    if kind not in book.kinds:
        raise Complaint(f"没有事项类别 {kind}，可选：{'、'.join(book.kinds)}")
    return kind


def instant(book: books.Rulebook, text: str) -> datetime:
    """An ISO 8601 instant in the city's time zone; a naive one is local."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise Complaint(f"接收时刻 {text} 不是 ISO 8601 格式，例如 2026-09-30T10:00") from error
    return given.replace(tzinfo=book.tz) if given.tzinfo is None else given.astimezone(book.tz)


def dates(book: books.Rulebook, kind: str, received: datetime, *, urgent: bool) -> dict[str, Any]:
    """Every date as ISO 8601 or None, with clause and readings of the due date. Raises UncoveredYear."""
    due = limits.due(book, kind, received, urgent=urgent)

    def on_due(rule: Callable[[Due], Due | None]) -> str | None:
        return _iso(rule(due)) if due else None

    return {
        "rulebook": book.id,
        "kind": kind,
        "urgent": urgent,
        "received_at": _written(received),
        "due_at": _iso(due),
        "clause": due.clause if due else book.kind(kind).clause,
        "readings": list(due.readings) if due else [],
        "provisional": bool(due and due.provisional),
        "reminder_at": on_due(lambda d: marks.reminder_at(book, kind, d, urgent=urgent)),
        "yellow_at": on_due(lambda d: marks.yellow_at(book, d, received, urgent=urgent)),
        "return_until": _iso(doors.return_until(book, received, urgent=urgent)),
        "extension_ask_until": on_due(
            lambda d: doors.extension_ask_until(book, d, urgent=urgent, kind=kind, received=received)
        ),
        "contact_until": on_due(lambda d: limits.contact_until(book, kind, received, urgent=urgent, due=d)),
        "sign_until": _iso(limits.sign_until(book, received, urgent=urgent, due=due)),
    }


def table(found: dict[str, Any]) -> str:
    """The same for a person."""
    lines = [f"{term}：{found[key] or '无'}" for key, term in TERMS.items()]
    basis = "，".join([found["clause"], *found["readings"]])
    note = "（暂定：有年份的放假安排尚未发布）" if found["provisional"] else ""
    return "\n".join([f"依据：{basis}{note}", *lines])


def _iso(due: Due | None) -> str | None:
    return _written(due.at) if due else None


def _written(instant: datetime) -> str:
    """ISO 8601 to the minute, to the second where there are seconds."""
    return instant.isoformat(timespec="seconds" if instant.second else "minutes")
