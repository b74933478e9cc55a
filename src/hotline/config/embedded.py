"""The embedded PostgreSQL: the wheel's programs under our own launcher, one server a data folder, socket only.

Three locks in `run/` keep commands apart: `owner.lock` is held for as long as this process runs the server,
`users.lock` is shared by all who use it, `start.lock` covers the moments of starting and stopping.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from hotline.config import archiving, lifeline, pg_binaries, pg_cluster, pg_identity
from hotline.config.complaint import Complaint
from hotline.config.locks import Lock, wait_until
from hotline.config.paths import DataFolder
from hotline.config.sockets import PORT, SUPERUSER, socket_folder

START_SECONDS = 120.0
JOIN_SECONDS = 30.0
STOP_SECONDS = 30.0
RECOVERY_SECONDS = 24 * 3600.0
STALE_SECONDS = 8.0
LEAST_TRIES = 2
BUSY = "数据目录 {0} 的数据库正由另一条命令使用，等它结束 ……"
SILENT = (
    "数据库已经启动，但没有在 {0:.0f} 秒内应答，已停下。多半是磁盘太忙：等它空下来再启动一次，数据没有动。"
    "还是这样的，看 {1} 的末尾。"
)


@dataclass
class Server:
    """One PostgreSQL on one data folder; `process` is None while another command runs it."""

    data: DataFolder
    durable: bool = True
    process: subprocess.Popen[bytes] | None = None
    recovery: Mapping[str, str] = field(default_factory=dict)
    owner: Lock = field(init=False)
    users: Lock = field(init=False)
    starting: Lock = field(init=False)

    def __post_init__(self) -> None:
        self.owner = Lock(self.data.run / "owner.lock")
        self.users = Lock(self.data.run / "users.lock")
        self.starting = Lock(self.data.run / "start.lock")

    @property
    def socket(self) -> Path:
        """The folder of the server's unix socket."""
        return socket_folder(self.data)

    def start(self) -> None:
        """Run the server here; the caller holds `owner`. A folder is made first if there is none."""
        bin_folder = pg_binaries.find()
        identity = pg_identity.choose(bin_folder, self.data.postgres)
        version = pg_binaries.major(bin_folder)
        pg_cluster.insist_on_version(self.data.postgres, version)
        if not self.data.postgres.exists():
            pg_cluster.create(self.data.postgres, bin_folder, version, identity, durable=self.durable)
        stop_orphan(self.data.postgres)
        pg_cluster.lend_socket_folder(self.socket, identity)
        extra = self._told(identity)
        self._launch(pg_cluster.command(bin_folder, self.data.postgres, self.socket, self.durable, extra), identity)
        if self.recovery:
            self._recovered()
        pg_cluster.ensure_roles_and_database(self.socket)

    def _told(self, identity: pg_identity.Identity) -> Mapping[str, str]:
        """What this server is told besides the usual: how to recover, or where to archive."""
        if self.recovery:
            return self.recovery
        archive = archiving.folder(self.data)
        if archive is None or not self.durable:
            return {}
        archiving.lend(self.data, archive, identity)
        return archiving.settings(archive)

    def _recovered(self) -> None:
        """Wait until the log has been worked through. Raises Complaint when the server ends instead."""
        wait_until(lambda: self.exited() or pg_cluster.recovered(self.socket), RECOVERY_SECONDS, pause=0.1)
        if self.exited():
            raise Complaint(f"数据库没有恢复成功，原因见 {self.data.root / 'postgres.log'} 的末尾。")

    def _launch(self, command: list[str], identity: pg_identity.Identity) -> None:
        """Wait for as long as it lives: a busy disk takes its time. What ended is tried again, since a folder just left
        by a killed server refuses for a second or two; what ends a recovery would end it again."""
        tries, end = 0, time.monotonic() + STALE_SECONDS
        while True:
            self.process = spawn(command, self.data.root / "postgres.log", identity)
            self._answered_or_ended()
            if not self.exited():
                return
            tries += 1
            if self.recovery or (tries >= LEAST_TRIES and time.monotonic() > end):
                raise Complaint(f"数据库没有启动成功，原因见 {self.data.root / 'postgres.log'} 的末尾。")
            time.sleep(0.3)

    def _answered_or_ended(self) -> None:
        """Raises Complaint when it does neither in time; it is stopped then."""
        patience = RECOVERY_SECONDS if self.recovery else START_SECONDS
        if not wait_until(lambda: self.exited() or self.answers(), patience):
            self.halt()
            raise Complaint(SILENT.format(patience, self.data.root / "postgres.log"))

    def exited(self) -> bool:
        """Has the server this process started ended?"""
        return self.process is None or self.process.poll() is not None

    def answers(self) -> bool:
        """Does a server answer on the socket?"""
        return pg_cluster.answers(self.socket)

    def halt(self) -> None:
        """Stop the server at once but in order; unfinished transactions are rolled back."""
        if self.process is None:
            return
        for sig, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self.process.poll() is not None:
                break
            self.process.send_signal(sig)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.process = None

    def join(self) -> bool:
        """Use the server, starting it if nobody runs it; True when it was started here."""
        with self.starting.held():
            mine = self.owner.take(wait=False)
            try:
                if mine:
                    self.start()
                elif not wait_until(self.answers, JOIN_SECONDS):
                    raise Complaint("数据库正由另一条命令启动或停止，请稍后再试。")
            except BaseException:
                self.owner.release()
                raise
            self.users.take(shared=True)
            return mine

    def leave(self) -> None:
        """Stop using the server; who started it waits for the others, then stops it."""
        self.users.release()
        if self.process is None:
            return
        wait_until(self._stop_if_unused, float("inf"), pause=0.2)

    def _stop_if_unused(self) -> bool:
        with self.starting.held():
            if not self.users.take(wait=False):
                return False
            self.halt()
            self.users.release()
            self.owner.release()
            return True

    def own(self) -> None:
        """Become the one who runs the server, waiting for a shorter command that does so now."""
        if not self.owner.take(wait=False):
            print(BUSY.format(self.data.root), file=sys.stderr)
            self.owner.take()
        with self.starting.held():
            self.start()


def spawn(command: list[str], log: Path, identity: pg_identity.Identity) -> subprocess.Popen[bytes]:
    """Start the server as a child that ends with its parent, out of reach of the terminal's Ctrl-C."""
    tie = lifeline.tied_to_parent(signal.SIGINT)

    def prepare() -> None:
        identity.assume()
        tie()

    with open(log, "ab") as handle:
        os.chmod(log, 0o600)
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=handle, stderr=handle, preexec_fn=prepare, start_new_session=True
        )


def stop_orphan(folder: Path) -> None:
    """A server left by a killed command is stopped, so that exactly one process owns the folder."""
    pid = pg_cluster.running_pid(folder)
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    wait_until(lambda: pg_cluster.running_pid(folder) is None, STOP_SECONDS)


@contextlib.contextmanager
def server(data: Path, *, durable: bool = True) -> Iterator[Server]:
    """A usable server for one command: another command's if one runs, else started and stopped here."""
    one = Server(DataFolder(data).prepare(), durable)
    one.join()
    try:
        yield one
    finally:
        one.leave()


def superuser(socket: Path, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the server's superuser, for the launcher and the tests only."""
    return psycopg.connect(host=str(socket), port=PORT, user=SUPERUSER, dbname=database, autocommit=True)
