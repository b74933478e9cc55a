"""撤诉与终止：when a matter ends before it is answered: since the citizen withdraws it (R-28), or another channel has it
(R-29)."""

from __future__ import annotations

from datetime import datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict

OTHER_CALLERS, PUBLIC_SAFETY = "other_callers", "public_safety"


def withdrawal_until(book: Rulebook, asked: datetime) -> Due:
    """Until when a withdrawal asked for at `asked` is to be confirmed or not; the office's own date."""
    return _decide(book, "withdrawal", asked)


def ending_until(book: Rulebook, proposed: datetime) -> Due:
    """Until when an ending proposed at `proposed` is to be approved or not; the office's own date."""
    return _decide(book, "ending", proposed)


def keeps_alive(book: Rulebook) -> dict[str, str]:
    """What keeps a matter alive though its citizen withdraws it, with what is said of it."""
    return dict(book.provision("withdrawal").values["kept_alive_by"])


def may_withdraw(book: Rulebook, callers: int) -> Verdict:
    """Whether a matter with so many callers may be withdrawn by one of them."""
    rule = book.provision("withdrawal")
    kept = callers > 1 and OTHER_CALLERS in rule.values["kept_alive_by"]
    because = f"这件事还有别的诉求人（共 {callers} 位），不能因一位撤回就不办。" if kept else ""
    return Verdict(not kept, rule.clause, because, rule.readings)


def channels(book: Rulebook) -> dict[str, str]:
    """The channels that may turn out to have a matter already."""
    return dict(book.provision("ending").values["channels"])


def _decide(book: Rulebook, name: str, start: datetime) -> Due:
    rule = book.provision(name)
    at, provisional = book.calendar.end_of_working_day(start, rule.values["decide_working_days"])
    return Due(at, rule.clause, rule.readings, provisional)
