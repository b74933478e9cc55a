"""按键翻页 (keyset): the question for a page of a list, composed once for all cursors. A row is found again by its instant
and its number, compared as one, so that an index leads to it however far behind it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from hotline.casework import alike
from hotline.casework.lists import NOW, TONIGHT, UNDATED

Cursor = tuple[datetime | None, int]
SOME = (datetime(1, 1, 1, tzinfo=UTC), -(2**61))  # a cursor that nobody has, in the place of anybody's


def behind(rows: QuerySet[Any], column: str, cursor: Cursor) -> QuerySet[Any]:
    """Rows behind a cursor that have an instant, or, behind one without, that have none."""
    at, row_id = cursor
    if at is None:
        return rows.filter(**{f"{column}__isnull": True}, id__gt=row_id)
    return rows.filter(TupleGreaterThan((column, "id"), (at, row_id)))


def question(rows: QuerySet[Any], wanted: Sequence[str], column: str, dated: bool | None, most: int) -> alike.Question:
    """For the first page of these sorted rows, or (`dated`) the one behind a row with an instant or without."""
    found = rows.values_list(*wanted)
    if dated is None:
        return alike.settled(found[:most].query.sql_with_params())
    if not dated or column not in UNDATED:
        return alike.settled(behind(found, column, SOME if dated else (None, SOME[1]))[:most].query.sql_with_params())
    # Those with an instant first, then those without: each by its own index, and no more of it than a page.
    parts = [behind(found, column, one)[:most].query.sql_with_params() for one in (SOME, (None, -1))]
    every = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
    by, row_id = (wanted.index(name) + 1 for name in (column, "id"))
    values = [value for _, params in parts for value in params]
    return alike.settled((f"{every} ORDER BY {by}, {row_id} LIMIT {most}", values))


def own(params: Sequence[Any], cursor: Cursor | None) -> list[Any]:
    """The values of a question with this cursor's in the place of nobody's."""
    there: Mapping[Any, Any] = dict(zip(SOME, cursor, strict=True)) if cursor else {}
    return [there.get(value, value) for value in params]


def at(params: Sequence[Any], now: datetime, tz: ZoneInfo) -> list[Any]:
    """The values of a question with this instant, and the end of its day, in the places of those."""
    tonight = datetime.combine(now.astimezone(tz).date() + timedelta(days=1), time(), tz)
    there: Mapping[Any, Any] = {NOW: now, TONIGHT: tonight}
    return [there.get(value, value) for value in params]
