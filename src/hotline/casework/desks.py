"""案头 (desks): what a post may see, as querysets already narrowed. Every read of casework goes through here."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from hotline.casework import alike, forgetting, keyset, linked, submissions
from hotline.casework.barring import about, about_ids
from hotline.casework.barring_by_hand import not_about
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import APART, DESKS, DeskSpec
from hotline.casework.models import AbuseMark, Matter, Order, Submission
from hotline.casework.narrowing import GONE, PROPOSED, besides, of_matters
from hotline.casework.records import Citizen
from hotline.casework.rows import Row, columns, handled, marked, row_of, wanted
from hotline.casework.statuses import OrderStatus
from hotline.casework.wording import body
from hotline.network.records import Unit
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import look, read
from hotline.procedure.secrets import Keys
from hotline.procedure.world import current

PAGE = 50
MANY = 1000


class NoDesk(LookupError):
    """没有这张清单: the post has no such list."""


def desks_of(actor: Actor) -> tuple[DeskSpec, ...]:
    """The lists of a post, the first one its home. Administrators have none: they see no matters."""
    return DESKS.get(actor.role, ())


def desk(actor: Actor, name: str) -> DeskSpec:
    """One of the post's lists by name; empty for its home. Raises NoDesk."""
    mine = desks_of(actor)
    found = mine[0] if mine and not name else next((d for d in mine if d.name == name), None)
    if found is None:
        raise NoDesk(name)
    return found


def orders(actor: Actor, unit: Unit | None, barred: Any = None) -> QuerySet[Order]:
    """Orders a post may see: the whole city for the office, its own and those below it for a unit, else none. What was
    recalled from a unit or went on to another it sees no longer, nor what is about itself (R-21), `barred` where that
    was asked for already."""
    not_theirs = about_ids(actor) if barred is None else barred
    if actor.role in OFFICE:
        return Order.objects.exclude(matter_id__in=not_theirs)
    if actor.role in UNIT and unit is not None:
        mine = {"level2_unit_id": unit.id} if unit.level == 2 else {"unit_id": unit.id}
        return Order.objects.filter(**mine).exclude(GONE).exclude(matter_id__in=not_theirs)
    return Order.objects.none()


def _put_before(actor: Actor) -> QuerySet[Submission]:
    """What was submitted to this very post, whoever acts in it; of the matter asked for outside."""
    return Submission.objects.filter(matter=OuterRef("pk"), post_id=actor.post_id or 0)


def matters(actor: Actor, unit: Unit | None) -> QuerySet[Matter]:
    """Matters a post may see: all for the office, for a leader what was submitted to this post or put to designation,
    else through its orders."""
    if actor.role in OFFICE:
        return Matter.objects.exclude(about(actor))
    if actor.role == Role.LEADER:
        mine = _put_before(actor).exclude(outcome=submissions.WITHDRAWN)
        return Matter.objects.filter(Exists(mine) | Exists(PROPOSED)).exclude(about(actor))
    return Matter.objects.filter(id__in=orders(actor, unit).values("matter_id"))


def listed(actor: Actor, unit: Unit | None, spec: DeskSpec, barred: Any = None) -> QuerySet[Any]:
    """The rows of one list, soonest first."""
    if spec.orders:
        rows = orders(actor, unit, barred).filter(status__in=spec.statuses, **spec.where)
        if spec.own and unit:
            rows = rows.filter(unit_id=unit.id)
        rows = rows.filter(besides(spec, actor))
        return (rows.exclude(unit_id=unit.id) if spec.below and unit else rows).order_by(spec.sorted_by, "id")
    mine = None if spec.mine is None else Exists(_put_before(actor).filter(**spec.mine))
    # What was put before a post it sees: to ask that once more would have the server look through all submissions.
    seen = matters(actor, unit) if mine is None else Matter.objects.filter(mine).exclude(about(actor))
    found = seen.filter(status__in=spec.statuses, **spec.where)
    return of_matters(spec, found).order_by(spec.sorted_by, "id")


def counts(actor: Actor, unit: Unit | None, now: datetime) -> dict[str, int]:
    """How many rows each list of a post has now, none counted further than `MANY` + 1; one statement for all."""
    mine = desks_of(actor)
    if not mine:
        return {}
    with connection.cursor() as cur:
        query, params = alike.asked(_compose, actor, unit)
        cur.execute(query, keyset.at(params, now, current().book.tz))
        return dict(zip((d.name for d in mine), cur.fetchone(), strict=True))


# What is about whoever asks is found once for all their lists.
BARRED = RawSQL("SELECT id FROM barred", [])


def _compose(actor: Actor, unit: Unit | None) -> alike.Question:
    mine = [listed(actor, unit, d, BARRED).order_by().values("id")[: MANY + 1] for d in desks_of(actor)]
    asked = [rows.query.sql_with_params() for rows in (about_ids(actor), *mine)]
    (barred, _), *lists = asked
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS q{i})" for i, (sql, _) in enumerate(lists))
    params = [value for _, some in asked for value in some]
    return alike.settled((f"WITH barred AS MATERIALIZED ({barred}) SELECT {parts}", params))


def page(actor: Actor, unit: Unit | None, spec: DeskSpec, cursor: keyset.Cursor | None, now: datetime) -> list[Row]:
    """Up to `PAGE` + 1 rows of a list as it is now, behind the cursor; the one beyond the page says there is a next."""
    names, asked = columns(spec), wanted(spec)
    dated = None if cursor is None else cursor[0] is not None
    query, params = alike.asked(_composer(spec.name, dated), actor, unit)
    with connection.cursor() as cur:
        cur.execute(query, keyset.at(keyset.own(params, cursor), now, current().book.tz))
        found = [dict(zip(asked, row, strict=True)) for row in cur.fetchall()]
    return [row_of([row[n] if n else None for n in names]) for row in found]


@cache
def _composer(name: str, dated: bool | None) -> Callable[[Actor, Unit | None], alike.Question]:
    """How the question for a page of a list is composed, by whichever sort of cursor."""
    spec = next(d for specs in (*DESKS.values(), APART) for d in specs if d.name == name)

    def compose(actor: Actor, unit: Unit | None) -> alike.Question:
        found = listed(actor, unit, spec)
        said = body("matter__gist_id") if spec.orders else body("gist_id", matter="id")
        rows = (marked(found) if spec.orders else handled(found)).annotate(said=said)
        return keyset.question(rows, wanted(spec), spec.sorted_by, dated, PAGE + 1)

    return compose


# The narrowing of `matters`, by hand and prepared: every page and every POST asks this first.
_BY_NUMBER = "SELECT m.id FROM casework_matter m WHERE m.number = $1"
FOR_LEADERS = (
    " AND (EXISTS (SELECT 1 FROM casework_submission s WHERE s.matter_id = m.id AND s.post_id = $5"
    f" AND s.outcome <> '{submissions.WITHDRAWN}')"
    " OR EXISTS (SELECT 1 FROM casework_designation d WHERE d.matter_id = m.id))"
)
_OWN = (
    " AND EXISTS (SELECT 1 FROM casework_order o WHERE o.matter_id = m.id AND o.{0} = $5"
    f" AND o.status <> '{OrderStatus.RECALLED}' AND NOT (o.status = '{OrderStatus.RETURNED}' AND EXISTS"
    " (SELECT 1 FROM casework_order n WHERE n.matter_id = o.matter_id AND n.dispatched_at >= o.ended_at)))"
)


def behind(actor: Actor, unit: Unit | None, number: str) -> tuple[str, list[Any]] | None:
    """The question for the matter behind a printed number, with its parameters, as this post may ask it; None for a
    post that sees no matters. What is about the post itself it does not find (R-21)."""
    narrowed, barred = not_about(actor)
    query, params = _BY_NUMBER + narrowed, [number.replace("\x00", ""), *barred]
    if actor.role in OFFICE:
        return query, params
    if actor.role == Role.LEADER:
        return query + FOR_LEADERS, [*params, actor.post_id]
    if actor.role not in UNIT or unit is None:
        return None
    return query + _OWN.format("level2_unit_id" if unit.level == 2 else "unit_id"), [*params, unit.id]


def numbered(actor: Actor, unit: Unit | None, number: str) -> bool:
    """Whether there is a matter of this printed number that this post may see."""
    return matters(actor, unit).filter(number=number.replace("\x00", "")).exists()


def brought(actor: Actor, unit: Unit | None, citizen_id: int) -> list[forgetting.Brought]:
    """Of what one person brought, what this post may see at all (R-21)."""
    every = forgetting.matters_of(citizen_id)
    mine = seen_among(actor, unit, [one.matter_id for one in every])
    return [one for one in every if one.matter_id in mine]


def sought(actor: Actor, unit: Unit | None, phone: str) -> list[tuple[int, str, int]]:
    """Those known by a telephone number who brought something that this post may see: number, name, how many matters.
    Who brought nothing but what is about the seeker is not found (R-21)."""
    found = [(one, name, len(brought(actor, unit, one))) for one, name in forgetting.seek(phone)]
    return [row for row in found if row[2]]


def open_matter(actor: Actor, unit: Unit | None, number: str) -> MatterDossier | None:
    """The dossier of a matter that this post may see; in one statement, and one more where it is linked to others."""
    asked = behind(actor, unit, number)
    dossier = look(MatterDossier, *asked) if asked else None
    return linked.shown(dossier, actor) if dossier else None


def warned(dossier: MatterDossier, now: datetime) -> tuple[str, datetime] | None:
    """The mark that stands on one of a matter's callers, for what and until when; found by blind index (R-33)."""
    callers = [citizen.phone_index for citizen in dossier.all(Citizen) if citizen.phone_index]
    if not callers:
        return None
    marks = AbuseMark.objects.filter(phone_index__in=callers, lifted_at__isnull=True, until__gt=now)
    return marks.order_by("-until").values_list("sort", "until").first()


def seen_among(actor: Actor, unit: Unit | None, ids: Iterable[int]) -> dict[int, str]:
    """Those of some matters that this post may see, with what they are now."""
    return dict(matters(actor, unit).filter(id__in=list(ids)).values_list("id", "status"))


def by_code(keys: Keys, number: str, code: str) -> int | None:
    """The citizen's way in: the matter whose number and query code fit. Compared in constant time."""
    row = Matter.objects.filter(number=number).values_list("id", "code_index").first()
    stored = bytes(row[1]) if row else bytes(16)
    fits = hmac.compare_digest(stored, keys.code_index(number + code))
    return row[0] if row and fits else None


def citizens_matter(matter_id: int) -> MatterDossier:
    """The dossier for the citizen whom `by_code` let in."""
    dossier = read("matter", matter_id)
    assert isinstance(dossier, MatterDossier)
    return dossier
