"""请求号、计数、日志与健康检查: what a running site tells of itself, and that it names nobody."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.registry import CollectorRegistry

from harness import databases
from hotline.config import exporter, logs, loops, observing, vitals
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from surfaces.city import WEDNESDAY, put_clock
from surfaces.walk import Walk

READY = [("/health/live", 0), ("/health/ready", 1)]


@pytest.mark.parametrize(("path", "asked"), READY)
def test_a_balancer_is_answered_whatever_host_and_cookie_it_sends(
    city: str, statements: Any, path: str, asked: int
) -> None:
    client = Client(headers={"host": "10.1.2.3:9999"})
    client.cookies["minsheng_session"] = "of-somebody"
    connections["default"].ensure_connection()
    with statements:
        answer = client.get(path)
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert statements.count == asked


def test_without_a_database_the_process_lives_but_is_not_ready(server: Any) -> None:
    databases.switch(databases.NONE)
    assert Client().get("/health/live").status_code == 200
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"database")


def test_other_addresses_under_health_are_ordinary_ones(city: str) -> None:
    assert Client().get("/health/none").status_code == 404


def test_requests_are_counted_by_route_and_name_no_matter(city: str) -> None:
    put_clock(WEDNESDAY)
    walk = Walk()
    walk.until("dispatch")
    page = walk.client("dispatcher").get(walk.url)
    assert len(page[observing.HEADER]) == 16
    assert Client().get(f"/no/{walk.number}").status_code == 404
    told = generate_latest(REGISTRY).decode()
    labels = {"route": "staff/m/<str:number>/", "method": "GET", "status": "200"}
    routes = {sample.labels["route"] for metric in REGISTRY.collect() for sample in metric.samples
              if sample.name == "minsheng_http_requests_total" and sample.value}  # fmt: skip
    labels["route"] = next(route for route in routes if route.startswith("staff/m/<") and route.count("<") == 1)
    assert (REGISTRY.get_sample_value("minsheng_http_requests_total", labels) or 0) >= 1
    assert observing.NOWHERE in routes
    assert walk.number not in told


def test_every_request_has_a_number_of_its_own_and_its_log_lines_bear_it() -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        record = logging.LogRecord("hotline", logging.ERROR, __file__, 1, "坏了", (), None)
        seen.append((json.loads(logs.Json().format(record)), logs.OneLine().format(record)))
        return HttpResponse("x")

    application = observing.Observed(view)
    numbers = [application(RequestFactory().get("/"))[observing.HEADER] for _ in range(2)]
    assert len(set(numbers)) == 2
    assert [said["request"] for said, _ in seen] == numbers
    assert all(f"request={number}" in line for number, (_, line) in zip(numbers, seen, strict=True))
    assert logs.REQUEST.get() == ""


def test_a_json_line_holds_type_and_place_but_not_the_words_of_a_failure() -> None:
    try:
        raise ValueError("诸葛明月 13955703218")
    except ValueError as error:
        record = logging.LogRecord("hotline", logging.ERROR, __file__, 1, "坏\n了", (), (ValueError, error, None))
        record.exc_info = (ValueError, error, error.__traceback__)
    line = logs.Json().format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert "13955703218" not in line
    assert (said["level"], said["error"], said["message"]) == ("ERROR", "ValueError", "坏\n了")
    assert "test_observing.py" in said["at"]
    assert said["time"].endswith("+00:00")


@pytest.mark.parametrize(("asked", "formatter"), [("json", logs.Json), ("", logs.OneLine), ("other", logs.OneLine)])
def test_the_setting_chooses_the_format(monkeypatch: Any, asked: str, formatter: type) -> None:
    monkeypatch.setenv("HOTLINE_LOG", asked)
    assert logs.chosen() is formatter


class Turning:
    """A loop that fails every other time."""

    every = 0.01

    def __init__(self, stop: threading.Event) -> None:
        self.turns, self.stop = 0, stop

    def turn(self) -> bool:
        self.turns += 1
        if self.turns == 3:
            self.stop.set()
        if self.turns != 2:
            return False
        raise RuntimeError("no")


def test_a_loop_leaves_a_mark_after_each_good_turn_alone(tmp_path: Path) -> None:
    stop, marks = threading.Event(), []
    loop = Turning(stop)
    loops.keep("one", loop, stop, lambda: marks.append(loop.turns))
    assert marks == [1, 3]
    loops.beat(tmp_path, "one", 3600)
    os.utime(tmp_path / "one", (1, 1))
    loops.beat(tmp_path, "one", 3600)
    (beat,) = vitals.beats(tmp_path)
    assert (beat.name, beat.every) == ("one", 3600)
    assert time.time() - beat.at < 60
    loops.clear(tmp_path)
    assert list(vitals.beats(tmp_path)) == []


def samples(registry: CollectorRegistry) -> dict[str, float]:
    return {sample.name: sample.value for metric in registry.collect() for sample in metric.samples}


def test_the_citys_vitals_are_told_and_a_dead_database_is_a_number(city: str, tmp_path: Path) -> None:
    data = DataFolder(tmp_path).prepare()
    loops.beat(data.beats, "clock", 3)
    made = exporter.registry(data)
    assert "minsheng_last_backup_timestamp_seconds" not in samples(made)
    data.last_backup.touch()
    put_clock(WEDNESDAY)
    Walk().until("dispatch")
    told = samples(made)
    assert told["minsheng_database_up"] == 1
    assert abs(told["minsheng_last_backup_timestamp_seconds"] - time.time()) < 60
    assert told["minsheng_database_bytes"] > 1_000_000
    assert told["minsheng_loop_every_seconds"] == 3
    assert told["minsheng_unsealed_days"] == 78  # born on the first of September, never sealed
    assert told["minsheng_clock_lag_seconds"] == 0
    before = told["minsheng_outbox_due"]
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE casework_order SET next_decision_at = %s::timestamptz - interval '1 hour'", [WEDNESDAY])
        cur.execute("UPDATE procedure_outboxmessage SET next_try_at = %s::timestamptz - interval '2 hours', tries = 9,"
                    " delivered_at = NULL", [WEDNESDAY])  # fmt: skip
    told = samples(made)
    assert 3600 <= told["minsheng_clock_lag_seconds"] < 3700
    assert 7200 <= told["minsheng_outbox_oldest_seconds"] < 7300
    assert told["minsheng_outbox_failing"] == told["minsheng_outbox_due"] >= before
    with connections["owner"].cursor() as cur:
        cur.execute("INSERT INTO procedure_setaside (chain_kind, chain_id, tries, again_at, because)"
                    " SELECT 1, matter_id, 1, now(), 'x' FROM casework_order")  # fmt: skip
    told = samples(made)
    assert (told["minsheng_clock_lag_seconds"], told["minsheng_clock_set_aside"]) == (0, 1)
    databases.switch(databases.NONE)
    told = samples(made)
    assert told["minsheng_database_up"] == 0
    assert "minsheng_outbox_due" not in told
    assert told["minsheng_loop_every_seconds"] == 3


def test_files_of_dead_workers_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    for name in (f"counter_{os.getpid()}.db", "counter_999999999.db", "histogram_999999999.db"):
        (tmp_path / name).touch()
    exporter.sweep_counts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"counter_{os.getpid()}.db"]


def test_a_taken_metrics_port_is_said() -> None:
    import socket

    from hotline.config.commands import up

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Complaint, match="已被占用"):
            up.insist_on_port("127.0.0.1", taken.getsockname()[1])


def test_a_port_is_kept_for_ones_own_servers() -> None:
    """From the check on, before anybody listens there: a server that shares ports comes in, another `up` does not."""
    import socket

    from hotline.config.commands import up

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with up.kept("127.0.0.1", port):
        with pytest.raises(Complaint, match="已被占用"):
            up.insist_on_port("127.0.0.1", port)
        with socket.socket() as own:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            own.bind(("127.0.0.1", port))
            own.listen()
            with socket.create_connection(("127.0.0.1", port)):
                assert own.accept()[1]
