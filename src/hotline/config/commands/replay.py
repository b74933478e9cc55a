"""`hotline replay`: a file of old messages and answers, lived through the whole line in a simulated city of its own."""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline.config.complaint import Complaint
from hotline.config.paths import DEFAULT_DATA, DataFolder

if TYPE_CHECKING:
    from hotline.jobs.replay.living import Outcome
    from hotline.rules.book import Rulebook

HELP = (
    "回放：把一份带答复的留言（CSV）逐件按当年的时刻办一遍，建在单独的模拟城市里。\n"
    "每件留言按留言时间登记、派发，按答复时间报送；中间与之后各步的时刻由编号抽定，同一份文件总得同样的结果。"
    "文件可为 UTF-8 或 GB18030，须有留言编号、留言用户、留言主题、留言时间、留言详情、答复意见、答复时间各列。"
    "不能办的行逐行说明原因，其余照办；行号从表头之下的第 1 行数起。文件里没有的内容以〔回放占位〕填补。"
    "结果留在数据目录（这条命令缺省为 var/replay），./hotline up --data 该目录 可在网页上看，"
    "./hotline verify --data 该目录 可核验。"
)
DATA = DEFAULT_DATA / "replay"
MARKER = "replay-city"  # the folder was made by a replay, and may be removed by the next
REFUSED = 2
THERE = "{0} 里已有一次回放。加 --again 删去它重做，或用 --data 另选目录。"
FOREIGN = "{0} 里的城市不是回放建的，不能在里面回放。请用 --data 另选目录。"
IN_USE = "{0} 正由另一条命令使用，请先停止它。"
NOT_EMPTY = "外部数据库里已经有一座城市，回放只在空库里进行。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to live it."""
    from hotline.jobs.replay import kinds

    parser.set_defaults(data=str(DATA))
    parser.add_argument("file", metavar="文件", type=Path, help="CSV 文件")
    parser.add_argument("--kind", metavar="类别", help="全部按这一类办理，例如 complaint；不给时按词语定类，见下")
    parser.add_argument("--limit", metavar="行数", type=count, help="只取文件开头的若干行")
    parser.add_argument("--again", action="store_true", help="删去数据目录里上一次的回放，重做")
    parser.add_argument("--json", action="store_true", help="标准输出只有 JSON")
    parser.epilog = kinds.explained({"complaint": "投诉", "suggestion": "建议", "consultation": "咨询", "help": "求助"})


def count(text: str) -> int:
    """A number of rows."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError("须为不小于 0 的整数")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Read, live, tell; 2 where the whole file is refused."""
    from hotline.config.commands.clauses import DEFAULT
    from hotline.config.commands.due import load_rulebook
    from hotline.jobs.replay import forms, reader

    book = load_rulebook(DEFAULT)
    if args.kind is not None and args.kind not in book.kinds:
        raise Complaint(f"没有类别 {args.kind}，可选：{'、'.join(book.kinds)}。", REFUSED)
    try:
        sheet = reader.read(args.file.read_bytes(), book.tz, args.limit, forms.longest(book))
    except OSError as error:
        raise Complaint(f"打不开文件：{error.strerror}", REFUSED) from error
    except reader.Unreadable as error:
        raise Complaint(str(error), REFUSED) from error
    outcome = _live(args, book, sheet)
    print(json.dumps(as_json(outcome), ensure_ascii=False) if args.json else table(book, outcome, args.data))
    return 0


def _live(args: argparse.Namespace, book: "Rulebook", sheet: Any) -> "Outcome":
    from hotline.config import boot
    from hotline.jobs.replay.plan import begins

    clear(DataFolder(args.data), again=args.again)
    at = begins(book, sheet.messages)
    with boot.city(args.data, born="simulated", at=at):
        from hotline.jobs.replay import living
        from hotline.jobs.replay.staff import NoStaff

        _insist_on_newborn(at)
        try:
            with _progress(len(sheet.messages)) as lived:
                return living.live(book, sheet, DataFolder(args.data).seals, args.kind, lived)
        except NoStaff as error:
            raise Complaint(str(error)) from error


def clear(data: DataFolder, *, again: bool) -> None:
    """An empty folder for this replay: one that an earlier replay made is removed only when asked to."""
    marker = data.root / MARKER
    if data.postgres.exists():
        if not marker.exists():
            raise Complaint(FOREIGN.format(data.root))
        if not again:
            raise Complaint(THERE.format(data.root))
        _remove(data)
    data.prepare()
    marker.touch()


def _remove(data: DataFolder) -> None:
    """Remove what a city keeps in the folder and nothing else, unless somebody runs on it."""
    from hotline.config import embedded

    server = embedded.Server(data.prepare())
    if not server.owner.take(wait=False):
        raise Complaint(IN_USE.format(data.root))
    try:
        embedded.stop_orphan(data.postgres)
        for folder in (data.postgres, data.keys, data.seals, data.static, data.files, data.run):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        server.owner.release()


def _insist_on_newborn(at: datetime | None) -> None:
    """The city is the one just made, without matters. Commits need not wait for the disk: a replay can be repeated."""
    from django.db import connection

    from hotline.procedure import times
    from hotline.procedure.ledger import CHAIN_KINDS
    from hotline.procedure.models import ChainHead

    older = at is not None and times.birth_record().born_at != at
    if older or ChainHead.objects.filter(chain_kind=CHAIN_KINDS["matter"]).exists():
        raise Complaint(NOT_EMPTY)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A bar on stderr, one step for each message that has come to its end."""
    from tqdm import tqdm

    with tqdm(total=total, desc="回放", unit="件", file=sys.stderr, mininterval=0.5, dynamic_ncols=True) as bar:
        yield bar.update


def as_json(outcome: "Outcome") -> dict[str, Any]:
    """The result with the keys that others rely on."""
    found = outcome.figures
    return {
        "rows": outcome.rows,
        "lived": outcome.lived,
        "refused": [{"row": r.row, "id": r.id, "field": r.field, "reason": r.reason} for r in outcome.refused],
        "closed": found.closed,
        "archived": found.archived,
        "by_kind": found.by_kind,
        "answered_within": found.answered_within,
        "late": found.late,
        "transitions": found.transitions,
        "seconds": round(outcome.seconds, 3),
        "cards": found.cards,
        "deemed_accepted": found.deemed_accepted,
        "send_backs": found.send_backs,
        "bounces": found.bounces,
        "office_late": found.office_late,
    }


def _cards_said(cards: dict[str, dict[str, int]]) -> str:
    given = ((term, sum(cards.get(colour, {}).values())) for colour, term in (("yellow", "黄牌"), ("red", "红牌")))
    return "，".join(f"{term} {count} 张" for term, count in given)


def table(book: "Rulebook", outcome: "Outcome", data: Path) -> str:
    """The same for a person."""
    found = outcome.figures
    speed = found.transitions / outcome.seconds if outcome.seconds else 0.0
    within = "，".join(f"{days} 个工作日内 {count} 件" for days, count in found.answered_within.items())
    return "\n".join([
        f"读到 {outcome.rows} 行，办完 {outcome.lived} 件，未收 {len(outcome.refused)} 行。",
        *(f"  第 {r.row} 行\t编号 {r.id or '（无）'}\t{r.field}\t{r.reason}" for r in outcome.refused),
        f"办结 {found.closed} 件，归档 {found.archived} 件，逾期 {found.late} 件。",
        *(f"  {book.kinds[kind].term}\t办理 {n['lived']}\t按时 {n['on_time']}\t逾期 {n['late']}"
          for kind, n in found.by_kind.items()),
        f"自派发起（当日不计）{within}。",
        f"时钟：视同已接受 {found.deemed_accepted} 件，{_cards_said(found.cards)}，热线办自己超时 {found.office_late} 次。",
        f"退回重办 {found.send_backs} 次，退单 {found.bounces} 次。",
        f"台账 {found.transitions} 行，用时 {outcome.seconds:.1f} 秒，每秒 {speed:.0f} 步。",
        f"结果在 {os.path.relpath(data)}：./hotline up --data {os.path.relpath(data)} 可在网页上看。",
    ])  # fmt: skip
