"""诉求人的种类：a person, an enterprise, somebody who gives no name; and what cannot be done with whoever left no number
(R-35)."""

from __future__ import annotations

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

PERSON, ENTERPRISE, ANONYMOUS = "person", "enterprise", "anonymous"
BY_NUMBER = ("phone", "sms")  # means that need a telephone number


def sorts(book: Rulebook) -> dict[str, str]:
    """The sorts of callers by id, each with its Chinese term."""
    return dict(book.provision("callers").values["sorts"])


def may_be_told(book: Rulebook, means: str, *, numbered: bool) -> Verdict:
    """Whether the caller can be contacted or answered by these means: not by telephone where no number is known."""
    rule = book.provision("callers")
    ok = numbered or means not in BY_NUMBER
    return Verdict(ok, rule.clause, "" if ok else "诉求人没有留电话，不能打电话、发短信。", rule.readings)


def may_be_phoned(book: Rulebook, *, numbered: bool) -> Verdict:
    """Whether the caller can be followed up by telephone; else they rate with number and query code."""
    rule = book.provision("callers")
    because = "" if numbered else "没有留电话，不电话回访，凭查询码评价，不计入分母"
    return Verdict(numbered, rule.clause, because, rule.readings)
