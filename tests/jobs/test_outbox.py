"""对外消息: at least once, under a stable id, through failures and kills."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from hotline.config.logs import OneLine
from hotline.gateways import sms
from hotline.jobs import alarming, loops
from hotline.procedure import outbox, sealing, times
from procedure import toy
from procedure.toy import NOW

BODY = "树下的秘密13912345678"


@pytest.fixture
def room(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The toy room, whose messages quote the note."""

    def render(cur: Any, message: outbox.Waiting) -> outbox.Rendered:
        cur.execute("SELECT body FROM toy_text WHERE id = %s", (message.refs["text"],))
        return outbox.Rendered("13912345678", cur.fetchone()[0])

    with toy.room():
        monkeypatch.setitem(outbox.TEMPLATES, "toy_written", render)
        yield


class Kept:
    """A gateway that keeps what it is given, and fails as often as told."""

    def __init__(self, *failures: Exception):
        self.sent: list[tuple[int, str, str]] = []
        self._failures = list(failures)

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it, or fail."""
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append((message_id, to, text))


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    """What the outbox and its loop log."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("hotline.outbox", "hotline.jobs")]
    for one in loggers:
        one.addHandler(handler)
    yield records
    for one in loggers:
        one.removeHandler(handler)


def rows() -> list[Any]:
    """Tries, next try, delivery and remark of every message."""
    with connections["default"].cursor() as cur:
        cur.execute("SELECT tries, next_try_at, delivered_at, failed FROM procedure_outboxmessage ORDER BY id")
        return list(cur.fetchall())


@pytest.mark.usefixtures("room")
class TestDelivery:
    """投递: claim, render, hand over, mark."""

    def test_a_message_is_rendered_at_delivery_and_marked(self) -> None:
        toy.write(body="原来的字")
        with connections["owner"].cursor() as cur:
            cur.execute("UPDATE toy_text SET body = '投递时的字'")
        gateway = Kept()
        assert outbox.deliver(gateway, NOW, 1)
        assert not outbox.deliver(gateway, NOW, 1)
        assert [(to, text) for _, to, text in gateway.sent] == [("13912345678", "投递时的字")]
        assert rows() == [(0, None, NOW, "")]

    def test_a_message_is_not_sent_before_its_time(self) -> None:
        toy.write()
        assert not outbox.deliver(Kept(), NOW - timedelta(seconds=1), 1)

    def test_failures_back_off_and_raise_an_alarm_without_personal_data(self, logged: list[logging.LogRecord]) -> None:
        toy.write(body=BODY)
        gateway = Kept(*[ValueError(BODY)] * 4, *[outbox.NotTaken("平台忙")] * 4)
        at, pauses = NOW, []
        for _ in range(8):
            assert outbox.deliver(gateway, at, 1)
            assert not outbox.deliver(gateway, at, 1)
            pauses.append((rows()[0][1] - at).total_seconds() / 60)
            at = rows()[0][1]
        assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
        assert rows()[0][3] == "平台忙"
        assert [r.levelno for r in logged] == [logging.WARNING] * 4 + [logging.ERROR] * 4
        said = "".join(OneLine().format(record) for record in logged) + str(rows())
        assert "13912345678" not in said
        assert "秘密" not in said
        assert outbox.deliver(gateway, at, 1)
        assert len(gateway.sent) == 1

    def test_a_poisonous_message_does_not_hold_up_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        good = outbox.TEMPLATES["toy_written"]
        first = toy.write(body="毒")
        toy.write(body="好", now=NOW + timedelta(seconds=1))

        def render(cur: Any, message: outbox.Waiting) -> Any:
            return cur.execute("SELECT 1/0") if message.to_id == first.chain.id else good(cur, message)

        monkeypatch.setitem(outbox.TEMPLATES, "toy_written", render)
        gateway, at = Kept(), NOW + timedelta(minutes=1)
        assert [outbox.deliver(gateway, at, 1) for _ in range(3)] == [True, True, False]
        assert [text for _, _, text in gateway.sent] == ["好"]
        assert rows()[0][3] == "DivisionByZero"

    def test_a_portion_goes_in_one_transaction_and_one_failure_is_its_own(self) -> None:
        for at in range(5):
            toy.write(now=NOW - timedelta(seconds=9 - at))
        gateway = Kept(outbox.NotTaken("平台忙"))
        assert outbox.deliver(gateway, NOW, 4) == 4
        assert [row[0] for row in rows()] == [1, 0, 0, 0, 0]
        assert [row[2] for row in rows()] == [None, NOW, NOW, NOW, None]
        with connections["owner"].cursor() as cur:
            cur.execute("SELECT count(DISTINCT xmin::text) FROM procedure_outboxmessage WHERE delivered_at IS NOT NULL")
            assert cur.fetchone() == (1,)
        assert outbox.deliver(gateway, NOW, 4) == 1

    def test_a_slow_gateway_gets_fewer_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(3):
            toy.write()
        monkeypatch.setattr(outbox, "PATIENCE", 0.0)
        assert [outbox.deliver(Kept(), NOW, 3) for _ in range(4)] == [1, 1, 1, 0]

    def test_an_unknown_template_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        toy.write()
        monkeypatch.delitem(outbox.TEMPLATES, "toy_written")
        assert outbox.deliver(Kept(), NOW, 1)
        assert rows()[0][0] == 1

    def test_nobody_to_tell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        toy.write()
        monkeypatch.setitem(outbox.TEMPLATES, "toy_written", lambda cur, message: None)
        assert outbox.deliver(Kept(), NOW, 1)
        assert rows() == [(0, None, NOW, "无可告知")]

    def test_two_workers_share_the_queue(self) -> None:
        for _ in range(40):
            toy.write()
        gateways = [Kept(), Kept()]

        def work(gateway: Kept) -> None:
            while outbox.deliver(gateway, NOW, 1):
                pass
            connections.close_all()

        threads = [threading.Thread(target=work, args=(g,)) for g in gateways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ids = [sent[0] for gateway in gateways for sent in gateway.sent]
        assert len(ids) == len(set(ids)) == 40

    @pytest.mark.forks
    def test_killed_between_delivery_and_mark_it_is_sent_again_under_the_same_id(self, tmp_path: Path) -> None:
        toy.write(body="只有一条")
        folder = sms.FolderSms(tmp_path, "simulated")

        class Killed:
            """Delivers, then dies as by kill -9."""

            def send(self, message_id: int, to: str, text: str) -> NoReturn:
                """The last thing this process does."""
                folder.send(message_id, to, text)
                os.kill(os.getpid(), signal.SIGKILL)
                raise AssertionError

        connections.close_all()
        child = os.fork()
        if child == 0:
            outbox.deliver(Killed(), NOW, 1)
            os._exit(1)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        assert rows()[0][2] is None
        deadline = threading.Event()
        while not outbox.deliver(folder, NOW, 1):  # until the server has noticed the death
            deadline.wait(0.05)
        sent = [json.loads(line) for line in folder.path.read_text().splitlines()]
        assert len(sent) == 2
        assert sent[0] == sent[1]
        assert not outbox.deliver(folder, NOW, 1)

    def test_long_delivered_messages_are_purged(self) -> None:
        toy.write()
        outbox.deliver(Kept(), NOW, 1)
        toy.write()
        assert outbox.purge(NOW + timedelta(days=29)) == 0
        assert outbox.purge(NOW + timedelta(days=31)) == 1
        assert len(rows()) == 1
        assert outbox.waiting(NOW) == 1


class TestGateways:
    """通道: a simulated city reaches a folder, a real one the platform."""

    def test_each_city_refuses_the_others_gateway(self, tmp_path: Path) -> None:
        with pytest.raises(sms.WrongCity):
            sms.FolderSms(tmp_path, "real")
        with pytest.raises(sms.WrongCity):
            sms.HttpSms("http://127.0.0.1:9/sms", "simulated")
        with pytest.raises(sms.WrongCity):
            sms.HttpSms("file:///etc/passwd", "real")
        assert isinstance(sms.choose("simulated", tmp_path, "http://127.0.0.1:9/"), sms.FolderSms)
        assert isinstance(sms.choose("real", tmp_path, "http://127.0.0.1:9/"), sms.HttpSms)
        with pytest.raises(outbox.NotTaken):
            sms.choose("real", tmp_path).send(1, "139", "字")

    def test_the_platform_is_posted_to(self) -> None:
        got: list[Any] = []

        class Platform(BaseHTTPRequestHandler):
            """Takes the first message, refuses the second."""

            def do_POST(self) -> None:  # noqa: N802
                """Keep the request."""
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                got.append((body, self.headers["Idempotency-Key"], self.headers["Authorization"]))
                self.send_response(202 if len(got) == 1 else 503)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        server = HTTPServer(("127.0.0.1", 0), Platform)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        gateway = sms.HttpSms(f"http://127.0.0.1:{server.server_port}/sms", "real", "钥匙".encode().hex())
        gateway.send(7, "13912345678", "字")
        with pytest.raises(outbox.NotTaken, match="503") as refused:
            gateway.send(7, "13912345678", "字")
        server.shutdown()
        server.server_close()
        assert "139" not in str(refused.value)
        assert got[0] == ({"id": "7", "to": "13912345678", "text": "字"}, "7", "Bearer e992a5e58c99")
        with pytest.raises(outbox.NotTaken, match="连不上"):
            gateway.send(7, "13912345678", "字")


class TestLoops:
    """循环: deliveries in portions, a seal a day."""

    def test_the_outbox_loop_delivers_what_waits(
        self, room: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(3):
            toy.write(body="字")
        loop = loops.Outbox()
        loop._gateway = sms.FolderSms(tmp_path, "simulated")
        assert loop.turn() is False
        assert len((tmp_path / "sms.jsonl").read_text().splitlines()) == 3

    @pytest.mark.usefixtures("city")
    def test_without_a_platform_messages_wait_untouched_and_it_is_said_once_a_day(
        self, monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
    ) -> None:
        """On the day a city is born that is no warning: it is only being set up."""
        born = times.birth_record().born_at
        assert alarming.raise_alarm(born.date(), born)
        loop, now = loops.Outbox(), [born + timedelta(minutes=1)]
        loop._gateway = sms.NoSms()
        monkeypatch.setattr(times, "now", lambda: now[0])
        for _ in range(3):
            assert loop.turn() is False
        now[0] += timedelta(days=1)
        loop.turn()
        said = [(record.levelname, "1 条对外消息" in record.getMessage()) for record in logged]
        assert said == [("INFO", True), ("WARNING", True)]
        assert [(tries, delivered, failed) for tries, _, delivered, failed in rows()] == [(0, None, "")]

    def test_the_day_before_is_sealed_once(
        self, room: None, tmp_path: Path, settings_of_seals: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        toy.write()
        monkeypatch.setattr(toy.ToyBook, "tz", ZoneInfo("Asia/Shanghai"), raising=False)
        loop = loops.DailySeal()
        loop.turn()
        assert sealing.files(tmp_path) == []
        times.set_simulated(NOW + toy.DAY)
        assert (loop.turn(), loop.turn()) == (False, False)
        assert [path.name[:17] for path in sealing.files(tmp_path)] == ["000001-2026-11-23"]
        gateway = sms.FolderSms(tmp_path, "simulated")
        while outbox.deliver(gateway, NOW + 2 * toy.DAY, 1):
            pass
        assert sealing.read_file(sealing.files(tmp_path)[0]).root.hex() in gateway.path.read_text()

    @pytest.fixture
    def settings_of_seals(self, tmp_path: Path) -> Iterator[None]:
        """Seals go into the test's own folder."""
        from django.test import override_settings

        with override_settings(HOTLINE_SEALS_DIR=tmp_path):
            yield

    @pytest.mark.parametrize(
        ("now", "sealed", "day"),
        [
            ("2026-11-23T00:04:59+08:00", date(2026, 11, 21), None),
            ("2026-11-23T00:05:00+08:00", date(2026, 11, 21), date(2026, 11, 22)),
            ("2026-11-23T00:05:00+08:00", date(2026, 11, 22), None),
            ("2026-11-23T00:05:00+08:00", date(2026, 11, 1), date(2026, 11, 22)),
            ("2026-11-22T16:05:00+00:00", date(2026, 11, 21), date(2026, 11, 22)),
        ],
    )
    def test_which_day_is_sealed(self, now: str, sealed: date, day: date | None) -> None:
        from datetime import datetime

        assert loops.day_to_seal(datetime.fromisoformat(now), ZoneInfo("Asia/Shanghai"), sealed) == day
