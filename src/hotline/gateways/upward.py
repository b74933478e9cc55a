"""上级渠道 (upward): feedback to the province, a mailbox, a merged line: into a folder for a simulated city, by HTTP to the
platform above for a real one; everything else goes by SMS."""

from __future__ import annotations

import os
from pathlib import Path

from hotline.gateways import mail
from hotline.gateways.sms import FolderSms, HttpSms, Sms
from hotline.procedure.outbox import UPWARD, NotTaken
from hotline.procedure.times import REAL


class FolderUpward(FolderSms):
    """上报落盘: a simulated city's feedback, one JSON line each, beside its SMS."""

    def __init__(self, folder: Path, born: str):
        super().__init__(folder, born)
        self.path = folder / "upward.jsonl"


class HttpUpward(HttpSms):
    """上级平台: one POST a feedback as for SMS, `to` being source and number."""

    platform, simulated = "上级平台", "模拟库不能向真的上级平台反馈。"


class NoUpward:
    """没有上级渠道: a real city whose platform above is not configured yet; feedback waits."""

    def send(self, message_id: int, to: str, text: str) -> None:
        """Never takes any."""
        raise NotTaken("尚未设置上级平台地址（HOTLINE_UPWARD_URL）")


class Routed:
    """分路: what bears the address of somebody above goes upward, of a mailbox by mail, all else by SMS."""

    def __init__(self, sms: Sms, upward: Sms, by_mail: Sms):
        self._sms, self._others = sms, {UPWARD: upward, mail.TO: by_mail}

    def send(self, message_id: int, to: str, text: str) -> None:
        """Hand one message over by its channel. Raises NotTaken."""
        prefix = next((one for one in self._others if to.startswith(one)), "")
        channel = self._others.get(prefix, self._sms)
        channel.send(message_id, to.removeprefix(prefix), text)


def choose(born: str, folder: Path) -> Sms:
    """The channel that fits what the database was born as."""
    if born != REAL:
        return FolderUpward(folder, born)
    url, token = os.environ.get("HOTLINE_UPWARD_URL", ""), os.environ.get("HOTLINE_UPWARD_TOKEN", "")
    return HttpUpward(url, born, token) if url else NoUpward()
