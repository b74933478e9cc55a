"""抽取成形: whom a follow-up calls and why, in words, and how anybody works a draw out again afterwards. A seed is fetched
when a letter is approved and stands in that line: of draws to come there is nothing to show."""

from __future__ import annotations

from hotline.rules import follow_up
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import shapes as s

HOW = ("审核通过时，机器随机取一个数（种子），谁也不能事先知道；用它和这件的编号算出一个 0 到 1 之间的数，"
       "比规定的比例小就抽中。照着再算一遍，结果一定相同。")  # fmt: skip
AGAIN = "printf '%s\\0%s' {} {} | sha256sum"
READ = "取前 16 位，当作十六进制数，除以 2 的 64 次方"


def rule_said(book: Rulebook) -> str:
    """Who is always called, and how many of the others."""
    rule = book.provision("follow_up")
    return "、".join(rule.values["always"].values()) + f"必访，其余按 {rule.values['share']:.0%} 抽"


def rule_facts(book: Rulebook) -> tuple[s.Fact, ...]:
    """The rule of the whole list, and how any of its draws is worked out again."""
    rule = book.provision("follow_up")
    reading = link(rule.readings[0] if rule.readings else None)
    tries = f"在 {rule.values['tries']} 个不同的钟点打电话都不通，记为未能接通，不算进满意率"
    again = f"{AGAIN.format('种子', '编号')}，{READ}，比 {rule.values['share']} 小的就是抽中"
    return (s.Fact("抽谁", rule_said(book), clause=reading), s.Fact("打不通", tries, clause=link(rule.clause)),
            s.Fact("怎样抽", HOW), s.Fact("自己验算", f"抽中的，种子写在那一行；每一件的都在它的经过“抽取回访”那一行。{again}。"))  # fmt: skip


def draw_facts(book: Rulebook, seed: str, number: str) -> tuple[s.Fact, ...]:
    """One draw, so that anybody can repeat it; nothing where none was made."""
    if not seed:
        return ()
    share, lot = book.provision("follow_up").values["share"], follow_up.lot(seed, number)
    came = f"{lot:.4f}，{'小于' if lot < share else '不小于'} {share:.0%}"
    again = f"{AGAIN.format(seed, number)} 得 {follow_up.digest(seed, number)}…，{READ}"
    return (s.Fact("怎样抽的", HOW), s.Fact("种子", seed), s.Fact("算出来是", came), s.Fact("自己验算", again))
