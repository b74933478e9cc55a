"""Getting a city ready for a command: server, settings, tables, world."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from hotline.config import database, embedded, keys
from hotline.config.complaint import Complaint
from hotline.config.paths import DATA_VARIABLE, DataFolder

SETTINGS = "hotline.config.settings"
LOST_KEYS = "{0} 里缺少密钥文件。请从密钥备份恢复后再启动；新造的密钥打不开已有的个人信息。"
NO_CITY = "{0} 里还没有城市。请先执行 ./hotline up，或用 --data 指明数据目录。"


def configure(data: Path) -> None:
    """Set Django up on a data folder; once a process."""
    os.environ[DATA_VARIABLE] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def migrate() -> None:
    """Bring the tables up to date, as their owner, and give the application its rights on them."""
    from django.core.management import call_command
    from django.db import connections

    from hotline.procedure import roles

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    roles.secure(connections["owner"])


@contextlib.contextmanager
def database_of(data: Path, *, durable: bool = True) -> Iterator[None]:
    """A database that answers for the length of a block: the external one, or the embedded server."""
    if database.external():
        database.prepare_external()
        yield
        return
    with embedded.server(data, durable=durable):
        yield


def disconnect() -> None:
    """Close this process's connections, so that children start with their own."""
    from django.db import connections

    connections.close_all()


def _ensure_keys(folder: DataFolder, born: str, fresh: bool) -> None:
    """Keys are made with the city. A real city without its keys is never given new ones: they would open nothing."""
    if born == "real" and not fresh and not database.external() and not keys.present(folder.keys):
        raise Complaint(LOST_KEYS.format(folder.keys))
    keys.ensure(folder.keys, seed=keys.seed_of(born))


@contextlib.contextmanager
def city(data: Path, *, born: str | None = None, at: datetime | None = None, durable: bool = True) -> Iterator[None]:
    """A city ready to perform on. `born` ("simulated", "real") makes one where there is none, with `at` as its first
    instant; None insists on one."""
    from hotline.config import birth, wiring

    folder = DataFolder(data)
    if born is None and not database.external() and not folder.postgres.exists():
        raise Complaint(NO_CITY.format(data))
    fresh = not folder.postgres.exists()
    folder.prepare()
    with database_of(data, durable=durable):
        if born is not None:
            _ensure_keys(folder, born, fresh)
        configure(data)
        try:
            if born is not None:
                migrate()
                birth.birth(born, at)
            wiring.wire()
            yield
        finally:
            disconnect()
