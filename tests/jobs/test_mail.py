"""邮件: a real city's goes by SMTP under a stable Message-ID; a simulated one's never leaves the machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from hotline.gateways import mail, sms
from hotline.procedure.outbox import NotTaken


class Server(socketserver.TCPServer):
    """An SMTP server that takes whatever comes."""

    got: bytes = b""


class Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Server

    def handle(self) -> None:
        """Say yes to everything; keep what follows DATA."""
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            if line[:4].upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.got = body
            leaves = line[:4].upper() == b"QUIT"
            self.wfile.write(b"221 bye\r\n" if leaves else b"250 fine\r\n")
            if leaves:
                return


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Talk) as one:
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
        yield one
        one.shutdown()


def test_a_letter_arrives_under_its_number(server: Server) -> None:
    port = server.server_address[1]
    gateway = mail.Smtp(f"smtp://127.0.0.1:{port}", "hotline@city.example", "real")
    gateway.send(42, "lan.ming@example.org", "某热线：您的案头有动静\n催办：1118-0017，请登录查看。")
    got = message_from_bytes(server.got, EmailMessage, policy=policy.default)
    assert (got["To"], got["Subject"]) == ("lan.ming@example.org", "某热线：您的案头有动静")
    assert got["Message-ID"] == "<42@city.example>"
    assert got.get_content().strip() == "催办：1118-0017，请登录查看。"


def test_it_goes_nowhere_by_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(mail.URL, raising=False)
    assert mail.configured("simulated")
    assert not mail.configured("real")
    for url, sender, born in (("smtp://a", "h@x.example", "simulated"), ("http://a", "h@x.example", "real"),
                              ("smtp://a", "nobody", "real")):  # fmt: skip
        with pytest.raises(sms.WrongCity):
            mail.Smtp(url, sender, born)
    with pytest.raises(NotTaken, match=mail.URL):
        mail.choose("real", tmp_path).send(1, "a@x.example", "字")
    with pytest.raises(NotTaken, match="没有收下"):
        mail.Smtp("smtp://127.0.0.1:1", "h@x.example", "real").send(1, "a@x.example", "题\n字")
