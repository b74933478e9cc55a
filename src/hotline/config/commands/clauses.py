"""`hotline clauses`: which clause of the regulation is executed, which waits, which only narrates."""

import argparse
import json
import os
from typing import Any

from hotline.config.commands.due import load_rulebook
from hotline.rules import book as books
from hotline.rules.duties import clause_state

HELP = "逐条列出规范的执行情况：已执行、待执行（等哪一部分）、仅为标题或概括语。不需要数据库。"
DEFAULT = os.environ.get("HOTLINE_RULEBOOK", "suzhou-2018")  # as in settings, which need a data folder
TERMS = {"executed": "已执行", "narrative": "标题或概括", "pending": "待执行", "uncovered": "未列入"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rulebook, and for whom."""
    parser.add_argument(
        "--rulebook", metavar="规则册", default=DEFAULT, help=f"rulebooks/ 下的文件夹名（缺省 {DEFAULT}）"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print the table; 1 where a clause has no duty at all."""
    book = load_rulebook(args.rulebook)
    found = standing(book)
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else table(book, found))
    return 1 if found["uncovered"] else 0


def standing(book: books.Rulebook) -> dict[str, Any]:
    """The clauses by state, in the order of the text, and every duty."""
    found: dict[str, Any] = {state: [] for state in TERMS}
    for clause in book.clauses:
        duties = [duty for duty in book.duties if duty.clause == clause]
        found[clause_state(duties) if duties else "uncovered"].append(clause)
    keys = ("id", "clause", "text", "state", "because")
    duties_ = [{key: getattr(duty, key) for key in keys} | {"tests": list(duty.tests)} for duty in book.duties]
    return found | {"duties": duties_}


def table(book: books.Rulebook, found: dict[str, Any]) -> str:
    """The same for a person: the counts, then each duty with what it waits for."""
    counts = "，".join(f"{term} {len(found[state])} 条" for state, term in TERMS.items())
    rows = [
        f"{d['id']}\t{TERMS[d['state']]}{'（' + d['because'] + '）' if d['because'] else ''}\t{d['text']}"
        for d in found["duties"]
    ]
    return "\n".join([f"{book.title}：{counts}", *rows])
