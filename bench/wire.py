"""The benches' own side of HTTP, as light as it can be."""

from __future__ import annotations

import http.client
import socket


class Wire:
    """One connection that is kept, and no more of HTTP than the platform's answers need: the client shares two cores
    with what it measures, and the standard library's reads headers as it would read mail."""

    def __init__(self, port: int):
        self.port, self.socket, self.answers = port, None, None

    def close(self) -> None:
        """The next request opens a new one."""
        if self.socket is not None:
            self.answers.close()
            self.socket.close()
        self.socket = self.answers = None

    def ask(self, request: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Status, headers with their names in small letters, body. Raises RemoteDisconnected where it was hung up."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.answers = self.socket.makefile("rb", 1 << 16)
        self.socket.sendall(request)
        first = self.answers.readline()
        if not first:
            self.close()
            raise http.client.RemoteDisconnected("hung up")
        headers = []
        while (line := self.answers.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            headers.append((name.lower(), value.strip()))
        return int(first.split(b" ", 2)[1]), headers, self._body(dict(headers))

    def _body(self, headers: dict[bytes, bytes]) -> bytes:
        if headers.get(b"transfer-encoding") != b"chunked":
            return self.answers.read(int(headers.get(b"content-length", 0)))
        found = b""
        while size := int(self.answers.readline(), 16):
            found += self.answers.read(size)
            self.answers.readline()
        self.answers.readline()
        return found
