"""会话 (sessions): who is asking, as which post; one statement per request, no write but every few minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from psycopg import RawCursor

from hotline.network import desks
from hotline.network.desks import MAY_ACT, HeldPost
from hotline.network.look_ups import listed, number
from hotline.network.records import Person, Post, Unit
from hotline.network.roles import OFFICE, TERMS, Role
from hotline.procedure import times
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.surfaces.sign_in import (
    FORGOTTEN_MINUTES,
    Halfway,
    SignedIn,
    SignInRefused,
    idle,
    sign_in,
    token_hash,
)

__all__ = ["COOKIE", "Halfway", "HeldPost", "Session", "SessionMiddleware", "SignInRefused", "SignedIn", "Visitor",
           "address", "enter", "leave", "purge", "recognise", "renew", "sign_in", "switch_post"]  # fmt: skip

COOKIE = "minsheng_session"
TOUCH = timedelta(minutes=5)
BY_ITSELF = "push"  # what a page left open says when it asks for what is new: nobody uses it then
KEPT_UPLOADS = timedelta(hours=1)
KEPT_DRAFTS, KEPT_LETTERS = timedelta(hours=24), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Session:
    """会话: what one signed-in browser carries. `key` names it in the database; the token is not kept."""

    key: bytes
    created_at: datetime
    seen_at: datetime


@dataclass(slots=True)
class Visitor:
    """来者: a person signed in, acting as one of their posts. `person.password` is empty here."""

    person: Person
    post: Post
    unit: Unit
    actor: Actor
    session: Session
    at: datetime
    has_factor: bool = False
    _posts: tuple[HeldPost, ...] | None = field(default=None, repr=False)

    @property
    def posts(self) -> tuple[HeldPost, ...]:
        """All posts the person may act as; one statement at the first question, none for a person with one post."""
        if self._posts is None:
            self._posts = desks.posts_of(self.person.id, self.at)
        return self._posts

    @property
    def own_post(self) -> HeldPost:
        """The post of one's own through which one's password is changed: the present one, or the oldest."""
        if self.actor.for_person_id is None:
            return HeldPost(self.post, self.unit)
        return next(held for held in self.posts if held.post.person_id == self.person.id)

    @property
    def must_change_password(self) -> bool:
        """Whether nothing else may be done before the password is changed."""
        return self.person.must_change_password

    @property
    def post_said(self) -> str:
        """The post in words: unit and role."""
        acting = "（代理）" if self.actor.for_person_id else ""
        return f"{self.unit.short} {TERMS[Role(self.post.role)]}{acting}"


_OFFICE = ", ".join(f"'{role}'" for role in OFFICE)
_PERSON = ", ".join("''" if name == "password" else f"p.{name}" for name in columns(Person))
_HELD = "FROM network_post x WHERE x.person_id IN (p.id, o.person_id) AND x.status = 'open'"
_RECOGNISE = (
    "SELECT s.created_at, s.seen_at, (SELECT count(*) FROM network_post x WHERE x.person_id = p.id"
    " AND x.status = 'open') + (SELECT count(*) FROM network_acting y WHERE y.person_id = p.id AND y.status = 'open'"
    f" AND y.until_at > %(at)s), ARRAY(SELECT x.unit_id {_HELD}),"
    f" ARRAY(SELECT x.unit_id {_HELD} AND x.role IN ({_OFFICE})), (SELECT stamp FROM network_moved),"
    " EXISTS (SELECT 1 FROM network_acting y WHERE y.person_id = p.id AND y.status = 'open'),"
    " EXISTS (SELECT 1 FROM network_factor f WHERE f.person_id = p.id AND f.status = 'open'),"
    f" {_PERSON},"
    f" {listed(Post, 'o')}, {listed(Unit, 'u')}"
    " FROM surfaces_session s JOIN network_person p ON p.id = s.person_id"
    " JOIN network_post o ON o.id = s.post_id JOIN network_unit u ON u.id = o.unit_id"
    " WHERE s.token_hash = %(key)s AND s.expires_at > %(now)s AND p.ended_at IS NULL AND o.status = 'open'"
    f" AND u.status = 'open' AND {MAY_ACT} AND s.mark = sha256(convert_to(p.password, 'UTF8'))"
)
for _place, _name in enumerate(("key", "now", "at"), 1):  # numbered, the statement is not read anew each time
    _RECOGNISE = _RECOGNISE.replace(f"%({_name})s", f"${_place}")
_PERSON_AT = 8
_POST_AT = _PERSON_AT + len(columns(Person))
_UNIT_AT = _POST_AT + len(columns(Post))
_TOUCH = "UPDATE surfaces_session SET seen_at = $1, expires_at = $2 WHERE token_hash = $3 AND seen_at < $4"
_SWITCH = (
    "UPDATE surfaces_session s SET post_id = o.id FROM network_post o JOIN network_unit u ON u.id = o.unit_id"
    ", network_person p WHERE s.token_hash = %(key)s AND o.id = %(post)s AND p.id = s.person_id AND o.status = 'open'"
    f" AND u.status = 'open' AND {MAY_ACT}"
)
_RENEW = (
    "UPDATE surfaces_session s SET mark = sha256(convert_to(p.password, 'UTF8')) FROM network_person p"
    " WHERE s.token_hash = %s AND p.id = s.person_id"
)


# The same for somebody whom this process has met: the network has not moved since, nor has the session.
_STILL = (
    "SELECT s.created_at, s.seen_at, s.post_id, m.stamp FROM surfaces_session s, network_moved m"
    " WHERE s.token_hash = $1 AND s.expires_at > $2"
)
MOST_MET = 2000


@dataclass(frozen=True, slots=True)
class _Met:
    """遇见过的: somebody as they were when the network bore this stamp. Who acts for somebody, now or later, is never
    among them: that is a matter of the hour too."""

    stamp: UUID
    person: Person
    post: Post
    unit: Unit
    actor: Actor
    only: tuple[HeldPost, ...] | None
    has_factor: bool


class _Seen:
    """The stamp that this process saw last: who bears another is looked up anew without being asked about."""

    stamp: UUID | None = None


_met: dict[bytes, _Met] = {}
_seen = _Seen()


def recognise(token: str, now: datetime, at: datetime | None = None, *, touch: bool = True) -> Visitor | None:
    """Whose token this is, as the post they act as; None when it is nobody's, has expired, the post, person or unit
    has ended, an acting-for is over, or the password was changed since. `now` is the wall clock's, `at` the city's own,
    by which an acting-for runs. One statement, two when the network has moved since this process met them; another at
    most every five minutes keeps it alive, unless told not to `touch` it."""
    key, at = token_hash(token), at or now
    with RawCursor(raw()) as cur:
        found = _again(cur, key, now) or _anew(cur, key, now, at)
        if found is None:
            return None
        who, session = found
        if touch and now - session.seen_at >= TOUCH:
            cur.execute(_TOUCH, (now, now + idle(), key, now - TOUCH))
    return Visitor(who.person, who.post, who.unit, who.actor, session, at, who.has_factor, who.only)


def _again(cur: RawCursor[Any], key: bytes, now: datetime) -> tuple[_Met, Session] | None:
    """Somebody whom this process met, as long as all of it still holds."""
    who = _met.get(key)
    if who is None or who.stamp != _seen.stamp:
        return None
    row = cur.execute(_STILL, (key, now), prepare=True, binary=True).fetchone()
    if row is None or (row[2], row[3]) != (who.post.id, who.stamp):
        _met.pop(key, None)
        return None
    return who, Session(key, row[0], row[1])


def _anew(cur: RawCursor[Any], key: bytes, now: datetime, at: datetime) -> tuple[_Met, Session] | None:
    row = cur.execute(_RECOGNISE, (key, now, at), prepare=True).fetchone()
    if row is None:
        return None
    person, post, unit = Person(*row[_PERSON_AT:_POST_AT]), Post(*row[_POST_AT:_UNIT_AT]), Unit(*row[_UNIT_AT:])
    acted_for = post.person_id if post.person_id != person.id else None
    actor = Actor(post.role, person.id, post.id, unit.id, acted_for, frozenset(row[3]), frozenset(row[4]))
    _seen.stamp = row[5]
    who = _Met(row[5], person, post, unit, actor, (HeldPost(post, unit),) if row[2] == 1 else None, row[7])
    if not row[6]:
        if len(_met) >= MOST_MET:
            _met.clear()
        _met[key] = who
    return who, Session(key, row[0], row[1])


def switch_post(visitor: Visitor, post: object) -> bool:
    """Act as another of one's posts, or one that one acts in for somebody else (its number, as a form gives it), from
    the next request on."""
    with raw().cursor() as cur:
        cur.execute(_SWITCH, {"key": visitor.session.key, "post": number(post), "at": visitor.at})
        return cur.rowcount == 1


def renew(visitor: Visitor) -> None:
    """Let this session live on after its own person changed the password; all others of that person are over."""
    with raw().cursor() as cur:
        cur.execute(_RENEW, (visitor.session.key,))


def purge(now: datetime) -> int:
    """Remove sessions that have expired, tries long past, files nobody confirmed, drafts nobody went on with; how many
    sessions. For the loops."""
    with raw().cursor() as cur:
        cur.execute("DELETE FROM surfaces_signintry WHERE seen_at < %s", (now - timedelta(minutes=FORGOTTEN_MINUTES),))
        cur.execute("DELETE FROM surfaces_upload WHERE uploaded_at <= %s", (now - KEPT_UPLOADS,))
        cur.execute("DELETE FROM surfaces_draft WHERE saved_at <= %s AND (matter_id IS NULL OR saved_at <= %s)",
                    (now - KEPT_DRAFTS, now - KEPT_LETTERS))  # fmt: skip
        cur.execute("DELETE FROM surfaces_claim WHERE until <= %s", (now - KEPT_DRAFTS,))
        cur.execute("DELETE FROM surfaces_session WHERE expires_at <= %s", (now,))
        return cur.rowcount


def address(request: HttpRequest) -> str:
    """Where the request comes from, for the throttle. Each of HOTLINE_PROXIES trusted proxies has put down, at the end
    of X-Forwarded-For, whom it was asked by; what stands further left anybody may have written."""
    said = [hop for word in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if (hop := word.strip())]
    proxies = settings.HOTLINE_PROXIES
    if 0 < proxies <= len(said):
        return str(said[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def enter(request: HttpRequest, response: HttpResponse, signed_in: SignedIn) -> None:
    """Hand the token to the browser, with a fresh token against forged forms."""
    rotate_token(request)
    response.set_cookie(COOKIE, signed_in.token, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def leave(request: HttpRequest, response: HttpResponse) -> None:
    """Sign out: the session is gone from the database, the cookie from the browser."""
    key = token_hash(request.COOKIES.get(COOKIE, ""))
    with raw().cursor() as cur:
        cur.execute("DELETE FROM surfaces_session WHERE token_hash = %s", (key,))
    response.delete_cookie(COOKIE, samesite="Lax")


class SessionMiddleware:
    """Sets `request.visitor`: a Visitor, or None. A request without the cookie costs no statement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(COOKIE, "")
        used = request.META.get("HTTP_X_REQUESTED_WITH") != BY_ITSELF
        request.visitor = (  # type: ignore[attr-defined]
            recognise(token, times.wall(), times.now(), touch=used) if token else None
        )
        return self.get_response(request)
