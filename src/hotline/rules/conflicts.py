"""回避：who handles a complaint against a unit, its signer or the hotline itself (R-21)."""

from __future__ import annotations

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

LEVEL_3, LEVEL_2, HOTLINE, CENTRE, LEADER = "level_3", "level_2", "hotline", "inspection_centre", "leader"
TARGETS = (LEVEL_3, LEVEL_2, HOTLINE, CENTRE)


def handled_by(book: Rulebook, target: str) -> Verdict:
    """Who handles a complaint against `target`; `because` is the id of the level, centre or person.

    Targets and handlers: level_3, level_2, hotline, inspection_centre, leader. ValueError for another target.
    """
    rule = book.provision("complaint_against")
    try:
        return Verdict(True, rule.clause, rule.values["handled_by"][target], rule.readings)
    except KeyError:
        raise ValueError(f"没有这一回避对象 {target}") from None
