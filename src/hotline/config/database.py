"""Which database, and as whom: the embedded server of the data folder, or an external one by DATABASE_URL."""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from hotline.config import pg_cluster, sockets
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder
from hotline.config.pg_binaries import OLDEST_MAJOR

URL_VARIABLE = "DATABASE_URL"
ENGINE = "hotline.config.postgres"
ONE_AT_A_TIME = 0x4D16  # the advisory lock under which one process prepares a database at a time
SPEEDY = {"server_side_binding": True, "prepare_threshold": 2}
ROLE_HELP = (
    "外部数据库的用户无权建立应用角色。请由数据库管理员执行一次：\n"
    "    CREATE ROLE {role} NOLOGIN; GRANT {role} TO 当前用户;"
)


def external() -> bool:
    """Is an external database named?"""
    return bool(os.environ.get(URL_VARIABLE))


def parts_of(url: str) -> dict[str, Any]:
    """A postgres:// address as Django's settings want it; libpq's options follow the question mark."""
    found = urlsplit(url)
    if found.scheme not in ("postgres", "postgresql") or len(found.path) < 2:
        raise Complaint(f"{URL_VARIABLE} 应写作 postgresql://用户:口令@主机:端口/库名")
    options = dict(parse_qsl(found.query))
    return {
        "NAME": unquote(found.path[1:]),
        "USER": options.pop("user", "") or unquote(found.username or ""),
        "PASSWORD": options.pop("password", "") or unquote(found.password or ""),
        "HOST": options.pop("host", "") or unquote(found.hostname or ""),
        "PORT": options.pop("port", "") or str(found.port or ""),
        "OPTIONS": options,
    }


def _base(target: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**target.get("OPTIONS", {}), **options}
    return {**target, "ENGINE": ENGINE, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": merged}


def _embedded(data: DataFolder, role: str) -> dict[str, Any]:
    socket = str(sockets.socket_folder(data))
    return {"NAME": pg_cluster.DATABASE, "USER": role, "HOST": socket, "PORT": str(sockets.PORT)}


def aliases(data: DataFolder) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` is the application, which may not define tables; `owner` migrates."""
    url = os.environ.get(URL_VARIABLE)
    if not url:
        return {
            "default": _base(_embedded(data, pg_cluster.APP_ROLE), SPEEDY),
            "owner": _base(_embedded(data, pg_cluster.OWNER_ROLE), {}),
        }
    target = parts_of(url)
    role = f"-c role={pg_cluster.APP_ROLE}"
    as_app = " ".join(filter(None, [target["OPTIONS"].get("options"), role]))
    return {"default": _base(target, {**SPEEDY, "options": as_app}), "owner": _base(target, {})}


def owner_role() -> str:
    """The role that owns the tables."""
    url = os.environ.get(URL_VARIABLE)
    if not url:
        return pg_cluster.OWNER_ROLE
    return parts_of(url)["USER"] or os.environ.get("PGUSER") or os.environ.get("USER", "")


def prepare_external() -> None:
    """Look at the external server: reachable, new enough, and with the application's role."""
    try:
        connection = psycopg.connect(os.environ[URL_VARIABLE], autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise Complaint(f"连不上 {URL_VARIABLE} 所指的数据库：{str(error).strip()}") from error
    with connection:
        version = connection.info.server_version
        if version < OLDEST_MAJOR * 10000:
            raise Complaint(f"外部数据库须为 PostgreSQL {OLDEST_MAJOR} 或更新，它是 {version // 10000}。")
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])  # falls with this connection
        _ensure_app_role(connection)


def _ensure_app_role(connection: psycopg.Connection[Any]) -> None:
    role = sql.Identifier(pg_cluster.APP_ROLE)
    try:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [pg_cluster.APP_ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        allowed = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [pg_cluster.APP_ROLE])
        if allowed.fetchone() != (True,):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
        connection.execute(sql.SQL("SET ROLE {}").format(role))
    except psycopg.errors.InsufficientPrivilege as error:
        raise Complaint(ROLE_HELP.format(role=pg_cluster.APP_ROLE)) from error
