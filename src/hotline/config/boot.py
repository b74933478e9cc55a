"""Getting a city ready for a command: server, settings, tables, world."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from hotline.config import database, embedded
from hotline.config.complaint import Complaint
from hotline.config.paths import DATA_VARIABLE, DataFolder

if TYPE_CHECKING:
    from hotline.config.birth import Told

SETTINGS = "hotline.config.settings"
PATIENCE = 10  # seconds that a migration waits for a table, and all who want that table behind it
TRY = "SELECT pg_try_advisory_lock(%s)"
AGAIN = 0.1  # seconds after which whoever waits for another process asks again
IN_EACH_OTHERS_WAY = ("55P03", "40P01")  # the lock did not come in time; or each waited for what the other held
OCCUPIED = "有别的会话占着要改的表，{0} 秒没有等到：这一步迁移已退回，什么也没有改。请结束长时间的会话（如导出）后再启动。"
UNHEARD = (
    "数据库还不认得这些行类：{0}。写它们的动词不能用，所以不启动；须先有一个迁移把它们加进 procedure_linekind"
    "（docs/where-things-go.md，加动词）。"
)
NO_CITY = "{0} 里还没有城市。请先执行 ./hotline up，或用 --data 指明数据目录。"


def configure(data: Path) -> None:
    """Set Django up on a data folder; once a process."""
    os.environ[DATA_VARIABLE] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One process on this database at a time changes tables or makes the city, however many begin at once; the others
    wait, and then find it done. A dead one's lock falls with its connection. Asked again and again: whoever waited
    inside one statement would be waited for by an index that is made beside the work, and neither would go on."""
    from django.db import connections

    with connections["owner"].cursor() as cur:
        cur.execute(TRY, [database.ONE_AT_A_TIME])
        while not cur.fetchone()[0]:
            sleep(AGAIN)
            cur.execute(TRY, [database.ONE_AT_A_TIME])
    try:
        yield
    finally:
        if connections["owner"].is_usable():
            with connections["owner"].cursor() as cur:
                cur.execute("SELECT pg_advisory_unlock(%s)", [database.ONE_AT_A_TIME])


@contextlib.contextmanager
def patient() -> Iterator[None]:
    """A service that runs meanwhile is never kept waiting: a change of the owner's that cannot have its table within
    seconds is taken back. Raises Complaint."""
    from django.db import OperationalError, connections

    owner = connections["owner"]
    try:
        with owner.cursor() as cur:
            cur.execute(f"SET lock_timeout = '{PATIENCE}s'")
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") not in IN_EACH_OTHERS_WAY:
            raise
        raise Complaint(OCCUPIED.format(PATIENCE)) from error
    finally:
        if owner.is_usable():
            with owner.cursor() as cur:
                cur.execute("RESET lock_timeout")


def migrate() -> None:
    """Bring the tables up to date, as their owner, and give the application its rights on them; alone, and without
    keeping anybody waiting; then insist that it knows every line our cards may write. Raises Complaint."""
    from django.core.management import call_command
    from django.db import connections

    from hotline.config import wiring
    from hotline.procedure import line_kinds, rewriting, roles

    with alone(), patient():
        try:
            call_command("migrate", database="owner", verbosity=0, interactive=False)
        except rewriting.Unlike as error:
            raise Complaint(str(error)) from error
        roles.secure(connections["owner"])
    wiring.import_cards()
    with connections["owner"].cursor() as cur:
        if unheard := line_kinds.unheard(cur):
            raise Complaint(UNHEARD.format("、".join(unheard)))


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


def set_up(folder: DataFolder, born: str | None) -> None:
    """Django on the data folder of a database that answers. A city to be made, or found again as `born`, has its keys
    afterwards; nothing is made for one of another kind."""
    from hotline.config import birth

    if born is not None:
        birth.prepare_keys(folder, born)
    configure(folder.root)


def begin(born: str, at: datetime | None = None) -> "Told":
    """Tables and city: made, or found as they were left."""
    from hotline.config import birth

    migrate()
    with alone():
        return birth.birth(born, at)


@contextlib.contextmanager
def city(data: Path, *, born: str | None = None, at: datetime | None = None, durable: bool = True) -> Iterator[None]:
    """A city ready to perform on. `born` ("simulated", "real") makes one where there is none, with `at` as its first
    instant; None insists on one."""
    from hotline.config import wiring

    folder = DataFolder(data)
    if born is None and not database.external() and not folder.postgres.exists():
        raise Complaint(NO_CITY.format(data))
    folder.prepare()
    with database_of(data, durable=durable):
        set_up(folder, born)
        try:
            if born is not None:
                begin(born, at)
            wiring.wire()
            yield
        finally:
            disconnect()
