"""调查核实与抽查：by what means a unit looks into a matter, and the office into what was filed; on which days (R-34)."""

from __future__ import annotations

from datetime import date, datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict


def means(book: Rulebook, provision: str) -> dict[str, str]:
    """The means of an `investigation` or a `spot_check`, by id."""
    return dict(book.provision(provision).values["means"])


def may_be_on(book: Rulebook, provision: str, looked_on: date, since: datetime, now: datetime) -> Verdict:
    """Whether what is recorded at `now` may have been looked into on this day: not ahead, and not before the order was
    there, or before the letter was filed that is checked."""
    rule, day_of = book.provision(provision), book.calendar.day_of
    if looked_on > day_of(now):
        return Verdict(False, rule.clause, "还没有到的日子，不能已经核实过。", rule.readings)
    if looked_on < day_of(since):
        return Verdict(False, rule.clause, "早于收到的那一天：以前知道的情况写进文字里。", rule.readings)
    return Verdict(True, rule.clause, "", rule.readings)
