"""推送的服务 (the push server): an ASGI application that serves one address: a stream of server-sent events for whoever is
signed in. An event bears a number and nothing else. Every so often it is asked anew whether they still may."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connections
from django.http.request import split_domain_port, validate_host
from psycopg import Error as PsycopgError

from hotline.casework import concerned
from hotline.network.roles import UNIT
from hotline.procedure import times
from hotline.surfaces import sessions
from hotline.surfaces.push.hub import Full, Hub, Listener, Place
from hotline.surfaces.push.listening import Listening, stopped

log = logging.getLogger("hotline.push")
PATH = "/push/"
PACE = 1.0  # seconds between two events of one page
HEARTBEAT = 20.0  # seconds after which a silent stream says that it is there, and asks whether it may
RETRY = b"retry: 3000\n\n"
BEAT = b":\n\n"
SEND_PATIENCE = 30.0  # seconds a page may take to take an event; then it is let go, and comes back by itself
NOT_THE_DRIVERS = ("context", "cursor_factory", "prepare_threshold", "server_side_binding", "pool")
T = TypeVar("T")
Scope, Receive, Send = Mapping[str, Any], Callable[[], Any], Callable[[Any], Any]


def place_of(token: str) -> Place | None:
    """The desk of whoever bears the token; asked without keeping a session alive that nobody uses."""
    visitor = sessions.recognise(token, times.wall(), times.now(), touch=False) if token else None
    if visitor is None or visitor.must_change_password:
        return None
    role = visitor.actor.role
    return (role, visitor.unit.id if role in UNIT else None)


def asked(question: Callable[[], T]) -> T:
    """Ask the database from a thread of ours; a connection that was lost is made again, once."""
    try:
        return question()
    except (DatabaseError, PsycopgError):
        connections.close_all()
        return question()


class Push:
    """推送: the application."""

    def __init__(self, most: int = 5000):
        self.hub = Hub(most)
        self.threads = ThreadPoolExecutor(2, "push")
        self.tasks: list[asyncio.Task[None]] = []
        self.listening: Listening | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def begin(self) -> None:
        """Listen to the database."""
        self.listening = Listening(database(), self._grown, self.hub.tell_all)
        self.tasks = [asyncio.create_task(self.listening.forever()), asyncio.create_task(self.listening.hand_on())]

    async def end(self) -> None:
        """Listen no longer."""
        await stopped(self.tasks)
        await self._in_thread(connections.close_all)
        self.threads.shutdown()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await self.begin()
            await send({"type": "lifespan.startup.complete"})
        await self.end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _in_thread(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, question)

    async def _grown(self, matter_ids: list[int]) -> None:
        if len(self.hub):
            self.hub.tell(await self._in_thread(partial(asked, partial(concerned.at_desks, matter_ids))))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        status, allowed = door(scope, headers)
        token = token_of(headers.get("cookie", ""))
        place = await self._in_thread(partial(asked, partial(place_of, token))) if status == 200 else None
        if status == 200 and place is None:
            status = 401
        if place is None:
            return await _refused(send, status, allowed)
        try:
            listener = self.hub.join(place)
        except Full:
            return await _refused(send, 503, allowed)
        try:
            await self._stream(listener, token, headers, allowed, receive, send)
        finally:
            self.hub.leave(listener)
        return None

    async def _stream(self, listener: Listener, token: str, headers: Mapping[str, str], allowed: list[Any],
                      receive: Receive, send: Send) -> None:  # fmt: skip
        kept = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": [*kept, *allowed]})
        await send(_body(RETRY))
        if headers.get("last-event-id"):  # come back: what was told meanwhile nobody knows
            listener.told = self.hub.number
            listener.fresh.set()
        gone = asyncio.create_task(_gone(receive))
        try:
            while not gone.done() and await self._one(listener, token, gone, send):
                pass
        finally:
            gone.cancel()

    async def _one(self, listener: Listener, token: str, gone: asyncio.Task[None], send: Send) -> bool:
        """The next event, or a sign of life; whether there is to be another."""
        waits = asyncio.create_task(listener.fresh.wait())
        await asyncio.wait({waits, gone}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        waits.cancel()
        if gone.done():
            return False
        said = BEAT
        if listener.fresh.is_set():
            listener.fresh.clear()
            said = b"id: %d\ndata: %d\n\n" % (listener.told, listener.told)
        elif not await self._still(listener, token):
            return False
        try:
            await asyncio.wait_for(send(_body(said)), SEND_PATIENCE)
        except (TimeoutError, OSError):
            return False
        if said is not BEAT:
            await asyncio.wait({gone}, timeout=PACE)
        return True

    async def _still(self, listener: Listener, token: str) -> bool:
        """Whether they may still listen, and where they sit now."""
        try:
            place = await self._in_thread(partial(asked, partial(place_of, token)))
        except Exception as error:
            log.warning("推送认不出会话（%s）", type(error).__name__)
            return True  # the database does not answer: nobody is told anything meanwhile
        if place is not None:
            self.hub.move(listener, place)
        return place is not None


def door(scope: Scope, headers: Mapping[str, str]) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Whether a request is one for the stream, from a page of this very site; and what its answer allows that page."""
    domain, _ = split_domain_port(headers.get("host", ""))
    origin = headers.get("origin", "")
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return 400, []
    if origin and urlsplit(origin).hostname != domain.strip("[]"):
        return 403, []
    if scope["path"] != PATH or scope["method"] != "GET":
        return 404, []
    if not origin:
        return 200, []
    return 200, [(b"access-control-allow-origin", origin.encode()), (b"access-control-allow-credentials", b"true"),
                 (b"vary", b"Origin")]  # fmt: skip


def token_of(cookies: str) -> str:
    """The session's token among the cookies."""
    try:
        found = SimpleCookie(cookies).get(sessions.COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def database() -> dict[str, object]:
    """How the application's own role reaches the database, as the driver wants to know it."""
    params = dict(connections["default"].get_connection_params())
    return {name: value for name, value in params.items() if name not in NOT_THE_DRIVERS and value not in (None, "")}


def _body(said: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": said, "more_body": True}


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refused(send: Send, status: int, allowed: list[tuple[bytes, bytes]]) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0"), *allowed]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
