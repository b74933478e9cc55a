"""邮件 (mail): into a folder for a simulated city, by SMTP for a real one; to the network's own people alone."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from hotline.gateways.sms import SECONDS, FolderSms, Sms, WrongCity
from hotline.procedure.outbox import NotTaken
from hotline.procedure.times import REAL

TO = "mail:"  # before the address of a mailbox: no telephone
URL, FROM = "HOTLINE_MAIL_URL", "HOTLINE_MAIL_FROM"
NEAR = ("localhost", "127.0.0.1", "::1")  # where nothing crosses a network


class FolderMail(FolderSms):
    """邮件落盘: a simulated city's mail, one JSON line each, beside its SMS."""

    def __init__(self, folder: Path, born: str):
        super().__init__(folder, born)
        self.path = folder / "mail.jsonl"


class Smtp:
    """邮件服务器: one message a connection, its number in the Message-ID, so that one sent again is the same one."""

    def __init__(self, url: str, sender: str, born: str):
        if born != REAL:
            raise WrongCity("模拟库不能发真邮件。")
        self._at = urlsplit(url)
        if self._at.scheme not in ("smtp", "smtps") or not self._at.hostname or "@" not in sender:
            raise WrongCity(f"{URL} 须以 smtp:// 或 smtps:// 开头，{FROM} 须是发件的邮箱。")
        self._sender = sender

    def send(self, message_id: int, to: str, text: str) -> None:
        """Send one message: its first line is the subject. Raises NotTaken."""
        subject, _, body = text.partition("\n")
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, to, subject
        mail["Message-ID"] = f"<{message_id}@{self._sender.rpartition('@')[2]}>"
        mail.set_content(body)
        try:
            with _connected(self._at) as server:
                server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(f"邮件服务器没有收下（{type(error).__name__}）") from None


def _connected(at: SplitResult) -> smtplib.SMTP:
    """Encrypted, unless the server is on this very machine."""
    host, safe = at.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if at.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, at.port or 0, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(host, at.port or 0, timeout=SECONDS)
        if host not in NEAR:
            server.starttls(context=safe)
    if at.username:
        server.login(unquote(at.username), unquote(at.password or ""))
    return server


class NoMail:
    """没有邮件服务器: a real city whose mail is not set up; what was to go there waits."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Never takes any."""
        raise NotTaken(f"尚未设置邮件服务器（{URL}）")


def configured(born: str) -> bool:
    """Whether mail goes anywhere at all."""
    return born != REAL or bool(os.environ.get(URL))


def choose(born: str, folder: Path) -> Sms:
    """The channel that fits what the database was born as."""
    if born != REAL:
        return FolderMail(folder, born)
    url = os.environ.get(URL, "")
    return Smtp(url, os.environ.get(FROM, ""), born) if url else NoMail()
