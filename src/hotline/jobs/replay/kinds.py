"""定种类 (kinds): which kind a message is of, by a rule that anybody can follow with a finger.

The table is gone through from top to bottom, first with the subject; the first line of which a word stands in it says
the kind. If the subject says nothing, the same with the body. If that says nothing either, it is a complaint.
"""

from __future__ import annotations

from collections.abc import Mapping

COMPLAINT, SUGGESTION, CONSULTATION, HELP = "complaint", "suggestion", "consultation", "help"
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (COMPLAINT, ("投诉", "举报")),
    (SUGGESTION, ("建议",)),
    (
        CONSULTATION,
        ("咨询", "请问", "能否", "是否", "何时", "什么时候", "怎么", "如何", "为什么", "为何", "吗", "？", "?"),
    ),
    (HELP, ("求助", "请求", "恳请", "帮")),
    (COMPLAINT, ("反映", "违规", "违法", "扰民", "拖欠")),
)
OTHERWISE = COMPLAINT


def by_words(text: str) -> str | None:
    """The kind of the first line of the table of which a word stands in the text."""
    return next((kind for kind, words in WORDS if any(word in text for word in words)), None)


def kind_of(subject: str, body: str) -> str:
    """The kind of a message: by its subject, else by its body, else a complaint."""
    return by_words(subject) or by_words(body) or OTHERWISE


def explained(terms: Mapping[str, str]) -> str:
    """The rule in Chinese, for `--help`; `terms` gives each kind's name."""
    rows = "；".join(f"有“{'、'.join(words)}”之一的是{terms.get(kind, kind)}" for kind, words in WORDS)
    otherwise = terms.get(OTHERWISE, OTHERWISE)
    return f"种类的定法：先看留言主题，依次对照——{rows}；主题里都没有，再照样看留言详情；仍没有的算{otherwise}。"
