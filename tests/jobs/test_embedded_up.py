"""`./hotline up` as a person runs it: started, asked, killed, stopped; nothing is left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotline.config import pg_cluster
from hotline.config.locks import wait_until
from hotline.config.paths import REPO

pytestmark = [pytest.mark.xdist_group("embedded"), pytest.mark.slow]
PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """One run of the command, its words kept in a file."""

    def __init__(self, data: Path, *words: str) -> None:
        self.data, self.port, self.log = data, free_port(), data.with_name(data.name + f"-{free_port()}.log")
        self.push = 0
        self.command = [sys.executable, "-m", "hotline.config", "up", "--data", str(data), "--port", str(self.port)]
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "DJANGO_"))}
        self.environment = {**keep, "PYTHONPATH": str(REPO / "src"), "PYTHONUTF8": "1"}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([*self.command, *words], stderr=log, env=self.environment)

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> str:
        assert wait_until(lambda: words in self.said() or self.process.poll() is not None, PATIENCE), self.said()
        assert words in self.said(), self.said()
        return self.said()

    def again(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*self.command, *words], env=self.environment, capture_output=True, text=True, timeout=60)

    def other(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [*self.command[:3], *words, "--data", str(self.data)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def pushes(self) -> int:
        """What the push says to a stranger; 0 where nobody answers."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.push}/push/", timeout=10)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0
        return 200

    def family(self) -> list[int]:
        """Every process that works on this data folder."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(self.data) in text and int(entry.name) != os.getpid():
                found.append(int(entry.name))
        return found

    def stop(self, sig: int = signal.SIGTERM) -> int:
        self.process.send_signal(sig)
        return self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up") / "data"


@pytest.fixture
def running(data: Path) -> Iterator[Up]:
    up = Up(data, "--no-demo", "--push-port", str(push := free_port()))
    up.push = push
    try:
        up.wait_for("民声已就绪")
        yield up
    finally:
        if up.process.poll() is None:
            up.stop(signal.SIGKILL)
        wait_until(lambda: not up.family(), 15)


def test_up_serves_tells_the_accounts_and_stops_everything(running: Up) -> None:
    assert running.get("/-/alive") == (200, "ok")
    assert "dispatcher（派单员）" in running.said()
    status, page = running.get("/no-such-page")
    assert status == 404
    assert "Traceback" not in page
    assert wait_until(lambda: running.pushes() == 401, 20), running.said()
    for pid in running.family():
        if b"\0push\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: running.pushes() != 401, 20)
    assert wait_until(lambda: running.pushes() == 401, 20), "it is started again"
    told = running.other("doctor", "--json", "--least-free", "0")
    wrong = {row["name"] for row in json.loads(told.stdout)["findings"] if row["state"] == "wrong"}
    assert wrong <= {"calendar"}, told.stdout  # of today's date: the year to come may not be published yet
    assert running.stop() == 0
    assert "已停止" in running.said()
    assert running.family() == []


def test_a_second_up_is_refused_and_the_kind_of_city_stays(running: Up) -> None:
    refused = running.again()
    assert refused.returncode == 1
    assert "已有一个 up 在运行" in refused.stderr
    assert running.stop(signal.SIGINT) == 0
    other = running.again("--real")
    assert other.returncode == 1
    assert "模拟城市" in other.stderr


def test_nothing_outlives_a_killed_supervisor(running: Up) -> None:
    assert len(running.family()) > 4
    running.process.kill()
    running.process.wait()
    assert wait_until(lambda: running.family() == [], 15), running.family()


def test_killed_database_comes_back(running: Up) -> None:
    pid = pg_cluster.running_pid(running.data / "pg")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    running.wait_for("数据库已重新启动")
    assert running.get("/-/alive") == (200, "ok")


def test_taken_port_is_said_in_chinese(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        up = Up(tmp_path / "data", "--port", str(taken.getsockname()[1]))
        assert up.process.wait(PATIENCE) == 1
    assert "已被占用" in up.said()
    assert not (tmp_path / "data" / "pg").exists()


def test_a_real_city_has_one_password_told_once(tmp_path: Path) -> None:
    up = Up(tmp_path / "data", "--real")
    said = up.wait_for("按 Ctrl-C 停止")
    found = re.search(r"一次性口令（.*）：(\S+)", said)
    assert found
    assert "演示账号" not in said
    assert up.stop() == 0
    again = Up(tmp_path / "data", "--real")
    assert found.group(1) not in again.wait_for("按 Ctrl-C 停止")
    assert again.stop() == 0


def begun(root: Path) -> None:
    """A folder whose city was to be lived for some days when it was broken off, before anything of it was there."""
    told = {"seed": "1", "first": "2026-03-02", "until": "2026-03-06T17:00:00+08:00", "per_day": 2, "asked": 5,
            "done": False}  # fmt: skip
    (root / "simulation.json").write_text(json.dumps(told))


def test_a_city_without_its_history_yet_lives_it_before_it_is_served(
    tmp_path: Path, made_ready: Callable[[Path], Path]
) -> None:
    begun(made_ready(tmp_path / "data"))
    up = Up(tmp_path / "data")
    said = up.wait_for("按 Ctrl-C 停止")
    assert said.index("正在让演示城市") < said.index("演示城市有了") < said.index("民声已就绪")
    assert re.search(r"演示城市有了 ([89]|10) 件事项", said), "ten, but for those of the last day's evening"
    assert json.loads((tmp_path / "data" / "simulation.json").read_text())["done"] is True
    assert up.stop() == 0
    again = Up(tmp_path / "data")
    assert "演示城市有了" not in again.wait_for("按 Ctrl-C 停止")
    told = again.other("verify", "--json", "--seals", str(tmp_path / "data" / "seals"))
    assert json.loads(told.stdout)["ok"] is True
    assert again.stop() == 0


@pytest.mark.long
def test_the_demonstration_is_ready_within_a_minute(tmp_path: Path) -> None:
    """About six hundred matters of the last three months; a minute on two cores that do nothing else."""
    began = time.monotonic()
    up = Up(tmp_path / "data")
    said = up.wait_for("按 Ctrl-C 停止")
    assert time.monotonic() - began < 60
    found = re.search(r"演示城市有了 (\d+) 件事项", said)
    assert found
    assert 580 <= int(found.group(1)) <= 602
    assert up.stop() == 0


def test_numbers_for_prometheus_have_a_port_of_their_own(data: Path) -> None:
    port = free_port()
    up = Up(data, "--no-demo", "--metrics-port", str(port))
    try:
        up.wait_for("按 Ctrl-C 停止")
        assert up.get("/health/ready") == (200, "ok")
        assert up.get("/metrics")[0] == 404
        for _ in range(5):
            assert up.get("/")[0] == 200
        told: list[str] = []

        def complete() -> bool:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                    told[:] = answer.read().decode().splitlines()
            except urllib.error.URLError:
                return False
            return any(line.startswith('minsheng_loop_last_turn_timestamp_seconds{loop="clock"}') for line in told)

        assert wait_until(complete, 30), told
        assert "minsheng_database_up 1.0" in told
        home = [line for line in told if line.startswith("minsheng_http_requests_total") and 'route="/"' in line]
        assert [float(line.split()[-1]) for line in home] == [5.0]
    finally:
        assert up.stop() == 0
