"""要素：what the record of a call or message holds (a city may say six), and whether it is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing

NUMERALS = "〇一二三四五六七八九十"


def terms(book: Rulebook) -> dict[str, str]:
    """The elements by id, each with its Chinese term, in the order of the text."""
    return dict(book.provision("elements").values["terms"])


def title(book: Rulebook) -> str:
    """What they are called together: 六要素 where there are six."""
    count = len(terms(book))
    return f"{NUMERALS[count] if count < len(NUMERALS) else count}要素"


def missing(book: Rulebook, record: Mapping[str, str], absences: Mapping[str, str]) -> list[Missing]:
    """The elements that `record` lacks without `absences` giving a reason; both are keyed by the elements' ids."""
    clause = book.provision("elements").clause
    return [
        Missing(id_, clause, f"缺少“{term}”，也没有说明缺少的原因")
        for id_, term in terms(book).items()
        if not record.get(id_, "").strip() and not absences.get(id_, "").strip()
    ]


def left_after(book: Rulebook) -> timedelta:
    """放下的记录：how long nobody has typed in a record that was begun until somebody else may take it over or put it
    away."""
    return timedelta(minutes=book.provision("left_records").values["minutes"])
