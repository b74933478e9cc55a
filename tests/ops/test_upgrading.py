"""升级: two that begin at once, and a service that goes on meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from harness import databases
from hotline.config import boot, embedded, pg_cluster, sockets
from hotline.config.complaint import Complaint
from hotline.config.paths import REPO
from hotline.procedure import roles

NODE = """
import sys
from pathlib import Path
from hotline.config import boot
boot.configure(Path(sys.argv[1]))
told = boot.begin("simulated")
print("fresh" if told.fresh else "found")
"""


@pytest.fixture
def empty(server: Any) -> Iterator[str]:
    """A database without a table."""
    with databases.fresh(server, pg_cluster.DATABASE) as name:
        yield name


@pytest.mark.slow
def test_two_nodes_beginning_at_once_make_one_city(server: Any, empty: str) -> None:
    socket = sockets.socket_folder(server.data)
    address = f"postgresql:///{empty}?host={socket}&port={sockets.PORT}&user={pg_cluster.OWNER_ROLE}"
    with embedded.superuser(server.socket) as connection:
        connection.execute(f"GRANT {pg_cluster.APP_ROLE} TO {pg_cluster.OWNER_ROLE}")
    environment = {**os.environ, "PYTHONPATH": str(REPO / "src"), "DATABASE_URL": address}
    words = [sys.executable, "-c", NODE, str(server.data.root)]
    nodes = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(node.communicate(timeout=120)[0].strip() for node in nodes)
    assert [node.returncode for node in nodes] == [0, 0]
    assert said == ["found", "fresh"]


def test_a_migration_waits_for_nobody_long_and_changes_nothing_then(database: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(boot, "PATIENCE", 0.2)
    target = connections["owner"].settings_dict

    def change() -> None:
        with boot.patient(), transaction.atomic(using="owner"), connections["owner"].cursor() as cur:
            cur.execute("ALTER TABLE procedure_seal ADD COLUMN first int")
            cur.execute("ALTER TABLE procedure_act ADD COLUMN second int")

    with psycopg.connect(host=target["HOST"], port=target["PORT"], user=target["USER"], dbname=database) as other:
        other.execute("SELECT count(*) FROM procedure_act")
        with pytest.raises(Complaint, match="什么也没有改"):
            change()
        assert other.execute("SELECT 1 FROM pg_attribute WHERE attname = 'first'").fetchall() == []
    boot.migrate()
    change()
    with connections["owner"].cursor() as cur:
        cur.execute("SHOW lock_timeout")
        assert cur.fetchone() == ("0",)


def test_the_application_never_lacks_its_rights_while_they_are_given_anew(database: str) -> None:
    target, over, wrong = connections["default"].settings_dict, threading.Event(), list[Exception]()

    def serve() -> None:
        words = {"host": target["HOST"], "port": target["PORT"], "user": target["USER"], "dbname": database}
        with psycopg.connect(**words, autocommit=True) as mine:
            while not over.is_set():
                try:
                    mine.execute("SELECT count(*) FROM casework_matter")
                except psycopg.Error as error:
                    wrong.append(error)
                    return

    serving = threading.Thread(target=serve)
    serving.start()
    for _ in range(15):
        roles.secure(connections["owner"])
    over.set()
    serving.join()
    assert wrong == []
