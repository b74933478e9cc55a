"""The cluster in the data folder: made, tuned, asked, and given its roles and database."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from hotline.config import pg_binaries, sockets
from hotline.config.complaint import Complaint
from hotline.config.pg_identity import Identity
from hotline.config.sockets import PORT, SUPERUSER

DATABASE = "minsheng"
OWNER_ROLE = "hotline_owner"
APP_ROLE = "hotline_app"
STATEMENTS = "pg_stat_statements"
MIB = 1024 * 1024
BUILTIN_PROVIDER_SINCE = 17
# The server's own log must not repeat personal data: no statements, no parameters, no DETAIL, no error texts.
QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
    "log_connections": "",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
TUNED = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "10min",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def settings(bin_folder: Path, socket: Path, durable: bool) -> dict[str, str]:
    """What the server is told on its command line, so that a newer release tunes an old folder too."""
    shared = min(max(_memory() // 8, 128 * MIB), 2048 * MIB) // MIB if durable else 128
    sizes = {"shared_buffers": f"{shared}MB", "effective_cache_size": f"{_memory() // 2 // MIB}MB"}
    chosen = {**TUNED, **QUIET, **sizes, "unix_socket_directories": f'"{socket}"', **({} if durable else CARELESS)}
    if pg_binaries.major(bin_folder) < 18:
        chosen["log_connections"] = "off"
    if pg_binaries.has_library(bin_folder, STATEMENTS):
        chosen |= {"shared_preload_libraries": STATEMENTS, f"{STATEMENTS}.track_utility": "off"}
    return chosen


def command(
    bin_folder: Path, folder: Path, socket: Path, durable: bool, extra: Mapping[str, str] | None = None
) -> list[str]:
    """The words that start the server; `extra`: what else it is told."""
    pairs = [f"{name}={value}" for name, value in {**settings(bin_folder, socket, durable), **(extra or {})}.items()]
    return [str(bin_folder / "postgres"), "-D", str(folder), *(word for pair in pairs for word in ("-c", pair))]


def insist_on_version(folder: Path, version: int) -> None:
    """A folder of another major version is refused before anything touches it."""
    marker = folder / "PG_VERSION"
    if folder.exists() and not marker.exists():
        raise Complaint(f"{folder} 不是数据库目录，请移走后再试。")
    found = marker.read_text().strip() if marker.exists() else str(version)
    if found != str(version):
        raise Complaint(
            f"数据目录 {folder} 属于 PostgreSQL {found}，现有程序是 {version}：主版本不同，不能直接启动。"
            f"请用 {pg_binaries.BIN_VARIABLE} 指向 {found} 的程序，或先导出再导入。"
        )


def create(folder: Path, bin_folder: Path, version: int, identity: Identity, *, durable: bool) -> None:
    """initdb beside the final place, then one rename: an interrupted birth leaves nothing half-made."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    os.chown(fresh, identity.uid, identity.gid)
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= BUILTIN_PROVIDER_SINCE else []
    words = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", *provider, f"--username={SUPERUSER}"]
    words += [] if durable else ["--no-sync"]
    done = subprocess.run(
        [str(bin_folder / "initdb"), "-D", str(fresh), *words],
        cwd="/",
        capture_output=True,
        text=True,
        errors="replace",
        preexec_fn=identity.assume,
    )
    if done.returncode:
        raise Complaint("建立数据库目录失败：\n" + done.stderr[-2000:])
    fresh.rename(folder)


def lend_socket_folder(folder: Path, identity: Identity) -> None:
    """The socket's folder belongs to whom the server runs as."""
    sockets.prepare(folder)
    if os.geteuid() == 0:
        os.chown(folder, identity.uid, identity.gid)


def running_pid(folder: Path) -> int | None:
    """The living server of this folder, by its pid file and its own command line; None when there is none."""
    try:
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    command_line = Path(f"/proc/{pid}/cmdline")
    if not Path("/proc/self").exists():
        return pid
    try:
        words = command_line.read_bytes()
    except OSError:
        return None
    return pid if os.fsencode(folder) in words.split(b"\0") else None


def _connect(socket: Path, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(socket), port=PORT, user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=5
    )


def answers(socket: Path) -> bool:
    """Does a server accept connections on this socket?"""
    try:
        _connect(socket, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def recovered(socket: Path) -> bool:
    """Has the server worked through its log after a restore, and answers again?"""
    try:
        with _connect(socket, "postgres") as connection:
            return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
    except psycopg.OperationalError:
        return False


def ensure_roles_and_database(socket: Path) -> None:
    """Two log-in roles, the owner of the tables and the application without DDL, and the database; safe to repeat."""
    with _connect(socket, "postgres") as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in (OWNER_ROLE, APP_ROLE):
            if role not in known:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            create_database(connection, DATABASE)
    with _connect(socket, DATABASE) as connection:
        if connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [STATEMENTS]).fetchone():
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(STATEMENTS)))


def create_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """A database of the owner's, which only the two roles may enter."""
    database, owner, app = sql.Identifier(name), sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))
