"""`hotline transitions`: every verb of the platform, read off its card; no database needed."""

import argparse
import json
from typing import Any

from hotline.config import wiring
from hotline.config.commands.clauses import DEFAULT
from hotline.config.commands.due import load_rulebook
from hotline.config.complaint import Complaint
from hotline.procedure.card import REGISTRY, Card
from hotline.rules.book import Rulebook

HELP = "列出全部办理动作：依据的条款、由谁办、须由另一人办、范围、状态变化、对期限的影响、台账行。不需要数据库。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rulebook, and for whom."""
    parser.add_argument(
        "--rulebook", metavar="规则册", default=DEFAULT, help=f"rulebooks/ 下的文件夹名（缺省 {DEFAULT}）"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    book = load_rulebook(args.rulebook)
    wiring.import_cards()
    found = [row(card, book) for card in REGISTRY.values()]
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else table(found))
    return 0


def _clauses(card: type[Card], book: Rulebook) -> list[str]:
    """All clauses that fill what it rests on, each before its readings."""
    try:
        found = card.provisions(book)
    except KeyError:
        found = ()
    if not found:
        raise Complaint(f"规则册 {book.id} 没有“{card.term}”所依据的规定 {card.rests_on}")
    return list(dict.fromkeys(cited for one in found for cited in (one.clause, *one.readings)))


def row(card: type[Card], book: Rulebook) -> dict[str, Any]:
    """One verb, as its card declares it."""
    return {
        "name": card.name(),
        "term": card.term,
        "clauses": _clauses(card, book),
        "by": [str(role) for role in card.by],
        "not_by": [other.name() for other in card.not_by],
        "reach": str(card.reach),
        "from": sorted(map(str, card.moves.from_)),
        "to": str(card.moves.to) if card.moves.to else None,
        "deadline": card.deadline.effect,
        "ledger": card.ledger.kind,
    }


def table(found: list[dict[str, Any]]) -> str:
    """The same for a person, one verb a line."""
    lines = []
    for verb in found:
        moved = f"{'、'.join(verb['from']) or '无'} → {verb['to'] or '不变'}"
        lines.append(
            f"{verb['term']}（{verb['name']}）：{'，'.join(verb['clauses'])}；{'、'.join(verb['by'])}；{moved}"
        )
    return "\n".join(lines)
