"""Fixtures of the tests on verbs: every one of them runs under both rulebooks.

`clause(*ids)` on a test names the clauses, duties or readings of 宿州's regulation that it holds up.
"""

import pytest

from hotline.rules.book import Rulebook
from support import line


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "clause(*ids): 测试所依据的条款、职责或读法（宿州规范的编号）")


@pytest.fixture(params=line.BOOKS)
def book(request: pytest.FixtureRequest) -> Rulebook:
    """Each rulebook in turn."""
    return line.rulebook(request.param)
