"""A proxy in front of site and push, as in a real installation: `/push/` leads to the push application, which runs in
an event loop of this process, everything else to the site. One request a connection."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


async def _passed_on(head: bytes, reader: Reader, writer: Writer, site: str) -> None:
    there = urlsplit(site)
    back, forth = await asyncio.open_connection(there.hostname, there.port)
    first, _, rest = head.partition(b"\r\n")
    forth.write(first + b"\r\nConnection: close\r\n" + rest.replace(b"Connection: keep-alive\r\n", b""))

    async def pump(source: Reader, target: Writer) -> None:
        with contextlib.suppress(OSError):
            while some := await source.read(65536):
                target.write(some)
                await target.drain()

    sending = asyncio.create_task(pump(reader, forth))
    await pump(back, writer)
    sending.cancel()
    forth.close()


async def _answered(head: bytes, reader: Reader, writer: Writer, push: Any) -> None:
    request, *lines = head.decode("latin-1").strip().split("\r\n")
    method, path, _ = request.split(" ")
    headers = [tuple(part.strip().encode("latin-1") for part in line.split(":", 1)) for line in lines]
    scope = {"type": "http", "method": method, "path": path.partition("?")[0], "headers": headers}

    async def receive() -> dict[str, Any]:
        await reader.read()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            said = b"".join(name + b": " + value + b"\r\n" for name, value in message["headers"])
            writer.write(b"HTTP/1.1 %d -\r\n%bConnection: close\r\n\r\n" % (message["status"], said))
        else:
            writer.write(message["body"])
        await writer.drain()

    await push(scope, receive, send)


async def _all_ended() -> None:
    """Nothing that waits is left to the collector: it would be woken in the midst of whatever is done then."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextlib.contextmanager
def front(site: str, push: Any) -> Iterator[str]:
    """Serve for the length of a block; yields the address."""
    loop, ready, port = asyncio.new_event_loop(), threading.Event(), 0

    async def met(reader: Reader, writer: Writer) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if head.split(b" ", 2)[1].startswith(b"/push/"):
                await _answered(head, reader, writer, push)
            else:
                await _passed_on(head, reader, writer, site)
        writer.close()

    async def serve() -> None:
        nonlocal port
        server = await asyncio.start_server(met, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        await push.begin()
        ready.set()

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(serve(), loop)
    assert ready.wait(10)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(push.end(), loop).result(10)
        asyncio.run_coroutine_threadsafe(_all_ended(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
