"""规则册：one city's regulation as data, checked through before anything is computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline.rules import calendars, duties, filling, kinds, sources
from hotline.rules.checks import Names
from hotline.rules.errors import RulebookError
from hotline.rules.parts import Clause, Duty, Kind, Provision, Reading
from hotline.rules.worktime import WorkCalendar

__all__ = ["Clause", "Duty", "Kind", "Provision", "Reading", "Rulebook", "RulebookError", "build", "load"]

HEAD_FILE = "rulebook.yaml"
HEAD_TEXTS = ("id", "title", "issuer", "city", "hotline", "tz")


@dataclass(frozen=True, eq=False, repr=False)
class Rulebook:
    """规则册：clauses, readings, kinds, provisions and duties of one regulation, with the city's calendar.

    `content_hash` identifies the rules (text, values, readings, kinds), `calendar_hash` the years; both SHA-256 in hex.
    """

    id: str
    title: str
    published: date
    issuer: str
    city: str
    hotline: str
    tz: ZoneInfo
    content_hash: str
    calendar_hash: str
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading]
    kinds: Mapping[str, Kind]
    duties: tuple[Duty, ...]
    calendar: WorkCalendar
    filled: Mapping[str, tuple[Provision, ...]]

    def __repr__(self) -> str:
        return f"<Rulebook {self.id} {self.content_hash[:12]}>"

    def provision(self, name: str) -> Provision:
        """The provision `name` (see `provisions.Name`), the first where several fill it. KeyError if unknown."""
        return self.filled[name][0]

    def provisions(self, name: str) -> tuple[Provision, ...]:
        """Every clause's part in the provision `name`, in the order of the text. KeyError if unknown."""
        return self.filled[name]

    def kind(self, id_: str) -> Kind:
        """The kind of matter `id_`; ValueError, in Chinese, if the rulebook knows none such."""
        try:
            return self.kinds[id_]
        except KeyError:
            raise ValueError(f"规则册 {self.id} 没有事项类别 {id_}") from None


def load(folder: Path, published: Path | None = None) -> Rulebook:
    """The rulebook in `folder`, read once per process and whenever a calendar year was published since: `published` is
    the folder of an installation's own years. RulebookError names file, clause and key in Chinese."""
    own = published.resolve() if published is not None else None
    return _cached(folder.resolve(), own, sources.stamp(own))


@lru_cache(maxsize=16)
def _cached(folder: Path, published: Path | None, stamp: sources.Stamp) -> Rulebook:
    return build(sources.read(folder, published))


def build(raw: sources.Sources, calendar: WorkCalendar | None = None) -> Rulebook:
    """A rulebook from its parsed files, with `calendar` for its own if given; RulebookError for what is amiss."""
    head = _head(raw)
    tz, weekend = _tz(head), _weekend(head)
    read = filling.readings(raw)
    filled = filling.provisions(raw, Names(frozenset(map(str, kinds.entries(raw)))))
    table = duties.duties(raw)
    return Rulebook(
        id=head["id"],
        title=head["title"],
        published=head["published"],
        issuer=head["issuer"],
        city=head["city"],
        hotline=head["hotline"],
        tz=tz,
        content_hash=raw.content_hash,
        calendar_hash=raw.calendar_hash,
        clauses=duties.clauses(raw, table),
        readings=read,
        kinds=kinds.kinds(raw, filled["limit"]),
        duties=table,
        calendar=calendar or calendars.calendar(raw, tz, weekend),
        filled=filled,
    )


def _head(raw: sources.Sources) -> dict[str, Any]:
    head = filling.mapping(HEAD_FILE, "", "", raw.files.get(HEAD_FILE))
    for key in HEAD_TEXTS:
        if not isinstance(head.get(key), str) or not head[key].strip():
            raise RulebookError(HEAD_FILE, "", key, "应当是非空文字")
    if type(head.get("published")) is not date:
        raise RulebookError(HEAD_FILE, "", "published", "应当是日期")
    return head


def _tz(head: dict[str, Any]) -> ZoneInfo:
    try:
        return ZoneInfo(head["tz"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise RulebookError(HEAD_FILE, "", "tz", f"没有时区 {head['tz']}") from error


def _weekend(head: dict[str, Any]) -> frozenset[int]:
    days = head.get("weekend")
    if not isinstance(days, list) or not days or any(type(d) is not int or not 1 <= d <= 7 for d in days):
        raise RulebookError(HEAD_FILE, "", "weekend", "应当是 1—7（星期一至星期日）的列表")
    return frozenset(days)
