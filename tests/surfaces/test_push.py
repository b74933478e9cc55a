"""推送: whoever sits where something is new is told so, when it is done and never before, by a number alone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from hotline.casework import at_home, concerned
from hotline.casework.models import Matter
from hotline.config import embedded
from hotline.network import desks as network
from hotline.network.roles import UNIT
from hotline.procedure import store, telling
from hotline.procedure.ledger import Chain
from hotline.procedure.perform import raw
from hotline.surfaces import frame, sessions
from hotline.surfaces.models import Session
from hotline.surfaces.push import app, listening
from hotline.surfaces.push.app import Push
from hotline.surfaces.push.hub import Full, Hub
from surfaces.city import client_of
from surfaces.standing import actor_of
from surfaces.walk import LINE, Walk

SOON, QUIET = 5.0, 0.5
HOST = [(b"host", b"127.0.0.1:8001")]


class Page:
    """An open page that listens, without a browser."""

    def __init__(self, push: Push, cookie: str = "", path: str = "/push/", **headers: str):
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        given += [(b"cookie", f"{sessions.COOKIE}={cookie}".encode())] if cookie else []
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.closed = asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path, "headers": [*HOST, *given]}
        self.task = asyncio.create_task(push(scope, self.receive, self.sent.put))

    async def receive(self) -> dict[str, Any]:
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def status(self) -> tuple[int, dict[bytes, bytes]]:
        first = await asyncio.wait_for(self.sent.get(), SOON)
        return first["status"], dict(first["headers"])

    async def opened(self) -> Page:
        assert (await self.status())[0] == 200
        assert (await self.sent.get())["body"] == app.RETRY
        return self

    async def told(self, within: float = SOON) -> bytes:
        """The next event, signs of life passed over; nothing where none comes in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while (said := (await self.sent.get())["body"]) == app.BEAT:
                    pass
                return bytes(said)
        return b""


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((app, "PACE", 0.02), (app, "HEARTBEAT", 0.2), (listening, "GATHER", 0.02),
                                (listening, "FIRST_PAUSE", 0.05)):  # fmt: skip
        monkeypatch.setattr(module, name, value)


def cookie(login: str) -> str:
    return client_of(login).cookies[sessions.COOKIE].value


async def listened(flow: Callable[[Push], Any]) -> None:
    """With the application listening to the database."""
    push = Push()
    await push.begin()
    assert push.listening
    await asyncio.wait_for(push.listening.connected.wait(), SOON)
    try:
        await flow(push)
    finally:
        await push.end()


def backed_out(walk: Walk) -> None:
    """An act that is done and then taken back."""
    conn = raw()
    with conn.transaction():
        walk.act("sign_for")
        raise psycopg.Rollback


def cut(server: Any, name: str) -> None:
    """The listener's connection is ended by the server."""
    with embedded.superuser(server.socket, "postgres") as connection:
        ended = connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                                   " AND (query LIKE 'LISTEN%%' OR query = 'SELECT 1')", [name]).fetchall()  # fmt: skip
    assert ended


@pytest.mark.usefixtures("quickly")
def test_who_sits_where_it_stands_is_told_when_it_is_done(walk: Walk, server: Any, city: str) -> None:
    walk.until("accept")
    tokens = {login: cookie(login) for login in ("yongqiao-clerk", "dangshan-clerk", "reviewer", "shift")}

    async def flow(push: Push) -> None:
        pages = {login: await Page(push, token).opened() for login, token in tokens.items()}
        clerk, stranger, reviewer, shift = pages.values()
        await asyncio.to_thread(walk.act, "dispatch")
        said = await clerk.told()
        assert said.startswith(b"id: ")
        assert set(said.decode()) <= set("id:data \n0123456789"), "a number and nothing else"
        assert await shift.told()
        assert [await page.told(QUIET) for page in (stranger, reviewer)] == [b"", b""]
        await asyncio.to_thread(backed_out, walk)
        assert await clerk.told(QUIET) == b"", "what is taken back is not told"
        await asyncio.to_thread(cut, server, city)
        assert await stranger.told(), "what was missed nobody knows: everybody looks"
        await asyncio.to_thread(walk.act, "sign_for")
        assert await clerk.told(), "it listens again"
        await asyncio.to_thread(store.notify, raw(), [telling.ALL])
        assert await shift.told(), "a process begins that may have died with something unsaid: everybody looks"
        await asyncio.to_thread(Session.objects.filter(token_hash=sessions.token_hash(tokens["reviewer"])).delete)
        await asyncio.wait_for(reviewer.task, SOON)
        stranger.closed.set()
        await asyncio.wait_for(stranger.task, SOON)
        assert len(push.hub) == 2
        clerk.closed.set()
        shift.closed.set()

    asyncio.run(listened(flow))


@pytest.mark.usefixtures("quickly")
def test_who_may_not_listen(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = cookie("reviewer")
    long_ago = Session.objects.values_list("seen_at", flat=True).get() - sessions.TOUCH * 2
    Session.objects.update(seen_at=long_ago)

    async def flow(push: Push) -> None:
        own, theirs = "http://127.0.0.1:8000", "http://elsewhere.example"
        assert [(await Page(push, *asked, **headers).status())[0] for *asked, headers in (
            ("", {}), ("nobody", {}), (token, {"origin": theirs}), (token, "/push/more", {}),
            (token, {"origin": "null"}))] == [401, 401, 403, 404, 403]  # fmt: skip
        page = Page(push, token, origin=own, last_event_id="3")
        status, headers = await page.status()
        assert (status, headers[b"access-control-allow-origin"]) == (200, own.encode())
        assert headers[b"content-type"] == b"text/event-stream"
        assert [await page.told(), (await page.told())[:3]] == [app.RETRY, b"id:"], "whoever comes back looks"
        push.hub.most = 1
        assert (await Page(push, token).status())[0] == 503
        page.closed.set()
        await asyncio.wait_for(page.task, SOON)

    asyncio.run(listened(flow))
    assert Session.objects.values_list("seen_at", flat=True).get() == long_ago, "to listen keeps no session alive"
    assert app.door({"path": "/push/", "method": "GET"}, {"host": "evil.example"})[0] == 400


def test_however_much_there_is_a_page_is_told_once() -> None:
    async def flow() -> None:
        hub = Hub(most=2)
        one, other = hub.join(("reviewer", None)), hub.join(("clerk", 7))
        with pytest.raises(Full):
            hub.join(("clerk", 7))
        for _ in range(10_000):
            hub.tell([("reviewer", None), ("clerk", 8)])
        assert (one.told, one.fresh.is_set(), other.fresh.is_set()) == (10_000, True, False)
        hub.move(other, ("clerk", 8))
        other.fresh.clear()
        hub.tell([("clerk", 7)])
        assert not other.fresh.is_set()
        hub.tell_all()
        assert other.fresh.is_set()
        hub.leave(one)
        hub.leave(one)
        assert len(hub) == 1

    asyncio.run(flow())


def test_every_desk_at_which_it_stands_is_found(walk: Walk) -> None:
    """Whoever finds the matter on a list of theirs is among those that are told."""
    logins = ("web", "dispatcher", "reviewer", "follow", "supervisor", "yongqiao-clerk", "yongqiao-deputy", "leader")
    actors, tz = {login: actor_of(login) for login in logins}, frame.book().tz
    walk.report()
    number = Matter.objects.values_list("id", flat=True).get()
    for verb in ("", *LINE):
        if verb:
            walk.act(verb)
        told = concerned.at_desks([number])
        for login, actor in actors.items():
            lists = at_home.waiting(actor, network.unit(actor.unit_id), frame.now(), tz)
            place = (actor.role, actor.unit_id if actor.role in UNIT else None)
            if any(one.count for one in lists if not one.spec.across):
                assert place in told, (verb, login)
    assert not {role for role, _ in told} & {"clerk", "dispatcher"}, "archived: with nobody who works on it"


def test_a_notification_names_no_more_than_it_can_hold() -> None:
    statement = store._Statement()
    statement.tell([Chain("matter", 10**17 + at) for at in range(700)])
    [said] = statement.params
    assert [len(one.encode()) < 8000 for one in said] == [True] * 3
    assert set().union(*map(listening.matters_of, said)) == {10**17 + at for at in range(700)}
    assert listening.matters_of("2.5,1.x,1.,,9") == set()
