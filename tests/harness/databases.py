"""One PostgreSQL a run, shared by the workers; templates made once; a fresh clone for each test."""

import contextlib
import functools
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from psycopg import sql

from hotline.config import embedded, keys, pg_cluster
from hotline.config.locks import Lock
from hotline.config.paths import DataFolder

ALIASES = ("default", "owner")
NONE = "no_database_without_the_fixture"
MEMORY, ENOUGH = Path("/dev/shm"), 4 << 30  # bytes
_numbers = itertools.count(1)


def run_folder() -> Path:
    """The data folder of this run; every xdist worker comes to the same one."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    return _place() / f"hotline-test-{os.geteuid()}-{run}"


@functools.cache
def _place() -> Path:
    """In memory where there is enough of it: a disk's file system looks long for a place for the fifteen hundred files
    of each clone, where as many have just been deleted (ext4: half a second instead of 25 ms)."""
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    return MEMORY if in_memory else Path(tempfile.gettempdir())


def prepare_environment() -> None:
    """Settings of the tests, before Django is set up: the run's folder, nobody's external database."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["HOTLINE_DATA"] = str(run_folder())
    os.environ["HOTLINE_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "hotline.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in the test's own thread


@contextlib.contextmanager
def server() -> Iterator[embedded.Server]:
    """The run's server; whoever started it stops it after the last worker and removes the folder."""
    folder = DataFolder(run_folder()).prepare()
    keys.ensure(folder.keys, seed=keys.SIMULATED_SEED)
    one = embedded.Server(folder, durable=False)
    mine = one.join()
    try:
        yield one
    finally:
        one.leave()
        if mine:
            shutil.rmtree(folder.root, ignore_errors=True)


def switch(name: str) -> None:
    """Point both of Django's aliases at another database."""
    from django.db import connections

    for alias in ALIASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name


def template(one: embedded.Server, name: str, source: str, build: Callable[[], None]) -> str:
    """A template database: cloned from `source`, then built, once a run and by one worker."""
    done = one.data.run / f"{name}.done"
    lock = Lock(one.data.run / f"{name}.lock")
    with lock.held():
        if not done.exists():
            clone(one, source, name)
            switch(name)
            try:
                build()
            finally:
                switch(NONE)
            done.touch()
    return name


def clone(one: embedded.Server, source: str, name: str) -> None:
    """CREATE DATABASE … TEMPLATE, owned by the owner of tables.

    Files copied as they are: a third of the time of writing every page to the log, on a server that syncs nothing."""
    words = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY"
    with embedded.superuser(one.socket) as connection:
        owner = sql.Identifier(pg_cluster.OWNER_ROLE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL(words).format(sql.Identifier(name), owner, sql.Identifier(source)))


@contextlib.contextmanager
def fresh(one: embedded.Server, source: str) -> Iterator[str]:
    """A clone of a template under Django's aliases, dropped afterwards."""
    name = f"t_{os.getpid()}_{next(_numbers)}"
    clone(one, source, name)
    switch(name)
    try:
        yield name
    finally:
        switch(NONE)
        with embedded.superuser(one.socket) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
