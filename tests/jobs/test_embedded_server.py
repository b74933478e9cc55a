"""The embedded server for real: killed, shared, orphaned, refused."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hotline.config import embedded, pg_cluster, pg_identity, sockets
from hotline.config.complaint import Complaint
from hotline.config.locks import wait_until
from hotline.config.paths import REPO, DataFolder

pytestmark = pytest.mark.xdist_group("embedded")
STARTER = """
import sys, time
from pathlib import Path
from hotline.config import embedded
with embedded.server(Path(sys.argv[1]), durable=False):
    print("up", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a cluster in it, stopped."""
    folder = tmp_path_factory.mktemp("cluster")
    with embedded.server(folder, durable=False):
        pass
    return folder


def another_command(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """A command of its own that starts or joins the server and keeps it for a while."""
    words = [sys.executable, "-c", STARTER, str(folder), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": str(REPO / "src")}
    started = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    assert started.stdout is not None
    assert started.stdout.readline() == "up\n"
    return started


@pytest.fixture
def owned(made: Path) -> Iterator[embedded.Server]:
    """The server as `up` has it."""
    server = embedded.Server(DataFolder(made).prepare(), durable=False)
    server.own()
    yield server
    server.halt()
    server.owner.release()


def test_roles_locale_and_settings(owned: embedded.Server) -> None:
    with embedded.superuser(owned.socket, pg_cluster.DATABASE) as connection:
        row = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), pg_get_userbyid(datdba)"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row == ("b", "C.UTF-8", "UTF8", pg_cluster.OWNER_ROLE)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        roles = "SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreatedb OR rolcreaterole"
        assert connection.execute(roles).fetchall() == [(sockets.SUPERUSER,)]


def test_nobody_else_reaches_data_or_socket(owned: embedded.Server) -> None:
    for folder in (owned.data.postgres, owned.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_killed_server_starts_again_and_keeps_what_was_committed(made: Path) -> None:
    folder = DataFolder(made)
    server = embedded.Server(folder)
    server.own()
    with embedded.superuser(server.socket, pg_cluster.DATABASE) as connection:
        connection.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGKILL)
    assert wait_until(server.exited, 5)
    server.start()
    with embedded.superuser(server.socket, pg_cluster.DATABASE) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
    server.halt()
    server.owner.release()


def test_commands_share_one_server_and_the_last_one_ends_it(made: Path) -> None:
    first = another_command(made, 0.5)
    with embedded.server(made, durable=False) as joined:
        assert joined.process is None
        time.sleep(1.0)
        assert joined.answers()
        assert first.poll() is None  # who started it waits for us
    assert first.wait(10) == 0
    assert pg_cluster.running_pid(DataFolder(made).postgres) is None


def test_four_commands_at_once_on_a_new_folder(tmp_path: Path) -> None:
    done: list[int] = []

    def run() -> None:
        words = [sys.executable, "-c", STARTER, str(tmp_path), "0.2"]
        environment = {**os.environ, "PYTHONPATH": str(REPO / "src")}
        done.append(subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, timeout=60).returncode)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [0, 0, 0, 0]


def test_server_ends_with_a_killed_command(made: Path) -> None:
    command = another_command(made, 60)
    pid = pg_cluster.running_pid(DataFolder(made).postgres)
    assert pid is not None
    command.kill()
    command.wait()
    assert wait_until(lambda: pg_cluster.running_pid(DataFolder(made).postgres) is None, 10)


def test_up_waits_for_a_shorter_command(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = another_command(made, 0.5)
    server = embedded.Server(DataFolder(made), durable=False)
    server.own()
    assert short.wait(10) == 0
    assert server.process is not None
    assert "正由另一条命令使用" in capsys.readouterr().err
    server.halt()
    server.owner.release()


def heed_interrupts() -> None:
    """A process ends by SIGINT, also where whoever runs the tests ignores it: in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("ends", "silent", "tries", "said"),
    [
        (0, 0.3, 1, None),  # slow, but it lives: waited for, although the time for another try is over
        (1, 0, 2, None),  # ended: tried again, however long it took to end
        (9, 0, 2, "没有启动成功，原因见"),
        (0, 60, 1, "没有在 1 秒内应答"),  # told as what it is, and not tried again
    ],
)
def test_what_lives_is_waited_for_and_what_ended_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: int, silent: float, tries: int, said: str | None
) -> None:
    began, spawned = time.monotonic(), []

    def spawn(*_: object) -> subprocess.Popen[bytes]:
        asleep = ["sleep", "60"] if len(spawned) >= ends else ["true"]
        spawned.append(subprocess.Popen(asleep, preexec_fn=heed_interrupts))  # noqa: PLW1509  nothing else runs here
        return spawned[-1]

    monkeypatch.setattr(embedded, "spawn", spawn)
    monkeypatch.setattr(embedded, "START_SECONDS", 1.0)
    monkeypatch.setattr(embedded, "STALE_SECONDS", -1.0)
    server = embedded.Server(DataFolder(tmp_path).prepare())
    monkeypatch.setattr(server, "answers", lambda: len(spawned) > ends and time.monotonic() - began > silent)
    try:
        server._launch([], pg_identity.Identity(0, 0, lambda: None))
        told = None
    except Complaint as complaint:
        told = str(complaint)
    left = server.exited()
    server.halt()
    assert len(spawned) == tries
    assert (said is None and told is None and not left) or (said is not None and said in str(told) and left)


def test_folder_of_another_major_version_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pg"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("13\n")
    with pytest.raises(Complaint, match="PostgreSQL 13"):
        pg_cluster.insist_on_version(folder, 18)
    (folder / "PG_VERSION").unlink()
    with pytest.raises(Complaint, match="不是数据库目录"):
        pg_cluster.insist_on_version(folder, 18)


def test_interrupted_birth_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "pg.new").mkdir()
    (tmp_path / "pg.new" / "PG_VERSION").write_text("18\n")
    with embedded.server(tmp_path, durable=False) as server:
        assert server.answers()
    assert not (tmp_path / "pg.new").exists()


def test_long_path_gets_a_short_closed_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("很长的目录名" * 5)
    with embedded.server(deep, durable=False) as server:
        assert len(os.fsencode(server.socket)) < 100
        assert server.socket != server.data.run
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    server.socket.rmdir()


def test_socket_folder_of_a_stranger_is_refused(tmp_path: Path) -> None:
    open_to_all = tmp_path / "run"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    with pytest.raises(Complaint, match="0700"):
        sockets.prepare(open_to_all)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    with pytest.raises(Complaint, match="0700"):
        sockets.prepare(link)


@pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 需要换身份")
def test_without_namespaces_root_lends_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pg_identity.WITHOUT_NAMESPACES, "1")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Complaint, match="普通用户"), embedded.server(closed / "data", durable=False):
        pass


NAMELESS = 54321  # as in `docker run --user 54321`


def namespaces() -> bool:
    """Whether this machine lends names at all."""
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "--user", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0 or not namespaces(), reason="只有 root 能成为别人，且须允许用户命名空间")
def test_who_has_no_name_is_lent_one() -> None:
    """PostgreSQL looks its user up by name; what it writes belongs outside to whoever runs it."""
    lent = pg_identity._switched(NAMELESS, NAMELESS)
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, NAMELESS, NAMELESS)
        words = ["sh", "-c", "id -un; touch made"]
        told = subprocess.run(words, cwd=folder, preexec_fn=lent.assume, capture_output=True, text=True)
        assert (Path(folder) / "made").stat().st_uid == NAMELESS
    assert told.stdout == "nobody\n", told.stderr


@pytest.mark.parametrize("lends", [True, False])
def test_an_ordinary_user_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lends: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: NAMELESS)
    monkeypatch.setattr(pg_identity, "_works", lambda *_: lends)
    if lends:
        found = pg_identity.choose(tmp_path, tmp_path / "data")
        assert found.uid == NAMELESS
        assert found.assume is not pg_identity._stay
        return
    with pytest.raises(Complaint, match=rf"{NAMELESS} 在 /etc/passwd 里没有名字(.|\n)*DATABASE_URL"):
        pg_identity.choose(tmp_path, tmp_path / "data")


def test_the_servers_log_repeats_no_values(owned: embedded.Server) -> None:
    with embedded.superuser(owned.socket, pg_cluster.DATABASE) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::int", ["张三 13800001111"])
        connection.execute("DROP TABLE IF EXISTS one; CREATE TABLE one (t text UNIQUE)")
        connection.execute("INSERT INTO one VALUES ('13900002222')")
        with pytest.raises(psycopg.Error):
            connection.execute("INSERT INTO one VALUES ('13900002222')")
    log = (owned.data.root / "postgres.log").read_text()
    assert "张三" not in log
    assert "1390000" not in log
