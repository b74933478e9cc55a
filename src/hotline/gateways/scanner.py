"""查毒 (scanner): clamd, over a socket of this machine or of the network, by its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from contextlib import closing

from hotline.casework.attachments.ports import NoScanner, ScanFailed, Scanner, Verdict

SECONDS = 30.0
CHUNK = 256 * 1024


class Clamd:
    """clamd: `/path/of/socket` or `host:port`. What it does not answer for is not taken in."""

    def __init__(self, address: str):
        self._address = address

    def _open(self) -> socket.socket:
        if self._address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(SECONDS)
            line.connect(self._address)
            return line
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=SECONDS)

    def _say(self, command: bytes, body: bytes | None = None) -> str:
        try:
            with closing(self._open()) as line:
                line.sendall(b"z" + command + b"\0")
                if body is not None:
                    for at in range(0, len(body), CHUNK):
                        part = body[at : at + CHUNK]
                        line.sendall(struct.pack("!I", len(part)) + part)
                    line.sendall(struct.pack("!I", 0))
                answer = b""
                while not answer.endswith(b"\0") and (more := line.recv(4096)):
                    answer += more
        except (OSError, ValueError) as error:
            raise ScanFailed(f"查毒程序连不上（{type(error).__name__}）") from error
        return answer.rstrip(b"\0\n").decode(errors="replace")

    def ping(self) -> bool:
        """Whether it answers. Raises ScanFailed."""
        return self._say(b"PING") == "PONG"

    def scan(self, body: bytes) -> Verdict:
        """`stream: OK`, or `stream: NAME FOUND`; anything else is no verdict."""
        said = self._say(b"INSTREAM", body)
        if said.endswith(" OK"):
            return Verdict(True)
        if said.endswith(" FOUND"):
            return Verdict(False, said.removeprefix("stream: ").removesuffix(" FOUND"))
        raise ScanFailed("查毒程序没有给出结论")


def choose(address: str) -> Scanner:
    """The one that is set; none without a setting."""
    return Clamd(address) if address else NoScanner()
