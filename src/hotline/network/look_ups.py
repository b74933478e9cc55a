"""查找 (look-ups): what network and casework cards ask of the network inside their transaction, one statement each
but for `below`, which locks first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hotline.network import passwords
from hotline.network.naming import said_units
from hotline.network.records import Person, Post, Unit
from hotline.network.roles import Role
from hotline.procedure.case import Case
from hotline.procedure.records import Record, columns
from hotline.procedure.world import LOOK_UPS, Cursor, LookUp, World

R = TypeVar("R", bound=Record)
Form = Mapping[str, Any]
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Receiving:
    """接收单位: a unit, which roles its open posts have, and the level-2 unit answerable for it (itself, perhaps)."""

    unit: Unit
    roles: frozenset[str]
    level2_id: int | None = None


@dataclass(frozen=True, slots=True)
class Accused:
    """被反映的人: somebody a matter complains about: who, in which roles there, and whether at the centre that
    inspects."""

    person_id: int
    roles: frozenset[str]
    inspects: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """人员与岗位: a person, and the open posts they hold as (unit, role)."""

    person: Person
    posts: frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Digest:
    """口令摘要: a new password's digest; `one_time` when it must be changed at the first sign-in."""

    text: str
    one_time: bool = True


@dataclass(frozen=True, slots=True)
class Besides:
    """别的岗位: how many open posts of administrators, and of the same person, there are besides one."""

    admins: int
    own: int


@dataclass(frozen=True, slots=True)
class Below:
    """所属: how many open units and posts hang on a unit."""

    units: int
    posts: int


def listed(record: type[Record], alias: str) -> str:
    """The columns of a record, for a SELECT."""
    return ", ".join(f"{alias}.{name}" for name in columns(record))


def number(value: object) -> int | None:
    """A row number from a form, or None when it is none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST else None


_UNIT = f"SELECT {listed(Unit, 'u')} FROM network_unit u WHERE "
RECEIVING = (
    f"SELECT {listed(Unit, 'u')}, ARRAY(SELECT DISTINCT p.role FROM network_post p WHERE p.unit_id = u.id"
    " AND p.status = 'open'), (WITH RECURSIVE up AS (SELECT u.id, u.parent_id, u.level UNION ALL"
    " SELECT n.id, n.parent_id, n.level FROM network_unit n JOIN up ON n.id = up.parent_id AND up.level > 2)"
    " SELECT up.id FROM up WHERE up.level = 2) FROM network_unit u WHERE "
)
# The unit that carries on what another did: its successor, or the successor's, and so on to one that has not ended.
_HEIR = (
    "u.id = (WITH RECURSIVE heirs AS (SELECT id, status, successor_id FROM network_unit WHERE id = %s UNION"
    " SELECT n.id, n.status, n.successor_id FROM network_unit n JOIN heirs h ON n.id = h.successor_id)"
    " SELECT id FROM heirs WHERE status = 'open')"
)
INSPECTION = "inspection"
_ACCUSED = (
    "SELECT p.person_id, array_agg(DISTINCT p.role), array_agg(DISTINCT u.desk) FROM network_person t"
    " JOIN network_post p ON p.person_id = t.id AND p.status = 'open' JOIN network_unit u ON u.id = p.unit_id"
    " WHERE (t.name = %(said)s OR t.login = %(said)s)"
)
_ACCUSED_EACH = " GROUP BY p.person_id ORDER BY p.person_id"
HELD = (
    f"SELECT {listed(Person, 't')}, ARRAY(SELECT p.unit_id || ' ' || p.role FROM network_post p"
    " WHERE p.person_id = t.id AND p.status = 'open') FROM network_person t"
)


def look_up(name: str) -> Callable[[LookUp], LookUp]:
    """Decorator: registers a look-up under the name that cards use."""

    def register(function: LookUp) -> LookUp:
        LOOK_UPS[name] = function
        return function

    return register


def held(row: Sequence[Any]) -> Held:
    """A row of `HELD` as what it means."""
    posts = (post.split(" ", 1) for post in row[-1])
    return Held(Person(*row[:-1]), frozenset((int(unit_id), role) for unit_id, role in posts))


def _receiving(cursor: Cursor, where: str, value: object) -> Receiving | None:
    cursor.execute(RECEIVING + where, (value,))
    row = cursor.fetchone()
    return Receiving(Unit(*row[:-2]), frozenset(row[-2]), row[-1]) if row else None


def _by_code(cursor: Cursor, code: object, suffix: str = "") -> Unit | None:
    if not code:
        return None
    cursor.execute(_UNIT + "u.code = %s" + suffix, (str(code).strip(),))
    row = cursor.fetchone()
    return Unit(*row) if row else None


@look_up("unit")
def unit(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Receiving | None:
    """The unit that the form's field `unit` names by number, with the roles of its open posts; held so that it cannot
    end while it is given an order."""
    unit_id = number(form.get("unit"))
    return _receiving(cursor, "u.id = %s FOR KEY SHARE OF u", unit_id) if unit_id is not None else None


@look_up("own_unit")
def own_unit(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Unit | None:
    """The unit of whoever acts."""
    found = _receiving(cursor, "u.id = %s", case.actor.unit_id)
    return found.unit if found else None


@look_up("assisting")
def assisting(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> dict[str, Receiving | None]:
    """The units that the form's field `assisting` names by short name, name or code, each held like `unit`; None for a
    name that means no unit or several. Without names nothing is asked."""
    named = said_units(str(form.get("assisting") or ""))
    if not named:
        return {}
    cursor.execute(RECEIVING + "u.status = 'open' AND %s && ARRAY[u.short, u.name, u.code] ORDER BY u.id"
                   " FOR KEY SHARE OF u", (list(named),))  # fmt: skip
    found = [Receiving(Unit(*row[:-2]), frozenset(row[-2]), row[-1]) for row in cursor.fetchall()]
    return {one: only_one(one, found) for one in named}


def only_one(said: str, found: Sequence[Receiving]) -> Receiving | None:
    """The one unit that a name means."""
    means = [one for one in found if said in (one.unit.short, one.unit.name, one.unit.code)]
    return means[0] if len(means) == 1 else None


@look_up("leader_post")
def leader_post(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Post | None:
    """The open post of a city leader that the form's field `leader` names by number."""
    query = f"SELECT {listed(Post, 'o')} FROM network_post o WHERE o.id = %s AND o.role = %s AND o.status = 'open'"
    cursor.execute(query + " FOR KEY SHARE OF o", (number(form.get("leader")), str(Role.LEADER)))
    row = cursor.fetchone()
    return Post(*row) if row else None


@look_up("inspection")
def inspection(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Unit | None:
    """The centre that inspects, if there is one open."""
    cursor.execute(_UNIT + "u.desk = %s AND u.status = 'open' ORDER BY u.id LIMIT 1", (INSPECTION,))
    row = cursor.fetchone()
    return Unit(*row) if row else None


@look_up("accused")
def accused(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> list[Accused]:
    """Whom the form's field `name` means, by name or login: in the unit that it names, or, where `target` says so,
    among the hotline's own."""
    said = str(form.get("name") or "").replace("\x00", "").strip()
    if not said:
        return []
    own = str(form.get("target")) == "staff"
    cursor.execute(_ACCUSED + (" AND u.level = 1 AND u.desk <> ''" if own else " AND u.id = %(unit)s") + _ACCUSED_EACH,
                   {"said": said, "unit": number(form.get("unit"))})  # fmt: skip
    return [Accused(row[0], frozenset(row[1]), INSPECTION in row[2]) for row in cursor.fetchall()]


@look_up("workplace")
def workplace(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Receiving | None:
    """The same, held so that the unit cannot end while somebody is being appointed to it."""
    return _receiving(cursor, "u.id = %s FOR SHARE OF u", number(form.get("unit")))


@look_up("parent")
def parent(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Unit | None:
    """The unit whose code stands in the form's field `parent`, held so that it cannot end meanwhile."""
    return _by_code(cursor, form.get("parent"), " FOR SHARE")


@look_up("namesake")
def namesake(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Unit | None:
    """The unit that has the form's code already."""
    return _by_code(cursor, form.get("code"))


@look_up("successor")
def successor(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Receiving | None:
    """The unit whose code stands in the form's field `successor`, held so that it does not end in the same moment."""
    code = str(form.get("successor") or "").strip()
    return _receiving(cursor, "u.code = %s FOR SHARE OF u", code) if code else None


@look_up("heir")
def heir(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Receiving | None:
    """The open unit that carries on what the unit of the subject did; that unit itself while it is open."""
    return _receiving(cursor, _HEIR, case.subject.unit_id)


@look_up("below")
def below(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Below:
    """What hangs on the subject; its row is locked first, so that nothing joins it meanwhile."""
    unit_id = case.subject.id
    cursor.execute("SELECT 1 FROM network_unit WHERE id = %s FOR UPDATE", (unit_id,))
    cursor.execute(
        "SELECT (SELECT count(*) FROM network_unit WHERE parent_id = %s AND status = 'open'),"
        " (SELECT count(*) FROM network_post WHERE unit_id = %s AND status = 'open')",
        (unit_id, unit_id),
    )
    return Below(*cursor.fetchone())


@look_up("person")
def person(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Held | None:
    """The person with the form's login, and their open posts."""
    cursor.execute(HELD + " WHERE t.login = %s", (str(form.get("login") or "").strip(),))
    row = cursor.fetchone()
    return held(row) if row else None


@look_up("posts_besides")
def posts_besides(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Besides:
    """What there is besides the post that ends."""
    query = ("SELECT count(*) FILTER (WHERE role = %s), count(*) FILTER (WHERE person_id = %s) FROM network_post"
             " WHERE status = 'open' AND id <> %s")  # fmt: skip
    cursor.execute(query, (str(Role.ADMIN), case.subject.person_id, case.subject.id))
    return Besides(*cursor.fetchone())


@look_up("digest")
def digest(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> Digest:
    """The digest of the form's password; the plain one goes no further."""
    return Digest(passwords.digest(str(form.get("password") or "").strip()))


def _person_of(case: Case[Any, Any]) -> Person:
    subject: Post = case.subject
    found: Person = case.dossier.get(Person, subject.person_id)
    return found


@look_up("old_fits")
def old_fits(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> bool:
    """Whether the form's old password is the subject's."""
    return passwords.fits(str(form.get("old") or "").strip(), _person_of(case).password)


@look_up("weakness")
def weakness(cursor: Cursor, world: World, case: Case[Any, Any], form: Form) -> str:
    """Why the form's new password is too weak, or nothing. The login is the form's, or the subject's person's; whoever
    is being appointed has none but the form's."""
    login = str(form.get("login") or "").strip() or ("" if case.card.creates else _person_of(case).login)
    return passwords.weakness(str(form.get("password") or "").strip(), login)
