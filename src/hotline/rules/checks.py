"""Of what type a value in a rulebook must be, each type with its name in Chinese for the error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ROLES = frozenset({"deputy", "head", "shift_leader", "leader"})
# What a letter has room for, each with the rules that what is kept there can meet.
LETTER_FIELDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("reply", "answer", "publishable", "no_citation_reason", "contact_summary"), ("text",)),
    **dict.fromkeys(("responsible_name", "responsible_unit", "handler_name", "handler_unit"), ("text",)),
    **dict.fromkeys(("responsible_phone", "handler_phone"), ("phone",)),
    **dict.fromkeys(("contact_means", "satisfaction"), ("text", "one_of")),
    **dict.fromkeys(("truthful", "publish_opinion"), ("one_of",)),
    "responds_to_request": ("affirmed",),
    "citations": ("citations",),
    "solved": ("decided",),
}
# What a rating has room for; satisfaction rests on the result.
RESULT = "result"
ASPECTS = ("attitude", "speed", RESULT)
# On what grounds the filing of an extension may be refused: its form, lateness, the cap.
EXTENSION_GROUNDS = ("form", "late", "cap")
# Which text of a letter the callers of a joined matter read, and what they are promised once it stands alone again.
JOINED_SHOWS, JOINED_PROMISES = frozenset({"publishable", "answer"}), frozenset({"kept", "anew"})
# Names that an element of the record cannot bear, since another field of its forms does.
TAKEN = frozenset(
    {
        *("kind", "gist", "words", "name", "phone", "secrecy", "publish_wish", "channel", "entered_late", "absence"),
        *("beside", "relation", "files", "caller", "contact", "credit_code", "area", "community"),
        *("item", "category", "urgent", "urgent_reason", "act_id", "seen_seq", "step", "edit", "csrfmiddlewaretoken"),
    }
)
ELEMENT_ID = re.compile(r"[a-z][a-z_]*")
# What keeps a matter alive though its citizen withdraws it: the first is counted, the second a person sees.
KEPT_ALIVE = ("other_callers", "public_safety")
# Who may call: a person, an enterprise, somebody who gives no name.
CALLERS = ("person", "enterprise", "anonymous")
CONSEQUENCES = frozenset({"send_back", "bounce"})
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Names:
    """The names a value may refer to beyond itself."""

    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Check:
    """One type: what it is called, and whether a value is of it."""

    says: str
    holds: Callable[[Any, Names], bool]


def _count(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _share(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1


def _regex(value: Any) -> bool:
    try:
        return _text(value) and bool(re.compile(value))
    except re.error:
        return False


def list_of(item: Check, *, least: int = 1) -> Check:
    """A list whose members are all `item`, at least `least` of them."""
    return Check(
        f"列表，每项是{item.says}",
        lambda v, n: isinstance(v, list) and len(v) >= least and all(item.holds(x, n) for x in v),
    )


def table_of(key: Check, item: Check) -> Check:
    """A mapping, not empty, from `key` to `item`."""
    return Check(
        f"对照表，键是{key.says}，值是{item.says}",
        lambda v, n: (
            isinstance(v, dict) and bool(v) and all(key.holds(k, n) and item.holds(x, n) for k, x in v.items())
        ),
    )


def one_of(allowed: frozenset[str]) -> Check:
    """One of a closed set of words."""
    return Check("以下之一：" + "、".join(sorted(allowed)), lambda v, n: isinstance(v, str) and v in allowed)


def _element(value: Any, names: Names) -> bool:
    if not isinstance(value, dict) or not {"term", "rule", "consequence"} <= value.keys():
        return False
    return (
        value.keys() <= {"term", "rule", "consequence", "options", "unless"}
        and _text(value["term"])
        and value["consequence"] in CONSEQUENCES
        and (value["rule"] == "one_of") == TEXTS.holds(value.get("options"), names)
        and value.get("unless", "reply") in LETTER_FIELDS
    )


def _elements(value: Any, names: Names) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(_element(e, names) and e["rule"] in LETTER_FIELDS.get(field, ()) for field, e in value.items())
    )


def _extension_grounds(value: Any, names: Names) -> bool:
    return TERMS.holds(value, names) and value.keys() <= set(EXTENSION_GROUNDS)


def _kept_alive(value: Any, names: Names) -> bool:
    return TERMS.holds(value, names) and value.keys() <= set(KEPT_ALIVE)


def _callers(value: Any, names: Names) -> bool:
    return TERMS.holds(value, names) and value.keys() == set(CALLERS)


def _aspects(value: Any, names: Names) -> bool:
    return TERMS.holds(value, names) and RESULT in value and value.keys() <= set(ASPECTS)


def _hours(value: Any, names: Names) -> bool:
    pairs = isinstance(value, list) and value and all(isinstance(p, list) and len(p) == 2 for p in value)
    return bool(pairs) and all(
        all(isinstance(t, str) and CLOCK_TIME.fullmatch(t) for t in pair) and pair[0] < pair[1] for pair in value
    )


def _hundred(value: Any, names: Names) -> bool:
    return isinstance(value, dict) and all(_count(v, 1) for v in value.values()) and sum(value.values()) == 100


COUNT = Check("正整数", lambda v, n: _count(v, 1))
COUNT_OR_ZERO = Check("非负整数", lambda v, n: _count(v, 0))
TEXT = Check("非空文字", lambda v, n: _text(v))
TEXTS = list_of(TEXT)
FLAG = Check("true 或 false", lambda v, n: isinstance(v, bool))
SHARE = Check("0 与 1 之间的小数", lambda v, n: _share(v))
REGEX = Check("正则表达式", lambda v, n: _regex(v))
KIND = Check("已定义的事项类别", lambda v, n: isinstance(v, str) and v in n.kinds)
ROLE = one_of(ROLES)
APPROVER_OR_NONE = one_of(frozenset({"shift_leader", "none"}))  # who may approve of a refusal, where somebody must
DESK_OR_NONE = one_of(frozenset({"office", "intake", "web", "supervision", "inspection", "none"}))  # a centre's job
TERMS = table_of(TEXT, TEXT)
RECORD_ELEMENTS = table_of(
    Check("小写英文名（不与登记表其他栏目同名）", lambda v, n: bool(ELEMENT_ID.fullmatch(str(v))) and v not in TAKEN), TEXT
)
ASPECT_TERMS = Check("评价的方面（attitude、speed、result，必有 result），各有名称", _aspects)
CALLER_TERMS = Check("诉求人的三种（person、enterprise、anonymous），各有名称", _callers)
KEPT_ALIVE_TERMS = Check("不能撤诉的情形（other_callers、public_safety），各有名称", _kept_alive)
EXTENSION_GROUND_TERMS = Check("不予备案的理由（form、late、cap），各有名称", _extension_grounds)
ELEMENTS = Check("反馈件要素（程序有栏目的；rule 合于栏目；有 term、consequence，可有 options、unless）", _elements)
OFFICE_HOURS = Check("起止钟点的列表", _hours)
NOTICES = ("arrived", "pressing", "changed", "due", "left")  # what people may have sent to themselves, in groups
OWN_NOTICES = table_of(one_of(frozenset({"office", "unit", "leader"})), list_of(one_of(frozenset(NOTICES)), least=0))
WEIGHTS = Check("各项权重，合计 100", _hundred)
