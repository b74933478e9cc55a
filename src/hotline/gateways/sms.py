"""短信 (SMS): into a folder for a simulated city, by HTTP to the operator's platform for a real one."""

from __future__ import annotations

import fcntl
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from hotline.procedure import disk
from hotline.procedure.outbox import NotTaken
from hotline.procedure.times import REAL

SECONDS = 10.0


class Sms(Protocol):
    """短信通道. A message sent again bears the same id; the receiver may drop it."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Hand one message over. Raises NotTaken."""


class WrongCity(Exception):
    """通道与库不配: a simulated city must not reach people, a real one must not pretend to."""


class FolderSms:
    """短信落盘: a simulated city's messages, one JSON line each."""

    def __init__(self, folder: Path, born: str):
        if born == REAL:
            raise WrongCity("正式库不能把短信写进文件夹：请设置短信平台地址。")
        self.path = folder / "sms.jsonl"

    def send(self, message_id: int, to: str, text: str) -> None:
        """Append one line, whole."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = json.dumps({"id": message_id, "to": to, "text": text}, ensure_ascii=False) + "\n"
        with _alone(self.path):
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)

    def scrub(self, gone: Callable[[Collection[int]], Collection[int]]) -> int:
        """Take away the messages that are `gone` among those of these numbers: nobody's number stays in the file for
        longer than in the database. How many lines; the file is exchanged whole, or not at all."""
        if not self.path.exists():
            return 0
        with _alone(self.path):
            for left in self.path.parent.glob(f".{self.path.name}.*{disk.UNFINISHED}"):
                left.unlink()  # of one that was killed
            lines = self.path.read_bytes().splitlines(keepends=True)
            numbers = [int(json.loads(line)["id"]) for line in lines]
            forgotten = frozenset(gone(sorted(set(numbers))))
            kept = [line for line, number in zip(lines, numbers, strict=True) if number not in forgotten]
            if len(kept) < len(lines):
                disk.write_whole(self.path, b"".join(kept), 0o600)
        return len(lines) - len(kept)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else writes the file meanwhile, in whichever process."""
    handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class HttpSms:
    """短信平台: one POST a message, JSON `{"id", "to", "text"}`; any 2xx means taken."""

    platform, simulated = "短信平台", "模拟库不能发真短信。"

    def __init__(self, url: str, born: str, token: str = ""):
        if born != REAL:
            raise WrongCity(self.simulated)
        if urlsplit(url).scheme not in ("http", "https"):
            raise WrongCity(f"{self.platform}地址须以 http:// 或 https:// 开头。")
        self._url, self._token = url, token

    def send(self, message_id: int, to: str, text: str) -> None:
        """Post one message."""
        body = json.dumps({"id": str(message_id), "to": to, "text": text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(message_id)}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS):
                pass
        except urllib.error.HTTPError as error:
            raise NotTaken(f"{self.platform}回答 {error.code}") from None
        except (OSError, ValueError) as error:
            raise NotTaken(f"{self.platform}连不上（{type(error).__name__}）") from None


class NoSms:
    """没有短信通道: a real city whose platform is not configured yet; messages wait."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Never takes any."""
        raise NotTaken("尚未设置短信平台地址")


def choose(born: str, folder: Path, url: str = "", token: str = "") -> Sms:
    """The gateway that fits what the database was born as."""
    if born != REAL:
        return FolderSms(folder, born)
    return HttpSms(url, born, token) if url else NoSms()
