"""Fixtures of the procedure room's tests: the toy room on a fresh database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from harness import databases
from procedure import toy


@pytest.fixture
def room(database: str) -> Iterator[None]:
    """The toy room, in a simulated database."""
    with toy.room():
        yield


@pytest.fixture(scope="module")
def module_room(server: Any, template: str) -> Iterator[None]:
    """The same for all tests of a module that leave each other alone: cloning a database takes half a second."""
    with databases.fresh(server, template), toy.room():
        yield


@pytest.fixture
def owner(room: None) -> Any:
    """A cursor of the tables' owner, who may disable triggers."""
    with connections["owner"].cursor() as cur:
        yield cur


@pytest.fixture
def app(room: None) -> Any:
    """A cursor of the application's role."""
    with connections["default"].cursor() as cur:
        yield cur
