"""用语的种类 (kinds of wording): every message and letter line that the office may word itself: to whom it goes, which
verbs send it, how it reads until somebody words it otherwise, and what must stay in it. Pure data beside this file."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hotline.rules import sources

FILE = "wordings.yaml"
TO = {"part": "共用的话", "letter": "打印的反馈件", "citizen": "诉求人", "unit": "承办单位", "leader": "市领导",
      "office": "热线办和市政府", "source": "来源平台", "person": "本人（自己选的）"}  # fmt: skip
# What is there to be filled in, besides what the wording itself began with, by whom it is addressed to.
GIVEN = {"citizen": ("number", "promise", "rating"), "unit": ("number", "limit"),
         "letter": ("number", "city", "service")}  # fmt: skip
GAPS = {
    "hotline": "热线名称", "number": "事项编号", "promise": "答应的日子", "rating": "评价的日子", "limit": "办理期限", "day": "日期",
    "review": "请求复核的日子", "name": "单位或人的名称", "who": "值班人", "service": "移交的号码，信里是热线号码", "place": "转去的地方",
    "minutes": "分钟数", "theirs": "来源的编号", "feedback": "反馈的内容", "thanks": "表扬的话", "wrong": "日历缺什么", "city": "城市",
    "list": "在哪张清单上", "what": "办了什么", "until": "到什么时候", "count": "件数", "late": "逾期几件",
}  # fmt: skip
KEPT = ("查询码", "依据", "24:00")  # where the wording began with it, it stays: by it people come to what they are owed
MAY_BE_EMPTY = ("greeting", "contact", "letter_end")
SIGNATURE = "signature"
LONGEST = 300


_RAW, _NAMED = re.compile(r"\{(\w+)\}"), re.compile(r"〔([^〔〕\n]*)〕")


def shown(text: str) -> str:
    """A wording as people read it: each gap by its Chinese name, 〔答应的日子〕."""
    return _RAW.sub(lambda gap: f"〔{GAPS[gap[1]]}〕" if gap[1] in GAPS else gap[0], text)


def stored(text: str) -> str:
    """The reverse; a gap may be written either way."""
    names = {term: name for name, term in GAPS.items()}
    return _NAMED.sub(lambda gap: f"{{{names[gap[1].strip()]}}}" if gap[1].strip() in names else gap[0], text)


class BadWording(ValueError):
    """用语有误: a wording with braces that mean nothing; its text says why, in Chinese."""


def gaps_of(text: str) -> tuple[str, ...]:
    """The gaps of a wording, each once. Raises BadWording."""
    try:
        found = list(string.Formatter().parse(text))
    except ValueError:
        raise BadWording("花括号没有成对。空写成〔事项编号〕的样子。") from None
    names = [(name, spec, how) for _, name, spec, how in found if name is not None]
    for name, spec, how in names:
        if spec or how or not name.isidentifier():
            raise BadWording(f"“{{{name}}}”不是一个空。空写成〔事项编号〕的样子，里面只写名称。")
    return tuple(dict.fromkeys(name for name, _, _ in names))


@dataclass(frozen=True)
class Wording:
    """一种用语: `to` whom, after which `verbs`, or `when` said otherwise; `text` as it was written first."""

    name: str
    to: str
    text: str
    verbs: tuple[str, ...] = ()
    when: str = ""

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The gaps that must stay: all with which it began."""
        return gaps_of(self.text)

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The gaps that may stand in it."""
        return tuple(dict.fromkeys((*self.needed, *GIVEN.get(self.to, ()), "hotline")))

    def wrong(self, text: str) -> Iterator[str]:
        """What is wrong with another wording of it."""
        try:
            there = gaps_of(text)
        except BadWording as bad:
            yield str(bad)
            return
        listed = "、".join(f"〔{GAPS[one]}〕" for one in self.allowed)
        named = (one for one in _NAMED.findall(text) if not one.strip().isdigit())  # 〔2026〕 is a year
        yield from (f"没有“〔{one}〕”这个空，这里可以用：{listed}。" for one in named)
        yield from (f"没有“{{{gap}}}”这个空，这里可以用：{listed}。" for gap in there if gap not in self.allowed)
        yield from (f"少了“〔{GAPS[gap]}〕”，这一处不能省。" for gap in self.needed if gap not in there)
        lost = (word for word in KEPT if word in self.text and word not in text)
        yield from (f"少了“{word}”，收到的人靠它查看或者知道期限，不能省。" for word in lost)
        yield from self._misshapen(text)

    def _misshapen(self, text: str) -> Iterator[str]:
        if not text and self.name not in MAY_BE_EMPTY:
            yield "不能空着。"
        if "\n" in text:
            yield "写成一段，不要换行。"
        if self.name == SIGNATURE and not (text.startswith("【") and text.endswith("】")):
            yield "签名要写在【】里，短信平台靠它认签名。"


@cache
def kinds() -> MappingProxyType[str, Wording]:
    """All of them by name, in the order in which they are shown."""
    data: Any = sources.parse(FILE, Path(__file__).with_name(FILE).read_bytes())
    every = (Wording(name, one["to"], one["text"], tuple(one.get("verbs", ())), one.get("when", ""))
             for name, one in data.items())  # fmt: skip
    return MappingProxyType({one.name: one for one in every})


def pieces(text: str) -> int:
    """How many short messages a text takes: 70 characters in one, 67 in each of several."""
    whole, part = 70, 67
    return 1 if len(text) <= whole else -(-len(text) // part)
