"""Fixtures of the knowledge base's tests: both cities' rulebooks."""

import pytest

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules.book import Rulebook


def pytest_configure(config: pytest.Config) -> None:
    """The mark by which a test cites the clauses of the regulation it executes."""
    config.addinivalue_line("markers", "clause(*ids): 本测试执行的条款")


@pytest.fixture(params=CITIES)
def book(request: pytest.FixtureRequest) -> Rulebook:
    """One city's rulebook."""
    return books.load(RULEBOOKS / request.param)
