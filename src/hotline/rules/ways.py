"""办理形式：the ways of handling, what each needs, and when somebody may be connected by telephone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing, Verdict


@dataclass(frozen=True, slots=True)
class Way:
    """办理形式：`needs` are the fields it must be given, each with its Chinese term."""

    id: str
    term: str
    clause: str
    needs: Mapping[str, str]


def ways(book: Rulebook) -> tuple[Way, ...]:
    """The ways of handling in the order in which they are to be considered."""
    found = {rule.values["id"]: rule for rule in book.provisions("way")}
    order = [found[id_] for id_ in book.provision("ways").values["order"]]
    return tuple(Way(rule.values["id"], rule.values["term"], rule.clause, dict(rule.values["needs"])) for rule in order)


def lacks(book: Rulebook, way: str, form: Mapping[str, str]) -> list[Missing]:
    """What `form` lacks for handling in this `way`; ValueError, in Chinese, for an unknown one."""
    chosen = next((found for found in ways(book) if found.id == way), None)
    if chosen is None:
        raise ValueError(f"没有办理形式 {way}")
    return [
        Missing(field, chosen.clause, f"{chosen.term}须写明{term}")
        for field, term in chosen.needs.items()
        if not form.get(field, "").strip()
    ]


def office_hours(book: Rulebook) -> list[tuple[time, time]]:
    """From when until when, on a working day."""
    hours = book.provision("connecting").values["office_hours"]
    return [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours]


def in_office_hours(book: Rulebook, now: datetime) -> bool:
    """Whether `now` lies in the office hours of a working day."""
    local = book.calendar.local(now)
    at_desk = any(start <= local.time() < end for start, end in office_hours(book))
    return at_desk and book.calendar.is_workday(local.date())


def at_work(book: Rulebook, at: datetime) -> bool:
    """Whether `at` is a moment of the office hours, their very end among them: by when something may be wanted."""
    return in_office_hours(book, at) or in_office_hours(book, at - timedelta.resolution)


def may_connect(book: Rulebook, kind: str, now: datetime) -> Verdict:
    """直办：whether a matter of `kind` may be passed on by telephone at `now`."""
    rule = book.provision("connecting")
    means = "或".join(rule.values["means"].values())
    if kind not in rule.values["kinds"]:
        terms = "、".join(book.kinds[allowed].term for allowed in rule.values["kinds"])
        return Verdict(False, rule.clause, f"只有不能直接答复的{terms}可以{means}", rule.readings)
    if not in_office_hours(book, now):
        return Verdict(False, rule.clause, f"现在不是工作时间，不能{means}", rule.readings)
    return Verdict(True, rule.clause, f"可以{means}", rule.readings)
