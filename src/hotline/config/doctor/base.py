"""The database itself: there, new enough, its tables up to date, its rights and triggers in place, its log archived."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hotline.config import archiving
from hotline.config.doctor.findings import Finding, look
from hotline.config.paths import DataFolder
from hotline.config.pg_binaries import OLDEST_MAJOR

SEEN = 6  # so many differences are named
_ARCHIVER = (
    "SELECT last_failed_wal, last_failed_time > coalesce(last_archived_time, '-infinity') FROM pg_stat_archiver"
)


def reachable(connection: Any, oldest: int = OLDEST_MAJOR) -> Finding:
    """Whether it answers; only the kind of failure is told, an address may hold a password."""
    try:
        with connection.cursor() as cur:
            cur.execute("SELECT current_setting('server_version')")
            (version,) = cur.fetchone()
    except Exception as error:
        return Finding("database", f"数据库没有应答（{type(error).__name__}）",
                       "内置数据库请执行 ./hotline up；外部数据库请检查 DATABASE_URL、网络和服务器。")  # fmt: skip
    return look("database", int(version.split(".")[0]) >= oldest, f"数据库应答，PostgreSQL {version}",
                f"PostgreSQL {version} 太旧", f"请升级到 PostgreSQL {oldest} 或更新。")  # fmt: skip


def tables(connection: Any) -> Finding:
    """Whether all migrations of this release are done. Said of an empty database, too."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    waiting = [f"{step.app_label}.{step.name}" for step, _ in plan]
    return look("tables", not waiting, "表结构是这一版的", f"有 {len(waiting)} 步迁移没有做：{'、'.join(waiting[:SEEN])}",
                "请执行一次 ./hotline up，它会自动迁移。")  # fmt: skip


def rights(connection: Any) -> Finding:
    """The application's role: what it needs and nothing more."""
    from hotline.procedure import roles

    with connection.cursor() as cur:
        found = roles.differences(cur)
    more = f" 等 {len(found)} 处" if len(found) > SEEN else ""
    return look("rights", not found, "应用角色的权限正好", f"应用角色的权限不对：{'；'.join(found[:SEEN])}{more}",
                "重新 ./hotline up 会按规定重新授权；若不是您改的，请查是谁改的，再执行 ./hotline verify --seals。")  # fmt: skip


def guards(connection: Any) -> Finding:
    """The ledger's triggers."""
    from hotline.procedure import roles

    with connection.cursor() as cur:
        gone = roles.missing_guards(cur)
    return look("guards", not gone, "台账的触发器都在", f"台账的触发器不在或被关掉：{'、'.join(gone)}",
                "有人动过数据库：请立刻执行 ./hotline verify --seals 保存在别处的封存，查明原因，再由数据库管理员"
                "用 ALTER TABLE … ENABLE TRIGGER 恢复。")  # fmt: skip


def archive(connection: Any, data: DataFolder, external: bool) -> Finding:
    """The continuous archive of the embedded server."""
    folder: Path | None = archiving.folder(data)
    if external:
        return Finding("archive", "外部数据库的归档由它自己管")
    if folder is None:
        return Finding("archive", "没有打开连续归档，只能恢复到上一次备份",
                       f"设 {archiving.VARIABLE}=另一块盘上的目录，重新 up。", hint=True)  # fmt: skip
    with connection.cursor() as cur:
        cur.execute(_ARCHIVER)
        failed, failing = cur.fetchone()
    return look("archive", not failing, f"连续归档正常（{folder}）", f"连续归档失败，停在 {failed}",
                f"请看 postgres.log；检查 {folder} 是否写得进去、是否写满。日志会一直留在数据目录里，直到归档成功。")  # fmt: skip


def everything(connection: Any, data: DataFolder, external: bool) -> Iterator[Finding]:
    """All of it; little more when it does not answer."""
    found = reachable(connection)
    yield found
    if found.wrong:
        return
    found = tables(connection)
    yield found
    if found.wrong:
        return
    yield rights(connection)
    yield guards(connection)
    yield archive(connection, data, external)
